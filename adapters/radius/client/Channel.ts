import type { RadiusServer } from './RadiusServer.js';

/** Why nothing goes through a channel any more. */
export interface ChannelFault {
  readonly kind: 'refused' | 'unreachable' | 'certificate' | 'lost' | 'malformed';
  /** A sentence for a person. */
  readonly message: string;
}

/** Where a channel tells what it hears. */
export interface ChannelListener {
  packet(bytes: Uint8Array): void;
  /** A packet that came from somewhere else. */
  stranger(bytes: Uint8Array, from: string): void;
  /** The channel is over. */
  fault(fault: ChannelFault): void;
}

/** A way to a server: a UDP socket, or a TLS connection. */
export interface Channel {
  send(packet: Uint8Array): void;
  /** The server is silent: it may be answering from another address. */
  lookAround(): void;
  close(): void;
}

/** Opens a channel; what is sent before it stands waits for that. */
export type OpenChannel = (server: RadiusServer, listener: ChannelListener) => Channel;
