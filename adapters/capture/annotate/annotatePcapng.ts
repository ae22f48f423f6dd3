import type { Damages } from '../Damages.js';
import type { BlockCursor } from '../pcapng/BlockCursor.js';
import { BlockType, isNumberedOnly, padded } from '../pcapng/blockTypes.js';
import { findOption } from '../pcapng/options.js';
import { goOn } from '../pcapng/pcapngBatches.js';
import type { AnnotateOptions } from './AnnotateOptions.js';
import type { BlockWriter } from './BlockWriter.js';
import { sizeWith, writeOptions } from './WrittenOption.js';
import { commentOptions, sectionOptions, writeFrame, writeSecrets, writeSection } from './writeBlocks.js';

const hasTime = (type: number): boolean => type === BlockType.enhancedPacket || type === BlockType.packet;

/** Copies blocks as they are, but for section headers and the frames that something is said of. */
class Annotation {
  readonly #blocks: BlockCursor;
  readonly #writer: BlockWriter;
  readonly #options: AnnotateOptions;
  #isFirstSection = true;
  frames = 0;

  constructor(blocks: BlockCursor, writer: BlockWriter, options: AnnotateOptions) {
    this.#blocks = blocks;
    this.#writer = writer;
    this.#options = options;
  }

  /** Copies the block at the front of the window. */
  copy(): void {
    const { type } = this.#blocks;
    const isSimple = type === BlockType.simplePacket;
    if (type === BlockType.sectionHeader) this.#section();
    else if (hasTime(type) || isSimple) this.#packet(isSimple);
    else {
      if (isNumberedOnly(type)) this.frames++;
      this.#verbatim();
    }
  }

  /** A section grows by what is said in it, so its length is left open. */
  #section(): void {
    const { isLittle, window, size } = this.#blocks;
    const { view, at, bytes } = window;
    const writer = this.#writer;
    writer.isLittle = isLittle;
    const [from, to] = [at + 24, at + size - 4];
    const isThere = (code: number): boolean => findOption({ view, from, to, isLittle }, code, 0) > 0;
    const options = this.#isFirstSection ? sectionOptions(this.#options, isThere) : [];
    writeSection(writer, options, bytes.subarray(from, to), view.getUint16(at + 14, isLittle));
    if (this.#isFirstSection) writeSecrets(writer, this.#options.secrets ?? []);
    this.#isFirstSection = false;
  }

  #packet(isSimple: boolean): void {
    this.frames++;
    const comments = this.#options.commentsOf(this.frames) ?? [];
    const isDone = comments.length > 0 && (isSimple ? this.#simplePacket(comments) : this.#commented(comments));
    if (!isDone) this.#verbatim();
  }

  /** A simple packet block has no options, so it becomes an enhanced one, at the beginning of time. False if it is none. */
  #simplePacket(comments: ReadonlyArray<string>): boolean {
    const { isLittle, window, size } = this.#blocks;
    const { view, at, bytes } = window;
    if (size < 16) return false;
    const length = view.getUint32(at + 8, isLittle);
    const frame = bytes.subarray(at + 12, at + 12 + Math.min(length, size - 16));
    writeFrame(this.#writer, { interfaceId: 0, ticksHigh: 0, ticksLow: 0, length, bytes: frame }, comments);
    return true;
  }

  /** False if the frame is longer than its block. */
  #commented(comments: ReadonlyArray<string>): boolean {
    const { isLittle, window, size } = this.#blocks;
    const { view, at, bytes } = window;
    const captured = size < 32 ? size : view.getUint32(at + 20, isLittle);
    const optionsAt = at + 28 + padded(captured);
    const end = at + size - 4;
    if (optionsAt > end) return false;
    const writer = this.#writer;
    const options = commentOptions(comments);
    const others = bytes.subarray(optionsAt, end);
    const grown = size - others.length + sizeWith(options, others);
    writer.u32(this.#blocks.type);
    writer.u32(grown);
    writer.bytes(bytes.subarray(at + 8, optionsAt));
    writeOptions(writer, options, others);
    writer.u32(grown);
    return true;
  }

  #verbatim(): void {
    const { at, bytes } = this.#blocks.window;
    this.#writer.bytes(bytes.subarray(at, at + this.#blocks.size));
  }
}

/** Copies a pcapng file block by block, with comments added. Answers how many frames it has. */
export const annotatePcapng = (blocks: BlockCursor, writer: BlockWriter, damages: Damages, options: AnnotateOptions): number => {
  const annotation = new Annotation(blocks, writer, options);
  for (;;) {
    const look = blocks.look();
    if (look === 'block') {
      annotation.copy();
      blocks.window.at += blocks.size;
    } else if (!goOn(blocks, look, damages)) return annotation.frames;
  }
};
