import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logText, markdownBlock, markdownCode, markdownText, oneLine, visible, xmlText } from './escape.ts';

const ESC = '\u001b';

describe('visible text', () => {
  it('spells out what a terminal would act on and what hides or turns text', () => {
    expect(visible(`${ESC}[31mred${ESC}[0m \u009b31m`)).toBe('\\u{1b}[31mred\\u{1b}[0m \\u{9b}31m');
    expect(visible('abc\u202edcba\u2066x\u200by\ufeff')).toBe('abc\\u{202e}dcba\\u{2066}x\\u{200b}y\\u{feff}');
    expect(visible('a\u0000b\rc\u{e0041}d\ud800e')).toBe('a\\u{0}b\\u{d}c\\u{e0041}d\\u{d800}e');
  });

  it('leaves letters, spaces, newlines and emoji alone', () => {
    expect(visible('größer 日本語 🙂\n\t→')).toBe('größer 日本語 🙂\n\t→');
  });

  it('makes one line of many', () => {
    expect(oneLine(' a\n\n b\tc ')).toBe('a b c');
  });
});

describe('a line of a log', () => {
  it('holds no escape sequence and no second line, whatever was said', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !/[\p{Cc}\u2028\u2029]/u.test(logText(text))));
  });

  it.each([
    ['::error::gotcha', ': :error::gotcha'],
    ['  ::stop-commands::x', ': :stop-commands::x'],
    ['\n::set-output name=a::b', ': :set-output name=a::b'],
    ['x ##[error]y', 'x ## [error]y'],
    ['##vso[task.setvariable]z', '## vso[task.setvariable]z'],
    ['##VSO[x]', '## VSO[x]'],
    ['a::b', 'a::b'],
  ])('is no command of a CI runner: %j', (text, expected) => {
    expect(logText(text)).toBe(expected);
  });
});

describe('Markdown code', () => {
  it.each([
    ['plain', '`plain`'],
    ['@octocat https://evil.example #12 <img>', '`@octocat https://evil.example #12 <img>`'],
    ['a `tick` b', '``a `tick` b``'],
    ['`', '`` ` ``'],
    ['``x``', '``` ``x`` ```'],
    ['', '`  `'],
    ['two\nlines', '`two lines`'],
    ['| a | b |', '`∣ a ∣ b ∣`'],
  ])('holds %j and cannot be left', (text, expected) => {
    expect(markdownCode(text)).toBe(expected);
  });

  it('opens and closes with the only runs of backticks of their length', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('`', 'a', ' ', '|', '\n') }), (text) => {
        const code = markdownCode(text);
        const fence = /^`+/.exec(code)?.[0] ?? '';
        const runs = code.match(/`+/g) ?? [];
        return runs.filter((run) => run === fence).length === 2 && code.endsWith(fence);
      }),
    );
  });
});

describe('a Markdown block', () => {
  it('has a fence longer than any in its text', () => {
    expect(markdownBlock('````\nx', 'sh')).toBe('`````sh\n````\nx\n`````');
  });
});

describe('Markdown prose', () => {
  it.each([
    ['@octocat', '@\u200boctocat'],
    ['[click](javascript:alert(1))', '\\[click\\]\\(javascript:alert\\(1\\)\\)'],
    ['![x](https://evil.example/p.png)', '\\!\\[x\\]\\(https:\u200b//evil.example/p.png\\)'],
    ['<script>alert(1)</script>', '&lt;script&gt;alert\\(1\\)&lt;/script&gt;'],
    ['see https://evil.example', 'see https:\u200b//evil.example'],
    ['www.evil.example', 'www\u200b.evil.example'],
    ['fixes #12 and GH-7', 'fixes \\#\u200b12 and GH\u200b\\-7'],
    ['a | b', 'a \\| b'],
    ['# heading\n- item', '\\# heading \\- item'],
    ['&amp; `code` *bold* _it_ ~~no~~ $x^2$', '&amp;amp; \\`code\\` \\*bold\\* \\_it\\_ \\~\\~no\\~\\~ \\$x\\^2\\$'],
  ])('shows %j as it is', (text, expected) => {
    expect(markdownText(text)).toBe(expected);
  });
});

describe('XML text', () => {
  it('is no markup, holds no forbidden character and keeps its lines', () => {
    expect(xmlText(`<a b="c">'&'\n\u0000\u001b\uffff]]>`)).toBe(
      '&lt;a b=&quot;c&quot;&gt;&apos;&amp;&apos;&#10;\\u{0}\\u{1b}]]&gt;',
    );
  });
});
