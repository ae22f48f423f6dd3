import * as t from 'io-ts';
import { Bytes } from './bytes.js';
import { AuthAlgorithm, Cipher, Direction, EtherType, L2Reason, Win32 } from './codes.js';
import { SecretValue } from './Secret.js';
import {
  AdapterHandle,
  BufferHandle,
  ConnectHandle,
  Guid,
  KeyMaterial,
  MacAddress,
  PmkEntry,
  PrivacyExemption,
  RekeyKeys,
  ServiceHandle,
  SessionHandle,
} from './values.js';
import { type VariantOf, variant, variants } from './variant.js';

/** Every effect that is a call has a number; the sink's answer comes back as the `reply` with that number. */
const call = { call: t.number };

/** Calls that name an adapter: the host's handle, and ours to route by (R3). */
const adapterCall = { ...call, adapter: AdapterHandle, service: ServiceHandle };

/** Calls made for one port: the guard at the sink boundary compares `generation` with the current one (R260). */
const portCall = { ...adapterCall, session: SessionHandle, generation: t.number };

const keyCall = {
  ...portCall,
  peer: MacAddress,
  algorithm: Cipher,
  direction: Direction,
  delete: t.boolean,
  static: t.boolean,
  material: KeyMaterial,
};

/** The service class: they need no adapter, and are legal until `deinitService` returns (R6, C47). */
const serviceEffects = {
  /** `content` is what the engine writes into the buffer before it hands it on. */
  allocateBuffer: variant('allocateBuffer', { ...call, size: t.number }, { adapter: AdapterHandle, content: Bytes }),
  freeBuffer: variant('freeBuffer', { ...call, buffer: BufferHandle }, { adapter: AdapterHandle }),
};

const adapterEffects = {
  setEtherTypeHandling: variant('setEtherTypeHandling', {
    ...adapterCall,
    maxBackLog: t.number,
    exemptions: t.readonlyArray(PrivacyExemption),
    registrations: t.readonlyArray(EtherType),
  }),
  nicSpecificExtension: variant(
    'nicSpecificExtension',
    { ...adapterCall, input: Bytes, outputSize: t.number },
    { session: SessionHandle, generation: t.number },
  ),
  sendUIRequest: variant(
    'sendUIRequest',
    { ...adapterCall, request: Guid, userSession: t.number, page: Guid, data: SecretValue },
    { session: SessionHandle, generation: t.number },
  ),
  sendNotification: variant(
    'sendNotification',
    { ...adapterCall, code: t.number, data: Bytes },
    { session: SessionHandle, generation: t.number },
  ),
};

const connectCall = { ...adapterCall, connect: ConnectHandle };

const preAssociationEffects = {
  setAuthAlgorithm: variant('setAuthAlgorithm', { ...connectCall, algorithm: AuthAlgorithm }),
  setUnicastCipherAlgorithm: variant('setUnicastCipherAlgorithm', { ...connectCall, cipher: Cipher }),
  setMulticastCipherAlgorithm: variant('setMulticastCipherAlgorithm', { ...connectCall, cipher: Cipher }),
  setCurrentProfile: variant('setCurrentProfile', { ...connectCall, profile: SecretValue }),
  setProfileCustomUserData: variant('setProfileCustomUserData', { ...connectCall, data: SecretValue }),
  getProfileCustomUserData: variant('getProfileCustomUserData', connectCall),
  preAssociateCompletion: variant('preAssociateCompletion', { ...connectCall, reason: L2Reason, win32: Win32 }),
};

const portEffects = {
  sendPacket: variant('sendPacket', { ...portCall, packet: t.number, peer: MacAddress, etherType: EtherType, payload: Bytes }),
  startOneX: variant('startOneX', portCall, { attributes: BufferHandle }),
  stopOneX: variant('stopOneX', portCall),
  processOneXPacket: variant('processOneXPacket', { ...portCall, packet: Bytes }),
  /** `keyId`, beyond the documented call: Extended Key ID (IEEE 802.11-2020 9.4.2.24.4). */
  setKeyMappingKey: variant('setKeyMappingKey', keyCall, { keyId: t.number }),
  /** `link`, beyond the documented call: the link of a multi-link association whose AP the address is. */
  setDefaultKey: variant('setDefaultKey', { ...keyCall, keyIndex: t.number }, { link: t.number }),
  setDefaultKeyId: variant('setDefaultKeyId', { ...portCall, keyIndex: t.number }),
  setExcludeUnencrypted: variant('setExcludeUnencrypted', { ...portCall, exclude: t.boolean }),
  postAssociateCompletion: variant('postAssociateCompletion', { ...portCall, peer: MacAddress, reason: L2Reason, win32: Win32 }),
};

const virtualStationEffects = {
  requestVirtualStation: variant('requestVirtualStation', adapterCall),
  releaseVirtualStation: variant('releaseVirtualStation', adapterCall),
  queryVirtualStationProperties: variant('queryVirtualStationProperties', adapterCall),
  setVirtualStationApProperties: variant('setVirtualStationApProperties', {
    ...connectCall,
    ssid: Bytes,
    authAlgorithm: AuthAlgorithm,
    cipher: Cipher,
    isPassphrase: t.boolean,
    key: SecretValue,
  }),
};

/** What a port wants done beyond the documented API. A host that knows nothing of these answers ERROR_NOT_SUPPORTED. */
const enginePortEffects = {
  /** Work that takes its time (an unwrap in hardware, a token's signature); the reply carries its `secret` (R137). */
  derive: variant('derive', { ...portCall, label: t.string, input: SecretValue }),
  /** A PMK for the host's cache, from which `want: 'pmk'` is answered. A refusal changes nothing. */
  rememberPmk: variant('rememberPmk', { ...portCall, entry: PmkEntry }),
  forgetPmk: variant('forgetPmk', { ...portCall, peer: MacAddress, pmkid: Bytes }),
  /** Extended Key ID: which of the two pairwise keys frames are sent with. A refusal fails the downloads (R136). */
  setPairwiseTransmitKey: variant('setPairwiseTransmitKey', { ...portCall, peer: MacAddress, keyId: t.number }),
  /** For hardware that renews group keys while its host sleeps; each replaces the one before. A refusal changes nothing. */
  setRekeyOffload: variant('setRekeyOffload', { ...portCall, peer: MacAddress, keys: RekeyKeys }),
};

/** What the engine does beyond the documented API. */
const engineEffects = {
  ...enginePortEffects,
  /** A remark, never a call: it has no number, no reply, and may be dropped. */
  diagnostic: variant('diagnostic', { rule: t.string, message: t.string }, { adapter: AdapterHandle, session: SessionHandle }),
};

/** The 22 functions of the API table and the 4 of the virtual station, each the documented `Dot11Ext…` without its prefix. */
export const apiCalls = {
  ...serviceEffects,
  ...adapterEffects,
  ...preAssociationEffects,
  ...portEffects,
  ...virtualStationEffects,
};

export const effectKinds = { ...apiCalls, ...engineEffects };

/**
 * Everything the engine wants done. Operators decide, adapters act.
 *
 * @since 0.1.0
 */
export type Effect = VariantOf<typeof effectKinds>;
export const Effect: t.Type<Effect, unknown, unknown> = variants('effect', effectKinds);

export type EffectName = Effect['kind'];
/** An effect by name, e.g. `EffectOf<'sendPacket'>`. */
export type EffectOf<K extends EffectName> = Extract<Effect, { kind: K }>;
export type ApiCall = Exclude<Effect, { kind: 'diagnostic' }>;
export type PortEffect = EffectOf<keyof typeof portEffects | keyof typeof enginePortEffects>;
