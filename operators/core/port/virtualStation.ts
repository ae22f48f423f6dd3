import {
  type AdapterHandle,
  type ConnectHandle,
  type Effect,
  type EffectOf,
  type HostEvent,
  type ServiceHandle,
  Win32,
} from '../../../streams/events/index.js';
import { type VirtualStationApProperty, writeVirtualStationApProperty } from '../../../streams/frames/index.js';
import { andThen, emit, type Step, stay } from '../Step.js';

/**
 * What an application may want of the virtual station.
 *
 * @since 0.1.0
 */
export type VirtualStationCommand =
  /** On which physical adapter it is to live. */
  | { readonly do: 'request'; readonly adapter: AdapterHandle }
  | { readonly do: 'release' }
  /** What it is to announce as an access point, from its next connection on or for the one being prepared. */
  | { readonly do: 'setApProperties'; readonly properties: VirtualStationApProperty };

/** What is known of the virtual station; `requested` is no promise that there will be one (R240). */
export type VirtualStationPhase = 'unavailable' | 'none' | 'requested' | 'present';

type Call = 'requestVirtualStation' | 'releaseVirtualStation' | 'queryVirtualStationProperties' | 'setVirtualStationApProperties';
type Bare<E> = E extends Effect ? Omit<E, 'call'> : never;
export type VirtualStationCall = Bare<EffectOf<Call>>;

export type VirtualStationInput =
  | HostEvent
  | VirtualStationCommand
  /** The engine has told the host that a connection is prepared: too late for properties (C32). */
  | EffectOf<'preAssociateCompletion'>
  | { readonly do: 'expired' }
  | {
      readonly do: 'answered';
      readonly to: VirtualStationCall['kind'];
      readonly adapter: AdapterHandle;
      readonly win32: number;
      readonly isVirtual: boolean;
    };

export type VirtualStationOutput =
  | { readonly do: 'call'; readonly call: VirtualStationCall }
  | { readonly do: 'setTimer'; readonly ms: number }
  | { readonly do: 'clearTimer' }
  | { readonly do: 'report'; readonly rule: string; readonly message: string };

/** An adapter of the host, and the connection being prepared on it. */
interface Known {
  readonly service: ServiceHandle;
  readonly connect?: ConnectHandle;
}

type Station =
  | { readonly phase: 'none' }
  | { readonly phase: 'requested'; readonly primary: AdapterHandle }
  | { readonly phase: 'present'; readonly primary?: AdapterHandle; readonly adapter: AdapterHandle };

/** One computer, and the one virtual station it can have. */
export interface VirtualStation {
  /** Whether the host has handed out the four functions (R243). */
  readonly isAvailable: boolean;
  readonly adapters: ReadonlyMap<AdapterHandle, Known>;
  readonly station: Station;
  readonly properties?: VirtualStationApProperty;
}

type StationStep = Step<VirtualStation, VirtualStationOutput>;

/** R240: a station that has not arrived by then is assumed not to come. */
export const ARRIVAL_TIMEOUT_MS = 120_000;

const NONE: Station = { phase: 'none' };

export const noVirtualStation: VirtualStation = { isAvailable: false, adapters: new Map(), station: NONE };

export const phaseOf = ({ isAvailable, station }: VirtualStation): VirtualStationPhase =>
  isAvailable ? station.phase : 'unavailable';

const report = (state: VirtualStation, rule: string, message: string): StationStep =>
  emit(state, { do: 'report', rule, message });

const ask = (state: VirtualStation, call: VirtualStationCall, ...more: ReadonlyArray<VirtualStationOutput>): StationStep =>
  emit<VirtualStation, VirtualStationOutput>(state, { do: 'call', call }, ...more);

const withAdapter = (state: VirtualStation, adapter: AdapterHandle, known: Known | undefined): VirtualStation => {
  const adapters = new Map(state.adapters);
  if (known === undefined) adapters.delete(adapter);
  else adapters.set(adapter, known);
  return { ...state, adapters };
};

/** Properties are given while the station's own connection is prepared, and at no other time (C32, R244). */
const giveProperties = (state: VirtualStation): StationStep => {
  const { station, properties } = state;
  if (station.phase !== 'present' || properties === undefined) return stay(state);
  const { adapter } = station;
  const known = state.adapters.get(adapter);
  if (known?.connect === undefined) return stay(state);
  const { service, connect } = known;
  return ask(state, { kind: 'setVirtualStationApProperties', adapter, service, connect, ...properties });
};

/** Any adapter may turn out to be the station, even one that arrives before the request for it has returned (R241). */
const arrive = (state: VirtualStation, { adapter, service }: Extract<HostEvent, { kind: 'initAdapter' }>): StationStep => {
  const moved = withAdapter(state, adapter, { service });
  if (!state.isAvailable || state.station.phase === 'present') return stay(moved);
  return ask(moved, { kind: 'queryVirtualStationProperties', adapter, service });
};

const leave = (state: VirtualStation, adapter: AdapterHandle): StationStep => {
  const left = withAdapter(state, adapter, undefined);
  const { station } = state;
  if (station.phase === 'present' && station.adapter === adapter) return stay({ ...left, station: NONE });
  if (station.phase === 'none' || station.primary !== adapter) return stay(left);
  if (station.phase === 'requested')
    return emit<VirtualStation, VirtualStationOutput>({ ...left, station: NONE }, { do: 'clearTimer' });
  return stay({ ...left, station: { phase: 'present', adapter: station.adapter } });
};

const request = (state: VirtualStation, adapter: AdapterHandle): StationStep => {
  const known = state.adapters.get(adapter);
  if (known === undefined) return report(state, 'R3', `no adapter has the handle ${adapter}`);
  if (state.station.phase !== 'none') return report(state, 'R240', 'a computer has at most one virtual station');
  const requested: VirtualStation = { ...state, station: { phase: 'requested', primary: adapter } };
  const { service } = known;
  // The timer first: the station may arrive from inside the call, and then it is not wanted any more.
  return emit<VirtualStation, VirtualStationOutput>(
    requested,
    { do: 'setTimer', ms: ARRIVAL_TIMEOUT_MS },
    { do: 'call', call: { kind: 'requestVirtualStation', adapter, service } },
  );
};

/** Only a hint to the host: the station is there until its adapter is gone (R242). */
const release = (state: VirtualStation): StationStep => {
  const { station } = state;
  const primary = station.phase === 'none' ? undefined : station.primary;
  const known = primary && state.adapters.get(primary);
  if (primary === undefined || known === undefined) return report(state, 'R242', 'no virtual station was asked for here');
  return ask(state, { kind: 'releaseVirtualStation', adapter: primary, service: known.service });
};

const setProperties = (state: VirtualStation, properties: VirtualStationApProperty): StationStep => {
  const written = writeVirtualStationApProperty(properties);
  return written._tag === 'Left'
    ? report(state, 'R244', `the properties are not accepted: ${written.left.message}`)
    : giveProperties({ ...state, properties });
};

const obey = (state: VirtualStation, command: VirtualStationCommand): StationStep => {
  if (!state.isAvailable) return report(state, 'R243', `${command.do}: the host has not offered virtual stations`);
  switch (command.do) {
    case 'request':
      return request(state, command.adapter);
    case 'release':
      return release(state);
    case 'setApProperties':
      return setProperties(state, command.properties);
  }
};

type Answered = Extract<VirtualStationInput, { do: 'answered' }>;

/** A success of the request proves nothing; only an adapter that says it is the station does (R240). */
const answered = (state: VirtualStation, { to, adapter, win32, isVirtual }: Answered): StationStep => {
  const { station } = state;
  if (to === 'requestVirtualStation' && win32 !== Win32.codes.ERROR_SUCCESS && station.phase === 'requested') {
    return emit<VirtualStation, VirtualStationOutput>({ ...state, station: NONE }, { do: 'clearTimer' });
  }
  const isArrival = to === 'queryVirtualStationProperties' && isVirtual && station.phase !== 'present';
  if (!isArrival || !state.adapters.has(adapter)) return stay(state);
  const primary = station.phase === 'requested' ? { primary: station.primary } : {};
  const present: VirtualStation = { ...state, station: { phase: 'present', adapter, ...primary } };
  return andThen(emit<VirtualStation, VirtualStationOutput>(present, { do: 'clearTimer' }), giveProperties);
};

const withoutConnect = (state: VirtualStation, adapter: AdapterHandle): StationStep => {
  const known = state.adapters.get(adapter);
  return known === undefined ? stay(state) : stay(withAdapter(state, adapter, { service: known.service }));
};

const expired = (state: VirtualStation): StationStep =>
  state.station.phase === 'requested'
    ? report({ ...state, station: NONE }, 'R240', 'no virtual station arrived within two minutes: there is none')
    : stay(state);

const happened = (state: VirtualStation, event: HostEvent | EffectOf<'preAssociateCompletion'>): StationStep => {
  switch (event.kind) {
    case 'initVirtualStation':
      return stay({ ...state, isAvailable: true });
    case 'initAdapter':
      return arrive(state, event);
    case 'performPreAssociate': {
      const known = state.adapters.get(event.adapter);
      if (known === undefined) return stay(state);
      return giveProperties(withAdapter(state, event.adapter, { service: known.service, connect: event.connect }));
    }
    case 'preAssociateCompletion':
    case 'adapterReset':
      return withoutConnect(state, event.adapter);
    case 'deinitAdapter':
      return leave(state, event.adapter);
    case 'deinitService':
      return emit<VirtualStation, VirtualStationOutput>(noVirtualStation, { do: 'clearTimer' });
    default:
      return stay(state);
  }
};

/** The virtual station of a computer, one input: what is known of it afterwards, and what is to be asked of the host. */
export const stepVirtualStation = (state: VirtualStation, input: VirtualStationInput): StationStep => {
  if ('kind' in input) return happened(state, input);
  switch (input.do) {
    case 'expired':
      return expired(state);
    case 'answered':
      return answered(state, input);
    default:
      return obey(state, input);
  }
};
