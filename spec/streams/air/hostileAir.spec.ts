import { expect } from 'chai';
import fc from 'fast-check';
import { type AirEvent, createEar, type RecordBatch } from '../../../streams/air/index.js';
import type { CapturedFrame } from '../../support/pcap.js';
import {
  AP,
  beacon,
  beaconBody,
  data,
  EAPOL_START,
  FROM_DS,
  joined,
  llc,
  MESSAGE_1,
  MESSAGE_2,
  management,
  PROTECTED,
  REQUEST,
  RSNE,
  SSID,
  STATION,
  TO_DS,
} from './building.js';
import { batchOf, hearFrames, kept, watchingAll } from './hearAll.js';

const LINK_TYPES = [0, 1, 105, 113, 119, 127, 163, 192, 276];

const SAMPLES: ReadonlyArray<Uint8Array> = [
  beacon(beaconBody(SSID, RSNE)),
  management(0, REQUEST),
  management(11, new Uint8Array(6)),
  management(12, new Uint8Array(16), { flags: PROTECTED }),
  management(13, Uint8Array.of(6, 1, 2, 3), { to: STATION, from: AP }),
  data(llc(MESSAGE_2)),
  data(llc(MESSAGE_1), { flags: FROM_DS, qos: 0 }),
  data(llc(EAPOL_START), { flags: TO_DS | FROM_DS, addresses: [AP, STATION, AP, STATION], qos: 0x80 }),
  data(new Uint8Array(40), { flags: TO_DS | PROTECTED, qos: 0 }),
];

const RADIOTAP = Uint8Array.of(0, 0, 17, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

/** Mere bytes, and frames with some octets changed and an end cut off. */
const bytes: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 120 }),
  fc
    .record({
      sample: fc.constantFrom(...SAMPLES),
      header: fc.constantFrom(new Uint8Array(0), RADIOTAP),
      changes: fc.array(fc.record({ at: fc.nat(60), to: fc.nat(255) }), { maxLength: 6 }),
      cut: fc.nat(40),
    })
    .map(({ sample, header, changes, cut }) => {
      const frame = joined(header, sample);
      for (const { at, to } of changes) if (at < frame.length) frame[at] = to;
      return frame.subarray(0, Math.max(0, frame.length - (cut > 20 ? 0 : cut)));
    }),
);

const frames: fc.Arbitrary<ReadonlyArray<CapturedFrame>> = fc
  .array(
    fc.record({
      bytes,
      linkType: fc.constantFrom(...LINK_TYPES, 105, 127),
      time: fc.double({ min: -1e9, max: 4e9, noNaN: true }),
    }),
    {
      maxLength: 12,
    },
  )
  .map((all) => all.map((frame, index) => ({ number: index + 1, ...frame })));

const octetsOf = (event: AirEvent): ReadonlyArray<Uint8Array> => {
  const parts = [
    'body' in event ? event.body : undefined,
    'packet' in event ? event.packet : undefined,
    'sealed' in event ? event.sealed?.header : undefined,
    'sealed' in event ? event.sealed?.body : undefined,
  ];
  return parts.flatMap((part) => part ?? []);
};

/** Whether bytes are a view of a record of the batch; what was joined of fragments has a buffer of its own, and stays small. */
const isInside = (part: Uint8Array, batch: RecordBatch, index: number): boolean => {
  if (part.length === 0) return true;
  if (part.buffer !== batch.bytes.buffer) return part.length <= 4096;
  const at = part.byteOffset - batch.bytes.byteOffset;
  return at >= (batch.starts[index] ?? 0) && at + part.length <= (batch.ends[index] ?? 0);
};

describe('an ear among hostile frames', () => {
  it('throws nothing, and tells no octet from outside the record', () => {
    fc.assert(
      fc.property(frames, (all) => {
        const batch = batchOf(all);
        const before = batch.bytes.slice();
        createEar(watchingAll).hear(batch, (event) => {
          for (const part of octetsOf(event))
            expect(isInside(part, batch, event.frame - 1), JSON.stringify(event)).to.equal(true);
        });
        expect(batch.bytes).to.deep.equal(before);
      }),
      { numRuns: 3000 },
    );
  });

  it('does not care how the records are batched', () => {
    fc.assert(
      fc.property(frames, fc.integer({ min: 1, max: 5 }), (all, chunk) => {
        expect(hearFrames(all, watchingAll, chunk)).to.deep.equal(hearFrames(all));
      }),
      { numRuns: 500 },
    );
  });

  it('any offsets of any records are fine', () => {
    const offsets = fc.array(fc.record({ start: fc.nat(0xffffffff), end: fc.oneof(fc.nat(200), fc.nat(0xffffffff)) }), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), offsets, fc.constantFrom(...LINK_TYPES), (octets, of, linkType) => {
        const batch: RecordBatch = {
          ...{ bytes: octets, count: of.length, first: 1, lost: 0 },
          starts: Uint32Array.from(of, ({ start }) => start),
          ends: Uint32Array.from(of, ({ end }) => end),
          times: new Float64Array(of.length),
          linkTypes: new Uint16Array(of.length).fill(linkType),
        };
        createEar(watchingAll).hear(batch, (event) => kept(event));
      }),
    );
  });

  it('workers hear together what one hears alone', () => {
    fc.assert(
      fc.property(frames, (all) => {
        const alone = hearFrames(all);
        const shares = [0, 1].map((share) => hearFrames(all, { ...watchingAll, isOurs: (station) => station % 2 === share }));
        const together = new Set(shares.flat().map(({ frame, kind }) => `${frame} ${kind}`));
        expect(together).to.deep.equal(new Set(alone.map(({ frame, kind }) => `${frame} ${kind}`)));
      }),
      { numRuns: 500 },
    );
  });
});
