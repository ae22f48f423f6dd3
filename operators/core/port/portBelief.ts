import {
  type AdapterHandle,
  BROADCAST,
  type Effect,
  type Handler,
  type HostEvent,
  type MacAddress,
  type SessionHandle,
  Win32,
} from '../../../streams/events/index.js';
import { emit, type Step, stay } from '../Step.js';

/** What the host believes of one data port (R51): who governs access to it, and whether data may pass. */
export interface PortBelief {
  readonly adapter: AdapterHandle;
  readonly session: SessionHandle;
  readonly peer: MacAddress;
  readonly controlled: boolean;
  readonly state: 'unauthorised' | 'authorised' | 'deleted';
}

/** The ports an adapter has, one belief each: authorisation belongs to a session, never to the adapter (R59). */
export type PortBeliefs = ReadonlyArray<PortBelief>;

type BeliefStep = Step<PortBeliefs, PortBelief>;

const deleted = (port: PortBelief): PortBelief => ({ ...port, state: 'deleted' });

const without = (ports: PortBeliefs, leaves: (port: PortBelief) => boolean): BeliefStep => {
  const gone = ports.filter(leaves);
  return gone.length === 0
    ? stay(ports)
    : emit(
        ports.filter((port) => !leaves(port)),
        ...gone.map(deleted),
      );
};

/** R50: as the host sees the port when it asks. Whatever port was left behind is gone by then (R43). */
const opened = (ports: PortBeliefs, { adapter, session, portState }: Handler<'performPostAssociate'>): BeliefStep => {
  if (ports.some((port) => port.session === session)) return stay(ports);
  const { peer, controlled, authorized } = portState;
  const port: PortBelief = { adapter, session, peer, controlled, state: authorized ? 'authorised' : 'unauthorised' };
  return emit([port], ...ports.map(deleted), port);
};

/** R53, R54: the Win32 code decides, and a failure deletes nothing. */
const completed = (ports: PortBeliefs, { session, win32 }: Extract<Effect, { kind: 'postAssociateCompletion' }>): BeliefStep => {
  const state = win32 === Win32.codes.ERROR_SUCCESS ? 'authorised' : 'unauthorised';
  const port = ports.find((candidate) => candidate.session === session);
  if (port === undefined || port.state === state) return stay(ports);
  const changed: PortBelief = { ...port, state };
  return emit(
    ports.map((other) => (other === port ? changed : other)),
    changed,
  );
};

const everyPort = (): boolean => true;

/**
 * What one event or effect of an adapter changes in what the host believes of its ports.
 *
 * @since 0.1.0
 */
export const stepBelief = (ports: PortBeliefs, event: HostEvent | Effect): BeliefStep => {
  switch (event.kind) {
    case 'performPostAssociate':
      return opened(ports, event);
    case 'postAssociateCompletion':
      return completed(ports, event);
    case 'stopPostAssociate':
      return without(ports, ({ peer }) => peer === event.peer || event.peer === BROADCAST);
    case 'adapterReset':
    case 'deinitAdapter':
    case 'deinitService':
      return without(ports, everyPort);
    default:
      return stay(ports);
  }
};
