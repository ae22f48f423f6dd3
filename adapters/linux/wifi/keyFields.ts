import { EapolType, readKeyInformation } from '../../../streams/frames/index.js';

/** Behind the header of EAPOL (IEEE 802.11-2020 Figure 12-32). */
const TYPE_AT = 1;
const KEY_INFORMATION_AT = 5;
const REPLAY_COUNTER_AT = 9;
const LENGTH = 17;

/** What of an EAPOL-Key packet can be read without knowing its AKM. */
export interface KeyFields {
  readonly information: ReturnType<typeof readKeyInformation>;
  readonly replayCounter: bigint;
}

export const keyFieldsOf = (packet: Uint8Array): KeyFields | undefined => {
  if (packet.length < LENGTH || packet[TYPE_AT] !== EapolType.codes.KEY) return undefined;
  const view = new DataView(packet.buffer, packet.byteOffset, packet.length);
  return {
    information: readKeyInformation(view.getUint16(KEY_INFORMATION_AT)),
    replayCounter: view.getBigUint64(REPLAY_COUNTER_AT),
  };
};
