import type { Explanation } from './codec/index.js';
import { explainConnection } from './explainConnection.js';
import { keyFingerprints } from './fingerprint.js';
import { type CaptureOptions, type ConnectionReader, readConnections } from './readConnections.js';

export interface ExplainOptions extends CaptureOptions {
  readonly showSecrets?: boolean;
}

/** Explains a capture batch by batch, without a stream: what a worker runs. */
export const createExplainer = (options: ExplainOptions): ConnectionReader<Explanation> => {
  const explaining = { showSecrets: options.showSecrets ?? false, fingerprint: keyFingerprints(options.crypto) };
  return readConnections({ ...options, readsAtOnce: true }, (connection) => explainConnection(connection, explaining));
};
