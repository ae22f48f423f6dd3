import { Buffer } from 'node:buffer';

/** A line as it stands in the file, without its end. Its bytes are only good until the next line is asked for. */
export type RawLine =
  | { readonly n: number; readonly bytes: Buffer }
  /** A line nobody would have written: its bytes were let go. */
  | { readonly n: number; readonly tooLong: true };

const LF = 0x0a;
const CR = 0x0d;

const withoutReturn = (bytes: Buffer): Buffer => (bytes.at(-1) === CR ? bytes.subarray(0, -1) : bytes);

/**
 * Cuts chunks of bytes into numbered lines, wherever the chunks end. It keeps the beginning of a line that goes on in the
 * next chunk, and never more of it than a line may be long.
 */
export class LineSplitter {
  readonly #longest: number;
  #n = 0;
  #begun: Buffer[] = [];
  #length = 0;

  constructor(longest: number) {
    this.#longest = longest;
  }

  /** The lines that end in this chunk. */
  *push(chunk: Buffer): Generator<RawLine> {
    let from = 0;
    for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, from)) {
      yield this.#finish(chunk.subarray(from, end));
      from = end + 1;
    }
    this.#keep(chunk.subarray(from));
  }

  /** The last line, where no newline follows it. */
  *end(): Generator<RawLine> {
    if (this.#length > 0) yield this.#finish(Buffer.alloc(0));
  }

  #finish(rest: Buffer): RawLine {
    const n = ++this.#n;
    const length = this.#length + rest.length;
    const bytes = this.#begun.length === 0 ? rest : Buffer.concat([...this.#begun, rest]);
    this.#begun = [];
    this.#length = 0;
    return length > this.#longest ? { n, tooLong: true } : { n, bytes: withoutReturn(bytes) };
  }

  #keep(part: Buffer): void {
    this.#length += part.length;
    if (this.#length > this.#longest) this.#begun = [];
    // A copy: the chunk's memory is filled anew.
    else if (part.length > 0) this.#begun.push(Buffer.from(part));
  }
}
