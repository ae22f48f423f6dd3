import { isLeft } from 'fp-ts/lib/Either.js';
import { equalBytes, toHex } from '../../../streams/events/index.js';
import { type RsnElement, readRsnElement } from '../../../streams/frames/index.js';

/** An element as a reader of a report can compare it. Elements are public. */
export const showElement = (element: Uint8Array | undefined): string => (element === undefined ? 'none' : toHex(element));

const sameNumbers = (a: ReadonlyArray<number> = [], b: ReadonlyArray<number> = []): boolean =>
  a.length === b.length && a.every((suite, i) => suite === b[i]);

const sameSuites = (a: RsnElement, b: RsnElement): boolean =>
  a.version === b.version &&
  a.group === b.group &&
  sameNumbers(a.pairwise, b.pairwise) &&
  sameNumbers(a.akms, b.akms) &&
  a.capabilities === b.capabilities &&
  a.groupManagement === b.groupManagement;

/** In a mobility domain message 3 names the PMK-R1 in its RSNE, so that list does not count (IEEE 802.11-2020 13.4.2). */
export const sameButForPmkids = (a: Uint8Array, b: Uint8Array): boolean => {
  const [first, second] = [readRsnElement(a.subarray(2)), readRsnElement(b.subarray(2))];
  return isLeft(first) || isLeft(second) ? equalBytes(a, b) : sameSuites(first.right, second.right);
};
