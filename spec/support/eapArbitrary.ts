import fc from 'fast-check';
import { type EapKeys, type EapMethodCommand, eapFault, type PeerInput } from '../../operators/core/index.js';
import { Secret } from '../../streams/events/index.js';
import { EapMethod } from '../../streams/frames/index.js';
import { eapFailure, eapOctets, eapRequest, eapSuccess, expandedRequest } from './eapServer.js';
import { TOY } from './eapToy.js';

const { IDENTITY, NOTIFICATION, NAK, PEAP } = EapMethod.codes;
const bytes = fc.uint8Array({ maxLength: 6 });
/** Few, so that they meet. */
const identifier = fc.integer({ min: 1, max: 3 });
const type = fc.constantFrom(IDENTITY, NOTIFICATION, NAK, PEAP, TOY, TOY, TOY);

/** What a server may send, and what somebody else may send in its name. */
export const anyEapPacket: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 9, arbitrary: fc.tuple(identifier, type, bytes).map(([id, of, data]) => eapRequest(id, of, data)) },
  { weight: 3, arbitrary: identifier.map(eapSuccess) },
  { weight: 1, arbitrary: identifier.map(eapFailure) },
  {
    weight: 1,
    arbitrary: fc.tuple(identifier, type, bytes).map(([id, of, data]) => expandedRequest(id, { vendor: 0, type: of }, data)),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.integer({ min: 0, max: 9 }), identifier, bytes).map(([code, id, body]) => eapOctets(code, id, body)),
  },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 12 }) },
);

const keys = (): EapKeys => ({ msk: Secret.of(new Uint8Array(64).fill(3)) });

/** What a method may want done, sensible or not. */
const anything: fc.Arbitrary<ReadonlyArray<EapMethodCommand>> = fc.array(
  fc.oneof<fc.Arbitrary<EapMethodCommand>[]>(
    bytes.map((data) => ({ do: 'respond', data })),
    fc.constant<EapMethodCommand>({ do: 'discard', why: 'no reason' }),
    fc.tuple(fc.boolean(), fc.boolean()).map(([isFinal, isProven]) => ({ do: 'accept', isFinal, isProven, keys: keys() })),
    fc.constant<EapMethodCommand>({ do: 'refuse', fault: eapFault('tls', 'a fault') }),
    bytes.map((records) => ({ do: 'tls', session: 'tls', command: { do: 'receive', records } })),
    fc.constant<EapMethodCommand>({ do: 'ask', want: 'token', message: '?' }),
    fc.constant<EapMethodCommand>({ do: 'report', note: { kind: 'notification', text: 'a note' } }),
  ),
  { maxLength: 3 },
);

const respond: EapMethodCommand = { do: 'respond', data: new Uint8Array(2) };

export const anyCommands: fc.Arbitrary<ReadonlyArray<EapMethodCommand>> = fc.oneof(
  { weight: 2, arbitrary: anything },
  { weight: 1, arbitrary: fc.constant([respond]) },
  {
    weight: 1,
    arbitrary: fc.boolean().map((isFinal): ReadonlyArray<EapMethodCommand> => [{ do: 'accept', isFinal, keys: keys() }, respond]),
  },
);

export const anyPeerInput: fc.Arbitrary<PeerInput> = fc.oneof(
  { weight: 16, arbitrary: anyEapPacket.map((packet): PeerInput => ({ kind: 'packet', packet })) },
  {
    weight: 3,
    arbitrary: bytes.map((records): PeerInput => ({ kind: 'tls', session: 'tls', turn: { records, plain: records } })),
  },
  {
    weight: 3,
    arbitrary: fc
      .boolean()
      .map((isGiven): PeerInput => (isGiven ? { kind: 'supplied', secret: Secret.of(new Uint8Array(3)) } : { kind: 'supplied' })),
  },
  { weight: 1, arbitrary: fc.constant<PeerInput>({ kind: 'timeout' }) },
  { weight: 1, arbitrary: fc.boolean().map((isSuccess): PeerInput => ({ kind: 'told', isSuccess })) },
);
