import { type PortBelief, type PortBeliefs, stepBelief } from '../../operators/core/index.js';
import type {
  AdapterHandle,
  ConnectHandle,
  Effect,
  EffectOf,
  Guid,
  HostEvent,
  MacAddress,
  Secret,
  ServiceHandle,
  SessionHandle,
} from '../../streams/events/index.js';
import type { PortStateNotification } from '../../streams/frames/index.js';
import { BackLog } from './BackLog.js';
import { KeyTable } from './KeyTable.js';
import { closedFilter, type Dropped, type ReceivedFrame, type ReceiveFilter } from './receiveFilter.js';

/** A packet on the air, copied when it was sent. */
export interface SentPacket {
  readonly peer: MacAddress;
  readonly etherType: number;
  readonly payload: Uint8Array;
}

/** The algorithms enabled by pre-association (R21). */
export interface EnabledAlgorithms {
  readonly authAlgorithm?: number;
  readonly unicastCipher?: number;
  readonly multicastCipher?: number;
}

/** What an adapter was made for, and by which handles it is known on either side (R3). */
export interface AdapterIdentity {
  readonly handle: AdapterHandle;
  readonly service: ServiceHandle;
  readonly interface: Guid;
  readonly isVirtual: boolean;
}

/** One adapter of the model: what the host and the miniport hold for it, and what went out through it. */
export class MemoryAdapter {
  readonly identity: AdapterIdentity;
  readonly keys = new KeyTable();
  readonly backLog: BackLog;

  /** From the entry of `deinitAdapter` on its handles are dead (R7). */
  isAlive = true;
  /** The pre-association operation that is not completed. */
  connect: ConnectHandle | undefined;
  /** C13: from init until pre-association completes, and again in each reset. */
  mayRegister = true;
  algorithms: EnabledAlgorithms = {};
  /** The profile of the connection, as the host or the engine last set it. */
  profile: Secret | undefined;
  userData: Secret | undefined;
  filter: ReceiveFilter = closedFilter;
  /** The host's ports: one belief for each session (R50-R59). */
  ports: PortBeliefs = [];
  /** Operations whose first completion has not come. */
  readonly pending = new Set<SessionHandle>();
  /** The session 802.1X runs for. */
  oneX: SessionHandle | undefined;

  readonly sent: SentPacket[] = [];
  readonly oneXPackets: Uint8Array[] = [];
  readonly completions: EffectOf<'postAssociateCompletion'>[] = [];
  readonly preCompletions: EffectOf<'preAssociateCompletion'>[] = [];
  readonly notifications: Pick<EffectOf<'sendNotification'>, 'code' | 'data'>[] = [];
  /** What the host told the miniport (R57). */
  readonly portNotifications: PortStateNotification[] = [];
  readonly dropped: (Dropped & { readonly frame: ReceivedFrame })[] = [];

  constructor(identity: AdapterIdentity, deliver: (frame: ReceivedFrame) => void) {
    this.identity = identity;
    this.backLog = new BackLog(deliver, (frame, dropped) => this.drop(frame, dropped));
  }

  get handle(): AdapterHandle {
    return this.identity.handle;
  }

  port(session: SessionHandle): PortBelief | undefined {
    return this.ports.find((port) => port.session === session);
  }

  /** What an event or effect changes in the ports. */
  see(event: HostEvent | Effect): void {
    const { state } = stepBelief(this.ports, event);
    this.ports = state;
    for (const session of this.pending) if (this.port(session) === undefined) this.pending.delete(session);
    if (this.oneX !== undefined && this.port(this.oneX) === undefined) this.oneX = undefined;
  }

  drop(frame: ReceivedFrame, dropped: Dropped): void {
    this.dropped.push({ ...dropped, frame });
  }

  /** R66: both lists are empty before the reset handler is called. R147, R155: the miniport's own reset takes keys and filter. */
  clearForReset(): void {
    this.filter = closedFilter;
    this.backLog.clear();
    this.keys.clear();
    this.mayRegister = true;
  }
}
