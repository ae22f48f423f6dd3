import { fileURLToPath } from 'node:url';
import type { Netns } from '../../Netns.js';
import type { Running } from '../../start.js';
import type { Rule } from './Traffic.js';

const LOADING = ['--import', 'tsx', '--conditions', 'postassoc-source'];

/** Starts one of the relays, and waits until it passes packets on. */
export const startRelay = async (netns: Netns, which: 'udp' | 'wire', rules: ReadonlyArray<Rule>): Promise<Running> => {
  const script = fileURLToPath(new URL(`./${which}Relay.ts`, import.meta.url));
  const running = netns.start([process.execPath, ...LOADING, script, JSON.stringify(rules)]);
  await running.says(/^ready$/m);
  return running;
};
