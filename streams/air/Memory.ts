import { type AccessPoints, createAccessPoints } from './accessPoints.js';
import { type Acknowledgements, createAcknowledgements } from './acknowledgements.js';
import { createTrim, type TrimCheckSequence } from './checkSequence.js';
import type { EarOptions } from './EarOptions.js';
import { createFragments, type Fragments } from './fragments.js';
import { BROADCAST, type Mac48 } from './Mac48.js';
import { createRetries, type Retries } from './retries.js';

/** What is remembered from frame to frame, all of it bounded, and what is asked of whoever listens. */
export interface Memory {
  readonly accessPoints: AccessPoints;
  readonly retries: Retries;
  readonly acknowledgements: Acknowledgements;
  readonly fragments: Fragments;
  readonly trim: TrimCheckSequence;
  /** Whether frames of a station are heard here: what is for all is for all workers. */
  isOurs(station: Mac48): boolean;
  isWatched(station: Mac48, ap: Mac48): boolean;
}

export const createMemory = (options: EarOptions): Memory => {
  const hasShare = options.isOurs !== undefined;
  return {
    accessPoints: createAccessPoints(),
    retries: createRetries(),
    acknowledgements: createAcknowledgements(),
    fragments: createFragments(),
    trim: createTrim(),
    isOurs: (station) => !hasShare || station === BROADCAST || options.isOurs?.(station) === true,
    isWatched: (station, ap) => options.isWatched(station, ap),
  };
};
