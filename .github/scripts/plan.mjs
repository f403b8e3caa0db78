// What a nightly run does: which targets, in how many shards, with which seed. A pull request gets the fixed seed and the
// targets that need no key, whoever it comes from. Targets stand in .github/targets.json.
import { randomInt } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';

const NAME = /^[a-z0-9][a-z0-9-]{0,39}$/;
const SECRET = /^[A-Z][A-Z0-9_]{0,99}$/;
const MEMBERS = new Set(['name', 'base-url', 'profile', 'key', 'max-jobs', 'shards']);

const { EVENT = '', ASKED_SEED = '', TARGETS = '.github/targets.json', GITHUB_OUTPUT } = process.env;

function fail(message) {
  process.stderr.write(`error ${message}\n`);
  process.exit(2);
}

function targets() {
  const list = JSON.parse(readFileSync(TARGETS, 'utf8'));
  if (!Array.isArray(list) || list.length === 0) fail(`${TARGETS} holds no list of targets`);
  for (const target of list) {
    const { name, key, shards = 1 } = target;
    const unknown = Object.keys(target).find((member) => !MEMBERS.has(member));
    if (unknown !== undefined)
      fail(`${TARGETS}: ${unknown} is no member of a target; there are ${[...MEMBERS].join(', ')}`);
    if (!NAME.test(name)) fail(`${TARGETS}: ${JSON.stringify(name)} is no name; use small letters, digits and dashes`);
    if (key !== undefined && !SECRET.test(key)) fail(`${TARGETS}: key is the name of a secret, never the key itself`);
    if (!Number.isInteger(shards) || shards < 1 || shards > 32)
      fail(`${TARGETS}: shards of ${name} is no number from 1 to 32`);
  }
  if (new Set(list.map(({ name }) => name)).size !== list.length) fail(`${TARGETS}: a name stands twice`);
  return list;
}

function seed() {
  if (EVENT === 'pull_request') return 1;
  if (ASKED_SEED === '') return randomInt(1, 2 ** 31);
  if (!/^\d{1,10}$/.test(ASKED_SEED) || Number(ASKED_SEED) >= 2 ** 31) fail(`the seed is no number below ${2 ** 31}`);
  return Number(ASKED_SEED);
}

function jobs(list) {
  return list.flatMap(({ name, shards = 1, key = '', profile = '', ...target }) =>
    Array.from({ length: shards }, (_, index) => ({
      target: name,
      shard: `${index + 1}/${shards}`,
      part: index + 1,
      'base-url': target['base-url'] ?? '',
      profile,
      key,
      'max-jobs': String(target['max-jobs'] ?? ''),
    })),
  );
}

const chosen = targets().filter(({ key }) => EVENT !== 'pull_request' || key === undefined);
const outputs = {
  seed: seed(),
  targets: JSON.stringify(chosen.map(({ name }) => name)),
  open: JSON.stringify(jobs(chosen.filter(({ key }) => key === undefined))),
  keyed: JSON.stringify(jobs(chosen.filter(({ key }) => key !== undefined))),
};
for (const [name, value] of Object.entries(outputs)) {
  process.stdout.write(`${name} ${value}\n`);
  if (GITHUB_OUTPUT !== undefined) appendFileSync(GITHUB_OUTPUT, `${name}=${value}\n`);
}
