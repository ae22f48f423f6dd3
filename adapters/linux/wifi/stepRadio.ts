import { type Step, stay } from '../../../operators/core/index.js';
import {
  type AdapterHandle,
  AssocStatus,
  EtherType,
  type Handler,
  type Indication,
  type MacAddress,
  type ServiceHandle,
} from '../../../streams/events/index.js';
import { EapolType } from '../../../streams/frames/index.js';
import type { RadioEvent } from '../nl80211/RadioEvent.js';
import { type AssociationElements, associationOf } from './associationOf.js';
import type { Candidate } from './chooseBss.js';

/** What a radio means to an engine: calls of its host, and indications. What opens and ends ports follows from these. */
export type RadioCall =
  | Handler<'initAdapter' | 'deinitAdapter' | 'receivePacket'>
  | Extract<Indication, { kind: 'associationStart' | 'associationCompletion' | 'disassociation' | 'tkipMicFailure' }>;

/** An interface of a radio. */
export interface RadioStation {
  readonly index: number;
  readonly name: string;
  readonly address: MacAddress;
}

interface Present {
  readonly station: RadioStation;
  /** The last frame that ended an association: the kernel tells its reason later, and no more than that. */
  readonly leaving?: 'deauthentication' | 'disassociation';
}

/** The first packet of an access point may overtake the news of the association: the kernel passes it on as soon as it comes. */
type EapolHeard = Extract<RadioEvent, { kind: 'eapol' }>;

/** Where the interface stands. */
export type RadioState =
  | { readonly phase: 'absent' }
  | ({ readonly phase: 'idle' } & Present)
  | ({ readonly phase: 'associating'; readonly candidate: Candidate; readonly early?: EapolHeard } & Present)
  /** `isKeyed`: there is a pairwise key. */
  | ({ readonly phase: 'associated'; readonly candidate: Candidate; readonly isKeyed?: boolean } & Present);

export type RadioInput =
  | { readonly kind: 'arrived'; readonly station: RadioStation }
  /** We have asked the kernel to connect. */
  | { readonly kind: 'connecting'; readonly candidate: Candidate }
  /** Where the driver has roamed to, as far as the access point is known. */
  | ({ readonly kind: 'moved'; readonly candidate: Candidate } & AssociationElements)
  /** The kernel has a pairwise key, or has none any more. */
  | { readonly kind: 'keyed'; readonly isKeyed: boolean }
  /** What was told got lost, and the station is not associated any more. */
  | { readonly kind: 'lost' }
  /** Nobody wants it any more. */
  | { readonly kind: 'ended' }
  | Exclude<RadioEvent, { kind: 'scanned' | 'sent' | 'roamed' | 'authentication' | 'doubted' | 'saQueryAnswered' | 'channel' }>;

type RadioStep = Step<RadioState, RadioCall>;

const SERVICE = '0x1' as ServiceHandle;
const { SUCCESS, UNREACHABLE, DISASSOCIATED_BY_OS } = AssocStatus.codes;
const PEER_DEAUTHENTICATED = 0x10000;
const PEER_DISASSOCIATED = 0x20000;
const ASSOCIATION_RESPONSE = 0x30000;
const CODE = 0xffff;
const NO_ELEMENTS: AssociationElements = { request: new Uint8Array(0), response: new Uint8Array(0) };

export const noRadio: RadioState = { phase: 'absent' };

/** An adapter is known by the number of its interface, which no later interface has. */
export const handleOf = ({ index }: RadioStation): AdapterHandle => `0x${index.toString(16)}` as AdapterHandle;

const idle = ({ station }: Present): RadioState => ({ phase: 'idle', station });

const arrive = (station: RadioStation): RadioCall => ({
  ...{ kind: 'initAdapter', adapter: handleOf(station), service: SERVICE },
  ...{ address: station.address, description: station.name },
});

const completion = (station: RadioStation, candidate: Candidate, elements: AssociationElements, status: number): RadioCall => ({
  kind: 'associationCompletion',
  adapter: handleOf(station),
  association: associationOf(candidate, elements, status),
});

const start = (station: RadioStation, { bss }: Candidate): RadioCall => ({
  ...{ kind: 'associationStart', adapter: handleOf(station), peer: bss.bssid, ssid: bss.ssid },
});

/** What is under way or up ends with this status. */
const endAssociation = (state: RadioState, status: number): ReadonlyArray<RadioCall> => {
  if (state.phase === 'associating') return [completion(state.station, state.candidate, NO_ELEMENTS, status)];
  if (state.phase !== 'associated') return [];
  const { station, candidate } = state;
  return [{ kind: 'disassociation', adapter: handleOf(station), peer: candidate.bss.bssid, reason: status }];
};

const leave = (state: RadioState, status: number): RadioStep =>
  state.phase === 'absent'
    ? stay(state)
    : {
        state: noRadio,
        effects: [...endAssociation(state, status), { kind: 'deinitAdapter', adapter: handleOf(state.station) }],
      };

const unassociated = (state: RadioState, status: number): RadioStep =>
  state.phase === 'absent' ? stay(state) : { state: idle(state), effects: endAssociation(state, status) };

const received = (station: RadioStation, { from, packet, isProtected }: EapolHeard): RadioCall => ({
  ...{ kind: 'receivePacket', adapter: handleOf(station), peer: from },
  ...{ etherType: EtherType.codes.EAPOL, payload: packet, ...(isProtected !== undefined && { protected: isProtected }) },
});

const statusOf = ({ timedOut, status }: Extract<RadioEvent, { kind: 'connected' }>): number => {
  if (timedOut) return UNREACHABLE;
  return status === 0 ? SUCCESS : ASSOCIATION_RESPONSE + (status & CODE);
};

const onConnected = (state: RadioState, event: Extract<RadioEvent, { kind: 'connected' }>): RadioStep => {
  if (state.phase !== 'associating') return stay(state);
  const { station, candidate, early } = state;
  const status = statusOf(event);
  const completed = completion(station, candidate, event, status);
  if (status !== SUCCESS) return { state: idle(state), effects: [completed] };
  const effects = early === undefined ? [completed] : [completed, received(station, early)];
  return { state: { phase: 'associated', station, candidate }, effects };
};

const onDisconnected = (
  state: RadioState,
  { reason, byAccessPoint }: Extract<RadioEvent, { kind: 'disconnected' }>,
): RadioStep => {
  if (state.phase === 'absent') return stay(state);
  // On its way to another access point it has to leave the one it comes from, of which the engine knows nothing any more.
  if (state.phase === 'associating' && state.candidate.from !== undefined) return stay(state);
  if (!byAccessPoint) return unassociated(state, reason === 0 || reason === 4 ? UNREACHABLE : DISASSOCIATED_BY_OS);
  const kind = state.leaving === 'disassociation' ? PEER_DISASSOCIATED : PEER_DEAUTHENTICATED;
  return unassociated(state, kind + (reason & CODE));
};

/**
 * EAPOL may come in the clear as long as there is no key, as the engine has asked for (ON_KEY_MAPPING_KEY_UNAVAILABLE): afterwards anybody
 * could have sent it. A message 3 that is repeated because message 4 was lost does, and the engine sees to it that it is one.
 */
const isLetIn = ({ isProtected, packet }: EapolHeard, isKeyed = false): boolean =>
  isProtected !== false || !isKeyed || packet[1] === EapolType.codes.KEY;

const onEapol = (state: RadioState, heard: EapolHeard): RadioStep => {
  if (state.phase === 'associated')
    return isLetIn(heard, state.isKeyed) ? { state, effects: [received(state.station, heard)] } : stay(state);
  const isEarly = state.phase === 'associating' && heard.from === state.candidate.bss.bssid;
  return stay(isEarly ? { ...state, early: heard } : state);
};

const onMichael = (state: RadioState, { isGroupKey, keyIndex, peer }: Extract<RadioEvent, { kind: 'michael' }>): RadioStep =>
  state.phase === 'associated'
    ? { state, effects: [{ kind: 'tkipMicFailure', adapter: handleOf(state.station), peer, defaultKey: isGroupKey, keyIndex }] }
    : stay(state);

const onCandidate = (state: RadioState, input: Extract<RadioInput, { kind: 'connecting' | 'moved' }>): RadioStep => {
  if (state.phase === 'absent') return stay(state);
  const { station } = state;
  const { candidate } = input;
  const begun = start(station, candidate);
  if (input.kind === 'connecting') return { state: { phase: 'associating', station, candidate }, effects: [begun] };
  return { state: { phase: 'associated', station, candidate }, effects: [begun, completion(station, candidate, input, SUCCESS)] };
};

/**
 * What happens to a radio, as a miniport and its host would tell an engine: an interface is an adapter, and what the kernel tells of
 * its association becomes indications.
 */
export const stepRadio = (state: RadioState, input: RadioInput): RadioStep => {
  switch (input.kind) {
    case 'arrived':
      return {
        state: { phase: 'idle', station: input.station },
        effects: [...leave(state, UNREACHABLE).effects, arrive(input.station)],
      };
    case 'connecting':
    case 'moved':
      return onCandidate(state, input);
    case 'connected':
      return onConnected(state, input);
    case 'left':
      return stay(state.phase === 'absent' ? state : { ...state, leaving: input.frame });
    case 'disconnected':
      return onDisconnected(state, input);
    case 'michael':
      return onMichael(state, input);
    case 'eapol':
      return onEapol(state, input);
    case 'keyed':
      return stay(state.phase === 'associated' ? { ...state, isKeyed: input.isKeyed } : state);
    case 'lost':
      return unassociated(state, UNREACHABLE);
    case 'removed':
      return leave(state, UNREACHABLE);
    case 'ended':
      return leave(state, DISASSOCIATED_BY_OS);
  }
};
