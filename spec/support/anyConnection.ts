import fc from 'fast-check';
import type { Connection, EapSeen, FarewellSeen, Handshake, MessageSeen } from '../../operators/core/shadow/index.js';
import { Secret } from '../../streams/events/index.js';
import { AkmSuite, CipherSuite } from '../../streams/frames/index.js';

const maybe = <A>(value: fc.Arbitrary<A>): fc.Arbitrary<A | undefined> => fc.option(value, { nil: undefined });

/** Drops what is undefined, as the types of facts have it. */
const compact = <A extends object>(value: object): A =>
  Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as A;

const record = <A extends object>(fields: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<A> =>
  fc.record(fields).map((value) => compact<A>(value));

const list = <A>(item: fc.Arbitrary<A>, maxLength = 4): fc.Arbitrary<A[]> => fc.array(item, { maxLength });

const frame = fc.integer({ min: 1, max: 5000 });
const time = fc.oneof(fc.constant(0), fc.double({ min: 1.7e15, max: 1.8e15, noNaN: true }));
const mark = { frame, time };
const aMark = fc.record(mark);
const speaker = fc.constantFrom('station', 'ap');
const mac = fc.integer({ min: 1, max: 2 ** 48 - 2 });
const text = fc.string();
const secret = fc.uint8Array({ minLength: 1, maxLength: 48 }).map((bytes) => Secret.of(bytes));
const code = fc.integer({ min: 0, max: 0xffff });
const fault = record({
  code: fc.constantFrom('RSNE', 'REPLAYED', 'MIC', 'GROUP_KEY', 'KEY_IN_MESSAGE_1'),
  stage: fc.constantFrom('message 1', 'message 3', 'group message 1'),
  detail: text,
  reason: maybe(fc.constantFrom(0x48005, 0x48009)),
});

const message = record<MessageSeen>({
  ...mark,
  counter: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  nonce: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  mic: fc.constantFrom('valid', 'invalid', 'unchecked', 'none'),
  isProtected: fc.boolean(),
  likeness: fc.constantFrom('identical', 'different', 'unknown'),
  differences: list(text, 2),
  faults: list(fault, 1),
  isRepetition: fc.boolean(),
});

const mismatch = record({
  ...mark,
  element: fc.constantFrom('RSNE', 'PMF', 'AKM', 'pairwise cipher'),
  here: text,
  there: text,
  said: text,
  repeated: text,
});

const messages = list(message);
const key = fc.constantFrom('given', 'other', 'unknown');

const handshake = record<Handshake>({
  isRekey: fc.boolean(),
  messages: fc.tuple(messages, messages, messages, messages),
  pmkid: maybe(fc.uint8Array({ minLength: 16, maxLength: 16 })),
  pmkidMatches: maybe(fc.boolean()),
  isComplete: fc.boolean(),
  stationKey: key,
  apKey: key,
  otherNonces: list(aMark, 2),
  tk: maybe(secret),
  mismatches: list(mismatch, 1),
});

const eap = record<EapSeen>({
  packets: fc.nat(50),
  first: aMark,
  last: aMark,
  lastFrom: speaker,
  rounds: list(
    record<EapSeen['rounds'][number]>({
      ...mark,
      from: speaker,
      code: fc.integer({ min: 1, max: 4 }),
      identifier: fc.nat(255),
      type: maybe(fc.nat(255)),
    }),
  ),
  method: maybe(fc.record({ type: fc.nat(255), name: text })),
  offered: list(fc.nat(255)),
  wanted: list(fc.nat(255)),
  identity: maybe(secret),
  realm: maybe(text),
  result: fc.constantFrom('success', 'failure', 'none'),
  resultMark: maybe(aMark),
  unanswered: maybe(aMark),
  retransmissions: list(fc.record({ ...mark, from: speaker })),
  tlsVersion: maybe(text),
  tlsAlert: maybe(fc.record({ ...mark, from: speaker, level: fc.nat(3), description: fc.nat(255) })),
  starts: list(aMark),
  logoffs: list(aMark, 1),
  msk: maybe(secret),
});

const farewell = record<FarewellSeen>({
  ...mark,
  by: speaker,
  isDeauthentication: fc.boolean(),
  isForAll: fc.boolean(),
  reason: maybe(fc.oneof(fc.integer({ min: 0, max: 72 }), code)),
  isProtected: fc.boolean(),
  isBelieved: fc.boolean(),
});

const security = record({
  proto: fc.constantFrom('open', 'WEP', 'WPA', 'RSN'),
  akm: maybe(fc.constantFrom(...Object.values<number>(AkmSuite.codes), 0x00112233)),
  pairwise: maybe(fc.constantFrom(...Object.values<number>(CipherSuite.codes))),
  group: maybe(fc.constantFrom(...Object.values<number>(CipherSuite.codes))),
  groupManagement: maybe(fc.constantFrom(...Object.values<number>(CipherSuite.codes))),
  pmf: fc.constantFrom('none', 'capable', 'required'),
});

const association = record({
  request: maybe(aMark),
  response: maybe(aMark),
  status: maybe(fc.oneof(fc.constant(0), code)),
  isReassociation: fc.boolean(),
  currentAp: maybe(mac),
  fastTransition: maybe(fc.constantFrom('verified', 'refuted', 'unchecked')),
});

const authentication = fc.record({
  ...mark,
  from: speaker,
  algorithm: fc.nat(7),
  transaction: fc.nat(3),
  status: fc.oneof(fc.constant(0), code),
});

const said = {
  told: list(
    record({
      ...mark,
      phase: text,
      outcome: fc.constantFrom('success', 'failure', 'ended'),
      reason: maybe(fc.nat(0xfffff)),
      text,
    }),
    2,
  ),
  requests: list(fc.record({ ...mark, isError: fc.boolean() }), 1),
  saQueries: list(fc.record({ ...mark, from: speaker, isResponse: fc.boolean() }), 2),
  strays: list(fc.record({ ...mark, from: speaker, fault }), 2),
  reuses: list(fc.record({ ...mark, from: speaker, pn: fc.nat(), highest: fc.nat(), isGroup: fc.boolean() })),
};

/** Facts nobody ever saw together: whatever they are, there are words for them. */
export const anyConnection: fc.Arbitrary<Connection> = record<Connection>({
  medium: fc.constantFrom('air', 'wire', 'log'),
  station: mac,
  ap: mac,
  ssid: maybe(fc.uint8Array({ maxLength: 32 })),
  security: maybe(security),
  began: aMark,
  ended: aMark,
  beginning: fc.constantFrom('authentication', 'association', 'reassociation', 'middle'),
  ending: fc.constantFrom('farewell', 'associatedAnew', 'roamed', 'gone', 'quiet', 'open'),
  authentications: list(authentication),
  association: maybe(association),
  offeredPmkids: fc.nat(2),
  mismatches: list(mismatch, 1),
  eap: maybe(eap),
  handshakes: list(handshake, 2),
  groupHandshakes: list(fc.record({ messages: fc.tuple(messages, messages), isComplete: fc.boolean() }), 2),
  groupKeys: list(
    fc.record({
      ...mark,
      purpose: fc.constantFrom('gtk', 'igtk', 'bigtk'),
      index: fc.nat(7),
      key: secret,
      via: fc.constantFrom('message 3', 'group message 1', 'fast transition', 'wnm'),
    }),
  ),
  traffic: record({ heard: fc.nat(), tried: fc.nat(), opened: fc.nat(), last: maybe(aMark) }),
  farewells: list(farewell, 2),
  credential: fc.constantFrom('none', 'passphrase', 'pmk', 'msk', 'tk'),
  apHeard: maybe(aMark),
  isStationUnheard: maybe(fc.constant(true as const)),
  acknowledgements: maybe(fc.record({ expected: list(frame, 8), heard: list(frame), doubtful: list(frame, 2) })),
  lostFrames: fc.nat(3),
  cut: maybe(fc.array(aMark, { minLength: 1, maxLength: 2 })),
  ...said,
});
