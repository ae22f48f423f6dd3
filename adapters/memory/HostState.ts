import type { ApiCall, BufferHandle, Guid, PmkEntry } from '../../streams/events/index.js';
import type { MemoryAdapter } from './MemoryAdapter.js';
import type { Remark, UIRequest, World } from './World.js';

/** What can be read of a host at any time. */
export class HostState {
  protected readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  /** Every adapter there was, in the order of their arrival. */
  get adapters(): ReadonlyArray<MemoryAdapter> {
    return [...this.world.adapters.values()];
  }

  /** The first adapter alive; when none is, the last there was. */
  get adapter(): MemoryAdapter {
    const adapter = this.adapters.find(({ isAlive }) => isAlive) ?? this.adapters.at(-1);
    if (adapter === undefined) throw new Error('there is no adapter: call initAdapter first');
    return adapter;
  }

  /** Every API call, in order, whatever was answered. */
  get calls(): ReadonlyArray<ApiCall> {
    return this.world.calls;
  }

  /** What broke a rule of the interface; empty as long as everybody keeps to it. */
  get remarks(): ReadonlyArray<Remark> {
    return this.world.remarks;
  }

  /** Memory that was allocated and not freed. */
  get buffers(): ReadonlyMap<BufferHandle, Uint8Array> {
    return this.world.buffers;
  }

  /** The PMKs it was asked to remember and that have not expired, the least recently used first. */
  get pmks(): ReadonlyArray<PmkEntry> {
    return this.world.pmks.entries();
  }

  /** Questions the user has not answered. */
  get uiRequests(): ReadonlyMap<Guid, UIRequest> {
    return this.world.uiRequests;
  }

  /** Packets whose send completion is owed. */
  get outstandingSends(): ReadonlyArray<number> {
    return [...this.world.sends.keys()];
  }

  /** The virtual station, once it has arrived. */
  get virtualStation(): MemoryAdapter | undefined {
    const { virtualStation } = this.world;
    return typeof virtualStation === 'string' ? undefined : virtualStation;
  }

  /** Whether the station will look for another access point by itself (R214). */
  expectsRoam(adapter: MemoryAdapter = this.adapter): boolean {
    return this.world.shims.of(adapter.handle).expectsRoam;
  }
}
