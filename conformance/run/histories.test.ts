import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../contract/json.ts';
import type { Answered } from '../requirements/exchange.ts';
import type { HistoryObserved } from '../requirements/observation.ts';
import { answered, refused } from '../testing/exchanges.ts';
import { Histories } from './histories.ts';

const MANY = 200;

function jobOf(id: string, status: string): JsonObject {
  return { object: 'fine_tuning.job', id, status, metadata: { ['__proto__']: 'a name', é中: id } };
}

/** Makes a job and cancels it, as random cases do. */
function lived(histories: Histories, id: string, at: number): Answered {
  const payload: JsonObject = { model: 'm', training_file: 'file-1', seed: at };
  const operation = 'createFineTuningJob';
  const created = answered(jobOf(id, 'queued'), { id: `x${id}-1`, operation, sent: payload, sentAt: at });
  const sent = created.request.json as JsonObject;
  histories.created(
    created.outcome.json.kind === 'json' ? (created.outcome.json.value as JsonObject) : {},
    sent,
    created,
  );
  saw(histories, created);
  const cancelled = answered(jobOf(id, 'cancelled'), {
    id: `x${id}-2`,
    operation: 'cancelFineTuningJob',
    sentAt: at + 2,
  });
  saw(histories, cancelled);
  histories.asked(id, 'cancel', cancelled);
  return cancelled;
}

function saw(histories: Histories, exchange: Answered): void {
  if (exchange.outcome.json.kind !== 'json') return;
  histories.saw({ job: exchange.outcome.json.value as JsonObject, exchange, operation: exchange.operation });
}

/** Some jobs that are over, when zlib had the time to pack the oldest of them. */
async function manyJobs(): Promise<Histories> {
  const histories = new Histories(3_000);
  for (let index = 0; index < MANY; index += 1) lived(histories, `job-${index}`, index * 10);
  await new Promise((resolve) => setTimeout(resolve, 200));
  return histories;
}

function told(histories: Histories): Map<string, HistoryObserved> {
  return new Map([...histories.observed()].map((history) => [history.id, history]));
}

describe('the jobs of a run', () => {
  it('are told as they were, packed or not, in the order of their creation', async () => {
    const histories = await manyJobs();
    expect(histories.packedJobs).toBeGreaterThan(MANY / 2);
    expect(histories.ids()).toEqual(Array.from({ length: MANY }, (_, index) => `job-${index}`));
    const alone = new Histories(3_000);
    lived(alone, 'job-3', 30);
    const { sightings, controls, ...rest } = told(histories).get('job-3') ?? {};
    const expected = told(alone).get('job-3');
    expect(rest).toEqual({
      kind: 'history',
      id: 'job-3',
      payload: expected?.payload,
      expectation: undefined,
      waited: false,
      found: undefined,
      misses: [],
      isLost: false,
      listLagMs: 3_000,
    });
    expect(sightings).toEqual(expected?.sightings);
    expect(controls).toEqual(expected?.controls);
  });

  it('keep what came after they were packed', async () => {
    const histories = await manyJobs();
    saw(histories, answered(jobOf('job-3', 'running'), { sentAt: 90_000 }));
    const statuses = told(histories)
      .get('job-3')
      ?.sightings.map(({ job }) => job['status']);
    expect(statuses).toEqual(['queued', 'cancelled', 'running']);
    histories.asked('job-4', 'pause', answered(jobOf('job-4', 'cancelled'), { sentAt: 90_000 }));
    expect(
      told(histories)
        .get('job-4')
        ?.controls.map(({ control }) => control),
    ).toEqual(['cancel', 'pause']);
  });

  it('are told with the last look that found them, and with those that did not', async () => {
    const histories = await manyJobs();
    const look = (id: string, at: number): Answered =>
      answered(jobOf(id, 'cancelled'), { id: `look-${at}`, sentAt: at });
    for (const at of [50_000, 50_010, 50_020]) saw(histories, look('job-5', at));
    histories.missed('job-5', refused(404, {}, { id: 'miss', sentAt: 50_030 }));
    histories.lost('job-5');
    // A list that shows it alike hides no look.
    saw(histories, answered(jobOf('job-5', 'cancelled'), { operation: 'listPaginatedFineTuningJobs', sentAt: 50_040 }));
    const { found, misses, isLost } = told(histories).get('job-5') ?? {};
    expect({ found: found?.exchange.id, misses: misses?.map(({ id }) => id), isLost }).toEqual({
      found: 'look-50020',
      misses: ['miss'],
      isLost: true,
    });
    expect(histories.lostIds()).toEqual(['job-5']);
    expect(histories.retrieved('job-5')?.id).toBe('look-50020');
  });

  it('whose model the run has deleted are missed by nobody', () => {
    const histories = new Histories(3_000);
    lived(histories, 'job-1', 0);
    histories.release('job-1');
    histories.missed('job-1', refused(404));
    expect(told(histories).get('job-1')?.misses).toEqual([]);
  });

  it('are known by id, with their create and their cancel', async () => {
    const histories = await manyJobs();
    expect(histories.has('job-0')).toBe(true);
    expect(histories.createdBy('job-0')?.id).toBe('xjob-0-1');
    expect(histories.cancelOf('job-0')?.id).toBe('xjob-0-2');
    const again = answered(jobOf('job-0', 'queued'), { operation: 'createFineTuningJob' });
    expect(histories.created(jobOf('job-0', 'queued'), undefined, again)?.id).toBe('xjob-0-1');
  });

  it('that have an aim are told first, then those in which most was seen', async () => {
    const histories = await manyJobs();
    histories.expect('job-150', 'success');
    saw(histories, answered(jobOf('job-9', 'running'), { sentAt: 90_000 }));
    expect(histories.mostTelling(3).map(({ id }) => id)).toEqual(['job-150', 'job-9', 'job-0']);
  });
});
