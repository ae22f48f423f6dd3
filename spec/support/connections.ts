import type {
  AuthenticationSeen,
  Connection,
  EapSeen,
  FarewellSeen,
  Handshake,
  MessageSeen,
} from '../../operators/core/shadow/index.js';
import type { Mark } from '../../streams/air/index.js';
import { AkmSuite, CipherSuite } from '../../streams/frames/index.js';

/** The 21st of November 2026, in microseconds. */
export const BEGAN = 1_795_219_200_000_000;

/** A frame, a hundredth of a second after the one before it. */
export const at = (frame: number): Mark => ({ frame, time: BEGAN + frame * 10_000 });

export const message = (frame: number, changes: Partial<MessageSeen> = {}): MessageSeen => ({
  ...at(frame),
  counter: 1n,
  nonce: new Uint8Array(32).fill(7),
  mic: 'unchecked',
  isProtected: false,
  likeness: 'unknown',
  differences: [],
  faults: [],
  isRepetition: false,
  ...changes,
});

type Frames = ReadonlyArray<number | MessageSeen>;

const seen = (frames: Frames): ReadonlyArray<MessageSeen> =>
  frames.map((frame) => (typeof frame === 'number' ? message(frame) : frame));

/** A handshake by the frames of its four messages. */
export const handshake = (
  [m1 = [], m2 = [], m3 = [], m4 = []]: ReadonlyArray<Frames>,
  changes: Partial<Handshake> = {},
): Handshake => ({
  isRekey: false,
  messages: [seen(m1), seen(m2), seen(m3), seen(m4)],
  isComplete: m3.length > 0 && m4.length > 0,
  stationKey: 'unknown',
  apKey: 'unknown',
  otherNonces: [],
  mismatches: [],
  ...changes,
});

export const farewell = (frame: number, changes: Partial<FarewellSeen> = {}): FarewellSeen => ({
  ...at(frame),
  by: 'ap',
  isDeauthentication: true,
  isForAll: false,
  reason: 15,
  isProtected: false,
  isBelieved: true,
  ...changes,
});

export const authentication = (frame: number, changes: Partial<AuthenticationSeen> = {}): AuthenticationSeen => ({
  ...at(frame),
  from: frame % 2 === 1 ? 'station' : 'ap',
  algorithm: 0,
  transaction: frame % 2 === 1 ? 1 : 2,
  status: 0,
  ...changes,
});

export const eap = (changes: Partial<EapSeen> = {}): EapSeen => ({
  packets: 6,
  first: at(5),
  last: at(11),
  lastFrom: 'station',
  rounds: [],
  method: { type: 13, name: 'TLS' },
  offered: [13],
  wanted: [],
  result: 'none',
  retransmissions: [],
  starts: [],
  logoffs: [],
  ...changes,
});

export const psk = {
  proto: 'RSN',
  akm: AkmSuite.codes.PSK,
  pairwise: CipherSuite.codes.CCMP,
  group: CipherSuite.codes.CCMP,
  pmf: 'none',
} as const;

/** A station that associated with a WPA2-PSK network in frames 1 to 4, and of which nothing else was seen. */
export const connection = (changes: Partial<Connection> = {}): Connection => ({
  medium: 'air',
  station: 0x020000000100,
  ap: 0x020000000000,
  ssid: new TextEncoder().encode('lab-psk'),
  security: psk,
  began: at(1),
  ended: changes.farewells?.at(-1) ?? at(60),
  beginning: 'authentication',
  ending: changes.farewells === undefined ? 'quiet' : 'farewell',
  authentications: [authentication(1), authentication(2)],
  association: { request: at(3), response: at(4), status: 0, isReassociation: false },
  offeredPmkids: 0,
  mismatches: [],
  handshakes: [],
  groupHandshakes: [],
  groupKeys: [],
  traffic: { heard: 0, tried: 0, opened: 0 },
  farewells: [],
  reuses: [],
  strays: [],
  requests: [],
  saQueries: [],
  credential: 'none',
  apHeard: at(1000),
  lostFrames: 0,
  told: [],
  ...changes,
});

/** Without something that is there otherwise. */
export const without = <K extends keyof Connection>(from: Connection, ...keys: ReadonlyArray<K>): Connection =>
  Object.fromEntries(Object.entries(from).filter(([key]) => !keys.some((each) => each === key))) as unknown as Connection;
