// Another job in the place of the one that was asked for: what a defect shows that mixes jobs up.
import type { JsonObject } from '../../json.ts';
import type { JobRecord } from '../../store/records.ts';

/** The shown job as if it were another one: what identifies it is the other's, its state stays. */
export function jobAnswer(other: JobRecord | undefined, shown: JsonObject): JsonObject {
  if (other === undefined) return shown;
  return { ...shown, id: other.id, training_file: other.trainingFile, seed: other.seed };
}
