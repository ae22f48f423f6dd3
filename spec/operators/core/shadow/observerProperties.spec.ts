import { expect } from 'chai';
import fc from 'fast-check';
import { nodeCrypto } from '../../../../adapters/crypto/index.js';
import { type Connection, createObserver } from '../../../../operators/core/shadow/index.js';
import { type AirEvent, BROADCAST, type Mark } from '../../../../streams/air/index.js';
import {
  A,
  answers,
  asks,
  auth,
  authAnswer,
  B,
  beacon,
  type Draft,
  EPOCH,
  eap,
  leaves,
  logsOff,
  message,
  open,
  probed,
  S,
  S2,
  secured,
  shown,
  starts,
  wired,
} from '../../../support/airScript.js';

const station = fc.constantFrom(S, S2);
const ap = fc.constantFrom(A, B);
const speaker = fc.constantFrom('station' as const, 'ap' as const);
const elements = fc.oneof(fc.constantFrom(secured, open), fc.uint8Array({ maxLength: 60 }));
const octets = fc.uint8Array({ maxLength: 120 });

/** Everything that can be heard of two stations and two access points, sense and nonsense. */
const draft: fc.Arbitrary<Draft> = fc.oneof(
  fc.tuple(ap, elements).map(([a, e]) => beacon(a, e)),
  fc.tuple(ap, elements).map(([a, e]) => probed(a, e)),
  fc.tuple(station, ap, fc.constantFrom(0, 1, 2, 3)).map(([s, a, algorithm]) => auth(s, a, { algorithm })),
  fc.tuple(station, ap, fc.constantFrom(0, 0, 0, 15, 76)).map(([s, a, status]) => authAnswer(s, a, status)),
  fc.tuple(station, ap, elements, fc.boolean()).map(([s, a, e, again]) => asks(s, a, e, again)),
  fc
    .tuple(station, ap, fc.constantFrom(0, 0, 0, 17, 30), fc.boolean())
    .map(([s, a, status, again]) => answers(s, a, status, again)),
  fc.tuple(speaker, station, ap).map(([by, s, a]) => leaves(by, s, a)),
  ap.map((a) => leaves('ap', BROADCAST, a)),
  fc.tuple(fc.constantFrom(1, 2, 3, 4), station, ap, fc.nat(3)).map(([n, s, a, counter]) => message(n as 1, s, a, counter)),
  fc.tuple(speaker, station, ap, fc.constantFrom(1, 2, 3, 4)).map(([by, s, a, code]) => eap(by, s, a, code)),
  fc.tuple(station, ap).map(([s, a]) => starts(s, a)),
  fc.tuple(station, ap).map(([s, a]) => logsOff(s, a)),
  fc
    .tuple(speaker, station, fc.constantFrom(A, 0), fc.constantFrom(1, 2, 3, 4))
    .map(([by, s, a, code]) => wired(eap(by, s, a, code))),
  fc.tuple(station, ap).map(([s, a]) => wired(starts(s, a))),
  fc.tuple(speaker, station, ap, octets).map(
    ([from, s, a, packet]): Draft => ({
      ...{ kind: 'eapol', station: s, ap: a, from, packet, isProtected: false, medium: 'air' },
    }),
  ),
  fc.tuple(speaker, station, ap, octets).map(
    ([from, s, a, body]): Draft => ({
      ...{ kind: 'action', station: s, ap: a, from, category: body[0] ?? 0, body },
    }),
  ),
  fc.tuple(speaker, fc.constantFrom(S, S2, BROADCAST), ap, octets).map(
    ([from, s, a, body]): Draft => ({
      ...{ kind: 'sealed', station: s, ap: a, from, sealed: { header: body.subarray(0, 24), body: body.subarray(24) } },
    }),
  ),
  fc.nat(9).map((frames): Draft => ({ kind: 'lost', frames })),
  fc.tuple(station, ap, fc.constantFrom('success' as const, 'failure' as const, 'ended' as const)).map(
    ([s, a, outcome]): Draft => ({
      ...{ kind: 'told', station: s, ap: a, from: 'station', phase: 'association', outcome, text: outcome },
    }),
  ),
);

/** Mostly little by little, sometimes after a pause or an hour, and sometimes back. */
const step = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 300_000 }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 40_000_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: -20_000_000, max: 4_000_000_000 }) },
);

const events: fc.Arbitrary<ReadonlyArray<AirEvent>> = fc.array(fc.tuple(draft, step), { maxLength: 60 }).map((script) => {
  let time = EPOCH;
  return script.map(([each, by], i) => {
    time += by;
    return { ...each, frame: i + 1, time } as AirEvent;
  });
});

const observe = (heard: ReadonlyArray<AirEvent>, looks: (mark: Mark) => boolean): ReadonlyArray<Connection> => {
  const observer = createObserver({ crypto: nodeCrypto, credentials: [] });
  const connections: Connection[] = [];
  for (const event of heard) {
    observer.take(event);
    if (!looks(event)) continue;
    observer.reach(event);
    connections.push(...observer.ended());
  }
  observer.finish(heard.at(-1) ?? { frame: 0, time: 0 });
  connections.push(...observer.ended());
  expect(observer.ended()).to.deep.equal([]);
  return connections.toSorted((a, b) => a.began.frame - b.began.frame);
};

/** The frames of everything a connection tells, but for what was said to all. */
const ownFrames = (connection: Connection): ReadonlyArray<number> => {
  const { authentications, association, handshakes, farewells, saQueries, strays, told } = connection;
  const messages = handshakes.flatMap((handshake) => handshake.messages.flat());
  const asked = [association?.request, association?.response].filter((mark) => mark !== undefined);
  const own = farewells.filter(({ isForAll }) => !isForAll);
  return [...authentications, ...asked, ...messages, ...own, ...saQueries, ...strays, ...told].map(({ frame }) => frame);
};

describe('whatever is heard in whatever order', () => {
  it('becomes connections without a frame in common', () => {
    fc.assert(
      fc.property(events, (heard) => {
        const connections = observe(heard, () => false);
        const frames = connections.flatMap((connection) => [...new Set(ownFrames(connection))]);
        expect(frames).to.have.length(new Set(frames).size);
        expect(new Set(connections.map(({ began }) => began.frame)).size).to.equal(connections.length);
      }),
      { numRuns: 400 },
    );
  });

  it('lies between the beginning and the end of its connection, or comes right after', () => {
    fc.assert(
      fc.property(events, (heard) => {
        for (const connection of observe(heard, () => false)) {
          const { began, ended, ending } = connection;
          expect(ended.frame).to.be.at.least(began.frame);
          for (const frame of ownFrames(connection)) {
            expect(frame).to.be.at.least(began.frame);
            if (ending !== 'farewell' && ending !== 'roamed') expect(frame).to.be.at.most(ended.frame);
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it('comes to the same however often somebody looks', () => {
    fc.assert(
      fc.property(events, fc.func(fc.boolean()), (heard, looks) => {
        const once = observe(heard, () => false).map(shown);
        expect(observe(heard, () => true).map(shown)).to.deep.equal(once);
        expect(observe(heard, looks).map(shown)).to.deep.equal(once);
      }),
      { numRuns: 400 },
    );
  });

  it('does not end with a farewell that nobody said', () => {
    fc.assert(
      fc.property(events, (heard) => {
        for (const { ending, ended, farewells, medium, told } of observe(heard, () => false)) {
          if (ending !== 'farewell' || medium !== 'air' || told.length > 0) continue;
          expect(farewells.some(({ frame, isBelieved }) => frame === ended.frame && isBelieved)).to.equal(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});
