import { codeSpace } from '../events/index.js';
import { Gathering } from './Gathering.js';
import { createTlsHandshake, type TlsHandshakeItem } from './tlsHandshake.js';
import { TlsVersion } from './tlsHello.js';

/** What a TLS record holds (RFC 8446 5.1). */
export const TlsContentType = codeSpace(
  'TLS content type',
  { CHANGE_CIPHER_SPEC: 20, ALERT: 21, HANDSHAKE: 22, APPLICATION_DATA: 23 },
  [],
  2,
);

/**
 * Something one side of a TLS connection said.
 *
 * `sealed` is a record nobody without the keys can read. In TLS 1.3 that is all there is after the server's hello, alerts
 * included; before it, what follows the ChangeCipherSpec, and then the content type still tells an alert from the rest.
 *
 * @since 0.2.0
 */
export type TlsItem =
  | TlsHandshakeItem
  | { readonly kind: 'alert'; readonly level: number; readonly description: number }
  | { readonly kind: 'changeCipherSpec' }
  | { readonly kind: 'sealed'; readonly type: number; readonly length: number };

/**
 * Walks over the records of one direction.
 *
 * @since 0.2.0
 */
export interface TlsWalker {
  /** The next octets, however the transport cuts them. */
  take(bytes: Uint8Array): void;
  /** A record begins here, whatever was missing before: the transport knows, as EAP does at the start of a message. */
  begin(): void;
  /** What came was no TLS, or a piece is missing; nothing is read until the next `begin`. */
  readonly isLost: boolean;
}

const HEADER_SIZE = 5;
const ALERT_SIZE = 2;
/** RFC 5246 6.2.3: 2^14 octets, and what encryption may add. */
const MAX_RECORD_SIZE = 0x4000 + 2048;

const { ALERT, APPLICATION_DATA, CHANGE_CIPHER_SPEC, HANDSHAKE } = TlsContentType.codes;

/** A record whose payload is not there yet. */
interface OpenRecord {
  readonly type: number;
  left: number;
}

const recordOf = (header: Uint8Array): OpenRecord | undefined => {
  const [type = 0, major = 0, , high = 0, low = 0] = header;
  const left = (high << 8) | low;
  const isTls = type >= CHANGE_CIPHER_SPEC && type <= APPLICATION_DATA && major === TlsVersion.SSL_3_0 >> 8;
  return isTls && left > 0 && left <= MAX_RECORD_SIZE ? { type, left } : undefined;
};

class Walker implements TlsWalker {
  readonly #tell: (item: TlsItem) => void;
  #header = new Gathering(HEADER_SIZE);
  #handshake = createTlsHandshake((item) => this.#fromHandshake(item));
  #record: OpenRecord | undefined;
  #alert: Gathering | undefined;
  #isLost = false;
  #isSealed = false;
  #isVersion13 = false;

  constructor(tell: (item: TlsItem) => void) {
    this.#tell = tell;
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  take(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length && !this.#isLost; ) {
      if (this.#record === undefined) {
        at += this.#header.take(bytes, at);
        if (this.#header.isComplete) this.#open();
        continue;
      }
      const end = Math.min(bytes.length, at + this.#record.left);
      this.#read(this.#record, bytes.subarray(at, end));
      this.#record.left -= end - at;
      if (this.#record.left === 0) this.#record = undefined;
      at = end;
    }
  }

  begin(): void {
    this.#header = new Gathering(HEADER_SIZE);
    this.#record = undefined;
    this.#alert = undefined;
    this.#isLost = false;
    this.#handshake = createTlsHandshake((item) => this.#fromHandshake(item));
  }

  #fromHandshake(item: TlsHandshakeItem): void {
    if (item.kind === 'serverHello') this.#isVersion13 = item.hello.version === TlsVersion.TLS_1_3;
    this.#tell(item);
  }

  #open(): void {
    this.#record = recordOf(this.#header.bytes);
    this.#header = new Gathering(HEADER_SIZE);
    this.#isLost = this.#record === undefined;
    if (this.#record === undefined) return;
    const { type, left } = this.#record;
    if (this.#isSealed || type === APPLICATION_DATA) this.#tell({ kind: 'sealed', type, length: left });
    // An alert has two octets; a longer record of alerts is an encrypted one whose ChangeCipherSpec was missed.
    else if (type === ALERT && left === ALERT_SIZE) this.#alert = new Gathering(ALERT_SIZE);
    else if (type === ALERT) this.#tell({ kind: 'sealed', type, length: left });
    else if (type === CHANGE_CIPHER_SPEC) {
      // RFC 8446 D.4: TLS 1.3 sends one that means nothing.
      this.#isSealed = !this.#isVersion13;
      this.#tell({ kind: 'changeCipherSpec' });
    }
  }

  #read({ type }: OpenRecord, payload: Uint8Array): void {
    if (!this.#isSealed && type === HANDSHAKE) this.#handshake(payload);
    this.#alert?.take(payload, 0);
    if (this.#alert?.isComplete !== true) return;
    const [level = 0, description = 0] = this.#alert.bytes;
    this.#alert = undefined;
    this.#tell({ kind: 'alert', level, description });
  }
}

/**
 * Makes a walker that tells what it meets, in order.
 *
 * @since 0.2.0
 */
export const createTlsWalker = (tell: (item: TlsItem) => void): TlsWalker => new Walker(tell);
