import type { Credential } from '../../operators/core/shadow/index.js';
import { compareKeys, comparePmkids } from './captureKeyComparison.js';
import {
  type CaptureOracle,
  captureOracle,
  compareEap,
  compareManagement,
  compareMessages,
  compareMics,
} from './captureOracle.js';
import { type CaptureRead, credentialOf, readingOf } from './captureReading.js';
import { type CaptureOrigin, captureFile, captureOrigins } from './captures.js';

export interface CaptureComparison {
  readonly read: CaptureRead;
  readonly oracle: CaptureOracle;
  readonly differences: ReadonlyArray<string>;
  /** Frames that others list once more although they are copies of what was said already. */
  readonly retries: ReadonlyArray<number>;
}

export const originOf = (name: string): CaptureOrigin | undefined => captureOrigins().find(({ file }) => file === name);

/** What is known of the secrets of a capture. */
export const credentialsOf = (name: string): ReadonlyArray<Credential> => originOf(name)?.credentials.flatMap(credentialOf) ?? [];

const compare = (name: string, credentials: ReadonlyArray<Credential>): CaptureComparison => {
  const hasKeys = credentials.length > 0;
  const oracle = captureOracle(name);
  const read = readingOf(captureFile(name), credentials);
  const messages = compareMessages(oracle, read, hasKeys);
  const eap = compareEap(oracle, read);
  const management = compareManagement(oracle, read, hasKeys);
  const ofKeys = hasKeys ? [...compareMics(oracle, read), ...comparePmkids(oracle, read), ...compareKeys(oracle, read)] : [];
  return {
    ...{ read, oracle },
    differences: [...messages.differences, ...eap.differences, ...management.differences, ...ofKeys],
    retries: [...messages.retries, ...eap.retries, ...management.retries],
  };
};

const remembered = new Map<string, CaptureComparison>();

/** Reads a capture through the whole pipeline, with what is known of its secrets, and holds it against what other analysers say. */
export const compareCapture = (name: string): CaptureComparison => {
  const known = remembered.get(name) ?? compare(name, credentialsOf(name));
  remembered.set(name, known);
  return known;
};

export const compareWithoutKeys = (name: string): CaptureComparison => compare(name, []);
