import { type AirEvent, createEar, type EarOptions, type RecordBatch } from '../../../streams/air/index.js';
import { observe } from '../features.js';
import { programOf, stepsOf } from '../mutate.js';
import { demand, type Target } from '../target.js';

/** An input is a program without a head: each step is a record, under the link type that its operation stands for. */
const LINK_TYPES: ReadonlyArray<number> = [105, 127, 119, 163, 192, 1, 113, 276, 0];
/** What fragments can be joined to. */
const LARGEST = 4096;

/** The records as they lie in a capture, one behind the other, with what describes them in between. */
const batchOf = (data: Uint8Array): RecordBatch => {
  const steps = stepsOf(data, 0);
  const starts = new Uint32Array(steps.length);
  const ends = new Uint32Array(steps.length);
  let at = 0;
  for (const [index, { length }] of steps.entries()) {
    starts[index] = Math.min(at + 2, at + length);
    ends[index] = at + length;
    at += length;
  }
  const times = Float64Array.from(steps, (_, index) => 1e15 + index * 1000);
  const linkTypes = Uint16Array.from(steps, (step) => LINK_TYPES[(step[0] ?? 0) % LINK_TYPES.length] ?? 0);
  return { bytes: data, count: steps.length, first: 1, starts, ends, times, linkTypes, lost: 0 };
};

const partsOf = (event: AirEvent): ReadonlyArray<Uint8Array> =>
  [
    'body' in event ? event.body : undefined,
    'packet' in event ? event.packet : undefined,
    'sealed' in event ? event.sealed?.header : undefined,
    'sealed' in event ? event.sealed?.body : undefined,
  ].flatMap((part) => part ?? []);

const isInside = (part: Uint8Array, { bytes, starts, ends }: RecordBatch, index: number): boolean => {
  if (part.buffer !== bytes.buffer) return part.length <= LARGEST;
  const at = part.byteOffset - bytes.byteOffset;
  return part.length === 0 || (at >= (starts[index] ?? 0) && at + part.length <= (ends[index] ?? 0));
};

const check = (event: AirEvent, batch: RecordBatch): void => {
  const index = event.frame - 1;
  demand(index >= 0 && index < batch.count, `an event of frame ${event.frame} of ${batch.count}`);
  demand(event.time === batch.times[index], `an event of frame ${event.frame} at ${event.time}`);
  for (const part of partsOf(event))
    demand(isInside(part, batch, index), `${event.kind}: octets from outside frame ${event.frame}`);
};

/** An event in short, with a sum of its octets: enough to tell two runs apart. */
const digest = (event: AirEvent): string => {
  const { kind, frame } = event;
  const sum = partsOf(event).map((part) => part.reduce((whole, octet) => (Math.imul(whole, 31) + octet) | 0, part.length));
  const who = 'ap' in event ? [event.ap, 'station' in event ? event.station : 0, 'from' in event ? event.from : ''] : [];
  return [kind, frame, ...who, ...sum].join(' ');
};

const hear = (batch: RecordBatch, options: EarOptions): ReadonlyArray<string> => {
  const ear = createEar(options);
  const told: string[] = [];
  ear.hear(batch, (event) => {
    check(event, batch);
    observe(event.kind);
    if ('ap' in event) ear.lastHeard(event.ap);
    told.push(digest(event));
  });
  return told;
};

/** The same records, each as a batch of its own. */
const hearSingly = (batch: RecordBatch, options: EarOptions): ReadonlyArray<string> => {
  const ear = createEar(options);
  const told: string[] = [];
  for (let index = 0; index < batch.count; index++) {
    const only = <A extends Uint32Array | Float64Array | Uint16Array>(all: A): A => all.subarray(index, index + 1) as A;
    const [starts, ends, times, linkTypes] = [only(batch.starts), only(batch.ends), only(batch.times), only(batch.linkTypes)];
    ear.hear({ ...batch, count: 1, first: index + 1, starts, ends, times, linkTypes }, (event) => told.push(digest(event)));
  }
  return told;
};

const isWatched = (): boolean => true;

export const fuzz = (data: Uint8Array): void => {
  const batch = batchOf(data);
  const before = data.slice();
  const told = hear(batch, { isWatched });
  demand(
    data.every((octet, at) => octet === before[at]),
    'the records were changed',
  );
  demand(told.join() === hearSingly(batch, { isWatched }).join(), 'batches of one record make other events than a batch of all');
  const isOdd = (station: number): boolean => station % 2 === 1;
  const shared = [
    ...hear(batch, { isWatched, isOurs: isOdd }),
    ...hear(batch, { isWatched, isOurs: (station) => !isOdd(station) }),
  ];
  const [together, alone] = [new Set(shared), new Set(told)];
  demand(together.size === alone.size && told.every((each) => together.has(each)), 'two workers hear something else than one');
};

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

const [AP, STATION] = ['0200000000aa', '020000000001'];
const EAPOL = 'aaaa03000000888e 0203005f 02 008a 0010';
const RSNE = '3014 0100 000fac04 0100 000fac04 0100 000fac02 0000';

/** What has a way of its own through the ear; number and addresses are our own. */
const AIR = [
  `8000 0000 ffffffffffff ${AP} ${AP} 1000 0000000000000000 6400 1104 0003 6e6574 ${RSNE} dd0a 506f9a29 0100 000fac04 ff0b 6b 0000 07 020000000001 05`,
  `5000 0000 ${STATION} ${AP} ${AP} 2000 0000000000000000 6400 1104 0003 6e6574 ${RSNE} dd06 0050f201 0100 3603 1234 01`,
  `b000 0000 ${AP} ${STATION} ${AP} 3000 0000 0100 0000`,
  `b040 0000 ${AP} ${STATION} ${AP} 3100 010203 00 5f5f5f5f`,
  `0000 0000 ${AP} ${STATION} ${AP} 4000 1104 0a00 0003 6e6574 ${RSNE}`,
  `1000 0000 ${STATION} ${AP} ${AP} 5000 1104 0000 01c0`,
  `2000 0000 ${AP} ${STATION} ${AP} 6000 1104 0a00 0200000000bb 0003 6e6574`,
  `c000 0000 ffffffffffff ${AP} ${AP} 7000 0300`,
  `c040 0000 ${STATION} ${AP} ${AP} 8000 0100002000000000 5f5f5f5f5f5f5f5f5f5f`,
  `d000 0000 ${STATION} ${AP} ${AP} 9000 08 00 0100`,
  `d040 0000 ${STATION} ${AP} ${AP} a000 0100002000000000 5f5f5f5f`,
  `d080 0000 ${STATION} ${AP} ${AP} b000 ffffffff 06 01`,
  `0801 0000 ${AP} ${STATION} ${AP} c000 ${EAPOL}`,
  `8802 0000 ${STATION} ${AP} ${AP} d000 0000 ${EAPOL}`,
  `880a 0000 ${STATION} ${AP} ${AP} d000 0000 ${EAPOL}`,
  `8803 0000 ${AP} ${STATION} ${AP} e000 ${STATION} 8000 000000000000 000000000000 000c aaaa03000000888e 02010000 0000 000000000000 000000000000 000c aaaa03000000888e 02010000`,
  `0805 0000 ${AP} ${STATION} ${AP} f000 ${EAPOL}`,
  `0801 0000 ${AP} ${STATION} ${AP} f100 ${'00'.repeat(40)}`,
  `8841 0000 ${AP} ${STATION} ${AP} 0001 0000 0100002000000000 ${'5f'.repeat(20)}`,
];
const WIRE = [
  `${AP} ${STATION} 888e 02010000`,
  `${STATION} ${AP} 8100 0001 888e 02000005 0101000501`,
  `0180c2000003 ${STATION} 888e 02000006 020100060161`,
];
/** The header of each link type that has 802.11 behind it, by its place in the list. */
const HEADERS = ['', '0000 1100 03000000 0000000000000000 00', '44000000 08000000', '80211001 00000008', '0000 0800 69000000'];
const COOKED_V1 = `0000 0001 0006 ${STATION} 0000 888e 02010000`;
const COOKED_V2 = `888e 0000 00000003 0001 00 06 ${STATION} 0000 02010000`;

const step = (operation: number, text: string): Uint8Array => {
  const octets = hex(text).subarray(0, 0xff);
  return Uint8Array.of(operation, octets.length, ...octets);
};

const ofSteps = (...steps: ReadonlyArray<Uint8Array>): Uint8Array => programOf(new Uint8Array(0), steps);

const seeds = (): ReadonlyArray<Uint8Array> => [
  ofSteps(...AIR.map((frame) => step(0, frame))),
  ...HEADERS.flatMap((header, operation) => AIR.map((frame) => ofSteps(step(operation, `${header} ${frame}`)))),
  ofSteps(...WIRE.map((frame) => step(5, frame))),
  ofSteps(step(6, COOKED_V1), step(7, COOKED_V2), step(6, `0000 0321 0006 ${STATION} 0000 0004 ${AIR[2]}`)),
];

export const air: Target = { name: 'air', slice: 5000, fuzz, seeds, head: 0 };
