import type { WifiEvent } from '../../../linux/index.js';
import { noTrail, noted, type Trail } from '../../../radius/conversation/Trail.js';
import { byFault } from '../../../radius/conversation/verdictOf.js';
import type { Verdict } from '../../../radius/index.js';

const SILENT = 'the access point answers, and its server does not: see its log, and whether it reaches the RADIUS server';

const after = (trail: Trail, event: WifiEvent): Trail => {
  if (event.kind === 'chosen') return noTrail;
  if (event.kind !== 'note') return trail;
  const { note } = event;
  switch (note.kind) {
    case 'phase':
    case 'start':
    case 'rest':
    case 'authenticated':
    case 'failed':
    case 'ignored':
      return trail;
    default:
      return noted(trail, note);
  }
};

/** What a failure of 802.1X comes to, with what went before it; of other events nothing. */
export const oneXVerdicts = (): ((event: WifiEvent) => Verdict | undefined) => {
  let trail = noTrail;
  return (event) => {
    trail = after(trail, event);
    if (event.kind !== 'failed' || event.fault === undefined || event.fault.code === 'cancelled') return;
    const verdict = byFault(trail, event.fault);
    return verdict.kind === 'noAnswer' && verdict.advice === undefined ? { ...verdict, advice: SILENT } : verdict;
  };
};
