// Whether the files of a job are fit for it, and the error of the failed job where they are not. Codes and the forms of
// the messages are those of failed jobs of the real service.
import type { Policy } from '../policy.ts';
import type { DataVerdict, FileRecord, JobError, MethodType } from '../store/records.ts';
import type { DatasetFacts, DatasetFormat } from './facts.ts';

/** The fewest examples that a training file may hold. */
export const FEWEST_EXAMPLES = 10;

interface JobData {
  readonly method: MethodType;
  /** Whether the base model takes prompt/completion pairs instead of messages. */
  readonly completionsModel: boolean;
  readonly trainingFile: FileRecord | null;
  readonly validationFile: FileRecord | null;
}

const MOST_REINFORCEMENT_EXAMPLES = { training_file: 50_000, validation_file: 1_000 };

/** The verdict on a job's files. A file that nobody looked into counts as good with the fewest examples. */
export function dataVerdict(data: JobData, policy: Pick<Policy, 'tooFewExamples' | 'foreignFormat'>): DataVerdict {
  const error =
    fileError(data.trainingFile, 'training_file', data, policy) ??
    fileError(data.validationFile, 'validation_file', data, policy);
  if (error !== null) return { good: false, error };
  const facts = data.trainingFile?.facts;
  return { good: true, examples: Math.max(1, facts?.examples ?? FEWEST_EXAMPLES), tokens: facts?.tokens ?? 0 };
}

type FileMember = 'training_file' | 'validation_file';

function fileError(
  file: FileRecord | null,
  member: FileMember,
  data: JobData,
  policy: Pick<Policy, 'tooFewExamples' | 'foreignFormat'>,
): JobError | null {
  const facts = file?.facts ?? null;
  if (file === null || facts === null) return null;
  if (policy.foreignFormat === 'fails') {
    const fault = formatFault(facts, file.id, data);
    if (fault !== null) return invalidFile(member, fault);
  }
  return policy.tooFewExamples === 'fail' ? countError(facts, member, data.method) : null;
}

function countError({ examples }: DatasetFacts, member: FileMember, method: MethodType): JobError | null {
  const name = member === 'training_file' ? 'Training file' : 'Validation file';
  const fewest = member === 'training_file' ? FEWEST_EXAMPLES : 1;
  const error = (message: string): JobError => ({ code: 'invalid_n_examples', message, param: member });
  if (examples < fewest) {
    return error(`${name} has ${examples} example(s), but must have at least ${fewest} examples`);
  }
  const most = MOST_REINFORCEMENT_EXAMPLES[member];
  if (method === 'reinforcement' && examples > most) {
    return error(`${name} has ${examples} example(s), but must have at most ${most} examples`);
  }
  return null;
}

function invalidFile(member: FileMember, fault: string): JobError {
  const kind = member === 'training_file' ? 'training' : 'validation';
  return {
    code: `invalid_${member}`,
    message: `The job failed due to an invalid ${kind} file. ${fault}`,
    param: member,
  };
}

function formatFault(facts: DatasetFacts, fileId: string, data: JobData): string | null {
  if (facts.broken !== null) return `Invalid file format. Line ${facts.broken.line} is not a JSON dictionary.`;
  const needed = formatFor(data);
  const fault = facts.faults[needed];
  if (fault === null || facts.examples === 0) return null;
  if (facts.looksLike === 'unknown') {
    return 'Unexpected file format, expected either prompt/completion pairs or chat messages.';
  }
  const method = METHOD_OF_FORMAT[facts.looksLike];
  // Both consist of messages: without an answer of the assistant it is chat with a fault rather than the other format.
  const bothMessages = facts.looksLike === 'reinforcement' && needed === 'chat';
  if (method !== data.method && !bothMessages) {
    return (
      `Invalid file format. Input file ${fileId} is in the fine-tune-${facts.looksLike} format, but the specified ` +
      `fine-tuning job is not using '${method}' as the training method (provided method=${data.method}). `
    );
  }
  if (facts.looksLike !== needed && !bothMessages)
    return `Invalid file format. The model needs examples in the ${needed} format.`;
  return `Invalid file format. ${fault}`;
}

const METHOD_OF_FORMAT: Readonly<Record<DatasetFormat, MethodType>> = {
  chat: 'supervised',
  completions: 'supervised',
  preference: 'dpo',
  reinforcement: 'reinforcement',
};

function formatFor({ method, completionsModel }: JobData): DatasetFormat {
  if (method === 'dpo') return 'preference';
  if (method === 'reinforcement') return 'reinforcement';
  return completionsModel ? 'completions' : 'chat';
}
