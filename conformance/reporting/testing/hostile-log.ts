// A log whose every free text is an attack on whatever shows it: markup, links, escape sequences, commands of CI
// runners, and text that turns around. Reports of it must show all of this and do none of it.
import type { LogLine } from '../log.ts';
import {
  answer,
  capability,
  exchange,
  fail,
  footer,
  header,
  inconclusive,
  log,
  pass,
  row,
  tolerated,
} from './log-fixtures.ts';

/** Called if any of it ever runs in a page. */
export const TRAP = 'pwned';

export const HOSTILE = [
  `<script>window.${TRAP}=1</script>`,
  `</code></pre></style></script><img src=x onerror="window.${TRAP}=1">`,
  `" onmouseover="window.${TRAP}=1" x="`,
  `' autofocus onfocus='window.${TRAP}=1`,
  `[click](javascript:window.${TRAP}=1) ![x](https://evil.example/p.png) @octocat https://evil.example`,
  '| a | b |\n|---|---|\n# heading',
  '\u001b[2J\u001b[31mred\u0007\u009b31m\r\n::error::gotcha\n##[error]gotcha',
  'abc\u202egnp.exe\u2066',
  "]]>--><!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;",
  '__proto__',
  '```\n~~~\n````sh\nrm -rf /\n```',
  "'; touch pwned; '$(touch pwned)`touch pwned`",
].join(' ');

/** Such a log; it fails, passes, tolerates and observes with hostile text in every place that takes any. */
export function hostileLog(): LogLine[] {
  const text = { title: HOSTILE, statement: HOSTILE, sources: [HOSTILE] };
  const body = answer(
    400,
    { error: { message: HOSTILE, [HOSTILE]: HOSTILE } },
    { headers: { [HOSTILE]: HOSTILE, __proto__: HOSTILE } },
  );
  return log(
    [
      row('create.seed.maximum', text),
      row('errors.message.nonempty', { ...text, level: 'SHOULD' }),
      row('retrieve.same-job', text),
      row('pause.holds', { ...text, capability: 'pause' }),
      exchange('x1', {
        payload: HOSTILE,
        request: { path: `/${HOSTILE}`, headers: { 'x-a': HOSTILE }, body: HOSTILE },
        outcome: body,
      }),
      exchange('x2', { outcome: answer(200, HOSTILE) }),
      fail('create.seed.maximum', HOSTILE, 'x1', { site: HOSTILE, at: '/error/message' }),
      fail('create.seed.maximum', `other ${HOSTILE}`, 'x2', { site: `other ${HOSTILE}`, at: HOSTILE }),
      fail('errors.message.nonempty', HOSTILE, 'x1', { at: `/error/${HOSTILE}` }),
      pass('retrieve.same-job', 'x2', { text: HOSTILE }),
      tolerated('retrieve.same-job', HOSTILE, HOSTILE, 'x2'),
      inconclusive('pause.holds', HOSTILE, 'x2'),
      capability('pause', 'claimed', 'unknown', HOSTILE),
      { kind: 'notice', text: HOSTILE },
      { kind: 'blocked', text: HOSTILE },
      { kind: 'observed', subject: HOSTILE, value: HOSTILE },
    ],
    {
      header: header({
        target: { name: HOSTILE, baseUrl: `https://a.example/${HOSTILE}`, profile: HOSTILE },
        contract: { edition: HOSTILE },
        scope: { only: [HOSTILE] },
      }),
      footer: footer({ endingReason: HOSTILE }),
    },
  );
}
