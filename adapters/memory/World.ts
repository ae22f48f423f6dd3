import type { Observable, SchedulerLike } from 'rxjs';
import type {
  AdapterHandle,
  ApiCall,
  BufferHandle,
  Effect,
  Guid,
  HandlerName,
  HostEvent,
  Secret,
} from '../../streams/events/index.js';
import { type Handlers, HostShims, type IndicationFeed, type PmkStore, pmkStore } from '../../streams/sources/index.js';
import type { Fault } from './fault.js';
import type { MemoryAdapter } from './MemoryAdapter.js';

export interface MemoryHostOptions {
  /** All time there is. */
  readonly scheduler: SchedulerLike;
  readonly faults?: ReadonlyArray<Fault>;
  /** When the buffer of a sent packet comes back: a little later, inside the call, or when `completeSends` is called. */
  readonly sendCompletions?: 'later' | 'within' | 'byHand';
  /** How much later, in milliseconds. */
  readonly sendDelay?: number;
  readonly feed?: IndicationFeed;
  readonly firstSession?: number;
  /** The vendor's NIC extension; without it the miniport has none (R254). */
  readonly nic?: (input: Uint8Array) => Uint8Array;
  /** Slow work at the edge; without it there is none. */
  readonly derive?: (label: string, input: Secret) => Secret | undefined;
  /** When the virtual station arrives that was asked for: later, inside the request, or never (R240, R241). */
  readonly virtualStation?: 'later' | 'within' | 'never';
  /** Whether the engine is told which packets were encrypted on the air; the documented call does not say. */
  readonly tellsProtection?: boolean;
}

/** The engine as its host sees it. */
export interface EngineDoor {
  readonly handlers: Handlers;
  readonly offer: (event: HostEvent) => void;
  readonly effects$: Observable<Effect>;
}

/** An offence against the interface, by the engine or by the driver. */
export interface Remark {
  readonly rule: string;
  readonly message: string;
  readonly adapter?: AdapterHandle;
}

/** A question put to the user. */
export interface UIRequest {
  readonly adapter: AdapterHandle;
  readonly userSession: number;
  readonly page: Guid;
  readonly data: Secret;
}

type Called = { readonly kind: HandlerName; readonly adapter?: AdapterHandle };

/** What all adapters of a host share. */
export class World {
  readonly options: MemoryHostOptions;
  readonly shims: HostShims;
  readonly adapters = new Map<AdapterHandle, MemoryAdapter>();
  readonly buffers = new Map<BufferHandle, Uint8Array>();
  readonly uiRequests = new Map<Guid, UIRequest>();
  /** Packets whose completion is owed, by number; unique over all adapters (R71). */
  readonly sends = new Map<number, MemoryAdapter>();
  readonly calls: ApiCall[] = [];
  readonly remarks: Remark[] = [];
  readonly pmks: PmkStore;
  isInService = false;
  virtualStation: 'none' | 'requested' | MemoryAdapter = 'none';
  door: EngineDoor | undefined;
  readonly #inside: Called[] = [];
  #numbers = 0;

  constructor(options: MemoryHostOptions) {
    this.options = options;
    this.pmks = pmkStore(() => options.scheduler.now());
    const { feed = 'ndis', firstSession = 1 } = options;
    this.shims = new HostShims({ feed, firstSession, remark: (remark) => this.remarks.push(remark) });
  }

  /** Calls a handler; while it runs, `isInside` says so. */
  call<R>(called: Called, enter: (handlers: Handlers) => R): R {
    if (this.door === undefined) throw new Error('no engine is connected: call connect first');
    this.#inside.push(called);
    try {
      return enter(this.door.handlers);
    } finally {
      this.#inside.pop();
    }
  }

  isInside(kind: HandlerName, { handle }: MemoryAdapter): boolean {
    return this.#inside.some((called) => called.kind === kind && called.adapter === handle);
  }

  /** An answer with an error code, and a remark that says which rule was broken. */
  refuse(effect: ApiCall, rule: string, win32: number, message: string): number {
    const adapter = 'adapter' in effect ? effect.adapter : undefined;
    this.remarks.push({ rule, message: `${effect.kind}: ${message}`, ...(adapter && { adapter }) });
    return win32;
  }

  later(ms: number, work: () => void): void {
    this.options.scheduler.schedule(work, ms);
  }

  /** A number no one has had yet, as a handle. */
  freshHandle(): string {
    return `0x${(0x1000 + ++this.#numbers).toString(16)}`;
  }

  /** The host gives up its open questions to the user (R154, R162). */
  cancelRequests(cancelled: (request: UIRequest, guid: Guid) => boolean): void {
    for (const [guid, request] of this.uiRequests) {
      if (!cancelled(request, guid)) continue;
      request.data.zeroise();
      this.uiRequests.delete(guid);
    }
  }
}
