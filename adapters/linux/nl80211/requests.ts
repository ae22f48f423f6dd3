import { type MacAddress, macToBytes } from '../../../streams/events/index.js';
import { AuthenticationAlgorithm } from '../../../streams/frames/index.js';
import {
  attribute,
  flagAttribute,
  joined,
  nestedAttribute,
  u8Attribute,
  u16Attribute,
  u32Attribute,
} from '../genetlink/attributes.js';
import type { GenericRequest } from '../genetlink/GenericMessage.js';
import {
  Attribute,
  AuthType,
  Command,
  KeyAttribute,
  KeyMode,
  KeyType,
  ManagementProtection,
  RekeyAttribute,
  StationFlag,
} from './names.js';

/** What a station chose of an access point's offers, as the kernel has to know it. */
export interface LinkSecurity {
  /** Our RSN element. */
  readonly element: Uint8Array;
  /** In a mobility domain its element as the access point announces it, and with a fast transition the element of that. */
  readonly mobilityDomain?: Uint8Array;
  readonly fastTransition?: Uint8Array;
  /** What else the association request says: our RSN extension element, or our half of OWE. */
  readonly extension?: Uint8Array;
  readonly wpaVersion: number;
  readonly akm: number;
  readonly pairwise: number;
  readonly group: number;
  /** Only where management frames are protected. */
  readonly groupManagement?: number;
}

export interface ConnectParameters {
  readonly ssid: Uint8Array;
  readonly bssid: MacAddress;
  readonly frequency: number;
  /** The access point the station comes from: a reassociation. */
  readonly previous?: MacAddress;
  /** Nothing for an open network. */
  readonly security?: LinkSecurity;
  /** EAPOL goes over this socket, instead of a socket of its own. */
  readonly usesControlPort: boolean;
}

export interface NewKey {
  /** Nothing for a key of the group. */
  readonly peer?: MacAddress;
  readonly index: number;
  readonly cipher: number;
  readonly key: Uint8Array;
  /** What the counter of received packets begins above, the least significant octet first. */
  readonly receiveCounter?: Uint8Array;
  /** Of two pairwise keys the one that does not send yet. */
  readonly onlyReceives?: boolean;
}

const EAPOL = 0x888e;
const NOTHING = new Uint8Array(0);

const onInterface = (index: number): Uint8Array => u32Attribute(Attribute.IFINDEX, index);
const mac = (address: MacAddress): Uint8Array => attribute(Attribute.MAC, macToBytes(address));

const WPA1 = 0x0050f2;
const RSN = 0x000fac;

/** The kernel knows the suites of WPA1 by the names RSN has given them. */
const ofRsn = (suite: number): number => (suite >>> 8 === WPA1 ? RSN * 0x100 + (suite & 0xff) : suite);

const securityAttributes = (security: LinkSecurity): ReadonlyArray<Uint8Array> => [
  flagAttribute(Attribute.PRIVACY),
  attribute(
    Attribute.IE,
    joined([
      security.element,
      security.mobilityDomain ?? NOTHING,
      security.fastTransition ?? NOTHING,
      security.extension ?? NOTHING,
    ]),
  ),
  u32Attribute(Attribute.WPA_VERSIONS, security.wpaVersion),
  u32Attribute(Attribute.AKM_SUITES, ofRsn(security.akm)),
  u32Attribute(Attribute.CIPHER_SUITES_PAIRWISE, ofRsn(security.pairwise)),
  u32Attribute(Attribute.CIPHER_SUITE_GROUP, ofRsn(security.group)),
  ...(security.groupManagement === undefined ? [] : [u32Attribute(Attribute.USE_MFP, ManagementProtection.REQUIRED)]),
];

/** The port stays shut until the station is authorised; whoever owns the socket owns the connection, which ends with it. */
const portAttributes = (usesControlPort: boolean): ReadonlyArray<Uint8Array> => [
  flagAttribute(Attribute.CONTROL_PORT),
  u16Attribute(Attribute.CONTROL_PORT_ETHERTYPE, EAPOL),
  ...(usesControlPort ? [flagAttribute(Attribute.CONTROL_PORT_OVER_NL80211)] : []),
];

const accessPointAttributes = (index: number, { ssid, bssid, frequency }: ConnectParameters): ReadonlyArray<Uint8Array> => [
  ...[onInterface(index), attribute(Attribute.SSID, ssid), mac(bssid), u32Attribute(Attribute.WIPHY_FREQ, frequency)],
];

const linkAttributes = ({ previous, security, usesControlPort }: ConnectParameters): ReadonlyArray<Uint8Array> => [
  flagAttribute(Attribute.SOCKET_OWNER),
  ...(previous === undefined ? [] : [attribute(Attribute.PREV_BSSID, macToBytes(previous))]),
  ...(security === undefined ? [] : [...securityAttributes(security), ...portAttributes(usesControlPort)]),
];

/** The kernel authenticates openly, and associates. */
export const connectRequest = (index: number, parameters: ConnectParameters): GenericRequest => ({
  command: Command.CONNECT,
  attributes: [
    ...accessPointAttributes(index, parameters),
    u32Attribute(Attribute.AUTH_TYPE, AuthType.OPEN_SYSTEM),
    ...linkAttributes(parameters),
  ],
});

const ALGORITHM_SIZE = 2;
const FIXED_SIZE = 6;
const { FAST_TRANSITION, SAE } = AuthenticationAlgorithm.codes;

/** What of the frame the kernel does not write itself: with SAE all behind the algorithm, with a fast transition the elements. */
const authenticationAttributes = (body: Uint8Array): ReadonlyArray<Uint8Array> => {
  switch ((body[0] ?? 0) | ((body[1] ?? 0) << 8)) {
    case SAE:
      return [u32Attribute(Attribute.AUTH_TYPE, AuthType.SAE), attribute(Attribute.AUTH_DATA, body.subarray(ALGORITHM_SIZE))];
    case FAST_TRANSITION:
      return [u32Attribute(Attribute.AUTH_TYPE, AuthType.FAST_TRANSITION), attribute(Attribute.IE, body.subarray(FIXED_SIZE))];
    default:
      return [u32Attribute(Attribute.AUTH_TYPE, AuthType.OPEN_SYSTEM)];
  }
};

/** Sends an Authentication frame, open, of SAE or of a fast transition; `body` is the whole of it. */
export const authenticateRequest = (index: number, parameters: ConnectParameters, body: Uint8Array): GenericRequest => ({
  command: Command.AUTHENTICATE,
  attributes: [...accessPointAttributes(index, parameters), ...authenticationAttributes(body)],
});

/** Associates with an access point that has authenticated us. */
export const associateRequest = (index: number, parameters: ConnectParameters): GenericRequest => ({
  command: Command.ASSOCIATE,
  attributes: [...accessPointAttributes(index, parameters), ...linkAttributes(parameters)],
});

export const disconnectRequest = (index: number, reason: number): GenericRequest => ({
  command: Command.DISCONNECT,
  attributes: [onInterface(index), u16Attribute(Attribute.REASON_CODE, reason)],
});

/** The key stands in it once, and nowhere else. */
export const newKeyRequest = (index: number, key: NewKey): GenericRequest => {
  const data = attribute(KeyAttribute.DATA, key.key);
  const request: GenericRequest = {
    command: Command.NEW_KEY,
    attributes: [
      onInterface(index),
      ...(key.peer === undefined ? [] : [mac(key.peer)]),
      nestedAttribute(Attribute.KEY, [
        data,
        u8Attribute(KeyAttribute.IDX, key.index),
        u32Attribute(KeyAttribute.CIPHER, key.cipher),
        ...(key.receiveCounter === undefined ? [] : [attribute(KeyAttribute.SEQ, key.receiveCounter)]),
        u32Attribute(KeyAttribute.TYPE, key.peer === undefined ? KeyType.GROUP : KeyType.PAIRWISE),
        ...(key.onlyReceives === true ? [u8Attribute(KeyAttribute.MODE, KeyMode.NO_TX)] : []),
      ]),
    ],
  };
  data.fill(0);
  return request;
};

export interface RekeyOffload {
  readonly akm: number;
  readonly kck: Uint8Array;
  readonly kek: Uint8Array;
  /** The first octet is the most significant. */
  readonly replayCounter: Uint8Array;
}

/** What the firmware takes to answer group handshakes while the machine sleeps. The keys stand in it once, and nowhere else. */
export const rekeyOffloadRequest = (index: number, { akm, kck, kek, replayCounter }: RekeyOffload): GenericRequest => {
  const keys = [attribute(RekeyAttribute.KEK, kek), attribute(RekeyAttribute.KCK, kck)];
  const others = [attribute(RekeyAttribute.REPLAY_CTR, replayCounter), u32Attribute(RekeyAttribute.AKM, ofRsn(akm))];
  const data = nestedAttribute(Attribute.REKEY_DATA, [...keys, ...others]);
  for (const key of keys) key.fill(0);
  return { command: Command.SET_REKEY_OFFLOAD, attributes: [onInterface(index), data] };
};

/** A PMK by its name, and the access point it is shared with. */
export interface PmkName {
  readonly peer: MacAddress;
  readonly pmkid: Uint8Array;
}

const pmkRequest = (command: number, index: number, { peer, pmkid }: PmkName): GenericRequest => ({
  ...{ command, attributes: [onInterface(index), mac(peer), attribute(Attribute.PMKID, pmkid)] },
});

/** From now on the driver offers it by itself, where it roams by itself. */
export const setPmkRequest = (index: number, name: PmkName): GenericRequest => pmkRequest(Command.SET_PMKSA, index, name);

export const deletePmkRequest = (index: number, name: PmkName): GenericRequest => pmkRequest(Command.DEL_PMKSA, index, name);

export const flushPmksRequest = (index: number): GenericRequest => ({
  ...{ command: Command.FLUSH_PMKSA, attributes: [onInterface(index)] },
});

/** From now on frames are sent by that one of two pairwise keys (Extended Key ID). */
export const transmitKeyRequest = (index: number, peer: MacAddress, keyId: number): GenericRequest => ({
  command: Command.SET_KEY,
  attributes: [
    onInterface(index),
    mac(peer),
    nestedAttribute(Attribute.KEY, [u8Attribute(KeyAttribute.IDX, keyId), u8Attribute(KeyAttribute.MODE, KeyMode.SET_TX)]),
  ],
});

/** Asks for nothing: whoever may not configure the interface is told so, and whoever may, that it is no request. */
export const emptyKeyRequest = (index: number): GenericRequest => ({
  command: Command.SET_KEY,
  attributes: [onInterface(index)],
});

export const deleteKeyRequest = (index: number, key: Pick<NewKey, 'peer' | 'index'>): GenericRequest => ({
  command: Command.DEL_KEY,
  attributes: [
    onInterface(index),
    ...(key.peer === undefined ? [] : [mac(key.peer)]),
    nestedAttribute(Attribute.KEY, [
      u8Attribute(KeyAttribute.IDX, key.index),
      u32Attribute(KeyAttribute.TYPE, key.peer === undefined ? KeyType.GROUP : KeyType.PAIRWISE),
    ]),
  ],
});

/** Opens the port of an access point for more than EAPOL (struct nl80211_sta_flag_update). */
export const authoriseRequest = (index: number, peer: MacAddress): GenericRequest => {
  const authorised = 1 << StationFlag.AUTHORIZED;
  return {
    command: Command.SET_STATION,
    attributes: [onInterface(index), mac(peer), u32Attribute(Attribute.STA_FLAGS2, authorised, authorised)],
  };
};

/** The kernel encrypts it as soon as there is a key to do it with, unless it has to stay in the clear. */
export const eapolRequest = (
  index: number,
  peer: MacAddress,
  packet: Uint8Array,
  { isInTheClear = false }: { readonly isInTheClear?: boolean } = {},
): GenericRequest => ({
  command: Command.CONTROL_PORT_FRAME,
  attributes: [
    onInterface(index),
    mac(peer),
    u16Attribute(Attribute.CONTROL_PORT_ETHERTYPE, EAPOL),
    attribute(Attribute.FRAME, packet),
    ...(isInTheClear ? [flagAttribute(Attribute.CONTROL_PORT_NO_ENCRYPT)] : []),
  ],
});

const ACTION = 0xd0;
const SA_QUERY = 8;
const SaQuery = { REQUEST: 0, RESPONSE: 1 } as const;

/** From now on answers to SA Query come over this socket. */
export const registerSaQueryRequest = (index: number): GenericRequest => ({
  command: Command.REGISTER_FRAME,
  attributes: [
    onInterface(index),
    u16Attribute(Attribute.FRAME_TYPE, ACTION),
    attribute(Attribute.FRAME_MATCH, Uint8Array.of(SA_QUERY, SaQuery.RESPONSE)),
  ],
});

/** An SA Query Request (IEEE 802.11-2020 9.6.9.2); the kernel numbers and encrypts it. */
export const saQueryRequest = (
  index: number,
  { own, peer }: { readonly own: MacAddress; readonly peer: MacAddress },
  transaction: number,
): GenericRequest => {
  const [to, from] = [macToBytes(peer), macToBytes(own)];
  const body = Uint8Array.of(SA_QUERY, SaQuery.REQUEST, transaction & 0xff, transaction >> 8);
  const frame = joined([Uint8Array.of(ACTION, 0, 0, 0), to, from, to, new Uint8Array(2), body]);
  return { command: Command.FRAME, attributes: [onInterface(index), attribute(Attribute.FRAME, frame)] };
};

export interface ScanParameters {
  /** Asked for by their names, so that access points that hide them answer. */
  readonly ssids: ReadonlyArray<Uint8Array>;
  readonly frequencies?: ReadonlyArray<number>;
}

export const scanRequest = (index: number, { ssids, frequencies = [] }: ScanParameters): GenericRequest => ({
  command: Command.TRIGGER_SCAN,
  attributes: [
    onInterface(index),
    nestedAttribute(
      Attribute.SCAN_SSIDS,
      [...ssids, NOTHING].map((ssid, i) => attribute(i + 1, ssid)),
    ),
    ...(frequencies.length === 0
      ? []
      : [
          nestedAttribute(
            Attribute.SCAN_FREQUENCIES,
            frequencies.map((mhz, i) => u32Attribute(i + 1, mhz)),
          ),
        ]),
  ],
});

/** Who has begun a scan ends it. */
export const abortScanRequest = (index: number): GenericRequest => ({
  command: Command.ABORT_SCAN,
  attributes: [onInterface(index)],
});

export const scanResultsRequest = (index: number): GenericRequest => ({
  command: Command.GET_SCAN,
  attributes: [onInterface(index)],
  isDump: true,
});

export const interfaceRequest = (index: number): GenericRequest => ({
  command: Command.GET_INTERFACE,
  attributes: [onInterface(index)],
});

export const wiphyRequest = (wiphy: number): GenericRequest => ({
  command: Command.GET_WIPHY,
  attributes: [u32Attribute(Attribute.WIPHY, wiphy), flagAttribute(Attribute.SPLIT_WIPHY_DUMP)],
  isDump: true,
});
