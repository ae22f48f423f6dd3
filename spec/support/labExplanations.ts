import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { nodeCrypto } from '../../adapters/crypto/index.js';
import type { Credential } from '../../operators/core/shadow/index.js';
import { type AirBatch, createExplainer, type ExplainOptions, type Explanation } from '../../operators/core/verdict/index.js';
import { Secret } from '../../streams/events/index.js';
import { batchesOf } from './observed.js';

/** Exchanges of a real access point with real stations lie beside a checkout. */
const folder = fileURLToPath(new URL('../../../shared/lab/cases/', import.meta.url));

export const hasLabCases = existsSync(folder);

type Options = Omit<ExplainOptions, 'crypto'>;

export const explainFile = (file: Uint8Array, options: Options = {}): ReadonlyArray<Explanation> => {
  const explainer = createExplainer({ crypto: nodeCrypto, ...options });
  return [...batchesOf(file).flatMap((batch) => explainer.take(batch)), ...explainer.finish()];
};

const captureOf = (name: string): Uint8Array => {
  const air = `${folder}${name}/air.pcap`;
  return readFileSync(existsSync(air) ? air : `${folder}${name}/wire.pcap`);
};

interface LabCase {
  readonly ssid?: string | null;
  readonly credentials_ap?: { readonly wpa_passphrase?: string };
}

const utf8 = new TextEncoder();

/** The passphrase of the access point, which is the network's. */
export const labPassphrase = (name: string): ReadonlyArray<Credential> => {
  const { credentials_ap, ssid } = JSON.parse(readFileSync(`${folder}${name}/case.json`, 'utf8')) as LabCase;
  const passphrase = credentials_ap?.wpa_passphrase;
  if (passphrase === undefined) return [];
  const ofNetwork = typeof ssid === 'string' ? { ssid: utf8.encode(ssid) } : {};
  return [{ kind: 'passphrase', passphrase: Secret.of(utf8.encode(passphrase)), ...ofNetwork }];
};

export const explainLab = (name: string, options: Options = {}): ReadonlyArray<Explanation> =>
  explainFile(captureOf(name), options);

export const labBatches = (name: string, size: number): ReadonlyArray<AirBatch> => batchesOf(captureOf(name), size);
