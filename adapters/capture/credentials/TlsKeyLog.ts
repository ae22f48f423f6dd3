import type { TlsSecrets } from '../../../operators/core/index.js';
import { fromHex, Secret, toHex } from '../../../streams/events/index.js';

const LINE = /^(?<label>[A-Z][A-Z0-9_]*) (?<random>[0-9a-fA-F]+) (?<secret>[0-9a-fA-F]+)$/;
const LABEL = /^(?:CLIENT_RANDOM|RSA|PMS_CLIENT_RANDOM|[A-Z0-9_]+_SECRET(?:_[0-9N])?) /;

/** What the MSK is made of; the other lines open records, which nobody does here. */
const USED: ReadonlySet<string> = new Set(['CLIENT_RANDOM', 'EXPORTER_SECRET']);
const RANDOM_DIGITS = 64;

/** Whether a line is one that TLS libraries write for SSLKEYLOGFILE. */
export const isKeyLogLine = (line: string): boolean => LABEL.test(line) || LINE.test(line.trim());

/**
 * The secrets of a key log, found by label and client random.
 *
 * @since 0.2.0
 */
export interface TlsKeyLog extends TlsSecrets {
  /** What is wrong with the line, if anything is. */
  add(line: string): string | undefined;
  readonly size: number;
}

export const createTlsKeyLog = (): TlsKeyLog => {
  const secrets = new Map<string, Secret>();
  return {
    add: (line) => {
      const { label, random, secret } = LINE.exec(line.trim())?.groups ?? {};
      if (label === undefined || random === undefined || secret === undefined) {
        return 'expected a label and two numbers in hex, as a key log of TLS has them';
      }
      if (!USED.has(label)) return;
      const bytes = fromHex(secret);
      if (random.length !== RANDOM_DIGITS || bytes === undefined) {
        return `${label}: expected ${RANDOM_DIGITS} hex digits and the secret, found ${random.length} and ${secret.length}`;
      }
      secrets.set(`${label} ${random.toLowerCase()}`, Secret.of(bytes));
      bytes.fill(0);
      return;
    },
    find: (label, clientRandom) => secrets.get(`${label} ${toHex(clientRandom)}`),
    get size() {
      return secrets.size;
    },
  };
};
