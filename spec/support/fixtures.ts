import type {
  AdapterHandle,
  AssociationCompletion,
  Handler,
  MacAddress,
  PortState,
  ServiceHandle,
  SessionHandle,
} from '../../streams/events/index.js';
import { AuthAlgorithm, Cipher } from '../../streams/events/index.js';

export const ADAPTER = '0xa1' as AdapterHandle;
export const SERVICE = '0x51' as ServiceHandle;
export const SESSION = '0x1' as SessionHandle;
export const AP = '02:00:00:00:00:01' as MacAddress;

const none = new Uint8Array(0);

export const association = (changes: Partial<AssociationCompletion> = {}): AssociationCompletion => ({
  peer: AP,
  status: 0,
  reassociationRequest: false,
  reassociationResponse: false,
  request: none,
  response: none,
  beacon: none,
  ihvData: none,
  authAlgorithm: AuthAlgorithm.codes.RSNA_PSK,
  unicastCipher: Cipher.codes.CCMP,
  multicastCipher: Cipher.codes.CCMP,
  activePhys: [0],
  fourAddress: false,
  portAuthorized: false,
  qosProtocol: 1,
  dsInfo: 0,
  encapsulation: [],
  managementCipher: Cipher.codes.NONE,
  comebackTime: 0,
  ...changes,
});

export const portState = (changes: Partial<PortState> = {}): PortState => ({
  peer: AP,
  sessionId: 1,
  controlled: true,
  authorized: false,
  ...changes,
});

export const openNetwork: Partial<AssociationCompletion> = {
  authAlgorithm: AuthAlgorithm.codes.OPEN,
  unicastCipher: Cipher.codes.NONE,
  multicastCipher: Cipher.codes.NONE,
};

export const initAdapter = (adapter = ADAPTER, service = SERVICE): Handler<'initAdapter'> => ({
  kind: 'initAdapter',
  adapter,
  service,
});

/** `performPostAssociate` for a peer, by default of a CCMP network. */
export const perform = (
  changes: {
    adapter?: AdapterHandle;
    session?: SessionHandle;
    peer?: MacAddress;
    association?: Partial<AssociationCompletion>;
  } = {},
): Handler<'performPostAssociate'> => {
  const { adapter = ADAPTER, session = SESSION, peer = AP } = changes;
  return {
    kind: 'performPostAssociate',
    adapter,
    session,
    portState: portState({ peer }),
    association: association({ peer, ...changes.association }),
  };
};

export const stop = (peer = AP, adapter = ADAPTER, status = 0x00010003): Handler<'stopPostAssociate'> => ({
  kind: 'stopPostAssociate',
  adapter,
  peer,
  status,
});
