import { randomFrom } from '../fuzz/random.js';
import { mutateCapture } from './mutateCapture.js';
import type { Seeds } from './seeds.js';
import { type Trial, tryCapture } from './tryCapture.js';

const CHUNKS = [64, 1000, 4096, 65_536];

/** The same seed and number make the same capture again. */
export const mutantOf = (
  { captures }: Seeds,
  seed: number,
  number: number,
): { readonly bytes: Uint8Array; readonly chunkSize: number } => {
  const random = randomFrom(Math.imul(seed, 0x9e3779b1) + number);
  const [capture = new Uint8Array(0), other = new Uint8Array(0)] = [random.pick(captures), random.pick(captures)];
  return { bytes: mutateCapture(capture, random, other), chunkSize: random.pick(CHUNKS) ?? 4096 };
};

/** An exception is what must never be, too. */
export const tryMutant = (seeds: Seeds, seed: number, number: number): Trial => {
  const { bytes, chunkSize } = mutantOf(seeds, seed, number);
  try {
    return tryCapture(bytes, { credentials: seeds.credentials, chunkSize });
  } catch (error) {
    const thrown = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { isReadable: false, frames: 0, connections: 0, damages: 0, faults: [`thrown: ${thrown}`] };
  }
};
