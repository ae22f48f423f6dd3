import type { AirEvent, Mac48, Mark, Speaker } from '../../../../streams/air/index.js';
import { mac48Of, peerOf, UNTOLD } from '../addresses.js';
import { type Saying, toldOf } from '../told.js';
import type { AssociationDraft } from './associationDraft.js';
import type { AuthenticationDraft } from './authenticationDraft.js';

/** What is known of one interface of a supplicant while its log is read. */
export interface StationInterface {
  own?: Mac48 | undefined;
  /** Whom it is associated with, or means to be. */
  peer?: Mac48 | undefined;
  ssid?: Uint8Array | undefined;
  /** Whom the next dump comes from or goes to, by the line before it. */
  spokenTo?: Mac48 | undefined;
  association?: AssociationDraft | undefined;
  authentication?: AuthenticationDraft | undefined;
  /** The elements it last asked for an association with. */
  asked?: Uint8Array | undefined;
  isKeyed: boolean;
  /** The driver showed how its last authentication was answered. */
  hasAnswer: boolean;
  /** Elements by what the log calls them: those of the access point, and the station's own. */
  readonly elements: Map<string, Uint8Array>;
  /** Of an EAPOL packet that is shown twice, by who received it and by who reads it. */
  lastReceived?: Uint8Array | undefined;
  /** The kind of event the driver announced, whose frame comes next. */
  driverEvent?: string | undefined;
  isDisassociation: boolean;
  /** The frame that ended the association was shown, so that the line that tells of it need not stand in for it. */
  hasFarewell: boolean;
  /** Events whose addresses the log has not told yet. */
  readonly waiting: AirEvent[];
  readonly tell: (event: AirEvent) => void;
}

export const createInterface = (tell: (event: AirEvent) => void): StationInterface => ({
  elements: new Map(),
  isKeyed: false,
  hasAnswer: false,
  isDisassociation: false,
  hasFarewell: false,
  waiting: [],
  tell,
});

const MOST_WAITING = 64;

type Addressed = Exclude<AirEvent, { kind: 'announcement' | 'lost' }>;

const isAddressed = (event: AirEvent): event is Addressed => event.kind !== 'announcement' && event.kind !== 'lost';
const isOpen = (event: AirEvent): boolean => isAddressed(event) && (event.station === UNTOLD || event.ap === UNTOLD);

/** Tells what waited, with the addresses as far as they are known now. */
export const release = (state: StationInterface): void => {
  for (const event of state.waiting.splice(0)) {
    if (isAddressed(event)) {
      const station = event.station === UNTOLD ? (state.own ?? UNTOLD) : event.station;
      const ap = event.ap === UNTOLD ? (state.peer ?? UNTOLD) : event.ap;
      state.tell({ ...event, station, ap });
    } else state.tell(event);
  }
};

/** Tells an event, or keeps it until its addresses are known. */
export const emit = (state: StationInterface, event: AirEvent): void => {
  if (state.waiting.length === 0 && !isOpen(event)) {
    state.tell(event);
    return;
  }
  state.waiting.push(event);
  if (state.waiting.length >= MOST_WAITING) release(state);
};

/** Learns whom it is about, and lets go what waited for that. */
export const meet = (
  state: StationInterface,
  addresses: { readonly own?: string | undefined; readonly peer?: string | undefined },
): void => {
  state.own = mac48Of(addresses.own) ?? state.own;
  state.peer = peerOf(addresses.peer) ?? state.peer;
  if (state.own !== undefined && state.peer !== undefined && state.waiting.length > 0) release(state);
};

export const pairOf = (state: StationInterface, ap: Mac48 | undefined = state.peer) => ({
  station: state.own ?? UNTOLD,
  ap: ap ?? UNTOLD,
});

export const say = (state: StationInterface, mark: Mark, saying: Saying, ap?: Mac48): void =>
  emit(state, toldOf(mark, { ...pairOf(state, ap), ssid: state.ssid }, saying));

export const hear = (state: StationInterface, { frame, time }: Mark, from: Speaker, packet: Uint8Array): void => {
  const pair = pairOf(state, state.spokenTo);
  emit(state, { kind: 'eapol', frame, time, ...pair, from, packet, isProtected: false, medium: 'log' });
};
