import type { AdapterHandle, BufferHandle, EffectName, Guid, Secret } from '../../../streams/events/index.js';

/** Who made something that is still out there. Generation 0 is the adapter itself, any other one of its ports. */
export interface Owner {
  readonly adapter: AdapterHandle;
  readonly generation: number;
}

export interface PendingCall extends Owner {
  readonly to: EffectName;
  readonly tag: string;
  /** The packet a `sendPacket` call was about: a call that failed releases it at once (R74). */
  readonly packet?: number;
  /** The question a `sendUIRequest` call was about, for the same reason. */
  readonly request?: Guid;
}

/** A sent packet keeps its buffer until the completion comes, even when its port does not live that long (R70, R81). */
export interface PendingPacket extends Owner {
  readonly tag: string;
  readonly buffer: Uint8Array;
}

export interface PendingRequest extends Owner {
  readonly userSession: number;
  readonly data: Secret;
}

/** What is still out: all zero when everything was given back. */
export interface Outstanding {
  readonly ports: number;
  readonly calls: number;
  readonly packets: number;
  readonly uiRequests: number;
  readonly buffers: number;
  readonly timers: number;
}

/**
 * The books of one engine: numbers that must be unique over all its adapters (R71), and what is owed back under them.
 * Handlers such as a send completion carry nothing but such a number; here is whose it is.
 */
export class Ledger {
  readonly calls = new Map<number, PendingCall>();
  readonly packets = new Map<number, PendingPacket>();
  readonly uiRequests = new Map<Guid, PendingRequest>();
  readonly buffers = new Map<BufferHandle, AdapterHandle>();
  /** Ports that have not ended: the effects of any other are stale (R260). */
  readonly live = new Set<number>();
  timers = 0;
  /** How many stale effects the guard stopped; zero in ordinary runs. */
  stale = 0;
  #calls = 0;
  #packets = 0;
  #generations = 0;

  openGeneration(): number {
    const generation = ++this.#generations;
    this.live.add(generation);
    return generation;
  }

  openCall(pending: PendingCall): number {
    const call = ++this.#calls;
    this.calls.set(call, pending);
    return call;
  }

  openPacket(pending: PendingPacket): number {
    const packet = ++this.#packets;
    this.packets.set(packet, pending);
    return packet;
  }

  /** R232: a request whose port has ended waits for its answer only to be dropped (R234). */
  isPending(request: Guid): boolean {
    const pending = this.uiRequests.get(request);
    return pending !== undefined && this.live.has(pending.generation);
  }

  /** Everything an adapter still had out, but for its buffers: those are given back by `freeBuffer` calls (R8). */
  closeAdapter(adapter: AdapterHandle): ReadonlyArray<BufferHandle> {
    const isIts = (owner: Owner) => owner.adapter === adapter;
    for (const [call, owner] of this.calls) if (isIts(owner)) this.calls.delete(call);
    for (const [packet, owner] of this.packets) if (isIts(owner)) this.packets.delete(packet);
    this.forgetRequests(isIts);
    const held = [...this.buffers].filter(([, owner]) => owner === adapter).map(([buffer]) => buffer);
    for (const buffer of held) this.buffers.delete(buffer);
    return held;
  }

  /** Whether the 802.1X module of an adapter has been told to stop and has not returned yet. */
  isStoppingOneX(adapter: AdapterHandle): boolean {
    for (const call of this.calls.values()) if (call.to === 'stopOneX' && call.adapter === adapter) return true;
    return false;
  }

  /** A question that was answered, or never asked: its memory is free again (R231). */
  closeRequest(request: Guid): PendingRequest | undefined {
    const pending = this.uiRequests.get(request);
    pending?.data.zeroise();
    this.uiRequests.delete(request);
    return pending;
  }

  /** UI requests that the host, or a user leaving, has cancelled (R154, R162, R221). */
  forgetRequests(cancelled: (request: PendingRequest) => boolean): ReadonlyArray<PendingRequest> {
    const gone = [...this.uiRequests].filter(([, request]) => cancelled(request));
    for (const [guid, { data }] of gone) {
      data.zeroise();
      this.uiRequests.delete(guid);
    }
    return gone.map(([, request]) => request);
  }

  outstanding(): Outstanding {
    const { calls, packets, uiRequests, buffers, live, timers } = this;
    return {
      ports: live.size,
      calls: calls.size,
      packets: packets.size,
      uiRequests: uiRequests.size,
      buffers: buffers.size,
      timers,
    };
  }
}
