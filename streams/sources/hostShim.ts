import {
  type AdapterHandle,
  AssocStatus,
  BROADCAST,
  type Effect,
  type Handler,
  type HostEvent,
  type Indication,
  type MacAddress,
  type SessionHandle,
  Win32,
} from '../events/index.js';
import type { PortStateNotification } from '../frames/index.js';

/** Native 802.11 announces each association with a START; WDI has none, and ends a port by DISASSOCIATION alone (C38). */
export type IndicationFeed = 'ndis' | 'wdi';

/** What a host knows of one adapter from its indications. */
export interface HostShim {
  readonly feed: IndicationFeed;
  /** The peer of an association START whose COMPLETION has not come (R210). */
  readonly starting: MacAddress | undefined;
  /** The peer the one data port of the adapter is for. */
  readonly peer: MacAddress | undefined;
  /** The station lost its port and looks for another by itself, without a new pre-association (R214, R216). */
  readonly expectsRoam: boolean;
}

/** Said about a driver that breaks the protocol between it and its host. */
export interface ShimRemark {
  readonly rule: string;
  readonly message: string;
  readonly adapter: AdapterHandle;
}

/** What the host knows after an event, and which handlers it calls because of it. */
export interface ShimStep {
  readonly state: HostShim;
  readonly calls: ReadonlyArray<Handler<'stopPostAssociate' | 'performPostAssociate'>>;
  readonly remarks: ReadonlyArray<ShimRemark>;
}

type Of<K extends Indication['kind']> = Extract<Indication, { kind: K }>;

export const freshShim = (feed: IndicationFeed = 'ndis'): HostShim => ({
  feed,
  starting: undefined,
  peer: undefined,
  expectsRoam: false,
});

const step = (state: HostShim, ...calls: ShimStep['calls']): ShimStep => ({ state, calls, remarks: [] });

const remarked = (done: ShimStep, rule: string, adapter: AdapterHandle, message: string): ShimStep => ({
  ...done,
  remarks: [{ rule, message, adapter }, ...done.remarks],
});

/** The port goes, for a reason of the host's own (R211, R212) or the one the driver gave (R213). */
const stopped = ({ peer }: HostShim, adapter: AdapterHandle, status: number): ShimStep['calls'] =>
  peer === undefined ? [] : [{ kind: 'stopPostAssociate', adapter, peer, status }];

const { SUCCESS, DISASSOCIATED_BY_ROAMING, DISASSOCIATED_BY_OS } = AssocStatus.codes;

/** R211: an association that starts while a port exists leaves that port there and then. */
const started = (shim: HostShim, { adapter, peer }: Of<'associationStart'>): ShimStep => {
  const left = shim.peer === undefined ? shim : { ...shim, peer: undefined, expectsRoam: true };
  const done = step({ ...left, starting: peer }, ...stopped(shim, adapter, DISASSOCIATED_BY_ROAMING));
  if (shim.starting === undefined) return done;
  return remarked(done, 'R210', adapter, `an association with ${peer} starts before the one with ${shim.starting} is completed`);
};

const portCall = ({ adapter, association }: Of<'associationCompletion'>, session: number): Handler<'performPostAssociate'> => ({
  kind: 'performPostAssociate',
  adapter,
  session: `0x${session.toString(16)}` as SessionHandle,
  // R52: authorised from the beginning only when the driver has authenticated it already.
  portState: { peer: association.peer, sessionId: session, controlled: true, authorized: association.portAuthorized },
  association,
});

/** R30, R216: a port is created for a success, and for nothing else. */
const completed = (shim: HostShim, event: Of<'associationCompletion'>, session: number): ShimStep => {
  const { adapter, association } = event;
  const { peer, status } = association;
  if (shim.feed === 'ndis' && shim.starting !== peer) {
    return remarked(step(shim), 'R210', adapter, `an association with ${peer} was completed that had not started`);
  }
  const settled = { ...shim, starting: undefined };
  if (status !== SUCCESS) return step(settled);
  const before = stopped(shim, adapter, DISASSOCIATED_BY_ROAMING);
  return step({ ...settled, peer, expectsRoam: false }, ...before, portCall(event, session));
};

/** R213: of a peer that is associated, or of all; R214: after reason 7 nobody roams. */
const disassociated = (shim: HostShim, { adapter, peer, reason }: Of<'disassociation'>): ShimStep => {
  const gone: HostShim = { ...shim, peer: undefined, expectsRoam: reason !== DISASSOCIATED_BY_OS };
  if (shim.peer !== undefined && (peer === shim.peer || peer === BROADCAST)) return step(gone, ...stopped(shim, adapter, reason));
  if (peer === BROADCAST) return step(shim);
  return remarked(step(shim), 'R213', adapter, `a disassociation of ${peer}, which is not associated`);
};

/** The host ended the port by a call of its own. */
const endedBy = (shim: HostShim, event: HostEvent): HostShim => {
  switch (event.kind) {
    case 'stopPostAssociate':
      return event.peer === shim.peer || event.peer === BROADCAST ? { ...shim, peer: undefined } : shim;
    case 'adapterReset':
      return freshShim(shim.feed);
    default:
      return shim;
  }
};

/**
 * What a host does about one event of an adapter: the rules between miniport and operating system (contract section 13) as a
 * pure function. `session` is the number a port would get that is created now.
 *
 * @example
 * stepShim(freshShim('wdi'), { kind: 'associationCompletion', adapter, association }, 1).calls;
 * // [{ kind: 'performPostAssociate', session: '0x1', … }]
 *
 * @since 0.1.0
 */
export const stepShim = (shim: HostShim, event: HostEvent, session: number): ShimStep => {
  switch (event.kind) {
    case 'associationStart':
      return started(shim, event);
    case 'associationCompletion':
      return completed(shim, event, session);
    case 'disassociation':
      return disassociated(shim, event);
    default:
      return step(endedBy(shim, event));
  }
};

/**
 * What the host tells the miniport about an effect: the port of a success is open. There is no such word at the end of a
 * port, because the miniport has closed it itself (R57).
 *
 * @since 0.1.0
 */
export const portNotification = (effect: Effect): PortStateNotification | undefined =>
  effect.kind === 'postAssociateCompletion' && effect.win32 === Win32.codes.ERROR_SUCCESS
    ? { peer: effect.peer, open: true }
    : undefined;
