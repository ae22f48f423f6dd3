import { L2Reason } from '../../../streams/events/index.js';
import type { KeyDataItem } from '../../../streams/frames/index.js';
import { type Fault, fatal, type Stage } from './fault.js';
import type { Network } from './network.js';
import { mayTalkTo } from './operatingClass.js';
import type { OperatingChannel } from './policy.js';

const show = ({ operatingClass, primaryChannel, frequencySegment1 }: OperatingChannel): string =>
  `class ${operatingClass}, channel ${primaryChannel}, segment ${frequencySegment1}`;

/** Operating Channel Validation (IEEE 802.11-2020 12.2.9): who is in the middle relays from another channel. */
export const checkChannel = ({ channel }: Network, items: ReadonlyArray<KeyDataItem>, stage: Stage): Fault | undefined => {
  if (channel === undefined) return undefined;
  const refuse = (detail: string): Fault => fatal('CHANNEL', stage, L2Reason.codes.MSMSEC_SEC_IE_MATCHING, detail);
  const item = items.find(({ kind }) => kind === 'operatingChannel');
  if (item?.kind !== 'operatingChannel') return refuse('it does not say on which channel it was sent');
  return mayTalkTo(channel, item) ? undefined : refuse(`it was sent on ${show(item)}, and we are on ${show(channel)}`);
};
