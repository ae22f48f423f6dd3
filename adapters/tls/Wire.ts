import { Duplex } from 'node:stream';

/** The far end of a TLS socket: takes what it writes and gives what it is to read, and touches nothing outside of memory. */
export class Wire extends Duplex {
  readonly #onWrite: (records: Uint8Array) => void;

  constructor(onWrite: (records: Uint8Array) => void) {
    super();
    this.#onWrite = onWrite;
  }

  override _read(): void {
    // Whatever arrives is pushed at once.
  }

  override _write(chunk: Uint8Array, _encoding: string, done: () => void): void {
    this.#onWrite(chunk);
    done();
  }
}
