import type { ByteSource } from '../event-log/ByteSource.js';

const SPARE = 2 ** 18;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * The part of a source that is in memory: what was read and not yet taken, from `at` to `end`. Filling it moves the rest to the
 * front where there is no room for another chunk, so that only a record larger than a chunk makes it grow.
 */
export class ByteWindow {
  readonly #source: ByteSource;
  readonly #chunkSize: number;
  bytes: Uint8Array;
  view: DataView;
  at = 0;
  end = 0;
  /** Why the source could not be read to its end. */
  failure: string | undefined;
  #isEnded = false;
  #origin = 0;

  constructor(source: ByteSource, chunkSize: number) {
    this.#source = source;
    this.#chunkSize = chunkSize;
    this.bytes = new Uint8Array(chunkSize + Math.min(chunkSize, SPARE));
    this.view = new DataView(this.bytes.buffer);
  }

  /** How far into the stream the window has been taken. */
  get offset(): number {
    return this.#origin + this.at;
  }

  /** How many octets are there to be taken. */
  get rest(): number {
    return this.end - this.at;
  }

  /** Reads one chunk. Whatever was made of the bytes before is void. False at the end of the source. */
  fill(): boolean {
    if (this.#isEnded) return false;
    this.#makeRoom();
    const size = this.#read(this.bytes.subarray(this.end, this.end + this.#chunkSize));
    this.end += size;
    this.#isEnded = size === 0;
    return size > 0;
  }

  close(): void {
    this.#isEnded = true;
    this.#source.close();
  }

  #read(into: Uint8Array): number {
    try {
      return this.#source.read(into);
    } catch (error) {
      this.failure = messageOf(error);
      return 0;
    }
  }

  #makeRoom(): void {
    if (this.bytes.length - this.end >= this.#chunkSize) return;
    const { rest } = this;
    if (rest + this.#chunkSize > this.bytes.length) {
      const larger = new Uint8Array(2 * (rest + this.#chunkSize));
      larger.set(this.bytes.subarray(this.at, this.end));
      this.bytes = larger;
      this.view = new DataView(larger.buffer);
    } else {
      this.bytes.copyWithin(0, this.at, this.end);
    }
    this.#origin += this.at;
    this.at = 0;
    this.end = rest;
  }
}
