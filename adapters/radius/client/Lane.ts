import type { Channel, ChannelFault, ChannelListener, OpenChannel } from './Channel.js';
import type { RadiusServer } from './RadiusServer.js';

/** A request that waits for its answer. */
export interface Waiting {
  readonly authenticator: Uint8Array;
  packet(bytes: Uint8Array): void;
  stranger(bytes: Uint8Array, from: string): void;
  fault(fault: ChannelFault): void;
}

const IDENTIFIERS = 256;
const IDENTIFIER_AT = 1;

/**
 * A channel and its 256 identifiers (RFC 2865 3). One that was given back is the last to be given out again, so that what still
 * comes for its old request meets no new one; the authenticator of the old is kept to tell the two apart.
 */
export class Lane implements ChannelListener {
  readonly channel: Channel;
  readonly #waiting: (Waiting | undefined)[] = new Array<undefined>(IDENTIFIERS).fill(undefined);
  readonly #before: (Uint8Array | undefined)[] = new Array<undefined>(IDENTIFIERS).fill(undefined);
  readonly #free = Uint8Array.from({ length: IDENTIFIERS }, (_, n) => n);
  #next = 0;
  #count = IDENTIFIERS;
  #isOver = false;

  constructor(server: RadiusServer, open: OpenChannel) {
    this.channel = open(server, this);
  }

  get isOpen(): boolean {
    return !this.#isOver;
  }

  get hasRoom(): boolean {
    return !this.#isOver && this.#count > 0;
  }

  /** How many requests wait for their answers. */
  get load(): number {
    return IDENTIFIERS - this.#count;
  }

  claim(waiting: (identifier: number) => Waiting): number {
    const identifier = this.#free[this.#next] ?? 0;
    this.#next = (this.#next + 1) % IDENTIFIERS;
    this.#count -= 1;
    this.#waiting[identifier] = waiting(identifier);
    return identifier;
  }

  release(identifier: number): void {
    const waiting = this.#waiting[identifier];
    if (waiting === undefined) return;
    this.#waiting[identifier] = undefined;
    this.#before[identifier] = waiting.authenticator;
    this.#free[(this.#next + this.#count) % IDENTIFIERS] = identifier;
    this.#count += 1;
  }

  /** The authenticator of the request that had the identifier before. */
  before(identifier: number): Uint8Array | undefined {
    return this.#before[identifier];
  }

  packet(bytes: Uint8Array): void {
    this.#waiting[bytes[IDENTIFIER_AT] ?? 0]?.packet(bytes);
  }

  stranger(bytes: Uint8Array, from: string): void {
    this.#waiting[bytes[IDENTIFIER_AT] ?? 0]?.stranger(bytes, from);
  }

  fault(fault: ChannelFault): void {
    if (this.#isOver) return;
    this.close();
    for (const waiting of [...this.#waiting]) waiting?.fault(fault);
  }

  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.channel.close();
  }
}
