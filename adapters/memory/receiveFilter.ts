import { ExemptionAction, ExemptionPacket, type MacAddress, type PrivacyExemption } from '../../streams/events/index.js';

/** What is on the air, as far as delivery depends on it. */
export interface ReceivedFrame {
  readonly peer: MacAddress;
  readonly etherType: number;
  readonly payload: Uint8Array;
  /** The Protected bit of the frame. */
  readonly protected: boolean;
  readonly multicast: boolean;
}

/** What decides which frames reach the engine. */
export interface ReceiveFilter {
  readonly maxBackLog: number;
  readonly registrations: ReadonlyArray<number>;
  readonly exemptions: ReadonlyArray<PrivacyExemption>;
  readonly excludeUnencrypted: boolean;
}

/** A frame nobody gets, and by which rule. */
export interface Dropped {
  readonly rule: 'R62' | 'R63' | 'R64' | 'R145';
  readonly why: string;
}

/** Nobody has called SetEtherTypeHandling: both lists are empty, nothing is received, nothing exempted (R62). */
export const closedFilter: ReceiveFilter = { maxBackLog: 0, registrations: [], exemptions: [], excludeUnencrypted: false };

const { ALWAYS, NONE } = ExemptionAction.codes;
const { UNICAST, MULTICAST } = ExemptionPacket.codes;

const covers = ({ etherType, action, packets }: PrivacyExemption, frame: ReceivedFrame): boolean =>
  etherType === frame.etherType && action !== NONE && packets !== (frame.multicast ? UNICAST : MULTICAST);

/** R64: one action wants frames in the clear always, the other as long as there is no key for their sender. */
const forbids = ({ action }: PrivacyExemption, frame: ReceivedFrame, hasKey: boolean): boolean =>
  action === ALWAYS ? frame.protected : !frame.protected && hasKey;

/** Why a frame is dropped, or nothing when it is to be delivered. `hasKey`: a key-mapping key exists for its sender. */
export const filtered = (filter: ReceiveFilter, frame: ReceivedFrame, hasKey: boolean): Dropped | undefined => {
  if (!filter.registrations.includes(frame.etherType)) return { rule: 'R62', why: 'its EtherType is not registered' };
  const exemptions = filter.exemptions.filter((exemption) => covers(exemption, frame));
  if (exemptions.some((exemption) => forbids(exemption, frame, hasKey))) {
    return { rule: 'R64', why: frame.protected ? 'it is protected' : 'it is not protected though there is a key' };
  }
  if (filter.excludeUnencrypted && !frame.multicast && !frame.protected && exemptions.length === 0) {
    return { rule: 'R145', why: 'it is not protected, and its EtherType is not exempted' };
  }
  return undefined;
};
