// How a log can be wrong. Each way has a class of its own, so that a caller can tell a run that was cut short from a
// file that was tampered with, and a message that says what to do about it.

/** A log that no report can be made from. */
export abstract class LogError extends Error {
  override get name(): string {
    return this.constructor.name;
  }
}

/** The file is not there or cannot be read. */
export class MissingLog extends LogError {}

/** The log ends without a footer: the run was killed, the disk was full, or the end was lost on the way. */
export class TruncatedLog extends LogError {}

/** Something stands before the header, or there is none. */
export class HeaderlessLog extends LogError {}

/** Two headers or two footers of one run: a file was appended to itself. */
export class DoubledLog extends LogError {}

/** Lines of two runs stand in one file. */
export class MixedRuns extends LogError {}

/** One run's log holds two seeds: its parts do not belong together. */
export class MixedSeeds extends LogError {}

/** One log holds two editions or modes of the contract: its verdicts cannot be counted together. */
export class MixedEditions extends LogError {}

/** A line is no JSON value, or is longer than any line that the suite writes. */
export class MalformedLine extends LogError {}

/** A line is JSON and not of a kind that this version knows, or lacks a member. */
export class UnknownLine extends LogError {}

/** A verdict speaks of a requirement or an exchange that the log does not hold. */
export class DanglingVerdict extends LogError {}

/** Logs that were to be merged are not the shards of one run. */
export abstract class ShardError extends LogError {}

/** A log was not made with --shard, or names a shard that cannot be. */
export class NotAShard extends ShardError {}

/** Not all shards of the run are there. */
export class MissingShard extends ShardError {}

/** One shard was given twice. */
export class DoubledShard extends ShardError {}

/** A shard of another run: another seed, edition, contract, target, tool or scope. */
export class ForeignShard extends ShardError {}

/** The lines above the footer are not those that its writer counted. */
export class AlteredLog extends LogError {}
