// Chapters files, models and graders: the resources that jobs need and leave behind.
import { type JsonValue, member, show, textMember } from '../contract/json.ts';
import { firstLost } from './carried.ts';
import { type Exchange, jsonOf, statusOf, succeeded, wasRefused } from './exchange.ts';
import { itemsOf, ordered } from './list.ts';
import { notServed, told, unjudged } from './refusals.ts';
import {
  type AnyCheck,
  expectThat,
  fail,
  type Finding,
  inconclusive,
  NOT_APPLICABLE,
  onProbe,
  PASS,
  type Row,
  rule,
} from './requirement.ts';
import { unknownIds } from './retrieve.ts';

function must404(exchange: Exchange, what: string): readonly Finding[] {
  const open = unjudged(exchange);
  if (open) return open;
  return expectThat(statusOf(exchange) === 404, () => `${what} is answered ${told(exchange)}, 404 expected`).map(
    (finding) => ({ ...finding, evidence: [exchange] }) as Finding,
  );
}

/** Judges what a deletion is answered with. */
export function deletionAnswer(deletion: Exchange, id: string): readonly Finding[] {
  if (!succeeded(deletion)) return notServed(deletion, 'deleting it');
  const answer = jsonOf(deletion);
  if (member(answer, 'deleted') !== true) return fail(`deleted is ${show(member(answer, 'deleted'))}`, '/deleted');
  return expectThat(textMember(answer, 'id') === id, () => `id is ${show(member(answer, 'id'))}`, '/id');
}

/** What of a file stays as it is; its status does not. */
const FILE_MEMBERS = ['id', 'object', 'bytes', 'filename', 'purpose', 'created_at'] as const;

function sameFile(
  uploaded: JsonValue | undefined,
  again: JsonValue | undefined,
  verb: string,
  members: readonly string[] = FILE_MEMBERS,
  at = '',
): readonly Finding[] {
  const changed = members.find((name) => member(uploaded, name) !== member(again, name));
  if (changed === undefined) return PASS;
  const [was, is] = [member(uploaded, changed), member(again, changed)];
  return fail(`${changed} was ${show(was)} and ${verb} ${show(is)}`, `${at}/${changed}`);
}

export const fileRequirements: readonly Row[] = [
  rule('files.upload.bytes', [
    onProbe('upload', ({ upload, bytes }) => {
      const told = member(jsonOf(upload), 'bytes');
      return expectThat(told === bytes, () => `${bytes} bytes were sent and bytes is ${show(told)}`, '/bytes');
    }),
  ]),
  rule('files.upload.purpose', [
    onProbe('upload', ({ upload, purpose }) => {
      const told = member(jsonOf(upload), 'purpose');
      return expectThat(told === purpose, () => `purpose ${purpose} was sent and is ${show(told)}`, '/purpose');
    }),
  ]),
  rule('files.upload.filename', [
    onProbe('upload', ({ upload, filename }) => {
      const told = member(jsonOf(upload), 'filename');
      return expectThat(
        told === filename,
        () => `filename ${show(filename)} was sent and is ${show(told)}`,
        '/filename',
      );
    }),
  ]),
  rule('files.upload.bad-purpose', [
    onProbe('bad-purpose', ({ upload }) => {
      const open = unjudged(upload);
      if (open) return open;
      return expectThat(wasRefused(upload), () => `an upload with an unknown purpose is answered ${told(upload)}`);
    }),
  ]),
  rule('files.list.purpose', [
    onProbe('file-purpose', ({ purpose, list, expected }) => {
      if (!succeeded(list)) return notServed(list, `the list of purpose ${purpose}`);
      const items = itemsOf(list);
      const other = items.findIndex((item) => textMember(item, 'purpose') !== purpose);
      if (other >= 0)
        return fail(
          `a file of purpose ${show(member(items[other], 'purpose'))} is listed under ${purpose}`,
          `/data/${other}/purpose`,
        );
      const ids = new Set(items.map((item) => textMember(item, 'id')));
      const missing = expected.find((id) => !ids.has(id));
      // A full page may simply not reach back to our file.
      if (missing !== undefined && member(jsonOf(list), 'has_more') === true) return NOT_APPLICABLE;
      return expectThat(
        missing === undefined,
        () => `our file ${show(missing ?? null)} of purpose ${purpose} is not listed`,
        '/data',
      );
    }),
  ]),
  rule('files.list.order', [
    onProbe('file-order', ({ order, list }) => ordered(list, order === 'asc' ? 'oldest' : 'newest', `order=${order}`)),
  ]),
  rule('files.retrieve.same-file', [
    onProbe('retrieve-file', ({ upload, retrieve }) => {
      if (!succeeded(retrieve)) return notServed(retrieve, 'retrieving an uploaded file');
      return sameFile(jsonOf(upload), jsonOf(retrieve), 'is');
    }),
    onProbe('listed-file', ({ upload, list, index }) => {
      const listed = itemsOf(list)[index];
      const uploaded = jsonOf(upload);
      // What one of them leaves out is the schema's business.
      const told = FILE_MEMBERS.filter((name) => ![member(uploaded, name), member(listed, name)].includes(undefined));
      return sameFile(uploaded, listed, 'is listed as', told, `/data/${index}`);
    }),
  ]),
  unknownIds('files.unknown.404'),
  rule('files.delete.answer', [onProbe('delete-file', ({ id, deletion }) => deletionAnswer(deletion, id))]),
  rule('files.delete.gone', [
    onProbe('delete-file', ({ deletion, after }) =>
      succeeded(deletion) ? must404(after, `a deleted file (${after.request.method})`) : NOT_APPLICABLE,
    ),
    onProbe('deleted-file-listed', ({ id, list }) => {
      const at = itemsOf(list).findIndex((item) => textMember(item, 'id') === id);
      return at < 0 ? PASS : fail('a deleted file is still listed', `/data/${at}`);
    }),
  ]),
  rule('files.content.round-trip', [
    onProbe('download', ({ download, sha256, bytes }) => {
      if (!succeeded(download)) return notServed(download, 'downloading an uploaded file');
      const { outcome } = download;
      if (outcome.bytes !== bytes) return fail(`${bytes} bytes were uploaded and ${outcome.bytes} came back`);
      return expectThat(outcome.sha256 === sha256, () => 'the content differs from what was uploaded');
    }),
  ]),
  rule(
    'files.results.downloadable',
    [
      onProbe('result-file', ({ retrieve, download }) => {
        if (!succeeded(retrieve)) return notServed(retrieve, 'retrieving a result file');
        const purpose = textMember(jsonOf(retrieve), 'purpose');
        if (purpose !== 'fine-tune-results')
          return fail(`a result file has purpose ${show(purpose ?? null)}`, '/purpose');
        if (!succeeded(download)) return notServed(download, 'downloading a result file');
        const { bytes } = download.outcome;
        if (bytes === 0) return failWith(download, 'a result file is empty');
        const told = member(jsonOf(retrieve), 'bytes');
        return told === undefined || told === bytes
          ? PASS
          : fail(`a result file of ${bytes} bytes is said to have ${show(told)}`, '/bytes');
      }),
    ],
    { needsSuccess: true },
  ),
];

function failWith(exchange: Exchange, message: string): readonly Finding[] {
  return [{ outcome: 'fail', message, evidence: [exchange] }];
}

const SUCCESS = { needsSuccess: true } as const;

export const modelRequirements: readonly Row[] = [
  rule(
    'models.fine-tuned.listed',
    [
      onProbe('model-listed', ({ model, list }) => {
        if (!succeeded(list)) return notServed(list, 'the list of models');
        return expectThat(
          itemsOf(list).some((item) => textMember(item, 'id') === model),
          () => `${show(model)} is not among the models`,
          '/data',
        );
      }),
    ],
    SUCCESS,
  ),
  rule(
    'models.fine-tuned.retrievable',
    [
      onProbe('model-retrieved', ({ model, retrieve }) => {
        if (!succeeded(retrieve)) return notServed(retrieve, `retrieving ${show(model)}`);
        return expectThat(
          textMember(jsonOf(retrieve), 'id') === model,
          () => `id is ${show(member(jsonOf(retrieve), 'id'))}`,
          '/id',
        );
      }),
    ],
    SUCCESS,
  ),
  unknownIds('models.unknown.404'),
  rule(
    'models.delete.answer',
    [
      onProbe('model-deleted', ({ model, deletion, again }) => {
        if (statusOf(deletion) !== 403) return deletionAnswer(deletion, model);
        // The documents ask for the role of an owner, which the caller's key may not have: then the model is still there.
        return statusOf(again) === 404
          ? fail(`deleting ${show(model)} is answered ${told(deletion)}, and the model is gone`)
          : inconclusive(told(deletion));
      }),
    ],
    SUCCESS,
  ),
  rule(
    'models.delete.gone',
    [
      onProbe('model-deleted', ({ deletion, again, after }) =>
        succeeded(deletion)
          ? [...must404(again, 'deleting a deleted model'), ...must404(after, 'retrieving a deleted model')]
          : NOT_APPLICABLE,
      ),
    ],
    SUCCESS,
  ),
];

function refusesGrader(requirement: string): AnyCheck {
  return onProbe('grader-invalid', (probe) => {
    if (probe.requirement !== requirement) return NOT_APPLICABLE;
    const open = unjudged(probe.exchange);
    if (open) return open;
    return expectThat(
      wasRefused(probe.exchange),
      () => `what is no grader, or lacks what one requires, is answered ${told(probe.exchange)}`,
    );
  });
}

export const graderRequirements: readonly Row[] = [
  rule('graders.validate.echo', [
    onProbe('grader-echo', ({ grader, validation }) => {
      if (!succeeded(validation)) return notServed(validation, 'a valid grader');
      const lost = firstLost(grader, member(jsonOf(validation), 'grader'));
      return lost ? fail(`the grader came back changed: ${lost.message}`, `/grader${lost.at}`) : PASS;
    }),
  ]),
  rule('graders.validate.invalid', [refusesGrader('graders.validate.invalid')]),
  rule('graders.run.string-check', [
    onProbe('grader-run', ({ expected, run }) => {
      if (!succeeded(run)) return notServed(run, 'running a string check');
      const reward = member(jsonOf(run), 'reward');
      return expectThat(reward === expected, () => `the reward is ${show(reward)}, ${expected} expected`, '/reward');
    }),
  ]),
  rule('graders.run.invalid', [refusesGrader('graders.run.invalid')]),
];
