// Whether some logs are the shards of one run: n of n, each once, made with one seed, contract, target and tool. Nothing
// is merged on a guess; what does not belong is named with what it differs in.
import type {
  CapabilityLine,
  FaultLine,
  FooterLine,
  HeaderLine,
  NoticeLine,
  ObservedLine,
  RequirementLine,
} from './log.ts';
import { DoubledShard, ForeignShard, MissingShard, NotAShard } from './log-errors.ts'; // prettier-ignore

export interface Shard {
  readonly file: string;
  readonly header: HeaderLine;
  readonly footer: FooterLine;
  readonly rows: readonly RequirementLine[];
  readonly capabilities: readonly CapabilityLine[];
  readonly remarks: readonly (NoticeLine | FaultLine | ObservedLine)[];
}

interface Part {
  readonly number: number;
  readonly of: number;
}

/**
 * The shards in their order.
 * @throws ShardError
 */
export function checkShards(shards: readonly Shard[]): readonly Shard[] {
  const [first] = shards;
  if (first === undefined) throw new MissingShard('no shard was named; name the folder of each');
  const parts = shards.map((shard) => ({ shard, part: partOf(shard) }));
  const count = partOf(first).of;
  for (const { shard } of parts) checkBelongs(first, shard);
  const ordered = Array.from({ length: count }, (_, index) => {
    const found = parts.filter(({ part }) => part.number === index + 1);
    if (found.length > 1)
      throw new DoubledShard(
        `shard ${index + 1}/${count} stands in ${found.map(({ shard }) => shard.file).join(' and in ')}; name it once`,
      );
    return found[0]?.shard;
  });
  const missing = ordered.flatMap((shard, index) => (shard === undefined ? [`${index + 1}/${count}`] : []));
  if (missing.length > 0)
    throw new MissingShard(`${missing.length === 1 ? 'shard' : 'shards'} ${missing.join(', ')} of the run ${missing.length === 1 ? 'is' : 'are'} missing; run ${missing.length === 1 ? 'it' : 'them'} and merge again`); // prettier-ignore
  return ordered.filter((shard) => shard !== undefined);
}

function partOf({ file, header }: Shard): Part {
  const { shard } = header.run;
  const found = /^(\d{1,4})\/(\d{1,4})$/.exec(shard ?? '');
  if (found === null)
    throw new NotAShard(
      shard === null
        ? `${file} is a whole run; only runs with --shard can be merged`
        : `${file} calls itself shard ${shard.slice(0, 40)}; a shard is named like 2/4`,
    );
  const [number, of] = [Number(found[1]), Number(found[2])];
  if (number < 1 || number > of) throw new NotAShard(`${file} calls itself shard ${number} of ${of}, which cannot be`);
  return { number, of };
}

/** What all shards of a run share, by the words in which a difference is told. */
function traitsOf({ header }: Shard): Readonly<Record<string, string>> {
  const { tool, contract, target, run, scope } = header;
  const { shard: _shard, ...judged } = scope;
  return {
    'number of shards': run.shard?.split('/')[1] ?? '',
    tool: `${tool.name} ${tool.version}`,
    edition: contract.dialect ?? contract.edition,
    mode: contract.mode,
    contract: contract.sha256,
    seed: String(run.seed),
    'number of cases': String(run.cases),
    target: target.name,
    'base URL': withoutLoopbackPort(target.baseUrl),
    profile: target.profile ?? 'none',
    defects: defectsOf(header).join(', '),
    scope: JSON.stringify(judged),
    waivers: JSON.stringify(header.waivers ?? []),
  };
}

/** A server that is started for each shard listens on a new port each time. */
function withoutLoopbackPort(baseUrl: string): string {
  return baseUrl.replace(/^(https?:\/\/(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])):\d+/i, '$1');
}

function defectsOf({ targetWords = [] }: HeaderLine): string[] {
  return targetWords.filter((_, index) => targetWords[index - 1] === '--defect');
}

function checkBelongs(first: Shard, shard: Shard): void {
  const [expected, found] = [traitsOf(first), traitsOf(shard)];
  for (const [trait, value] of Object.entries(expected)) {
    if (found[trait] !== value)
      throw new ForeignShard(
        `${shard.file} is of another run: its ${trait} is ${(found[trait] ?? '').slice(0, 100)}, that of ${first.file} ${value.slice(0, 100)}`,
      );
  }
}

/** True where two shards judge the same rows in the same way. */
export function isSameRow(rows: readonly RequirementLine[], others: readonly RequirementLine[]): boolean {
  return JSON.stringify(rows) === JSON.stringify(others);
}
