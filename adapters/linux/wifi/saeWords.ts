import type { SaeFailure } from '../../../operators/core/index.js';

const SAE_FAULTS: Readonly<Partial<Record<SaeFailure['reason'], string>>> = {
  wrongPassword: 'the two passwords differ: SAE has shown it',
  noAnswer: 'the access point did not answer SAE',
  commitRefused: 'the access point refused our commit of SAE',
  noCommonGroup: 'the access point has no group of SAE that is served here',
  unknownPasswordIdentifier: 'the access point knows no password of that identifier',
  downgrade: 'somebody has tampered with the groups of SAE',
  invalidCommit: 'the commit of the access point is not valid',
};

/** Why SAE failed, as a phrase. */
export const saeWords = (reason: SaeFailure['reason']): string => SAE_FAULTS[reason] ?? 'SAE failed';
