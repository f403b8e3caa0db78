import { describe, expect, it } from 'vitest';
import { aFile, aJob, anEvent } from '../testing/objects.ts';
import { toleranceFor } from './tolerance.ts';

const NO_ERROR = { code: null, message: null, param: null };

describe('the register of contradictions', () => {
  it('lets pass what it names, in compatible mode only', () => {
    const job = aJob({ error: NO_ERROR });
    expect(toleranceFor('FineTuningJob', job, '/error', 'compatible')).toEqual({
      erratum: 'E-S3',
      decision: 'tolerate',
    });
    expect(toleranceFor('FineTuningJob', job, '/error/code', 'compatible')?.erratum).toBe('E-S3');
    expect(toleranceFor('FineTuningJob', job, '/error', 'strict')).toBeUndefined();
  });

  it('looks at the whole object: a failed job has to say why', () => {
    expect(
      toleranceFor('FineTuningJob', aJob({ status: 'failed', error: {} }), '/error', 'compatible'),
    ).toBeUndefined();
    expect(
      toleranceFor('FineTuningJob', aJob({ hyperparameters: null }), '/hyperparameters', 'compatible'),
    ).toBeUndefined();
    const dpo = aJob({ hyperparameters: undefined, method: { type: 'dpo' } });
    expect(toleranceFor('FineTuningJob', dpo, '/hyperparameters', 'compatible')?.erratum).toBe('E-S4');
  });

  it('looks at the value: half an error is none that it names', () => {
    const job = aJob({ error: { ...NO_ERROR, code: 'x' } });
    expect(toleranceFor('FineTuningJob', job, '/error', 'compatible')).toBeUndefined();
    const nulls = aJob({ error: { ...NO_ERROR, details: null } });
    expect(toleranceFor('FineTuningJob', nulls, '/error', 'compatible')?.erratum).toBe('E-S3');
    expect(toleranceFor('FineTuningJob', aJob({ error: { more: 1 } }), '/error', 'compatible')).toBeUndefined();
  });

  it('speaks of the schema and of prose rules apart', () => {
    const rule = 'status.estimated_finish.null-when-finished';
    const job = aJob({ status: 'succeeded', estimated_finish: 0 });
    expect(toleranceFor('FineTuningJob', job, '/estimated_finish', 'compatible', rule)?.erratum).toBe('E-S11');
    expect(toleranceFor('FineTuningJob', job, '/estimated_finish', 'compatible')).toBeUndefined();
    expect(toleranceFor('FineTuningJob', aJob({ error: {} }), '/error', 'compatible', rule)).toBeUndefined();
  });

  it('speaks of the component and the place that it names, and of no other', () => {
    expect(toleranceFor('FineTuningJobEvent', anEvent({ data: null }), '/data', 'compatible')?.erratum).toBe('E-S7');
    expect(toleranceFor('FineTuningJobCheckpoint', anEvent({ data: null }), '/data', 'compatible')).toBeUndefined();
    expect(toleranceFor('OpenAIFile', aFile({ expires_at: null }), '/expires_at', 'compatible')?.erratum).toBe('E-S13');
    expect(toleranceFor('OpenAIFile', aFile({ expires_at: null }), '/expires', 'compatible')).toBeUndefined();
    expect(
      toleranceFor('OpenAIFile', aFile({ expires_at: null, status: undefined }), '/status', 'compatible'),
    ).toBeUndefined();
  });

  it('tells what is accepted from what is tolerated', () => {
    const empty = { object: 'list', data: [], has_more: false };
    expect(toleranceFor('ListFilesResponse', empty, '/first_id', 'strict')).toEqual({
      erratum: 'E-C11',
      decision: 'accept',
    });
    const full = { ...empty, data: [aFile()] };
    expect(toleranceFor('ListFilesResponse', full, '/first_id', 'strict')).toBeUndefined();
  });
});
