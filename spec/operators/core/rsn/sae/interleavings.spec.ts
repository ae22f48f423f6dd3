import { expect } from 'chai';
import fc from 'fast-check';
import type { SaeInput } from '../../../../../operators/core/rsn/sae/index.js';
import { accessPointSetup, End, stationSetup } from './exchange.js';

/** What may happen next: a frame that is on the air, at any place of it, is delivered (and may stay), lost, or bent. */
type Happening =
  | { readonly kind: 'deliver'; readonly which: number; readonly keep: boolean }
  | { readonly kind: 'lose'; readonly which: number }
  | { readonly kind: 'bend'; readonly which: number; readonly at: number; readonly mask: number }
  | { readonly kind: 'reflect'; readonly which: number }
  | { readonly kind: 'timer'; readonly station: boolean };

const which = fc.nat({ max: 9 });
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('deliver' as const), which, keep: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('lose' as const), which }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('bend' as const),
      which,
      at: fc.nat({ max: 120 }),
      mask: fc.integer({ min: 1, max: 255 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reflect' as const), which }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('timer' as const), station: fc.boolean() }) },
);

interface Flying {
  readonly to: End;
  readonly body: Uint8Array;
}

interface Ends {
  readonly confirmsAtOnce?: boolean;
  /** The first of which the access point may not support. */
  readonly groups?: ReadonlyArray<number>;
  readonly password?: string;
}

/** Runs the happenings over two ends, and returns them. */
const run = (happenings: ReadonlyArray<Happening>, { confirmsAtOnce = false, groups = [19], password }: Ends = {}) => {
  const [station, accessPoint] = [new End(stationSetup({ groups })), new End(accessPointSetup({ confirmsAtOnce }, password))];
  const otherOf = (end: End): End => (end === station ? accessPoint : station);
  const air: Flying[] = [];
  const take = (end: End, input: SaeInput): void => {
    for (const output of end.take(input)) if (output.do === 'send') air.push({ to: otherOf(end), body: output.body });
  };
  for (const body of station.sent) air.push({ to: accessPoint, body });
  for (const one of happenings) {
    if (one.kind === 'timer') {
      take(one.station ? station : accessPoint, { kind: 'timer' });
      continue;
    }
    const place = one.which % Math.max(1, air.length);
    const flying = air[place];
    if (flying === undefined) continue;
    if (one.kind === 'lose' || (one.kind === 'deliver' && !one.keep)) air.splice(place, 1);
    if (one.kind === 'deliver') take(flying.to, { kind: 'frame', body: flying.body });
    if (one.kind === 'reflect') take(otherOf(flying.to), { kind: 'frame', body: flying.body });
    if (one.kind !== 'bend') continue;
    const body = flying.body.map((octet, at) => (at === one.at % flying.body.length ? octet ^ one.mask : octet));
    take(flying.to, { kind: 'frame', body });
  }
  return [station, accessPoint] as const;
};

/** One in five begins with a group that is rejected. */
const groupLists = fc.constantFrom([19], [19], [19], [19], [20, 19]);

const many = fc.array(happening, { maxLength: 40, size: 'max' });

describe('SAE, whatever the air does', () => {
  it('each end accepts once at most, and never another key than the other', () => {
    let agreed = 0;
    fc.assert(
      fc.property(fc.boolean(), groupLists, many, (confirmsAtOnce, groups, happenings) => {
        const [station, accessPoint] = run(happenings, { confirmsAtOnce, groups });
        expect(station.accepted.length).to.be.at.most(1);
        expect(accessPoint.accepted.length).to.be.at.most(1);
        const keys = [...station.accepted, ...accessPoint.accepted].map(({ pmk, pmkid }) => `${pmk.reveal()} ${pmkid}`);
        expect(new Set(keys).size).to.be.at.most(1);
        for (const end of [station, accessPoint]) {
          expect(end.failures.length + end.accepted.length).to.be.at.most(1);
          const isOver = end.accepted.length === 1 ? 'accepted' : 'failed';
          if (end.failures.length + end.accepted.length === 1) expect(end.state.phase).to.equal(isOver);
        }
        if (keys.length === 2) agreed++;
      }),
      { numRuns: 300 },
    );
    expect(agreed).to.be.at.least(50);
  });

  it('different passwords never make a key', () => {
    fc.assert(
      fc.property(fc.boolean(), many, (confirmsAtOnce, happenings) => {
        const [station, accessPoint] = run(happenings, { confirmsAtOnce, password: 'another' });
        expect([...station.accepted, ...accessPoint.accepted]).to.deep.equal([]);
      }),
      { numRuns: 60 },
    );
  });

  it('the same inputs, the same outputs', () => {
    fc.assert(
      fc.property(many, (happenings) => {
        const [one, other] = [run(happenings), run(happenings)];
        expect(one.map(({ sent }) => sent)).to.deep.equal(other.map(({ sent }) => sent));
      }),
      { numRuns: 20 },
    );
  });

  it('random octets never disturb it', () => {
    const commitLike = fc
      .tuple(fc.constantFrom(0, 76, 77, 123, 126, 127, 1), fc.constantFrom(19, 20, 21, 1, 15), fc.uint8Array({ maxLength: 500 }))
      .map(([status, group, rest]) => Uint8Array.from([3, 0, 1, 0, status, 0, group, 0, ...rest]));
    const confirmLike = fc.uint8Array({ maxLength: 80 }).map((rest) => Uint8Array.from([3, 0, 2, 0, 0, 0, ...rest]));
    const body = fc.oneof(fc.uint8Array({ maxLength: 400 }), commitLike, confirmLike);
    fc.assert(
      fc.property(fc.array(body, { maxLength: 25 }), fc.nat({ max: 3 }), (bodies, after) => {
        const ends = [
          new End(stationSetup({ groups: [19, 20, 21] })),
          new End(accessPointSetup({ groups: [19, 20, 21] })),
        ] as const;
        for (let turn = 0; turn < after; turn++) {
          const [from, to] = turn % 2 === 0 ? ends : [ends[1], ends[0]];
          to.take({ kind: 'frame', body: from.sent.at(-1) ?? new Uint8Array(0) });
        }
        for (const end of ends) for (const one of bodies) end.take({ kind: 'frame', body: one });
        for (const end of ends) expect(end.accepted.length).to.be.at.most(1);
      }),
      { numRuns: 100 },
    );
  });
});
