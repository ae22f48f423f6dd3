import type { Damages } from '../Damages.js';
import { BATCH_CAPACITY, FrameBatch } from '../FrameBatch.js';
import { fcsWithin } from '../fcs.js';
import type { BlockCursor, Look } from './BlockCursor.js';
import { BlockType, isNumberedOnly, padded } from './blockTypes.js';
import { countOf, OptionCode } from './options.js';
import { Section } from './Section.js';

const UNKNOWN_DROPS = 0xffff;
const SHORTEST_PACKET = 32;

/** Takes whole blocks from the window, and their frames into the batch. */
export class FrameScan {
  readonly batch = new FrameBatch();
  readonly section: Section;
  readonly #blocks: BlockCursor;
  readonly #damages: Damages;
  /** What the next frame is numbered. */
  #number = 1;
  /** Frames lost that no batch has told of yet. */
  #lost = 0;

  constructor(blocks: BlockCursor, damages: Damages) {
    this.#blocks = blocks;
    this.#damages = damages;
    this.section = new Section(damages);
  }

  /** Goes on until the batch must be handed out (`block`), or something is in the way. */
  run(): Look {
    const { batch } = this;
    const blocks = this.#blocks;
    const { window } = blocks;
    batch.bytes = window.bytes;
    while (batch.count < BATCH_CAPACITY) {
      const look = blocks.look();
      if (look !== 'block') return look;
      if (!this.#take(blocks.type)) return 'block';
      window.at += blocks.size;
    }
    return 'block';
  }

  /** What was lost after the last frame. */
  finish(): void {
    this.batch.first = this.#number;
    this.batch.lost = this.#lost;
    this.#lost = 0;
  }

  /** False if the batch must be handed out before this block can be taken. */
  #take(type: number): boolean {
    if (type === BlockType.enhancedPacket || type === BlockType.packet) return this.#packet();
    if (type === BlockType.simplePacket) return this.#simplePacket();
    this.#note(type);
    return true;
  }

  #note(type: number): void {
    const { section } = this;
    if (type === BlockType.sectionHeader) section.begin(this.#blocks);
    else if (type === BlockType.interfaceDescription) section.addInterface(this.#blocks);
    else if (type === BlockType.interfaceStatistics) this.#statistics();
    else if (type === BlockType.decryptionSecrets) section.addSecrets(this.#blocks);
    else if (isNumberedOnly(type)) this.#number++;
  }

  /** Both kinds that have a time. */
  #packet(): boolean {
    const { window, size, isLittle, type } = this.#blocks;
    const { view, at } = window;
    if (size < SHORTEST_PACKET) return this.#refuse(`a packet block of ${size} octets; it has at least ${SHORTEST_PACKET}`);
    const isObsolete = type === BlockType.packet;
    const id = isObsolete ? view.getUint16(at + 8, isLittle) : view.getUint32(at + 8, isLittle);
    const captured = view.getUint32(at + 20, isLittle);
    const from = this.section.interfaces[id];
    if (from === undefined) return this.#refuse(`a frame of interface ${id}, which no block describes`);
    if (captured > size - SHORTEST_PACKET) return this.#refuse(`a frame of ${captured} octets in a block of ${size}`);
    const dropped = this.#droppedBefore(isObsolete, captured);
    if (!this.#admits(dropped)) return false;
    from.lost += dropped;
    const { batch } = this;
    const { count } = batch;
    const start = at + 28;
    const ticks = view.getUint32(at + 12, isLittle) * 2 ** 32;
    batch.times[count] =
      ticks / from.ticksPerMicrosecond + view.getUint32(at + 16, isLittle) / from.ticksPerMicrosecond + from.offset;
    batch.starts[count] = start;
    const fcs = from.fcsLength === 0 ? 0 : fcsWithin(captured, view.getUint32(at + 24, isLittle), from.fcsLength);
    batch.ends[count] = start + captured - fcs;
    batch.linkTypes[count] = from.linkType;
    batch.count++;
    this.#number++;
    return true;
  }

  #simplePacket(): boolean {
    const { window, size, isLittle } = this.#blocks;
    const { view, at } = window;
    const from = this.section.interfaces[0];
    if (size < 16 || from === undefined) return this.#refuse('a simple packet block without an interface, or cut short');
    if (!this.#admits(0)) return false;
    const length = view.getUint32(at + 8, isLittle);
    const captured = Math.min(length, size - 16, from.snapLength || length);
    const { batch } = this;
    const { count } = batch;
    batch.times[count] = 0;
    batch.starts[count] = at + 12;
    batch.ends[count] = at + 12 + captured - (from.fcsLength === 0 ? 0 : fcsWithin(captured, length, from.fcsLength));
    batch.linkTypes[count] = from.linkType;
    batch.count++;
    this.#number++;
    return true;
  }

  /** What is lost is lost before a batch, and its frames are numbered without a gap. */
  #admits(dropped: number): boolean {
    const { batch } = this;
    if (batch.count > 0) return dropped === 0 && this.#lost === 0 && batch.first + batch.count === this.#number;
    batch.first = this.#number;
    batch.lost = Math.min(this.#lost + dropped, Number.MAX_SAFE_INTEGER);
    this.#lost = 0;
    return true;
  }

  #droppedBefore(isObsolete: boolean, captured: number): number {
    const { window, size, isLittle } = this.#blocks;
    const { view, at } = window;
    if (isObsolete) {
      const drops = view.getUint16(at + 10, isLittle);
      return drops === UNKNOWN_DROPS ? 0 : drops;
    }
    const from = at + 28 + padded(captured);
    const to = at + size - 4;
    return from + 4 > to ? 0 : countOf({ view, from, to, isLittle }, OptionCode.packetsDropped);
  }

  /** Counted from the beginning of the capture: what is more than was told before is new. */
  #statistics(): void {
    const { window, size, isLittle } = this.#blocks;
    const { view, at } = window;
    const from = size < 24 ? undefined : this.section.interfaces[view.getUint32(at + 8, isLittle)];
    if (from === undefined) return;
    const options = { view, from: at + 20, to: at + size - 4, isLittle };
    const lost = countOf(options, OptionCode.interfaceDropped) + countOf(options, OptionCode.systemDropped);
    this.#lost += Math.max(lost - from.lost, 0);
    from.lost = Math.max(lost, from.lost);
  }

  /** A frame that cannot be read has its number all the same. */
  #refuse(problem: string): true {
    this.#damages.note(this.#blocks.window.offset, problem);
    this.#number++;
    return true;
  }
}
