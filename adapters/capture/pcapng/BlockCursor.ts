import type { ByteWindow } from '../ByteWindow.js';
import { BlockType, isKnownBlock, padded } from './blockTypes.js';

/** The longest block that is believed. Frames have at most 256 KiB. */
const LONGEST_BLOCK = 2 ** 24;
/** After damage one believes less. */
const LONGEST_FOUND = 2 ** 20;
const SHORTEST_BLOCK = 12;
const SHORTEST_SECTION = 28;

/** `block`: a whole block lies at the window's front. `more`: it goes on behind what was read. `damage`: this is no block. */
export type Look = 'block' | 'more' | 'damage';

const BYTE_ORDER_MAGIC = 0x1a2b3c4d;

/** Whether a section header at an offset is little-endian; undefined if it is none. */
const orderAt = (view: DataView, at: number): boolean | undefined => {
  if (view.getUint32(at + 8, true) === BYTE_ORDER_MAGIC) return true;
  return view.getUint32(at + 8, false) === BYTE_ORDER_MAGIC ? false : undefined;
};

/** Looks at blocks at the front of a window: their type, their size, and that they end as they begin. */
export class BlockCursor {
  readonly window: ByteWindow;
  type = 0;
  size = 0;
  isLittle = true;
  /** What is wrong, after `damage`. */
  problem = '';

  constructor(window: ByteWindow) {
    this.window = window;
  }

  look(): Look {
    const { view, at, end } = this.window;
    if (end - at < SHORTEST_BLOCK) return 'more';
    this.type = view.getUint32(at, this.isLittle);
    if (this.type === BlockType.sectionHeader && !this.#turn(orderAt(view, at))) return 'damage';
    // Some files leave the padding out of the length, and Wireshark reads them.
    const size = padded(view.getUint32(at + 4, this.isLittle));
    const shortest = this.type === BlockType.sectionHeader ? SHORTEST_SECTION : SHORTEST_BLOCK;
    if (size < shortest || size > LONGEST_BLOCK) return this.#damage(`a block cannot have ${size} octets`);
    this.size = size;
    if (at + size > end) return 'more';
    const trailing = padded(view.getUint32(at + size - 4, this.isLittle));
    return trailing === size ? 'block' : this.#damage(`a block of ${size} octets ends as one of ${trailing}`);
  }

  /** Moves on through damaged octets to the next block of a known type that ends as it begins. False if there is none. */
  find(): boolean {
    const { window } = this;
    if (window.rest === 0) return false;
    window.at++;
    for (let isEnd = false; ; ) {
      window.at = this.#nextType();
      const likelihood = this.#likelihood();
      if (likelihood === 'block') return true;
      if (likelihood === 'more' && !isEnd) isEnd = !window.fill();
      else if (window.rest === 0) return false;
      else window.at++;
    }
  }

  /** What is wrong where the window has come to its source's end. */
  get endProblem(): string {
    const { rest, failure } = this.window;
    if (failure !== undefined) return failure;
    const size = rest < SHORTEST_BLOCK ? 'at least 12' : this.size;
    return `the capture ends in a block: ${rest} of ${size} octets are there`;
  }

  /** The first offset from here on where the type of a block is, or where too little is left to tell. */
  #nextType(): number {
    const { isLittle } = this;
    const { view, at, end } = this.window;
    const last = end - SHORTEST_BLOCK;
    let candidate = at;
    while (candidate <= last && !isKnownBlock(view.getUint32(candidate, isLittle))) candidate++;
    return candidate;
  }

  #likelihood(): Look {
    const { view, at, end } = this.window;
    if (end - at < SHORTEST_BLOCK) return 'more';
    const type = view.getUint32(at, this.isLittle);
    const isLittle = type === BlockType.sectionHeader ? orderAt(view, at) : this.isLittle;
    if (isLittle === undefined) return 'damage';
    const size = view.getUint32(at + 4, isLittle);
    if (size < SHORTEST_BLOCK || size > LONGEST_FOUND || size % 4 !== 0) return 'damage';
    if (at + size > end) return 'more';
    return view.getUint32(at + size - 4, isLittle) === size ? 'block' : 'damage';
  }

  #turn(isLittle: boolean | undefined): boolean {
    if (isLittle === undefined) this.#damage('a section header without its byte order');
    else this.isLittle = isLittle;
    return isLittle !== undefined;
  }

  #damage(problem: string): 'damage' {
    this.problem = problem;
    return 'damage';
  }
}
