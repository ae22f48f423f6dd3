import { open, type SecurityMethod } from '../../../operators/core/index.js';
import {
  type AdapterHandle,
  type AssociationCompletion,
  AuthAlgorithm,
  BROADCAST,
  Cipher,
  type ConnectHandle,
  type Guid,
  type HostEvent,
  type MacAddress,
  Secret,
  type ServiceHandle,
  type SessionHandle,
} from '../../../streams/events/index.js';
import { asking } from '../../support/askingMethod.js';
import { extended } from '../../support/extendedMethod.js';
import { AP, association, openNetwork, perform, portState, stop } from '../../support/fixtures.js';
import { symbolic, symbolOf } from '../../support/symbolicMethod.js';
import { AP_2, completionOf, logOff, oneXResult, packet, STRANGER, USER } from '../../support/symbols.js';

export const handleOf = (index: number): AdapterHandle => `0xa${index}` as AdapterHandle;
export const serviceOf = (index: number): ServiceHandle => `0x5${index}` as ServiceHandle;
const NOBODY = '0xdead' as AdapterHandle;
const IHV_CIPHER = 0x80000001;

/** What the arena knows of an adapter: enough to name what an event is about. */
export interface Known {
  readonly index: number;
  readonly nextSession: () => SessionHandle;
  readonly nextConnect: () => ConnectHandle;
  /** The nth packet in flight, and one that has been completed already. */
  readonly inFlight: (last: boolean) => number | undefined;
  readonly completed: () => number | undefined;
  readonly question: () => Guid | undefined;
}

const throwing = (message: string): never => {
  throw new Error(message);
};

/** A method with a fault in every place one can be: where, the access point decides by what it sends. */
const faultyMethod: SecurityMethod = {
  ...symbolic(),
  name: 'faulty',
  serves: ({ unicastCipher }) => unicastCipher === Cipher.codes.GCMP,
  begin: ({ peer }) => (peer === AP_2 ? throwing('begin') : symbolic().begin({} as never)),
  step: (state, input) =>
    input.kind === 'packet' && symbolOf(input.payload) === '3' ? throwing('step') : symbolic().step(state as never, input),
  incomplete: () => throwing('incomplete'),
};

/** 802.1X that is given attributes, and stopped by the method itself when a message 3 comes. */
const attributed: SecurityMethod = {
  ...symbolic(true, { attributes: Uint8Array.of(1, 2, 3) }),
  name: 'attributed',
  serves: ({ unicastCipher }) => unicastCipher === IHV_CIPHER,
};

const isOneX = ({ authAlgorithm }: { readonly authAlgorithm: number }): boolean => authAlgorithm === AuthAlgorithm.codes.RSNA;

/** The methods of the properties; every key any of them makes is reported. */
export const methodsWith = (onKey: (key: Secret) => void): ReadonlyArray<SecurityMethod> => [
  faultyMethod,
  attributed,
  { ...asking(USER), name: 'asking', serves: ({ authAlgorithm }) => authAlgorithm === AuthAlgorithm.codes.OWE },
  { ...symbolic(true, { onKey, retryAfter: 300 }), serves: isOneX },
  extended(onKey, { serves: ({ unicastCipher }) => unicastCipher === Cipher.codes.CCMP_256 }),
  open,
  symbolic(false, { onKey }),
];

const performs: Readonly<Record<string, { peer?: MacAddress; association?: Partial<AssociationCompletion> }>> = {
  P: {},
  Q: { peer: AP_2 },
  X: { association: { authAlgorithm: AuthAlgorithm.codes.RSNA } },
  O: { association: openNetwork },
  F: { association: { unicastCipher: Cipher.codes.GCMP } },
  W: { peer: AP_2, association: { unicastCipher: Cipher.codes.GCMP } },
  H: { association: { unicastCipher: IHV_CIPHER } },
  E: { association: { unicastCipher: Cipher.codes.CCMP_256 } },
  o: { association: { ...openNetwork, authAlgorithm: AuthAlgorithm.codes.OWE, unicastCipher: Cipher.codes.CCMP } },
};

export const isPerform = (symbol: string): boolean => Object.hasOwn(performs, symbol);

const packets: Readonly<Record<string, readonly [string, MacAddress, number]>> = {
  1: ['1', AP, 3],
  3: ['3', AP, 3],
  g: ['g', AP, 3],
  e: ['e', AP, 0],
  j: ['1', AP_2, 3],
  l: ['3', AP_2, 3],
  x: ['1', STRANGER, 3],
};

const results: Readonly<Record<string, (adapter: AdapterHandle) => HostEvent>> = {
  R: (adapter) => oneXResult(0, {}, adapter),
  N: (adapter) => oneXResult(1, { reason: 0x50005 }, adapter),
  I: (adapter) => ({ kind: 'oneXIndicateResult', adapter, result: 2 }),
  r: (adapter) => ({ kind: 'oneXIndicateResult', adapter, result: 0 }),
  n: (adapter) => oneXResult(0, { receiveKey: Secret.of(new Uint8Array(0)) }, adapter),
};

const none = new Uint8Array(0);

/** Characters that name no port, packet or result. */
const others = (symbol: string, adapter: AdapterHandle, known: Known): HostEvent | undefined => {
  switch (symbol) {
    case 'i':
      return { kind: 'initAdapter', adapter, service: serviceOf(known.index) };
    case 'D':
      return { kind: 'deinitAdapter', adapter };
    case 'Z':
      return { kind: 'adapterReset', adapter };
    case 'S':
      return stop(AP, adapter);
    case 'T':
      return stop(AP_2, adapter);
    case 'B':
      return stop(BROADCAST, adapter);
    case '?':
      return stop(STRANGER, adapter);
    case 'A':
      return {
        kind: 'performPreAssociate',
        adapter,
        connect: known.nextConnect(),
        profile: { security: Secret.of(Uint8Array.of(1)), useMsOneX: true },
      };
    case 'a':
      return { kind: 'associationStart', adapter, peer: AP, ssid: none };
    case 'k':
      return { kind: 'associationCompletion', adapter, association: association() };
    case 'f':
      return { kind: 'associationCompletion', adapter, association: association({ status: 1 }) };
    case 'L':
      return logOff();
    case 'h':
      return perform({ adapter: NOBODY });
    case 'w':
      return packet('1', AP, 3, NOBODY);
    case 'm':
      return { kind: 'receivePacket', adapter, peer: AP, etherType: 0x888e, payload: none };
    case 'M':
      return { kind: 'receiveIndication', adapter, type: 0, payload: none };
    case 't':
      return { kind: 'tkipMicFailure', adapter, peer: AP, defaultKey: false, keyIndex: 0 };
    case 'C':
      return { kind: 'cipherKeyUpdated', adapter, peer: AP, keyIndex: 1 };
    case 'd':
      return { kind: 'disassociation', adapter, peer: AP, reason: 7 };
    case 'Y':
      return { kind: 'processUIResponse', request: '00000000-0000-4000-8000-00000000dead' as Guid, response: Secret.of(none) };
    case 'c':
      return { kind: 'reply', call: 999_999, win32: 0 };
    default:
      return undefined;
  }
};

/** Characters that name something the arena has to look up. */
const lookedUp = (symbol: string, adapter: AdapterHandle, known: Known): HostEvent | undefined => {
  switch (symbol) {
    case 'u':
    case 'v': {
      const found = known.inFlight(symbol === 'v');
      return found === undefined ? undefined : completionOf(found);
    }
    case 'U': {
      const found = known.completed();
      return found === undefined ? completionOf(999_999) : completionOf(found);
    }
    case 'y': {
      const request = known.question();
      return request && { kind: 'processUIResponse', request, response: Secret.of(Uint8Array.of(1)) };
    }
    case 'p': {
      const wrong = perform({ adapter, session: known.nextSession() });
      return { ...wrong, portState: portState({ peer: BROADCAST }) };
    }
    default:
      return undefined;
  }
};

/** The event a character stands for. */
export const eventOf = (symbol: string, known: Known): HostEvent | undefined => {
  const adapter = handleOf(known.index);
  const opening = performs[symbol];
  if (opening !== undefined) return perform({ adapter, session: known.nextSession(), ...opening });
  const received = packets[symbol];
  if (received !== undefined) return packet(...received, adapter);
  return results[symbol]?.(adapter) ?? lookedUp(symbol, adapter, known) ?? others(symbol, adapter, known);
};
