import type { Line, World } from '../world/World.js';
import { clause, type Finding } from './Rule.js';
import { portName } from './words.js';

/** R174 is broken by time alone, so it is asked on every line. */
export const R174 = {
  ...clause(
    'R174',
    'a first completion within the limit, be it a failure',
    'The first completion is owed in every case that no Stop and no deinit covers, timeouts included.',
  ),
  /** Takes the ports that have waited too long off the list, oldest first, each reported once. */
  overdue: (world: World, limit: number, now: Line): ReadonlyArray<Finding> => {
    const findings: Array<Finding> = [];
    for (const [key, port] of world.waiting) {
      const { adapter, session, openedBy, openedAt } = port;
      if (now.at - openedAt <= limit) break;
      world.waiting.delete(key);
      const message = `${portName(port)} still pending after ${limit / 1e6} s`;
      findings.push({ message, adapter, session, line: { n: openedBy, at: openedAt }, related: [now.n] });
    }
    return findings;
  },
};
