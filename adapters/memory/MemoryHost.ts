import type { Subscription } from 'rxjs';
import type { PortBelief } from '../../operators/core/index.js';
import {
  type AssociationCompletion,
  AssocStatus,
  type ConnectHandle,
  EtherType,
  type Guid,
  type Handler,
  type IhvProfile,
  type Indication,
  type MacAddress,
  OneXResult,
  Secret,
  SessionEvent,
  ZERO_MAC,
} from '../../streams/events/index.js';
import { driving, type SecretSource, type Sink } from '../../streams/sources/index.js';
import type { Arrival } from './BackLog.js';
import { carryOut } from './carryOut.js';
import { HostState } from './HostState.js';
import type { MemoryAdapter } from './MemoryAdapter.js';
import type { ReceivedFrame } from './receiveFilter.js';
import { type AdapterDescription, deinitAdapter, initAdapter, resetAdapter } from './script/adapters.js';
import { associate, disassociate, roam } from './script/associate.js';
import { indicate } from './script/indicate.js';
import { receive } from './script/receive.js';
import { completeSend } from './script/sends.js';
import { changeSession, deinitService, initService } from './script/service.js';
import { type EngineDoor, type MemoryHostOptions, World } from './World.js';

/** Where and why a disassociation is indicated: by default of the peer that is associated, by a deauthentication. */
export interface Leaving {
  readonly peer?: MacAddress;
  readonly reason?: number;
}

/** DEAUTHENTICATED, with the 802.11 reason "sending station is leaving". */
const PEER_LEFT = 0x10003;

const anyProfile: IhvProfile = { security: Secret.of(new Uint8Array(0)), useMsOneX: true };

/**
 * An operating system and its miniports, in memory: it carries out what an engine wants done, keeps what they would keep, and
 * is scripted by whoever tests or demonstrates an engine. Where a method names no adapter it means the first one alive.
 *
 * @since 0.1.0
 */
export class MemoryHost extends HostState {
  /** Accepts effects and answers them; `connect` plugs it in. */
  readonly sink: Sink;
  /** Answers `want: 'pmk'` from the PMKs it remembers, and nothing else. */
  readonly secrets: SecretSource;

  constructor(options: MemoryHostOptions) {
    super(new World(options));
    this.sink = carryOut(this.world, this);
    this.secrets = this.world.pmks.secrets;
  }

  /** Carries out an engine's effects, and calls its handlers from now on. */
  connect(engine: EngineDoor): Subscription {
    this.world.door = engine;
    return engine.effects$.subscribe(driving(this.sink, engine.offer));
  }

  initService(): number {
    return initService(this.world);
  }

  initAdapter(about: AdapterDescription = {}): MemoryAdapter {
    return initAdapter(this.world, about);
  }

  preAssociate(profile: IhvProfile = anyProfile, adapter: MemoryAdapter = this.adapter): number {
    const connect = this.world.freshHandle() as ConnectHandle;
    const call = { kind: 'performPreAssociate' as const, adapter: adapter.handle };
    adapter.connect = connect;
    adapter.mayRegister = true;
    adapter.profile = profile.security.copy();
    return this.world.call(call, (handlers) => handlers.performPreAssociate({ adapter: adapter.handle, connect, profile }));
  }

  /** Associates, by default with a WPA2-PSK network; the answer is the port that was opened, if one was. */
  associate(
    peer: MacAddress,
    changes: Partial<AssociationCompletion> = {},
    adapter: MemoryAdapter = this.adapter,
  ): PortBelief | undefined {
    associate(this.world, adapter, peer, changes);
    return adapter.ports.find((port) => port.peer === peer);
  }

  roam(
    peer: MacAddress,
    changes: Partial<AssociationCompletion> = {},
    adapter: MemoryAdapter = this.adapter,
  ): PortBelief | undefined {
    roam(this.world, adapter, peer, changes);
    return adapter.ports.find((port) => port.peer === peer);
  }

  disassociate(leaving: Leaving = {}, adapter: MemoryAdapter = this.adapter): void {
    const { peer = adapter.ports[0]?.peer ?? ZERO_MAC, reason = PEER_LEFT } = leaving;
    disassociate(this.world, adapter, peer, reason);
  }

  /** The user disconnects: a disassociation nobody roams after, and a reset (R150, R214). */
  disconnect(adapter: MemoryAdapter = this.adapter): void {
    if (adapter.ports.length > 0) this.disassociate({ reason: AssocStatus.codes.DISASSOCIATED_BY_OS }, adapter);
    this.reset(adapter);
  }

  /** Anything else the miniport has to say. */
  indicate(indication: Indication, adapter: MemoryAdapter = this.adapter): void {
    indicate(this.world, adapter, indication);
  }

  reset(adapter: MemoryAdapter = this.adapter): void {
    resetAdapter(this.world, adapter);
  }

  /** Removes an adapter; `stopsFirst` is how a host usually does it (R161, C3). */
  deinit(adapter: MemoryAdapter = this.adapter, stopsFirst = true): void {
    deinitAdapter(this.world, adapter, stopsFirst);
  }

  deinitService(): void {
    deinitService(this.world);
  }

  /** A frame off the air: by default unprotected EAPOL of the peer that is associated. */
  packetFromPeer(
    payload: Uint8Array,
    frame: Partial<Omit<ReceivedFrame, 'payload'>> = {},
    adapter: MemoryAdapter = this.adapter,
  ): Arrival {
    const peer = adapter.ports[0]?.peer ?? ZERO_MAC;
    return receive(adapter, {
      peer,
      etherType: EtherType.codes.EAPOL,
      protected: false,
      multicast: false,
      ...frame,
      payload,
    });
  }

  /** Gives back the buffers of all packets that are out. */
  completeSends(): void {
    for (const packet of this.outstandingSends) completeSend(this.world, packet);
  }

  /** The 802.1X module reports; after a terminal result it does not run any more (R110). */
  oneXResult(
    result: number,
    parameters?: Handler<'oneXIndicateResult'>['parameters'],
    adapter: MemoryAdapter = this.adapter,
  ): void {
    const { handle } = adapter;
    if (result !== OneXResult.codes.IN_PROGRESS) adapter.oneX = undefined;
    this.world.call({ kind: 'oneXIndicateResult', adapter: handle }, ({ oneXIndicateResult }) =>
      oneXIndicateResult({ adapter: handle, result, ...(parameters && { parameters }) }),
    );
  }

  userAnswers(request: Guid, response: Secret): void {
    this.world.cancelRequests((_, guid) => guid === request);
    this.world.call({ kind: 'processUIResponse' }, ({ processUIResponse }) => processUIResponse({ request, response }));
  }

  sessionChange(event: number, userSession: number): void {
    changeSession(this.world, event, userSession);
  }

  logoff(userSession: number): void {
    this.sessionChange(SessionEvent.codes.LOGOFF, userSession);
  }
}

/**
 * A host to test or show an engine on.
 *
 * @example
 * const clock = new LogicalClock();
 * const engine = createEngine({ methods, scheduler: clock, turns: clock });
 * const host = createMemoryHost({ scheduler: clock, faults: [failing('setDefaultKey', 31)] });
 * host.connect(engine);
 * host.initService();
 * host.initAdapter();
 * host.associate(accessPoint);
 *
 * @since 0.1.0
 */
export const createMemoryHost = (options: MemoryHostOptions): MemoryHost => new MemoryHost(options);
