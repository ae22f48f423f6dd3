import { isRight } from 'fp-ts/lib/Either.js';
import { EapMethod, type EapTlsPacket, fragmentEapTls, readEap, readEapTls, writeEapTls } from '../../../streams/frames/index.js';
import { eapFailure, eapRequest, eapSuccess } from '../eapServer.js';
import type { TlsHost, TlsPeer } from '../tlsServer.js';
import type { Link } from './eapLink.js';

const EMPTY: Uint8Array = new Uint8Array(0);
const VERSION_13 = 'TLSv1.3';

/** What a method of the server does in its tunnel. */
export interface Tunnel {
  readonly tls: TlsPeer;
  readonly isVersion13: boolean;
  readonly isResumed: boolean;
  /** What the peer said unasked, with its last message. */
  readonly first: Uint8Array;
  /** Says something inside, and hears the answer. */
  ask(plain: Uint8Array): Promise<Uint8Array>;
  /** The same, in the form the method has for its own packets: the identifier comes with it. */
  askWith(plain: (identifier: number) => Uint8Array): Promise<Uint8Array>;
  /** Key material by the labels of the method (RFC 5705). */
  export(label: string, octets: number, context?: Uint8Array): Uint8Array;
}

export interface TunnelServerOptions {
  readonly type: number;
  readonly host: TlsHost;
  readonly room?: number;
  /** Whether the peer is let in. */
  readonly inside: (tunnel: Tunnel) => Promise<boolean>;
}

/** The peer is gone, and there is nobody to talk to. */
class PeerIsGone extends Error {}

/** A small EAP server on node:tls: identity, the handshake in fragments, what is done inside, and the result. */
class TunnelServer {
  readonly #options: TunnelServerOptions;
  readonly #link: Link;
  readonly #tls: TlsPeer;
  #identifier = 0x80;
  #heard = 0;

  constructor(options: TunnelServerOptions, link: Link) {
    this.#options = options;
    this.#link = link;
    this.#tls = options.host.connect();
  }

  async serve(): Promise<void> {
    try {
      await this.#ask(eapRequest(this.#next(), EapMethod.codes.IDENTITY));
      const isIn = await this.#method();
      this.#link.tell(isIn ? eapSuccess(this.#identifier) : eapFailure(this.#identifier));
    } catch (error) {
      if (!(error instanceof PeerIsGone)) throw error;
    } finally {
      this.#tls.socket.destroy();
    }
  }

  get identifier(): number {
    return this.#identifier;
  }

  #next(): number {
    this.#identifier = (this.#identifier + 1) & 0xff;
    return this.#identifier;
  }

  async #ask(packet: Uint8Array): Promise<Uint8Array> {
    const answer = await this.#link.ask(packet);
    if (answer === undefined) throw new PeerIsGone();
    const read = readEap(answer);
    return isRight(read) ? read.right.data : EMPTY;
  }

  async #askFrame(data: Uint8Array) {
    const read = readEapTls(this.#options.type, await this.#ask(eapRequest(this.#next(), this.#options.type, data)));
    if (!isRight(read)) throw new Error(read.left.message);
    return read.right;
  }

  /** A whole message there, and a whole one back. */
  async #exchange(message: Uint8Array, isStart = false): Promise<Uint8Array> {
    let answer: EapTlsPacket = { isStart: false, hasMore: false, version: 0, fragment: EMPTY };
    for (const packet of fragmentEapTls(message, this.#options.room ?? 1000))
      answer = await this.#askFrame(writeEapTls({ ...packet, isStart }));
    const fragments = [answer.fragment];
    while (answer.hasMore) {
      answer = await this.#askFrame(writeEapTls({ isStart: false, hasMore: false, version: 0, fragment: EMPTY }));
      fragments.push(answer.fragment);
    }
    return new Uint8Array(Buffer.concat(fragments));
  }

  /** What has been said inside since it was last asked. */
  #news(): Uint8Array {
    const news = this.#tls.heard.slice(this.#heard);
    this.#heard = this.#tls.heard.length;
    return new Uint8Array(news);
  }

  async #method(): Promise<boolean> {
    const tls = this.#tls;
    let records: Uint8Array = await tls.exchange(await this.#exchange(EMPTY, true));
    while (tls.error === undefined && (!tls.isSecure || (records.length > 0 && tls.socket.getProtocol() !== VERSION_13))) {
      const answer = await this.#exchange(records);
      records = answer.length === 0 ? EMPTY : await tls.exchange(answer);
      if (answer.length === 0 && !tls.isSecure) return false;
    }
    if (tls.error !== undefined) {
      await this.#exchange(records);
      return false;
    }
    return this.#options.inside(this.#tunnel(records));
  }

  #tunnel(records: Uint8Array): Tunnel {
    const { socket } = this.#tls;
    let pending: Uint8Array = records;
    const askWith = async (plain: (identifier: number) => Uint8Array): Promise<Uint8Array> => {
      const said = plain((this.#identifier + 1) & 0xff);
      const sealed = said.length === 0 ? EMPTY : await this.#tls.say(said);
      const answer = await this.#exchange(new Uint8Array(Buffer.concat([pending, sealed])));
      pending = answer.length === 0 ? EMPTY : await this.#tls.exchange(answer);
      return this.#news();
    };
    return {
      tls: this.#tls,
      isVersion13: socket.getProtocol() === VERSION_13,
      isResumed: socket.isSessionReused(),
      first: this.#news(),
      ask: (plain) => askWith(() => plain),
      askWith,
      export: (label, octets, context) => {
        const asked = [octets, label, ...(context === undefined ? [] : [Buffer.from(context)])];
        const material: unknown = Reflect.apply(socket.exportKeyingMaterial, socket, asked);
        return material instanceof Uint8Array ? Uint8Array.from(material) : EMPTY;
      },
    };
  }
}

/** Serves the peer at the other end of the link until one of them has had enough. */
export const serveTunnel = (options: TunnelServerOptions, link: Link): Promise<void> => new TunnelServer(options, link).serve();

/** The key material both sides have to have. */
export const materialOf = ({ isVersion13, export: from }: Tunnel, type: number, label: string): Uint8Array =>
  isVersion13 ? from('EXPORTER_EAP_TLS_Key_Material', 128, Uint8Array.of(type)) : from(label, 128);
