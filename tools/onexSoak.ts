import { setImmediate } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { OpenTls } from '../operators/core/index.js';
import { eapLink } from '../spec/support/eap/eapLink.js';
import { type MethodCase, methodCases, peerOfCase, trustingTls } from '../spec/support/eap/methodCases.js';
import { stoppingLink } from '../spec/support/eap/stoppingLink.js';
import { randomFrom } from './fuzz/random.js';

/*
 * npm run soak:onex -- --count 10000
 *
 * Authentications that are broken off: any method, against a server in memory, at any packet, as it comes, while the peer is at work or
 * once it has answered. All of them share TLS, as those of one profile do. What the heap has kept at the end of the second fifth is what
 * the others are held against.
 */

const GROWTH_BYTES = 2 << 20;
const GROWTH_RSS_BYTES = 48 << 20;
const INTERVALS = 20;
/** The first intervals fill caches: of contexts, compiled code, the heap itself. */
const WARM = 8;
const MOMENTS = ['at once', 'at work', 'answered'] as const;

const { values } = parseArgs({
  options: { count: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
});
const count = Number(values.count);
const random = randomFrom(Number(values.seed));

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');
const collected = (): NodeJS.MemoryUsage => {
  if (typeof collect === 'function') for (let time = 0; time < 3; time++) collect();
  return process.memoryUsage();
};

const outcomes = { stopped: 0, over: 0 };

const breakOff = async (one: MethodCase, packet: number, openTls: OpenTls): Promise<void> => {
  const link = eapLink(peerOfCase(one, openTls));
  await one.serve(stoppingLink(link, packet, random.pick(MOMENTS) ?? 'answered'));
  link.unplug();
  outcomes[link.end === undefined ? 'stopped' : 'over']++;
  if (link.end?.do === 'succeed') for (const key of [link.end.keys?.msk, link.end.keys?.emsk]) key?.zeroise();
};

const mb = (octets: number): string => (octets / 2 ** 20).toFixed(1);

/** How many packets each method takes when nobody breaks it off. */
const lengthOf = async (one: MethodCase): Promise<number> => {
  const link = stoppingLink(eapLink(peerOfCase(one, trustingTls())), 0, 'answered');
  await one.serve(link);
  return link.packets;
};

const cases = methodCases();
const lengths = new Map<MethodCase, number>();
for (const one of cases) lengths.set(one, await lengthOf(one));

const openTls = trustingTls();
const every = Math.max(1, Math.ceil(count / INTERVALS));
const heaps: number[] = [];
const sizes: number[] = [];
for (let number = 1; number <= count; number++) {
  const one = cases[random.below(cases.length)];
  if (one !== undefined) await breakOff(one, 1 + random.below(lengths.get(one) ?? 1), openTls);
  if (number % every !== 0 && number !== count) continue;
  const { heapUsed, external, rss } = collected();
  heaps.push(heapUsed + external);
  sizes.push(rss);
  console.log(`${number} authentications: ${mb(heapUsed)} MB of heap, ${mb(external)} MB beside it, ${mb(rss)} MB resident`);
}

const growthOf = (figures: ReadonlyArray<number>): number => {
  const warm = figures.slice(0, Math.min(WARM, figures.length - 1));
  return (figures.at(-1) ?? 0) - Math.max(...warm);
};
const [growth, growthOfAll] = [growthOf(heaps), growthOf(sizes)];
const isFlat = growth < GROWTH_BYTES && growthOfAll < GROWTH_RSS_BYTES;
for (let turn = 0; turn < 4; turn++) await setImmediate();
const active = process.getActiveResourcesInfo().filter((name) => !/^(?:TTYWrap|PipeWrap|FSReqCallback)$/.test(name));
console.log(
  `${outcomes.stopped} broken off, ${outcomes.over} over before; since warm ${mb(growth)} MB of heap, ${mb(growthOfAll)} MB resident; ` +
    `${active.length === 0 ? 'nothing is left at work' : `left at work: ${active.join(', ')}`}: ${isFlat ? 'flat' : 'it grows'}`,
);
process.exitCode = isFlat && active.length === 0 ? 0 : 1;
