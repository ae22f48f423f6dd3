import { akmOf, type Step } from '../../../../operators/core/index.js';
import { AssocStatus, type EffectOf, type HostEvent, L2Reason } from '../../../../streams/events/index.js';
import type { Candidate, WifiEvent } from '../../../linux/index.js';

/** What is measured of a station; no name, address or identity is among it. */
export type WifiMeasure =
  | { readonly kind: 'on' | 'authorised'; readonly is: boolean }
  /** A connection came up; the seconds are those since it was decided, and since it was associated. */
  | { readonly kind: 'connection'; readonly akm: string; readonly seconds: number; readonly handshake: number }
  | { readonly kind: 'failure'; readonly cause: string }
  | { readonly kind: 'rekey'; readonly of: 'pairwise' | 'group' }
  | { readonly kind: 'packet'; readonly dir: 'in' | 'out' };

/** What has been seen of the attempt under way; times in microseconds. */
export interface WifiMeasuring {
  readonly chosen?: number;
  readonly associated?: number;
  /** The status the radio told last. */
  readonly status?: number;
  readonly isConnected: boolean;
}

type MeasuringStep = Step<WifiMeasuring, WifiMeasure>;

export const notMeasuring: WifiMeasuring = { isConnected: false };

const MICROSECONDS = 1e6;
/** Above are the keys that protect management frames and beacons. */
const LAST_GROUP_KEY = 3;
const RANGE = 0xffff0000;
const RANGES = new Map([
  [0x10000, 'deauthenticated'],
  [0x20000, 'disassociated'],
  [0x30000, 'association refused'],
]);

const statusCause = (status: number | undefined): string => {
  if (status === undefined || status === 0) return 'no access point';
  if (status === AssocStatus.codes.UNREACHABLE) return 'unreachable';
  return RANGES.get(status & RANGE) ?? 'left';
};

/** The reason of the port where there is one, else who ended the association. */
const causeOf = (state: WifiMeasuring, reason: number | undefined): string =>
  (reason === undefined || reason === 0 ? undefined : L2Reason.nameOf(reason)) ?? statusCause(state.status);

const akmName = ({ security }: Candidate): string => (security === undefined ? 'open' : (akmOf(security.akm)?.name ?? 'other'));

const onTold = (state: WifiMeasuring, at: number, event: HostEvent): WifiMeasuring => {
  if (event.kind === 'disassociation') return { ...state, status: event.reason };
  if (event.kind !== 'associationCompletion') return state;
  const { status } = event.association;
  return status === 0 ? { ...state, status, associated: at } : { ...state, status };
};

/** The first keys are those of the connection. */
const onKey = (state: WifiMeasuring, effect: EffectOf<'setKeyMappingKey' | 'setDefaultKey'>): ReadonlyArray<WifiMeasure> => {
  if (!state.isConnected || effect.delete) return [];
  if (effect.kind === 'setKeyMappingKey') return [{ kind: 'rekey', of: 'pairwise' }];
  return effect.keyIndex > LAST_GROUP_KEY ? [] : [{ kind: 'rekey', of: 'group' }];
};

const onConnected = (state: WifiMeasuring, at: number, candidate: Candidate): MeasuringStep => {
  const { chosen = at, associated = at } = state;
  const spans = { seconds: (at - chosen) / MICROSECONDS, handshake: (at - associated) / MICROSECONDS };
  return { state: { ...state, isConnected: true }, effects: [{ kind: 'connection', akm: akmName(candidate), ...spans }] };
};

/** What an event of a supplicant adds to what is measured. */
export const wifiMeasures = (state: WifiMeasuring, at: number, event: WifiEvent): MeasuringStep => {
  const measured = (...effects: ReadonlyArray<WifiMeasure>): MeasuringStep => ({ state, effects });
  switch (event.kind) {
    case 'chosen':
      return { state: { isConnected: false, chosen: at }, effects: [] };
    case 'connected':
      return onConnected(state, at, event.candidate);
    case 'failed':
      return { state: notMeasuring, effects: [{ kind: 'failure', cause: causeOf(state, event.reason) }] };
    case 'told':
      return { state: onTold(state, at, event.event), effects: [] };
    case 'done': {
      const { effect } = event;
      return effect.kind === 'setKeyMappingKey' || effect.kind === 'setDefaultKey'
        ? measured(...onKey(state, effect))
        : measured();
    }
    case 'port':
      return measured({ kind: 'authorised', is: event.port.state === 'authorised' });
    case 'switched':
      return measured({ kind: 'on', is: event.isOn });
    case 'packet':
      return measured({ kind: 'packet', dir: event.dir });
    default:
      return measured();
  }
};
