import { zeroiseKeys } from '../peer/conclude.js';
import type { Verdict } from './TunnelState.js';

/** Of verdicts that nobody is going to hear. */
export const destroyVerdicts = (verdicts: ReadonlyArray<Verdict>): void => {
  for (const verdict of verdicts) if (verdict.do === 'accept') zeroiseKeys(verdict.keys);
};
