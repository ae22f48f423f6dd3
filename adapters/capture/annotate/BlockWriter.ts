import { padded } from '../pcapng/blockTypes.js';

/** Takes octets that are good only during the call, such as `(bytes) => writeSync(fd, bytes)`. */
export type ByteSink = (bytes: Uint8Array) => void;

const ROOM = 2 ** 20;

/** Writes blocks of pcapng, many at a time. */
export class BlockWriter {
  readonly #sink: ByteSink;
  readonly #bytes = new Uint8Array(ROOM);
  readonly #view = new DataView(this.#bytes.buffer);
  #end = 0;
  isLittle = true;

  constructor(sink: ByteSink) {
    this.#sink = sink;
  }

  u16(value: number): void {
    this.#makeRoom(2);
    this.#view.setUint16(this.#end, value, this.isLittle);
    this.#end += 2;
  }

  u32(value: number): void {
    this.#makeRoom(4);
    this.#view.setUint32(this.#end, value, this.isLittle);
    this.#end += 4;
  }

  bytes(bytes: Uint8Array): void {
    this.#makeRoom(bytes.length);
    if (bytes.length > ROOM) {
      this.#sink(bytes);
      return;
    }
    this.#bytes.set(bytes, this.#end);
    this.#end += bytes.length;
  }

  /** Octets, and zeros up to the next 32 bits. */
  padded(bytes: Uint8Array): void {
    this.bytes(bytes);
    for (let left = padded(bytes.length) - bytes.length; left > 0; left--) {
      this.#makeRoom(1);
      this.#bytes[this.#end++] = 0;
    }
  }

  /** Hands on what is still held back. */
  flush(): void {
    if (this.#end > 0) this.#sink(this.#bytes.subarray(0, this.#end));
    this.#end = 0;
  }

  #makeRoom(size: number): void {
    if (this.#end + size > ROOM) this.flush();
  }
}
