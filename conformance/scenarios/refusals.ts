// What is wrong beyond the schema: files and models that are not there, members that nobody knows, bodies that are no
// JSON. Each stands beside the plain body, which the target has accepted.
import type { JsonObject } from '../contract/json.ts';
import { bind, type Bindings } from '../generation/pools.ts';
import { type Exchange, isAnswered, succeeded } from '../requirements/exchange.ts';
import type { Fault } from '../requirements/observation.ts';
import { told } from '../requirements/refusals.ts';
import { uploadOnce } from '../run/files.ts';
import { bindingsFor, createJob, impossibleFile, sendCreate } from '../run/jobs.ts';
import { PLAIN_BODY, PLAIN_METHOD } from '../generation/bases.ts';
import type { Session } from '../run/session.ts';
import { sharedBy } from '../run/shared.ts';
import { observeFault, sendFaulty } from './cases.ts';
import { malformedRequests } from './documented-requests.ts';
import type { Scenario } from './scenario.ts';

const WITH_VALIDATION: JsonObject = { ...PLAIN_BODY, validation_file: '${validation_file}' };

interface SemanticFault {
  readonly requirement: string;
  readonly at: string;
  readonly description: string;
  readonly base: 'plain' | 'validation_file';
  /** The members that make the body wrong. */
  readonly wrong: JsonObject;
}

export const semanticFaults: Scenario = {
  id: 'semantics',
  title: 'Name files, models and members that do not exist',
  serves: ['refusal.*', 'errors.*'],
  cost: () => ({ requests: 7, jobs: 0, uploads: 1 }),
  run: async (session) => {
    const other = await uploadOnce(session, 'other-purpose');
    if (other.kind === 'refused') session.blocked(`a file of purpose assistants is answered ${told(other.exchange)}`);
    const foreign = other.kind === 'uploaded' ? other.file.id : undefined;
    const faults = semanticFaultsOf(impossibleFile(session), foreign).filter(({ requirement }) =>
      session.judges(requirement),
    );
    await Promise.all(faults.map((fault) => sendSemantic(session, fault)));
  },
};

function semanticFaultsOf(missing: string, foreign: string | undefined): SemanticFault[] {
  const ofPurpose: SemanticFault[] =
    foreign === undefined
      ? []
      : [
          { requirement: 'refusal.training_file.purpose', at: '/training_file', description: 'training_file has purpose assistants', base: 'plain', wrong: { training_file: foreign } },
          { requirement: 'refusal.validation_file.purpose', at: '/validation_file', description: 'validation_file has purpose assistants', base: 'validation_file', wrong: { validation_file: foreign } },
        ]; // prettier-ignore
  return [
    { requirement: 'refusal.training_file.unknown', at: '/training_file', description: 'training_file does not exist', base: 'plain', wrong: { training_file: missing } },
    { requirement: 'refusal.validation_file.unknown', at: '/validation_file', description: 'validation_file does not exist', base: 'validation_file', wrong: { validation_file: missing } },
    { requirement: 'refusal.model.unknown', at: '/model', description: 'model does not exist', base: 'plain', wrong: { model: 'conformance-no-such-model' } },
    { requirement: 'refusal.model.unknown', at: '/model', description: 'model has a name of 2,000 letters', base: 'plain', wrong: { model: `conformance-${'m'.repeat(1_988)}` } },
    { requirement: 'refusal.unknown-member', at: '/conformance_unknown', description: 'a member that the contract does not know', base: 'plain', wrong: { conformance_unknown: true } },
    ...ofPurpose,
  ]; // prettier-ignore
}

async function sendSemantic(session: Session, one: SemanticFault): Promise<void> {
  const twin = sharedBy(session).bases.get(one.base);
  const bindings = await bindingsFor(session, PLAIN_METHOD);
  if (bindings === undefined) return;
  const template = one.base === 'plain' ? PLAIN_BODY : WITH_VALIDATION;
  const payload = { ...(bind(template, bindings) as JsonObject), ...one.wrong };
  await sendFaulty(session, { fault: { ...one, site: one.requirement }, payload, twin });
}

export const bodies: Scenario = {
  id: 'bodies',
  tiers: ['sites', 'full'],
  title: 'Send the malformed bodies of the documents',
  serves: ['refusal.json.malformed', 'refusal.content-type', 'transport.charset.accepted', 'errors.*'],
  cost: () => ({ requests: 8, jobs: 3, uploads: 0 }),
  run: async (session) => {
    await Promise.all([sendDocumentedMalformed(session), sendContentTypes(session)]);
  },
};

async function sendDocumentedMalformed(session: Session): Promise<void> {
  if (!session.judges('refusal.json.malformed')) return;
  for (const { erratum, description, text, mended } of malformedRequests) {
    const isDpo = text.includes('"dpo"');
    if (isDpo ? !session.mayUse('method.dpo') : !session.mayUse('integrations')) continue;
    const bindings = await bindingsFor(session, isDpo ? 'dpo' : 'supervised');
    if (bindings === undefined) continue;
    const twin = await createJob(session, bind(mended, bindings));
    const broken = text.replace(/\$\{(\w+)\}/g, (whole) => boundText(whole, bindings));
    const exchange = await sendCreate(session, broken, { clientFault: true });
    observeFault(
      session,
      { requirement: 'refusal.json.malformed', site: erratum, at: '', description },
      exchange,
      twin,
    );
  }
}

function boundText(placeholder: string, bindings: Bindings): string {
  const value = bind(placeholder, bindings);
  return typeof value === 'string' ? value : placeholder;
}

async function sendContentTypes(session: Session): Promise<void> {
  const bindings = await bindingsFor(session, PLAIN_METHOD);
  if (bindings === undefined) return;
  const body = JSON.stringify(bind(PLAIN_BODY, bindings));
  const send = (type: string, clientFault: boolean): Promise<Exchange> =>
    sendCreate(session, body, { clientFault, headers: { 'content-type': type } }, bind(PLAIN_BODY, bindings));
  if (session.judges('transport.charset.accepted')) {
    const exchange = await send('application/json; charset=utf-8', false);
    session.observe({ kind: 'probe', probe: { name: 'charset', exchange } });
  }
  if (!session.judges('refusal.content-type')) return;
  const description = 'a JSON body is sent as text/plain';
  const fault: Fault = { requirement: 'refusal.content-type', site: 'text/plain', at: '', description };
  const exchange = await send('text/plain', true);
  observeFault(session, fault, exchange, sharedBy(session).bases.get('plain'));
  if (isAnswered(exchange) && succeeded(exchange)) session.observed('create with Content-Type text/plain', 'accepted');
}
