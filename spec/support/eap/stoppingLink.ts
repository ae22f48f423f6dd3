import { setImmediate } from 'node:timers/promises';
import type { Link } from './eapLink.js';

/** When the peer is stopped: as it begins to work on a packet, while it is at work (if that takes a while), or once it has answered. */
export type Moment = 'at once' | 'at work' | 'answered';

export interface StoppingLink extends Link {
  /** How many packets of the server came this far. */
  readonly packets: number;
}

/** The same link, on which the peer is stopped with the packet of this number; 0 lets all pass. */
export const stoppingLink = (link: Link & { unplug(): void }, last: number, moment: Moment): StoppingLink => {
  let packets = 0;
  const isOver = (): boolean => last > 0 && packets >= last;
  return {
    get packets() {
      return packets;
    },
    tell: (packet) => {
      if (isOver()) return;
      packets++;
      link.tell(packet);
      if (isOver()) link.unplug();
    },
    ask: async (packet) => {
      if (isOver()) return;
      packets++;
      const answered = link.ask(packet);
      if (isOver() && moment !== 'answered') {
        if (moment === 'at work') await setImmediate();
        link.unplug();
      }
      const answer = await answered;
      if (!isOver()) return answer;
      link.unplug();
      return;
    },
  };
};
