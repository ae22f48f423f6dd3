import type { Connection } from '../../operators/core/shadow/index.js';
import type { AirEvent, Mac48, Speaker } from '../../streams/air/index.js';
import {
  writeAssociationRequest,
  writeAssociationResponse,
  writeBeaconBody,
  writeElement,
  writeRsnElement,
} from '../../streams/frames/index.js';
import { joined } from './captureBytes.js';

/** An event before it has its place in a capture. */
export type Draft = AirEvent extends infer E ? (E extends AirEvent ? Omit<E, 'frame' | 'time'> : never) : never;

export const S: Mac48 = 0x020000000100;
export const S2: Mac48 = 0x020000000200;
export const A: Mac48 = 0x020000000001;
export const B: Mac48 = 0x020000000002;

const NAMES: ReadonlyMap<Mac48, string> = new Map([
  [S, 'S'],
  [S2, 'S2'],
  [A, 'A'],
  [B, 'B'],
  [0, '?'],
]);

/** Some time of 2023, in microseconds. */
export const EPOCH = 1_700_000_000_000_000;

/** What is heard at which second. */
export type Script = ReadonlyArray<readonly [seconds: number, draft: Draft]>;

/** A script as the events of a capture. */
export const heard = (...script: Script): ReadonlyArray<AirEvent> =>
  script.map(([seconds, draft], i) => ({ ...draft, frame: i + 1, time: EPOCH + Math.round(seconds * 1e6) }) as AirEvent);

/** A connection in one line: who, and which frames it begins and ends with. */
export const shown = ({ station, ap, beginning, began, ending, ended }: Connection): string =>
  `${NAMES.get(station) ?? station}>${NAMES.get(ap) ?? ap} ${beginning}#${began.frame} ${ending}#${ended.frame}`;

const bytesOf = (written: ReturnType<typeof writeElement>): Uint8Array => {
  if (written._tag === 'Left') throw new Error(written.left.message);
  return written.right;
};

export interface Suites {
  readonly akm?: number;
  readonly pairwise?: ReadonlyArray<number>;
  readonly group?: number;
  readonly groupManagement?: number;
  readonly capabilities?: number;
  readonly pmkids?: ReadonlyArray<Uint8Array>;
}

const CCMP = 0x000fac04;
const PSK = 0x000fac02;
const BIP = 0x000fac06;
export const MFPC = 0x80;
export const MFPR = 0x40;

export const rsne = ({
  akm = PSK,
  pairwise = [CCMP],
  group = CCMP,
  groupManagement = BIP,
  capabilities = 0,
  pmkids = [],
}: Suites = {}) =>
  bytesOf(
    writeRsnElement({ version: 1, group, pairwise, akms: [akm], capabilities, pmkids, groupManagement, rest: new Uint8Array(0) }),
  );

export const ssid = (name = 'net'): Uint8Array => bytesOf(writeElement('SSID', 0, new TextEncoder().encode(name)));

const ESS_AND_PRIVACY = 0x0011;
const ESS = 0x0001;

export const beaconBody = (elements: Uint8Array, capabilities = ESS_AND_PRIVACY): Uint8Array =>
  writeBeaconBody({ timestamp: new Uint8Array(8), interval: 100, capabilities, elements });

export const requestBody = (elements: Uint8Array): Uint8Array =>
  writeAssociationRequest({ capabilities: ESS, listenInterval: 1, elements });

export const secured: Uint8Array = joined(ssid(), rsne());
export const open: Uint8Array = ssid();

export const beacon = (ap: Mac48, elements: Uint8Array = secured, capabilities?: number): Draft => ({
  ...{ kind: 'announcement', ap, isProbeResponse: false },
  body: beaconBody(elements, capabilities),
});

export const probed = (ap: Mac48, elements: Uint8Array = secured): Draft => ({
  ...{ kind: 'announcement', ap, isProbeResponse: true },
  body: beaconBody(elements),
});

const NOTHING = new Uint8Array(0);

/** An authentication frame of the station, unless it is the access point's. */
export const auth = (station: Mac48, ap: Mac48, more: Partial<Extract<Draft, { kind: 'authentication' }>> = {}): Draft => ({
  ...{ kind: 'authentication', station, ap, from: 'station', algorithm: 0, transaction: 1, status: 0, body: NOTHING },
  ...more,
});

export const authAnswer = (station: Mac48, ap: Mac48, status = 0): Draft =>
  auth(station, ap, { from: 'ap', transaction: 2, status });

export const asks = (station: Mac48, ap: Mac48, elements: Uint8Array = secured, isReassociation = false): Draft => ({
  ...{ kind: 'associationRequest', station, ap, isReassociation },
  ...(isReassociation && { currentAp: A }),
  body: isReassociation ? joined(requestBody(NOTHING), new Uint8Array(6), elements) : requestBody(elements),
});

export const answers = (station: Mac48, ap: Mac48, status = 0, isReassociation = false): Draft => ({
  ...{ kind: 'associationResponse', station, ap, isReassociation, status },
  body: writeAssociationResponse({ capabilities: ESS, status, associationId: 1, elements: NOTHING }),
});

export const leaves = (from: Speaker, station: Mac48, ap: Mac48, reason = 3): Draft => ({
  ...{ kind: 'farewell', station, ap, from, isDeauthentication: true, reason },
});

const EAP = 0;
const START = 1;
const LOGOFF = 2;

const eapolOf = (from: Speaker, station: Mac48, ap: Mac48, packet: Uint8Array): Draft => ({
  ...{ kind: 'eapol', station, ap, from, packet, isProtected: false, medium: 'air' },
});

/** An EAP packet of this code (1 request, 2 response, 3 success, 4 failure) that asks for, or tells, an identity. */
export const eap = (from: Speaker, station: Mac48, ap: Mac48, code = 1, id = 1): Draft =>
  eapolOf(from, station, ap, Uint8Array.of(2, EAP, 0, code > 2 ? 4 : 5, code, id, 0, code > 2 ? 4 : 5, ...(code > 2 ? [] : [1])));

export const starts = (station: Mac48, ap: Mac48): Draft => eapolOf('station', station, ap, Uint8Array.of(2, START, 0, 0));
export const logsOff = (station: Mac48, ap: Mac48): Draft => eapolOf('station', station, ap, Uint8Array.of(2, LOGOFF, 0, 0));

/** The same on a wire. */
export const wired = (draft: Draft): Draft => (draft.kind === 'eapol' ? { ...draft, medium: 'wire' } : draft);

const KEY_SIZE = 95;

/** One of the four messages of a handshake, without keys: its MIC is nobody's. */
export const message = (number: 1 | 2 | 3 | 4, station: Mac48, ap: Mac48, counter = 1): Draft => {
  const packet = new Uint8Array(4 + KEY_SIZE);
  const information = { 1: 0x008a, 2: 0x010a, 3: 0x13ca, 4: 0x030a }[number];
  packet.set([2, 3, 0, KEY_SIZE, 2, information >> 8, information & 0xff, 0, 16]);
  packet[16] = counter + (number > 2 ? 1 : 0);
  if (number !== 4) packet.fill(number === 2 ? 0x22 : 0x11, 17, 49);
  if (number !== 1) packet.fill(0x33, 81, 97);
  return eapolOf(number % 2 === 1 ? 'ap' : 'station', station, ap, packet);
};

/** A whole association from a second on, each frame 10 ms after the other. */
export const associates = (from: number, station: Mac48, ap: Mac48, elements?: Uint8Array): Script =>
  [auth(station, ap), authAnswer(station, ap), asks(station, ap, elements), answers(station, ap)].map((draft, i) => [
    from + i / 100,
    draft,
  ]);

export const shakesHands = (from: number, station: Mac48, ap: Mac48): Script =>
  ([1, 2, 3, 4] as const).map((number, i) => [from + i / 100, message(number, station, ap)]);
