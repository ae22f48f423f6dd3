import { isIPv6 } from 'node:net';
import { UsageError } from '../Command.js';

/** Where a server is, as a person wrote it. */
export interface ServerPlace {
  readonly host: string;
  readonly port: number;
}

const BRACKETED = /^\[(?<host>[^\]]+)\](?::(?<port>.*))?$/;
const PLAIN = /^(?<host>[^:]+)(?::(?<port>.*))?$/;
const HIGHEST_PORT = 65_535;

const portOf = (text: string, written: string): number => {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= HIGHEST_PORT) return port;
  throw new UsageError(`--server ${written}: a port is a number from 1 to ${HIGHEST_PORT}, not "${text}"`);
};

/**
 * Reads `HOST`, `HOST:PORT`, `[IPV6]:PORT`, or an IPv6 address alone.
 *
 * @example
 * serverPlace('radius.example.org:1645', 1812); // { host: 'radius.example.org', port: 1645 }
 */
export const serverPlace = (written: string, otherwise: number): ServerPlace => {
  if (isIPv6(written)) return { host: written, port: otherwise };
  const { host, port } = (BRACKETED.exec(written) ?? PLAIN.exec(written))?.groups ?? {};
  if (host === undefined || (written.startsWith('[') && !isIPv6(host)))
    throw new UsageError(`--server is HOST, HOST:PORT or [IPV6]:PORT, not "${written}"`);
  return { host, port: port === undefined ? otherwise : portOf(port, written) };
};
