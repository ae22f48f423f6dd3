import {
  type AdapterHandle,
  type AssociationCompletion,
  AuthAlgorithm,
  Cipher,
  type HostEvent,
  type MacAddress,
  type ServiceHandle,
  type SessionHandle,
} from 'postassoc/events';

const hex = (n: number, digits: number): string => n.toString(16).padStart(digits, '0');

const handles: AdapterHandle[] = [];

/** A host keeps the handle of an adapter and passes the same one every time; addresses come anew out of each packet. */
export const adapterOf = (n: number): AdapterHandle => {
  handles[n] ??= `0x${hex(n + 0x10000, 6)}` as AdapterHandle;
  return handles[n];
};

export const peerOf = (n: number): MacAddress => {
  const digits = hex(n, 8);
  return `02:00:${digits.slice(0, 2)}:${digits.slice(2, 4)}:${digits.slice(4, 6)}:${digits.slice(6, 8)}` as MacAddress;
};

const none = new Uint8Array(0);

const association = (peer: MacAddress): AssociationCompletion => ({
  peer,
  status: 0,
  reassociationRequest: false,
  reassociationResponse: false,
  request: new Uint8Array(80),
  response: new Uint8Array(80),
  beacon: new Uint8Array(160),
  ihvData: none,
  authAlgorithm: AuthAlgorithm.codes.OPEN,
  unicastCipher: Cipher.codes.NONE,
  multicastCipher: Cipher.codes.NONE,
  activePhys: [0],
  fourAddress: false,
  portAuthorized: false,
  qosProtocol: 1,
  dsInfo: 0,
  encapsulation: [],
  managementCipher: Cipher.codes.NONE,
  comebackTime: 0,
});

export const initOf = (n: number): HostEvent => ({
  kind: 'initAdapter',
  adapter: adapterOf(n),
  service: `0x${hex(n + 1, 6)}` as ServiceHandle,
});

export const performOf = (n: number): HostEvent => {
  const peer = peerOf(n);
  return {
    kind: 'performPostAssociate',
    adapter: adapterOf(n),
    session: `0x${hex(n + 1, 8)}` as SessionHandle,
    portState: { peer, sessionId: n, controlled: true, authorized: false },
    association: association(peer),
  };
};

export const stopOf = (n: number): HostEvent => ({
  kind: 'stopPostAssociate',
  adapter: adapterOf(n),
  peer: peerOf(n),
  status: 0x10003,
});

const payload = new Uint8Array(121);

/** A packet of the live port, of a kind its method takes note of and does nothing about. */
export const packetOf = (n: number): HostEvent => ({
  kind: 'receivePacket',
  adapter: adapterOf(n),
  peer: peerOf(n),
  etherType: 0x888e,
  payload,
});

/** Every port in turn, as with a timer that asks each. */
export const inTurns = (count: number, of: number): Uint32Array => Uint32Array.from({ length: count }, (_, i) => i % of);

/** A repeatable shuffle, the hard case: nothing of the next port is in any cache. */
export const shuffled = (count: number, of: number): Uint32Array => {
  const order = new Uint32Array(count);
  let seed = 0x2545f491;
  for (let i = 0; i < count; i++) {
    seed ^= seed << 13;
    seed ^= seed >>> 17;
    seed ^= seed << 5;
    order[i] = (seed >>> 0) % of;
  }
  return order;
};
