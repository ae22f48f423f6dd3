import { isIP } from 'node:net';
import { type ConnectionOptions, checkServerIdentity, connect, type SecureContext, type TLSSocket } from 'node:tls';
import type { Channel, ChannelFault, OpenChannel } from './Channel.js';
import { PacketSplitter } from './PacketSplitter.js';
import { type RadiusServer, serverWords } from './RadiusServer.js';

/** Whom to trust, and how to show oneself (RFC 6614 2.3). */
export interface RadsecOptions {
  readonly context: SecureContext;
  /** What the server's certificate has to be for, where that is not the name it was asked by. */
  readonly serverName?: string;
}

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');

/** What OpenSSL calls a certificate it does not like, and what Node calls one for somebody else. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO|ALTNAME/;

const reasonOf = (error: Error): string => {
  const reason = 'reason' in error && typeof error.reason === 'string' ? error.reason : error.message;
  return reason.split('\n')[0] ?? '';
};

const faultOf = (server: RadiusServer, error: Error): ChannelFault => {
  const code = codeOf(error);
  if (code === 'ECONNREFUSED')
    return { kind: 'refused', message: `nothing listens on TCP port ${server.port} of ${server.address}` };
  if (CERTIFICATE.test(code) && !code.startsWith('ERR_SSL'))
    return {
      kind: 'certificate',
      message: `the RadSec certificate of ${serverWords(server)} is not acceptable: ${reasonOf(error)} (${code})`,
    };
  if (code === 'ECONNRESET')
    return {
      kind: 'unreachable',
      message: `${serverWords(server)} ended the RadSec connection: it may want a client certificate, or another one`,
    };
  const why = code.startsWith('ERR_SSL') ? `TLS: ${reasonOf(error)}` : code || reasonOf(error);
  return { kind: 'unreachable', message: `no RadSec connection with ${serverWords(server)}: ${why}` };
};

const tlsOptions = (server: RadiusServer, { context, serverName }: RadsecOptions): ConnectionOptions => {
  const expected = serverName ?? server.name;
  return {
    host: server.address,
    port: server.port,
    secureContext: context,
    minVersion: 'TLSv1.2',
    rejectUnauthorized: true,
    checkServerIdentity: (_, certificate) => checkServerIdentity(expected, certificate),
    // An address is no name to ask for (RFC 6066 3).
    ...(isIP(expected) === 0 && { servername: expected }),
  };
};

class RadsecChannel implements Channel {
  readonly #socket: TLSSocket;
  readonly #splitter = new PacketSplitter();
  #waiting: Uint8Array[] | undefined = [];
  #isClosed = false;

  constructor(server: RadiusServer, listener: Parameters<OpenChannel>[1], options: RadsecOptions) {
    this.#socket = connect(tlsOptions(server, options));
    this.#socket.setNoDelay(true);
    this.#socket.on('secureConnect', () => this.#connected());
    this.#socket.on('data', (octets: Uint8Array) => {
      const packets = this.#splitter.push(octets);
      if (packets === undefined)
        listener.fault({ kind: 'malformed', message: `${serverWords(server)} sends what is no RADIUS packet` });
      else for (const packet of packets) listener.packet(packet);
    });
    this.#socket.on('error', (error: Error) => listener.fault(faultOf(server, error)));
    this.#socket.on('close', () =>
      listener.fault({ kind: 'lost', message: `${serverWords(server)} closed the RadSec connection` }),
    );
  }

  /** Nothing is told to a server before it has shown who it is. */
  #connected(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const packet of waiting) this.send(packet);
  }

  send(packet: Uint8Array): void {
    if (this.#waiting === undefined) this.#socket.write(packet);
    else this.#waiting.push(packet);
  }

  lookAround(): void {
    // A connection has one other end.
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#socket.removeAllListeners('data');
    this.#socket.destroy();
  }
}

/**
 * RADIUS over TLS (RFC 6614).
 *
 * @since 0.2.0
 */
export const radsecChannel =
  (options: RadsecOptions): OpenChannel =>
  (server, listener) =>
    new RadsecChannel(server, listener, options);
