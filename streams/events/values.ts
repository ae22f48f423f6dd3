import * as t from 'io-ts';
import { Bytes, copyBytes, toHex } from './bytes.js';
import { AssocStatus, AuthAlgorithm, Cipher, DsInfo, EtherType, ExemptionAction, ExemptionPacket } from './codes.js';
import { SecretValue } from './Secret.js';

const branded = <B extends string>(name: B, pattern: RegExp, hint: string) =>
  new t.Type<string & { readonly brand: B }, string, unknown>(
    name,
    (u): u is string & { readonly brand: B } => typeof u === 'string' && pattern.test(u),
    (u, context) =>
      typeof u === 'string' && pattern.test(u)
        ? t.success(u as string & { readonly brand: B })
        : t.failure(u, context, `expected ${hint}`),
    t.identity,
  );

const handle = <B extends string>(name: B) => branded(name, /^0x[0-9a-f]{1,16}$/, 'a handle as lower-case hex, e.g. "0x1f"');

/** `hIhvExtAdapter`: the engine's own handle, carried by every adapter handler (R3). */
export const AdapterHandle = handle('AdapterHandle');
export type AdapterHandle = t.TypeOf<typeof AdapterHandle>;

/** `hDot11SvcHandle`: the host's handle, carried by every API call (R3). */
export const ServiceHandle = handle('ServiceHandle');
export type ServiceHandle = t.TypeOf<typeof ServiceHandle>;

/** `hSecuritySessionID`: the identity of one post-association operation, that is of one data port (R31). */
export const SessionHandle = handle('SessionHandle');
export type SessionHandle = t.TypeOf<typeof SessionHandle>;

/** `hConnectSession`: one pre-association operation (R25). */
export const ConnectHandle = handle('ConnectHandle');
export type ConnectHandle = t.TypeOf<typeof ConnectHandle>;

/** What `AllocateBuffer` returned. */
export const BufferHandle = handle('BufferHandle');
export type BufferHandle = t.TypeOf<typeof BufferHandle>;

export const MacAddress = branded('MacAddress', /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/, 'a MAC address, e.g. "02:00:00:00:01:00"');
export type MacAddress = t.TypeOf<typeof MacAddress>;

export const Guid = branded('Guid', /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/, 'a lower-case GUID');
export type Guid = t.TypeOf<typeof Guid>;

export const BROADCAST = 'ff:ff:ff:ff:ff:ff' as MacAddress;
export const ZERO_MAC = '00:00:00:00:00:00' as MacAddress;

/** IEEE 802 group bit: the least significant bit of the first octet. */
export const isGroupAddress = (mac: MacAddress): boolean => (Number.parseInt(mac.slice(0, 2), 16) & 1) === 1;
export const isUnicast = (mac: MacAddress): boolean => mac !== ZERO_MAC && !isGroupAddress(mac);

const OCTETS = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, '0'));

export const macFromBytes = (bytes: Uint8Array, at = 0): MacAddress =>
  `${OCTETS[bytes[at] ?? 0]}:${OCTETS[bytes[at + 1] ?? 0]}:${OCTETS[bytes[at + 2] ?? 0]}:${OCTETS[bytes[at + 3] ?? 0]}:${OCTETS[bytes[at + 4] ?? 0]}:${OCTETS[bytes[at + 5] ?? 0]}` as MacAddress;

/** A letter's low four bits count from one. */
const digitOf = (hexDigit: number): number => (hexDigit & 0x0f) + (hexDigit > 0x39 ? 9 : 0);

export const macToBytes = (mac: MacAddress): Uint8Array => {
  const bytes = new Uint8Array(6);
  for (let i = 0; i < 6; i++) bytes[i] = digitOf(mac.charCodeAt(3 * i)) * 16 + digitOf(mac.charCodeAt(3 * i + 1));
  return bytes;
};

/** A GUID from 16 random bytes, with the version and variant bits of RFC 9562 section 5.4. */
export const guidFromBytes = (random: Uint8Array): Guid => {
  const bytes = copyBytes(random.subarray(0, 16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = toHex(bytes);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-') as Guid;
};

/** DOT11_PORT_STATE as the host sees the port when it asks for the operation (R50). */
export const PortState = t.strict({ peer: MacAddress, sessionId: t.number, controlled: t.boolean, authorized: t.boolean });
export type PortState = t.TypeOf<typeof PortState>;

/** DOT11_ENCAP_ENTRY */
export const EncapsulationEntry = t.strict({ etherType: EtherType, encapsulation: t.number });

/** DOT11_ASSOCIATION_COMPLETION_PARAMETERS with its offset blocks resolved (R33); blocks carry no MAC header (R42). */
export const AssociationCompletion = t.strict({
  peer: MacAddress,
  status: AssocStatus,
  reassociationRequest: t.boolean,
  reassociationResponse: t.boolean,
  request: Bytes,
  response: Bytes,
  beacon: Bytes,
  ihvData: Bytes,
  authAlgorithm: AuthAlgorithm,
  unicastCipher: Cipher,
  multicastCipher: Cipher,
  activePhys: t.readonlyArray(t.number),
  fourAddress: t.boolean,
  portAuthorized: t.boolean,
  qosProtocol: t.number,
  dsInfo: DsInfo,
  encapsulation: t.readonlyArray(EncapsulationEntry),
  managementCipher: Cipher,
  comebackTime: t.number,
});
export type AssociationCompletion = t.TypeOf<typeof AssociationCompletion>;

/** DOT11_PRIVACY_EXEMPTION */
export const PrivacyExemption = t.strict({ etherType: EtherType, action: ExemptionAction, packets: ExemptionPacket });
export type PrivacyExemption = t.TypeOf<typeof PrivacyExemption>;

/**
 * What a key download carries, one variant for each nested structure (R124). `counter` holds the six octets of the RECEIVE
 * replay counter as they came in the Key RSC (R126, R127).
 */
export const KeyMaterial = t.union([
  t.strict({ form: t.literal('ccmp'), counter: Bytes, key: SecretValue }),
  t.strict({ form: t.literal('gcmp'), counter: Bytes, key: SecretValue }),
  t.strict({ form: t.literal('bip'), counter: Bytes, key: SecretValue }),
  t.strict({ form: t.literal('tkip'), counter: Bytes, key: SecretValue, mic: SecretValue }),
  t.strict({ form: t.literal('raw'), key: SecretValue }),
]);
export type KeyMaterial = t.TypeOf<typeof KeyMaterial>;

/** A PMK with everything that says where it may be used again: one entry of a PMK cache (IEEE 802.11-2020 12.6.10.3). */
export const PmkEntry = t.strict({
  peer: MacAddress,
  ssid: Bytes,
  /** The suite selector as a number, e.g. 0x000FAC08 for SAE. */
  akm: t.number,
  pmkid: Bytes,
  pmk: SecretValue,
  /** How long it may be used from now on, in seconds. */
  lifetime: t.number,
});
export type PmkEntry = t.TypeOf<typeof PmkEntry>;

/** What answers group handshakes in the place of a sleeping host (IEEE 802.11-2020 12.7.7): the keys of EAPOL-Key frames, and where they count from. */
export const RekeyKeys = t.strict({
  /** The suite selector as a number, e.g. 0x000FAC02 for PSK. */
  akm: t.number,
  kck: SecretValue,
  kek: SecretValue,
  /** Of the last EAPOL-Key frame that was proven, eight octets. */
  replayCounter: Bytes,
});
export type RekeyKeys = t.TypeOf<typeof RekeyKeys>;

/** The profile fragment the host hands to pre-association; untrusted input, and it may hold a passphrase (R11, R26). */
export const IhvProfile = t.strict({ security: SecretValue, useMsOneX: t.boolean });
export type IhvProfile = t.TypeOf<typeof IhvProfile>;
