import fc from 'fast-check';
import {
  type EapMethodCommand,
  type EapMethodInput,
  type EapPeerMethod,
  eapFault,
  eapTls,
  mschapv2,
  peap,
  type TlsEstablished,
  type TlsTurn,
  ttls,
} from '../../../../../operators/core/index.js';
import { writeEapTls } from '../../../../../streams/frames/index.js';
import { extensionsRequest, resultTlv } from '../../../../support/eap/compound.js';
import { MethodRun, secretOf, standing, standing13, tlsTurn, toyMaterial } from '../../../../support/eap/MethodRun.js';
import { TOY, toyMethod } from '../../../../support/eapToy.js';

const ROOM = 40;
const METHODS: Readonly<Record<string, () => EapPeerMethod>> = {
  TLS: () => eapTls(),
  'PEAP with a toy': () => peap({ inner: [toyMethod()] }),
  'PEAP with MSCHAPv2 and TLS': () => peap({ inner: [mschapv2(), eapTls()], cryptobinding: 'require' }),
  'TTLS with PAP': () => ttls({ inner: { kind: 'pap' } }),
  'TTLS with MSCHAPv2': () => ttls({ inner: { kind: 'mschapv2' } }),
  'TTLS with a toy': () => ttls({ inner: { kind: 'eap', methods: [toyMethod(), eapTls()] } }),
};

const small = fc.uint8Array({ maxLength: 12 });

/** Well-formed frames of all kinds, and a few that are none. */
const requestData: fc.Arbitrary<Uint8Array> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .record({
        isStart: fc.constantFrom(false, false, false, true),
        hasMore: fc.constantFrom(false, false, true),
        version: fc.nat({ max: 7 }),
        fragment: small,
        length: fc.option(fc.constantFrom(0, 3, 12, 24, 0x10000, 0x10001, 0xffffffff), { nil: undefined }),
      })
      .map(({ length, ...packet }) => writeEapTls({ ...packet, ...(length === undefined ? {} : { messageLength: length }) })),
  },
  { weight: 3, arbitrary: fc.constant(writeEapTls({ isStart: true, hasMore: false, version: 0, fragment: new Uint8Array(0) })) },
  { weight: 1, arbitrary: small },
);

/** What may come out of a tunnel: what has a meaning to one of the methods, and anything. */
const plain: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.constant(new Uint8Array(0)),
  fc.constantFrom(
    Uint8Array.of(0),
    Uint8Array.of(1),
    Uint8Array.of(TOY, 1, 2),
    Uint8Array.of(1, 9, 0, 7, TOY, 1, 2),
    Uint8Array.of(3, 9, 0, 4),
    Uint8Array.of(4, 9, 0, 4),
    Uint8Array.of(13, 0x20),
    extensionsRequest(9, resultTlv(1)),
    extensionsRequest(9, resultTlv(2)),
    Uint8Array.of(0, 0, 0, 79, 0x40, 0, 0, 15, 1, 9, 0, 7, TOY, 1, 2, 0),
  ),
  small,
);

const established = fc.constantFrom(
  () => standing(),
  () => standing({ isResumed: true }),
  () => standing13(),
  () => standing13({ isResumed: true }),
  () => standing({ keys: {} }),
  () => standing({ keys: { keyMaterial: toyMaterial.slice(), challenge: new Uint8Array(17) } }),
);

const turn = (isStanding: boolean): fc.Arbitrary<TlsTurn> =>
  fc
    .record({
      records: fc.oneof(small, fc.uint8Array({ maxLength: 200 })),
      plain: isStanding ? plain : fc.constant(new Uint8Array(0)),
      end: fc.constantFrom('none', 'none', 'none', 'none', 'fault', 'closed'),
      make: isStanding ? established : fc.constant(undefined),
    })
    .map(({ records, plain: said, end, make }) =>
      tlsTurn({
        ...{ records, plain: said },
        ...(make && { established: make() }),
        ...(end === 'fault' && { fault: eapFault('tls', 'a fault') }),
        ...(end === 'closed' && { isClosed: true }),
      }),
    );

const input = (isStanding: boolean): fc.Arbitrary<EapMethodInput> =>
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .tuple(fc.nat({ max: 255 }), requestData)
        .map(([identifier, data]): EapMethodInput => ({ kind: 'request', identifier, data })),
    },
    {
      weight: 5,
      arbitrary: fc
        .tuple(fc.constantFrom('tls', 'tls', 'tls', 'tls', 'inner.tls', 'other'), turn(isStanding))
        .map(([session, of]): EapMethodInput => ({ kind: 'tls', session, turn: of })),
    },
    {
      weight: 1,
      arbitrary: fc
        .boolean()
        .map((isGiven): EapMethodInput => (isGiven ? { kind: 'supplied', secret: secretOf('x') } : { kind: 'supplied' })),
    },
  );

const frame = (isStart: boolean, ...octets: ReadonlyArray<number>): EapMethodInput => ({
  ...{ kind: 'request', identifier: 1 },
  data: writeEapTls({ isStart, hasMore: false, version: 0, fragment: Uint8Array.from(octets) }),
});

/** Most of what can go wrong goes wrong in a tunnel that stands. */
const handshake = (make: () => TlsEstablished): ReadonlyArray<EapMethodInput> => [
  frame(true),
  { kind: 'tls', session: 'tls', turn: tlsTurn({ records: Uint8Array.of(1) }) },
  frame(false, 2),
  { kind: 'tls', session: 'tls', turn: tlsTurn({ established: make() }) },
  { kind: 'tls', session: 'tls', turn: tlsTurn({ records: Uint8Array.of(3) }) },
];

const conversation: fc.Arbitrary<ReadonlyArray<EapMethodInput>> = plain.chain((said) =>
  fc.constantFrom(
    [frame(false, 4), { kind: 'tls' as const, session: 'tls', turn: tlsTurn({ plain: said }) }],
    [
      frame(false, 4),
      { kind: 'tls' as const, session: 'tls', turn: tlsTurn({ plain: said }) },
      { kind: 'tls' as const, session: 'tls', turn: tlsTurn({ records: Uint8Array.of(5) }) },
    ],
  ),
);

const inputs = (isStanding: boolean): fc.Arbitrary<ReadonlyArray<EapMethodInput>> => {
  const anything = fc.array(input(isStanding), { maxLength: 60 });
  if (!isStanding) return anything;
  const inTunnel = fc
    .tuple(
      established,
      fc.array(
        fc.oneof(
          { weight: 3, arbitrary: conversation },
          input(true).map((one) => [one]),
        ),
        { maxLength: 20 },
      ),
    )
    .map(([make, said]) => [...handshake(make), ...said.flat()]);
  return fc.oneof(anything, inTunnel);
};

const through = (method: EapPeerMethod, said: ReadonlyArray<EapMethodInput>): MethodRun<unknown> => {
  const run = new MethodRun(method, { room: ROOM });
  for (const one of said) run.feed(one);
  return run;
};

const answers = (commands: ReadonlyArray<EapMethodCommand>): number =>
  commands.filter((command) => command.do === 'respond' || command.do === 'discard').length;

describe('methods with TLS, whatever comes', () => {
  for (const [name, make] of Object.entries(METHODS)) {
    describe(name, () => {
      it('do not throw, and keep to their room', () => {
        fc.assert(
          fc.property(inputs(true), (said) => {
            const run = through(make(), said);
            run.release();
            return run.responses.every((data) => data.length <= ROOM);
          }),
        );
      });

      it('accept nothing and write nothing as long as no session stands', () => {
        fc.assert(
          fc.property(inputs(false), (said) => {
            const run = through(make(), said);
            return run.accepted.length === 0 && run.written.length === 0;
          }),
        );
      });

      it('answer a request once at most, and never without one', () => {
        fc.assert(
          fc.property(inputs(true), (said) => {
            const run = new MethodRun(make(), { room: ROOM });
            let owed = 0;
            for (const one of said) {
              if (one.kind === 'request') owed += 1;
              owed -= answers(run.feed(one));
              if (owed < 0) return false;
            }
            return true;
          }),
        );
      });

      it('give TLS a command only after the turn of the one before', () => {
        fc.assert(
          fc.property(inputs(true), (said) => {
            const run = new MethodRun(make(), { room: ROOM });
            let outstanding = 0;
            for (const one of said) {
              if (one.kind === 'tls' && one.session === 'tls' && outstanding > 0) outstanding -= 1;
              for (const command of run.feed(one)) if (command.do === 'tls' && command.session === 'tls') outstanding += 1;
              if (outstanding > 1) return false;
            }
            return true;
          }),
        );
      });

      it('say nothing more once they have refused', () => {
        fc.assert(
          fc.property(inputs(true), (said) => {
            const run = new MethodRun(make(), { room: ROOM });
            for (const one of said) {
              const wasOver = run.fault !== undefined;
              const commands = run.feed(one);
              if (wasOver && commands.some((command) => command.do !== 'discard')) return false;
            }
            return run.of('refuse').length <= 1;
          }),
        );
      });
    });
  }
});
