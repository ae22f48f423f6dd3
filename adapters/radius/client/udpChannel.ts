import { createSocket, type Socket } from 'node:dgram';
import type { Channel, ChannelFault, OpenChannel } from './Channel.js';
import { type RadiusServer, serverWords } from './RadiusServer.js';

/** The address is known: nobody needs to be asked for it. */
const known =
  ({ address, family }: RadiusServer) =>
  (_: string, __: unknown, found: (error: null, address: string, family: number) => void): void =>
    found(null, address, family);

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');

const faultOf = (server: RadiusServer, error: Error): ChannelFault =>
  codeOf(error) === 'ECONNREFUSED'
    ? { kind: 'refused', message: `nothing listens on UDP port ${server.port} of ${server.address}` }
    : { kind: 'unreachable', message: `${serverWords(server)} cannot be reached: ${codeOf(error) || error.message}` };

const fromWords = ({ address, family, port }: { address: string; family: string; port: number }): string =>
  family === 'IPv6' ? `[${address}]:${port}` : `${address}:${port}`;

class UdpChannel implements Channel {
  readonly #socket: Socket;
  readonly #server: RadiusServer;
  readonly #listener: Parameters<OpenChannel>[1];
  #waiting: Uint8Array[] | undefined = [];
  #around: Socket | undefined;
  #isClosed = false;

  constructor(server: RadiusServer, listener: Parameters<OpenChannel>[1]) {
    this.#server = server;
    this.#listener = listener;
    this.#socket = this.#open();
    this.#socket.on('message', (bytes) => listener.packet(bytes));
    this.#socket.on('error', (error) => listener.fault(faultOf(server, error)));
    this.#bind();
  }

  /**
   * The kernel may give sockets that share their port the same one as others that do, so a socket that does not share finds a free
   * one first.
   */
  #bind(): void {
    const finder = createSocket(this.#type());
    finder.on('error', (error) => this.#listener.fault(faultOf(this.#server, error)));
    finder.bind(0, () => {
      const { port } = finder.address();
      finder.close(() => {
        if (!this.#isClosed) this.#socket.bind(port, () => this.#connect());
      });
    });
  }

  /** A socket that is connected is told when nobody listens there, and hears nobody else. */
  #connect(): void {
    const { port, address } = this.#server;
    if (!this.#isClosed) this.#socket.connect(port, address, () => this.#connected());
  }

  #type(): 'udp4' | 'udp6' {
    return this.#server.family === 6 ? 'udp6' : 'udp4';
  }

  #open(): Socket {
    return createSocket({ type: this.#type(), reuseAddr: true, lookup: known(this.#server) });
  }

  #connected(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    if (!this.#isClosed) for (const packet of waiting) this.send(packet);
  }

  send(packet: Uint8Array): void {
    if (this.#waiting === undefined) this.#socket.send(packet);
    else this.#waiting.push(packet);
  }

  /** A second socket on the same port gets what comes from elsewhere. */
  lookAround(): void {
    if (this.#around !== undefined || this.#waiting !== undefined || this.#isClosed) return;
    const around = this.#open();
    this.#around = around;
    around.on('message', (bytes, from) => this.#listener.stranger(bytes, fromWords(from)));
    // Where a port cannot be shared there is nothing to be heard.
    around.on('error', () => undefined);
    around.bind(this.#socket.address().port);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#socket.close();
    this.#around?.close();
  }
}

/**
 * RADIUS over UDP (RFC 2865 2.4).
 *
 * @since 0.2.0
 */
export const udpChannel: OpenChannel = (server, listener) => new UdpChannel(server, listener);
