import {
  type AdapterHandle,
  type ApiCall,
  type AssociationCompletion,
  AuthAlgorithm,
  type BufferHandle,
  Cipher,
  type ConnectHandle,
  type Effect,
  type EffectOf,
  EtherType,
  fromHex,
  type Guid,
  type Handler,
  type HostEvent,
  type KeyMaterial,
  type MacAddress,
  Secret,
  type ServiceHandle,
  type SessionHandle,
} from '../../../../streams/events/index.js';

/** Who plays: two adapters, two APs, three ports. */
export const ADAPTER = '0xa1' as AdapterHandle;
export const SERVICE = '0x5e1' as ServiceHandle;
export const OTHER_ADAPTER = '0xa2' as AdapterHandle;
export const OTHER_SERVICE = '0x5e2' as ServiceHandle;
export const AP = '02:00:00:00:01:01' as MacAddress;
export const OTHER_AP = '02:00:00:00:02:01' as MacAddress;
export const PORT = '0x51' as SessionHandle;
export const NEXT_PORT = '0x52' as SessionHandle;
export const CONNECT = '0xc1' as ConnectHandle;
export const NEXT_CONNECT = '0xc2' as ConnectHandle;
export const BUFFER = '0xb1' as BufferHandle;
export const REQUEST = '6f1c0d7e-3b52-4c58-9a55-0c1b2d3e4f50' as Guid;
export const PAGE = '11111111-2222-4333-8444-555555555555' as Guid;

const bytes = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array(0);
export const secret = (octet: number, length = 16): Secret => Secret.of(new Uint8Array(length).fill(octet));
export const ccmp = (octet: number): KeyMaterial => ({ form: 'ccmp', counter: new Uint8Array(6), key: secret(octet) });

/** EAPOL packets: a Key packet, and an EAP request with an identifier. */
export const KEY_PACKET = bytes('02030005020000000a');
export const eapRequest = (identifier: number): Uint8Array => Uint8Array.of(2, 0, 0, 5, 1, identifier, 0, 5, 1);

const association = (peer: MacAddress): AssociationCompletion => ({
  peer,
  status: 0,
  reassociationRequest: false,
  reassociationResponse: false,
  request: new Uint8Array(0),
  response: new Uint8Array(0),
  beacon: new Uint8Array(0),
  ihvData: new Uint8Array(0),
  authAlgorithm: AuthAlgorithm.codes.RSNA_PSK,
  unicastCipher: Cipher.codes.CCMP,
  multicastCipher: Cipher.codes.CCMP,
  activePhys: [7],
  fourAddress: false,
  portAuthorized: false,
  qosProtocol: 0,
  dsInfo: 0,
  encapsulation: [],
  managementCipher: Cipher.codes.NONE,
  comebackTime: 0,
});

export const perform = (
  session: SessionHandle,
  peer: MacAddress,
  negotiated: Partial<AssociationCompletion> = {},
  adapter = ADAPTER,
): Handler<'performPostAssociate'> => ({
  kind: 'performPostAssociate',
  adapter,
  session,
  portState: { peer, sessionId: 1, controlled: true, authorized: false },
  association: { ...association(peer), ...negotiated },
});

export const stop = (peer: MacAddress, status = 8): HostEvent => ({ kind: 'stopPostAssociate', adapter: ADAPTER, peer, status });
export const start = (peer: MacAddress): HostEvent => ({
  kind: 'associationStart',
  adapter: ADAPTER,
  peer,
  ssid: bytes('6c6162'),
});
export const completion = (peer: MacAddress, status = 0): HostEvent => ({
  kind: 'associationCompletion',
  adapter: ADAPTER,
  association: { ...association(peer), status },
});
export const disassociation = (peer: MacAddress): HostEvent => ({
  kind: 'disassociation',
  adapter: ADAPTER,
  peer,
  reason: 0x10003,
});
export const receive = (peer: MacAddress, payload: Uint8Array): HostEvent => ({
  ...{ kind: 'receivePacket', adapter: ADAPTER, peer },
  ...{ etherType: EtherType.codes.EAPOL, payload },
});
export const sent = (packet: number): HostEvent => ({ kind: 'sendPacketCompletion', packet });
export const preAssociate = (connect: ConnectHandle, useMsOneX = true): HostEvent => ({
  kind: 'performPreAssociate',
  adapter: ADAPTER,
  connect,
  profile: { security: secret(9), useMsOneX },
});
export const returned = (handler: string, win32 = 0, session?: SessionHandle): HostEvent => ({
  ...{ kind: 'handlerReturned', handler, win32, adapter: ADAPTER },
  ...(session !== undefined && { session }),
});
export const replied = (call: number, win32 = 0, buffer?: BufferHandle): HostEvent => ({
  ...{ kind: 'reply', call, win32 },
  ...(buffer !== undefined && { buffer }),
});

let calls = 0;
const adapterCall = () => ({ call: ++calls, adapter: ADAPTER, service: SERVICE });
const portCall = () => ({ ...adapterCall(), session: PORT, generation: 1 });

type Fields<K extends Effect['kind']> = Partial<EffectOf<K>>;

export const send = (packet: number, fields: Fields<'sendPacket'> = {}): ApiCall => ({
  ...{ kind: 'sendPacket', ...portCall(), packet, peer: AP },
  ...{ etherType: EtherType.codes.EAPOL, payload: KEY_PACKET },
  ...fields,
});
const key = (octet: number) => ({
  ...portCall(),
  ...{ peer: AP, algorithm: Cipher.codes.CCMP, direction: 3, delete: false, static: false, material: ccmp(octet) },
});
export const pairwise = (octet: number, fields: Fields<'setKeyMappingKey'> = {}): ApiCall => ({
  kind: 'setKeyMappingKey',
  ...key(octet),
  ...fields,
});
export const group = (octet: number, fields: Fields<'setDefaultKey'> = {}): ApiCall => ({
  kind: 'setDefaultKey',
  ...key(octet),
  keyIndex: 1,
  ...fields,
});
export const exclude = (fields: Fields<'setExcludeUnencrypted'> = {}): ApiCall => ({
  kind: 'setExcludeUnencrypted',
  ...portCall(),
  exclude: true,
  ...fields,
});
export const transmitWith = (keyId: number, fields: Fields<'setPairwiseTransmitKey'> = {}): ApiCall => ({
  ...{ kind: 'setPairwiseTransmitKey', ...portCall(), peer: AP, keyId },
  ...fields,
});
export const rememberPmk = (fields: Fields<'rememberPmk'> = {}): ApiCall => ({
  ...{ kind: 'rememberPmk', ...portCall() },
  entry: { peer: AP, ssid: bytes('6c6162'), akm: 0x000fac08, pmkid: bytes('0102'), pmk: secret(4, 32), lifetime: 43200 },
  ...fields,
});
export const forgetPmk = (fields: Fields<'forgetPmk'> = {}): ApiCall => ({
  ...{ kind: 'forgetPmk', ...portCall(), peer: AP, pmkid: bytes('0102') },
  ...fields,
});
export const offloadRekeys = (fields: Fields<'setRekeyOffload'> = {}): ApiCall => ({
  ...{ kind: 'setRekeyOffload', ...portCall(), peer: AP },
  keys: { akm: 0x000fac02, kck: secret(5), kek: secret(6), replayCounter: new Uint8Array(8) },
  ...fields,
});
export const complete = (fields: Fields<'postAssociateCompletion'> = {}): ApiCall => ({
  kind: 'postAssociateCompletion',
  ...portCall(),
  ...{ peer: AP, reason: 0, win32: 0 },
  ...fields,
});
export const startOneX = (fields: Fields<'startOneX'> = {}): ApiCall => ({ kind: 'startOneX', ...portCall(), ...fields });
export const stopOneX = (fields: Fields<'stopOneX'> = {}): ApiCall => ({ kind: 'stopOneX', ...portCall(), ...fields });
export const forward = (packet: Uint8Array, fields: Fields<'processOneXPacket'> = {}): ApiCall => ({
  kind: 'processOneXPacket',
  ...portCall(),
  packet,
  ...fields,
});
export const register = (fields: Fields<'setEtherTypeHandling'> = {}): ApiCall => ({
  kind: 'setEtherTypeHandling',
  ...adapterCall(),
  maxBackLog: 4,
  exemptions: [{ etherType: EtherType.codes.EAPOL, action: 2, packets: 3 }],
  registrations: [EtherType.codes.EAPOL],
  ...fields,
});
export const connected = (fields: Fields<'preAssociateCompletion'> = {}): ApiCall => ({
  kind: 'preAssociateCompletion',
  ...adapterCall(),
  ...{ connect: CONNECT, reason: 0, win32: 0 },
  ...fields,
});
export const setAuth = (fields: Fields<'setAuthAlgorithm'> = {}): ApiCall => ({
  kind: 'setAuthAlgorithm',
  ...adapterCall(),
  connect: CONNECT,
  algorithm: AuthAlgorithm.codes.RSNA_PSK,
  ...fields,
});
export const saveUserData = (): ApiCall => ({
  kind: 'setProfileCustomUserData',
  ...adapterCall(),
  connect: CONNECT,
  data: secret(7),
});
export const notify = (fields: Fields<'sendNotification'> = {}): ApiCall => ({
  kind: 'sendNotification',
  ...adapterCall(),
  ...{ code: 1, data: bytes('00') },
  ...fields,
});
export const ask = (fields: Fields<'sendUIRequest'> = {}): ApiCall => ({
  kind: 'sendUIRequest',
  ...adapterCall(),
  ...{ request: REQUEST, userSession: 1, page: PAGE, data: secret(3) },
  ...fields,
});
export const allocate = (call: number, fields: Fields<'allocateBuffer'> = {}): ApiCall => ({
  kind: 'allocateBuffer',
  ...{ call, size: 64, adapter: ADAPTER },
  ...fields,
});
export const free = (): ApiCall => ({ kind: 'freeBuffer', call: ++calls, buffer: BUFFER });
export const requestStation = (): ApiCall => ({ kind: 'requestVirtualStation', ...adapterCall() });
export const releaseStation = (): ApiCall => ({ kind: 'releaseVirtualStation', ...adapterCall() });
