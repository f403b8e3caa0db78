import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../contract/json.ts';
import { answered, answeredText, refused, unanswered } from '../testing/exchanges.ts';
import { aJob } from '../testing/objects.ts';
import { faulty } from '../testing/specimens-of-create.ts';
import type { Answered, Exchange } from './exchange.ts';
import type { FaultObserved } from './observation.ts';
import {
  environmentReason,
  isAbout,
  judgeAcceptance,
  judgeRefusal,
  namesMember,
  refusalText,
  told,
} from './refusals.ts';

const EPOCHS = '/method/supervised/hyperparameters/n_epochs';

function saying(message: JsonValue, more: Readonly<Record<string, JsonValue>> = {}): Answered {
  return refused(400, { message, ...more });
}

describe('a param', () => {
  it.each([
    ['the path', 'method.supervised.hyperparameters.n_epochs'],
    ['the path as a pointer', '/method/supervised/hyperparameters/n_epochs'],
    ['the path behind "body"', 'body.method.supervised.hyperparameters.n_epochs'],
    ['the path in brackets', 'method[supervised][hyperparameters][n_epochs]'],
    ['the path of JSONPath', '$.method.supervised.hyperparameters.n_epochs'],
    ['the tail', 'n_epochs'],
    ['a longer tail', 'hyperparameters.n_epochs'],
    ['an ancestor', 'method'],
    ['a nearer ancestor', 'method.supervised'],
    ['a path without a level', 'method.hyperparameters.n_epochs'],
    ['what stands below it', 'method.supervised.hyperparameters.n_epochs.value'],
  ])('names the member by %s: %s', (_, param) => expect(namesMember(param, EPOCHS)).toBe(true));

  it.each([
    ['nothing', ''],
    ['a neighbour', 'batch_size'],
    ['a neighbour of its ancestor', 'seed'],
    ['the end of its name', 'epochs'],
    ['the beginning of its name', 'n_epoch'],
    ['its levels in disorder', 'n_epochs.hyperparameters'],
    ['an ancestor without what stands before', 'hyperparameters'],
    ['a member of the same name elsewhere', 'method.dpo.hyperparameters.n_epochs'],
  ])('does not name it by %s: %s', (_, param) => expect(namesMember(param, EPOCHS)).toBe(false));

  it('takes no notice of positions in lists', () => {
    expect(namesMember('integrations[0].wandb.project', '/integrations/0/wandb/project')).toBe(true);
    expect(namesMember('integrations.wandb.project', '/integrations/0/wandb/project')).toBe(true);
    expect(namesMember('integrations[3]', '/integrations/0/wandb/project')).toBe(true);
  });

  it('is right, whatever it is, where the body as a whole is at fault', () => {
    expect(namesMember('model', '')).toBe(true);
  });
});

describe('a legal body without a training file', () => {
  const free = [refused(400, { message: 'no such file', param: 'training_file' })] as const;
  const judgedOf = (exchange: Exchange): string | undefined =>
    judgeAcceptance({ kind: 'acceptance', requirement: 'r', site: 's', description: 'd', exchange, free })[0]?.outcome;

  it('is shown where nothing but the file is refused, and never failed by what it is answered', () => {
    expect(judgedOf(refused(400, { message: 'no such file', param: 'training_file' }))).toBe('pass');
    expect(judgedOf(refused(400, { message: 'too large', param: 'seed' }))).toBe('inconclusive');
    expect(judgedOf(refused(500, { message: 'no such file', param: 'training_file' }))).toBe('inconclusive');
    expect(judgedOf(unanswered())).toBe('inconclusive');
  });
});

describe('an error without a param', () => {
  it.each([
    "Invalid value for 'n_epochs': must be at least 1",
    'Invalid value for "n_epochs"',
    'Invalid value for `n_epochs`',
    "'method.supervised.hyperparameters.n_epochs' is out of range",
    'method.supervised.hyperparameters.n_epochs: must be at least 1',
    'hyperparameters.n_epochs should be an integer',
    "0 is less than the minimum of 1 - 'n_epochs'",
    `${'x'.repeat(300)} 'n_epochs' is wrong`,
    "'n_epochs' is not one of ['auto']",
  ])('is about the member where its message holds the path as a quoted or dotted word: %s', (message) => {
    expect(isAbout(saying(message), EPOCHS)).toBe(true);
  });

  it.each([
    'The number of n_epochs is wrong',
    'n_epochs',
    "Invalid value for 'batch_size'",
    "'n_epochs_total' is not known",
    'Something went wrong',
    '',
  ])('is not about it where the message does not: %s', (message) => {
    expect(isAbout(saying(message), EPOCHS)).toBe(false);
  });

  it.each([
    "'n_epochs' and 'batch_size' are not supported",
    "'training_file' must be set; 'n_epochs' is ignored",
    'seed.value is wrong; hyperparameters.n_epochs is wrong',
  ])('is not about it where the message names an unrelated member: %s', (message) => {
    expect(isAbout(saying(message), EPOCHS)).toBe(false);
  });

  it('takes the words that a member may hold for words, not for members', () => {
    const message = "Invalid value for 'method.type': expected one of 'supervised', 'dpo', 'reinforcement'";
    expect(isAbout(saying(message), '/method/type')).toBe(true);
  });

  it('does not take a bare word for the member', () => {
    expect(isAbout(saying('Your model is not ready'), '/model')).toBe(false);
    expect(isAbout(saying("'model' is required"), '/model')).toBe(true);
  });

  it('is read up to two thousand characters', () => {
    expect(isAbout(saying(`${' '.repeat(1_980)}'n_epochs'`), EPOCHS)).toBe(true);
    expect(isAbout(saying(`${' '.repeat(2_000)}'n_epochs'`), EPOCHS)).toBe(false);
  });

  it('may be another envelope, or none', () => {
    expect(isAbout(answered({ message: "'seed' is wrong" }, { status: 400 }), '/seed')).toBe(true);
    expect(isAbout(answeredText("'seed' is wrong", { status: 400 }), '/seed')).toBe(false);
    expect(isAbout(answered({ error: "'seed'" }, { status: 400 }), '/seed')).toBe(false);
  });
});

describe('a param beside a message', () => {
  it('decides', () => {
    expect(isAbout(saying("'n_epochs' is wrong", { param: 'seed' }), EPOCHS)).toBe(false);
    expect(isAbout(saying("'seed' is wrong", { param: 'n_epochs' }), EPOCHS)).toBe(true);
  });

  it('does not decide where it is empty or no text', () => {
    for (const param of ['', null, 7, ['n_epochs']]) {
      expect(isAbout(saying("'n_epochs' is wrong", { param }), EPOCHS)).toBe(true);
    }
  });
});

describe('the environment', () => {
  it.each([
    ['no answer', unanswered()],
    ['a missing or wrong key', refused(401)],
    ['a bill', refused(402)],
    ['no right (X6)', refused(403, { code: 'training_not_available' })],
    ['a request that did not arrive in time', refused(408)],
    ['a rate limit (X16)', refused(429)],
    ['an error of the server', refused(500)],
    [
      'a model that is not offered (X3)',
      saying('Model x is not available for fine-tuning or does not exist.', { code: 'model_not_available' }),
    ],
    ['the same without a code', saying('Model x is not available for fine-tuning or does not exist.')],
    ['a file that is not known (X1)', saying('invalid training_file: file-1', { param: 'training_file' })],
    ['the same without a param', saying('invalid validation_file: file-1')],
    [
      'a file that is not ready (X7)',
      saying("File 'file-1' is still being processed and is not ready to be used for fine-tuning."),
    ],
    ['a quota (X17)', saying('You exceeded your current quota, please check your plan and billing details.')],
    ['a grader model', saying('no', { param: 'method.reinforcement.grader.model' })],
    ['an account', answered({ message: 'This account may not do that' }, { status: 400 })],
  ])('is told by %s', (_, exchange) => expect(environmentReason(exchange)).toBeDefined());

  it.each([
    ['a member (X14)', saying('extra fields not permitted', { param: 'batch_size' })],
    ['a body that is no JSON (X18)', saying('We could not parse the JSON body of your request.')],
    ['a value', saying("0 is less than the minimum of 1 - 'n_epochs'")],
    ['a legacy null (X15)', saying("None is not of type 'string' - 'suffix'")],
    ['a member whose name ends like a model', saying('no', { param: 'my_model' })],
    ['a param that decides over a message', saying('The model does not exist', { param: 'seed' })],
    [
      'a validation file that nobody sent',
      refused(400, { param: 'validation_file' }, { sent: { model: 'm', training_file: 'file-1' } }),
    ],
    ['nothing at all', answeredText('', { status: 400 })],
  ])('is not told by a refusal that tells of %s', (_, exchange) => expect(environmentReason(exchange)).toBeUndefined());

  it('is found out in no time, however long a message is', () => {
    const exchange = saying('model '.repeat(500_000));
    const start = process.cpuUsage().user;
    environmentReason(exchange);
    isAbout(exchange, '/seed');
    // Microseconds of this process; without the cap on messages it would be hours.
    expect(process.cpuUsage().user - start).toBeLessThan(5_000_000);
  });
});

function judged(exchange: Parameters<typeof faulty>[1], known: { twin?: boolean; standIn?: boolean }, at = EPOCHS) {
  const observation = faulty(
    { requirement: 'create.n_epochs.minimum', at, description: 'n_epochs is 0' },
    exchange,
    known,
  );
  return judgeRefusal(observation as FaultObserved);
}

describe('a refusal', () => {
  const ABOUT_IT = saying('no', { param: 'n_epochs' });
  const ABOUT_ANOTHER = saying('no', { param: 'training_file' });

  it('rests on the same payload that was accepted without the fault, whatever the error names', () => {
    for (const exchange of [ABOUT_IT, ABOUT_ANOTHER, answeredText('no', { status: 400 })]) {
      expect(judged(exchange, { twin: true })).toEqual([
        { outcome: 'pass', note: 'the same payload without the fault was accepted' },
      ]);
    }
  });

  it('rests, without that, on an error about the fault, an accepted create and another fault blamed on another member', () => {
    const [finding] = judged(ABOUT_IT, { standIn: true });
    expect(finding).toMatchObject({ outcome: 'pass', note: expect.stringContaining('about the fault') as string });
    expect(finding?.outcome === 'pass' && finding.evidence).toHaveLength(3);
  });

  it.each([
    ['an error about another member', ABOUT_ANOTHER, { standIn: true }],
    ['no other create that was accepted', ABOUT_IT, {}],
  ])('is not judged with %s', (_, exchange, known) => {
    expect(judged(exchange, known)).toMatchObject([{ outcome: 'inconclusive' }]);
  });

  it.each([401, 402, 403, 408, 429])('with status %i says nothing of the payload', (status) => {
    expect(judged(refused(status), { twin: true })).toMatchObject([{ outcome: 'inconclusive' }]);
  });

  it.each([200, 201, 302, 500, 503])('is not what status %i is', (status) => {
    expect(judged(answered(aJob(), { status }), {})).toMatchObject([{ outcome: 'fail' }]);
  });

  it('tells the fault', () => {
    expect(judged(answered(aJob()), {})).toMatchObject([
      { outcome: 'fail', message: 'n_epochs is 0: accepted with status 200, 4xx expected' },
    ]);
  });
});

describe('what is told of an answer', () => {
  it('is its status and message, cut short', () => {
    expect(told(saying('No such thing'))).toBe('status 400: "No such thing"');
    expect(told(answered({ detail: 'x' }, { status: 422 }))).toBe('status 422: {"detail":"x"}');
    expect(told(answeredText('no', { status: 404 }))).toBe('status 404');
    expect(refusalText(saying('x'.repeat(500)))).toHaveLength(120);
    expect(told(unanswered())).toContain('no answer');
  });
});
