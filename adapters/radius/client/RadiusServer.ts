import type { Secret } from '../../../streams/events/index.js';

/** A RADIUS server at one of its addresses. */
export interface RadiusServer {
  /** As a person wrote it. */
  readonly name: string;
  readonly address: string;
  readonly family: 4 | 6;
  readonly port: number;
  readonly transport: 'udp' | 'tls';
  readonly secret: Secret;
}

const place = ({ address, family, port }: RadiusServer): string => (family === 6 ? `[${address}]:${port}` : `${address}:${port}`);

/** Name and address, once where they are the same. */
export const serverWords = (server: RadiusServer): string =>
  server.name === server.address ? place(server) : `${server.name} (${place(server)})`;
