import {
  type AdapterHandle,
  type ApiCall,
  BROADCAST,
  Cipher,
  type EffectOf,
  type HostEvent,
  type MacAddress,
  toHex,
} from '../../../streams/events/index.js';
import { LINK_APS } from '../../support/extendedMethod.js';
import { symbolOf } from '../../support/symbolicMethod.js';
import { isPerform } from './cast.js';

/** One handler that has been entered and has not returned. */
interface Frame {
  readonly event: HostEvent;
}

/** What the contract knows of a port. */
interface Port {
  readonly adapter: AdapterHandle;
  readonly peer: MacAddress;
  readonly session: string;
  readonly needsKey: boolean;
  readonly performed: Frame;
  generation?: number;
  endedBy?: Frame;
  told: 'nothing' | 'authorised' | 'unauthorised';
  /** `unsure` when nobody can tell: a result that may be of this run or of the one whose stop has not returned. */
  oneX: 'idle' | 'starting' | 'started' | 'over' | 'unsure';
  /** A result came before the start returned: it counts from then on. */
  hasEarlyResult: boolean;
  sentFourth: boolean;
  sawPairwise: boolean;
  acceptedPairwise: boolean;
  readonly installed: Set<string>;
  /** The pairwise keys that were accepted under an id. */
  readonly pairwiseIds: Set<number>;
}

interface Packet {
  /** The call that sent it: one that fails gives the buffer back (R74). */
  readonly call: number;
  readonly port: Port;
  readonly payload: Uint8Array;
  readonly copy: string;
}

type KeyCall = EffectOf<'setKeyMappingKey' | 'setDefaultKey'>;

/** What must not go in again: a key, in its place, for its link. */
const rendered = (effect: KeyCall): string => {
  const place = effect.kind === 'setKeyMappingKey' ? 'pairwise' : `${Math.max(1, effect.keyIndex >> 1)} of link ${effect.link}`;
  return `${effect.kind} ${place} ${toHex(effect.material.key.reveal())}`;
};

const isRunning = ({ oneX }: Port): boolean => oneX === 'starting' || oneX === 'started';

/** Judges what it sees by the contract, knowing nothing of how the engine works. Every breach is a sentence. */
export class Monitor {
  readonly breaches: string[] = [];
  readonly packets = new Map<number, Packet>();
  readonly everSent = new Set<number>();
  readonly #alive = new Set<AdapterHandle>();
  readonly #current = new Map<AdapterHandle, Port>();
  readonly #ports: Port[] = [];
  readonly #stack: Frame[] = [];
  readonly #keyCalls = new Map<number, { readonly port: Port; readonly effect: ApiCall }>();
  readonly #connections = new Set<string>();
  readonly #stops = new Map<number, AdapterHandle>();
  readonly #starts = new Map<number, Port>();
  #results: Port[] = [];

  isAlive(adapter: AdapterHandle): boolean {
    return this.#alive.has(adapter);
  }

  liveSession(adapter: AdapterHandle): string | undefined {
    return this.#current.get(adapter)?.session;
  }

  /** The host enters a handler, or the sink answers. */
  enter(event: HostEvent, symbol: string): void {
    const frame = { event };
    this.#stack.push(frame);
    switch (event.kind) {
      case 'initAdapter':
        this.#alive.add(event.adapter);
        break;
      case 'performPostAssociate':
        if (this.#alive.has(event.adapter) && isPerform(symbol)) this.#open(event, frame);
        break;
      case 'performPreAssociate':
        if (this.#alive.has(event.adapter)) this.#connections.add(event.connect);
        break;
      case 'stopPostAssociate': {
        const port = this.#current.get(event.adapter);
        if (port !== undefined && (port.peer === event.peer || event.peer === BROADCAST)) this.#end(port, frame);
        break;
      }
      case 'adapterReset':
      case 'deinitAdapter': {
        const port = this.#current.get(event.adapter);
        if (port !== undefined) this.#end(port, frame);
        if (event.kind === 'deinitAdapter') this.#forget(event.adapter);
        break;
      }
      case 'deinitService':
        for (const port of [...this.#current.values()]) this.#end(port, frame);
        for (const adapter of [...this.#alive]) this.#forget(adapter);
        break;
      case 'oneXIndicateResult': {
        const port = this.#current.get(event.adapter);
        if (event.result === 2 || port === undefined) break;
        if (port.oneX === 'started') this.#results.push(port);
        if (port.oneX === 'starting' && this.#isStopping(event.adapter)) port.oneX = 'unsure';
        if (port.oneX === 'starting') port.hasEarlyResult = true;
        break;
      }
      case 'sendPacketCompletion':
        this.#sent(event.packet);
        break;
      case 'reply':
        this.#answered(event);
        break;
    }
  }

  leave(): void {
    this.#stack.pop();
  }

  /** Whatever waited its turn has been worked on by now, results of 802.1X among it. */
  settle(): void {
    for (const port of this.#results) if (port.oneX === 'started') port.oneX = 'over';
    this.#results = [];
  }

  /** A call of the engine. */
  see(effect: ApiCall): void {
    if (effect.kind === 'freeBuffer') return;
    if (effect.adapter !== undefined && !this.#alive.has(effect.adapter)) this.#breach('R7, R160', effect);
    if ('generation' in effect && effect.generation !== undefined) this.#portCall(effect, effect.generation);
    else this.#adapterCall(effect);
  }

  /** Send buffers the engine has let go of too early (P5). */
  checkBuffers(isHeld: (packet: number) => boolean): void {
    for (const [packet, { payload, copy }] of this.packets) {
      if (!isHeld(packet)) this.breaches.push(`R70: the buffer of packet ${packet} was released before its completion`);
      if (toHex(payload) !== copy) this.breaches.push(`R70: the buffer of packet ${packet} was changed before its completion`);
    }
  }

  #breach(rule: string, effect: ApiCall): void {
    this.breaches.push(`${rule}: ${effect.kind} (call ${effect.call})`);
  }

  #open({ adapter, session, portState, association }: Extract<HostEvent, { kind: 'performPostAssociate' }>, frame: Frame): void {
    const old = this.#current.get(adapter);
    if (old !== undefined) this.#end(old, frame);
    const port: Port = {
      adapter,
      session,
      peer: portState.peer,
      needsKey:
        association.unicastCipher === Cipher.codes.CCMP_256 ||
        (association.unicastCipher === Cipher.codes.CCMP && association.authAlgorithm !== 10),
      performed: frame,
      told: 'nothing',
      oneX: 'idle',
      hasEarlyResult: false,
      sentFourth: false,
      sawPairwise: false,
      acceptedPairwise: false,
      installed: new Set(),
      pairwiseIds: new Set(),
    };
    this.#current.set(adapter, port);
    this.#ports.push(port);
  }

  #end(port: Port, frame: Frame): void {
    port.endedBy = frame;
    this.#current.delete(port.adapter);
  }

  #forget(adapter: AdapterHandle): void {
    this.#alive.delete(adapter);
    for (const [number, packet] of this.packets) if (packet.port.adapter === adapter) this.packets.delete(number);
  }

  #answered({ call, win32 }: Extract<HostEvent, { kind: 'reply' }>): void {
    const key = this.#keyCalls.get(call);
    this.#keyCalls.delete(call);
    if (key !== undefined && win32 === 0) this.#accepted(key.port, key.effect);
    if (win32 !== 0) for (const [number, packet] of this.packets) if (packet.call === call) this.packets.delete(number);
    this.#stops.delete(call);
    const started = this.#starts.get(call);
    this.#starts.delete(call);
    if (started?.oneX !== 'starting') return;
    started.oneX = 'started';
    if (win32 !== 0 || started.hasEarlyResult) this.#results.push(started);
  }

  #sent(number: number): void {
    const packet = this.packets.get(number);
    if (packet !== undefined && symbolOf(packet.payload) === '4') packet.port.sentFourth = true;
    this.packets.delete(number);
  }

  #isStopping(adapter: AdapterHandle): boolean {
    return [...this.#stops.values()].includes(adapter);
  }

  #accepted(port: Port, effect: ApiCall): void {
    if (effect.kind === 'setKeyMappingKey') port.acceptedPairwise = true;
    if ('material' in effect) port.installed.add(rendered(effect));
    if (effect.kind === 'setKeyMappingKey' && effect.keyId !== undefined) port.pairwiseIds.add(effect.keyId);
  }

  /** A generation belongs to one session from the first call that carries it on. */
  #portOf(effect: ApiCall, generation: number): Port | undefined {
    const known = this.#ports.find((port) => port.generation === generation);
    if (known !== undefined || !('session' in effect)) return known;
    const { adapter, session } = effect;
    const port = this.#ports.findLast((one) => one.adapter === adapter && one.session === session);
    if (port === undefined || port.generation !== undefined) return undefined;
    port.generation = generation;
    return port;
  }

  #portCall(effect: ApiCall, generation: number): void {
    const port = this.#portOf(effect, generation);
    if (port === undefined) {
      this.#breach('R199', effect);
      return;
    }
    if ('session' in effect && effect.session !== port.session) this.#breach('R31', effect);
    const isOver = port.endedBy !== undefined && !this.#isParting(port, port.endedBy, effect);
    if (isOver) this.#breach('R137, R177, R193', effect);
    else this.#judge(port, effect);
  }

  /** R117, R151: what may be said inside the handler that ends a port. */
  #isParting(port: Port, endedBy: Frame, effect: ApiCall): boolean {
    if (!this.#stack.includes(endedBy)) return false;
    const { kind } = endedBy.event;
    if (effect.kind === 'stopOneX') return kind !== 'deinitAdapter' && kind !== 'deinitService';
    return (
      kind === 'adapterReset' && effect.kind === 'postAssociateCompletion' && effect.win32 === 1223 && port.told === 'nothing'
    );
  }

  #judge(port: Port, effect: ApiCall): void {
    switch (effect.kind) {
      case 'postAssociateCompletion':
        this.#completes(port, effect);
        break;
      case 'setKeyMappingKey':
      case 'setDefaultKey':
        this.#downloads(port, effect);
        break;
      case 'setDefaultKeyId':
        if (effect.keyIndex > 3) this.#breach('R122', effect);
        return;
      case 'setPairwiseTransmitKey':
        if (!port.pairwiseIds.has(effect.keyId)) this.#breach('R133', effect);
        if (!port.sentFourth) this.#breach('R134', effect);
        return;
      case 'startOneX':
        if (isRunning(port) && !this.#results.includes(port)) this.#breach('R101', effect);
        port.oneX = 'starting';
        port.hasEarlyResult = false;
        this.#results = this.#results.filter((other) => other !== port);
        this.#starts.set(effect.call, port);
        return;
      case 'stopOneX':
        if (port.oneX === 'idle' || port.oneX === 'over') this.#breach('R116', effect);
        port.oneX = 'over';
        this.#stops.set(effect.call, port.adapter);
        return;
      case 'processOneXPacket':
        if (port.oneX !== 'started' && port.oneX !== 'unsure') this.#breach('R108', effect);
        if (effect.packet[0] === 3) this.#breach('R105', effect);
        return;
      case 'sendPacket':
        this.#sends(port, effect);
        break;
    }
  }

  #completes(port: Port, effect: EffectOf<'postAssociateCompletion'>): void {
    const { reason, win32, peer } = effect;
    const isSuccess = win32 === 0;
    const isIhv = reason >= 0x90000 && reason <= 0x9ffff;
    if (isSuccess ? reason !== 0 && !isIhv : reason === 0) this.#breach('R171, R172', effect);
    if (peer !== port.peer) this.#breach('R170', effect);
    if (win32 === 1223 && port.endedBy?.event.kind !== 'adapterReset') this.#breach('R173', effect);
    if (this.#stack.includes(port.performed) && win32 !== 1223) this.#breach('R37', effect);
    if (isSuccess && port.needsKey && !port.acceptedPairwise) this.#breach('R58', effect);
    const told = isSuccess ? 'authorised' : 'unauthorised';
    if (port.told === told) this.#breach('R176', effect);
    port.told = told;
  }

  #downloads(port: Port, effect: KeyCall): void {
    if (effect.kind === 'setDefaultKey') {
      if (effect.direction === 2) this.#breach('R121', effect);
      if (effect.keyIndex > 7 || (effect.keyIndex > 3 && effect.material.form !== 'bip')) this.#breach('R123', effect);
      if (effect.peer !== (effect.link === undefined ? port.peer : LINK_APS[effect.link])) this.#breach('R128', effect);
      if (!port.sawPairwise) this.#breach('R133', effect);
    } else if (!port.sentFourth && effect.keyId === undefined) this.#breach('R134', effect);
    if (effect.kind === 'setKeyMappingKey') port.sawPairwise = true;
    if (port.installed.has(rendered(effect))) this.#breach('R135', effect);
    if (effect.delete || effect.static) this.#breach('R130, R138', effect);
    this.#keyCalls.set(effect.call, { port, effect });
  }

  #sends(port: Port, effect: EffectOf<'sendPacket'>): void {
    if (this.everSent.has(effect.packet)) this.#breach('R71', effect);
    if (effect.peer !== port.peer) this.#breach('R75', effect);
    this.everSent.add(effect.packet);
    this.packets.set(effect.packet, {
      call: effect.call,
      port,
      payload: effect.payload,
      copy: toHex(effect.payload),
    });
  }

  #isInside(kind: HostEvent['kind'], adapter: AdapterHandle): boolean {
    return this.#stack.some(({ event }) => event.kind === kind && 'adapter' in event && event.adapter === adapter);
  }

  #adapterCall(effect: ApiCall): void {
    if (effect.kind === 'setEtherTypeHandling') {
      const { adapter } = effect;
      if (!this.#isInside('initAdapter', adapter) && !this.#isInside('adapterReset', adapter)) this.#breach('C13', effect);
    }
    if (effect.kind === 'preAssociateCompletion') this.#completesConnection(effect);
  }

  /** R20: once, and never from inside the call it answers; R25: the handle is dead afterwards. */
  #completesConnection(effect: EffectOf<'preAssociateCompletion'>): void {
    const { connect, win32 } = effect;
    // A host that prepares the next connection from inside has left this one, and is told so then and there.
    const asking = this.#stack.findLast(({ event }) => event.kind === 'performPreAssociate')?.event;
    const isInside = asking?.kind === 'performPreAssociate' && asking.connect === connect;
    if (win32 !== 1223 && isInside) this.#breach('R20', effect);
    if (!this.#connections.delete(connect)) this.#breach('R20, R25', effect);
    if ((win32 === 0) !== (effect.reason === 0)) this.#breach('R172', effect);
  }
}
