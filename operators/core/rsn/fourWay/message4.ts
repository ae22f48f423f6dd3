import { isLeft } from 'fp-ts/lib/Either.js';
import { macFromBytes } from '../../../../streams/events/index.js';
import { type EapolKey, writeKeyData } from '../../../../streams/frames/index.js';
import type { AkmParameters } from '../akm.js';
import { type Writer, writeKeyReply } from '../keyReply.js';
import type { Ptk } from '../keys/ptk.js';
import type { Network } from '../network.js';

const NOTHING = new Uint8Array(0);

/** A multi-link device says whose message it is (IEEE 802.11be 12.7.6.5); of any other there is nothing to say. */
const keyDataOf = ({ addresses, links }: Network): Uint8Array => {
  if (links.length === 0) return NOTHING;
  const written = writeKeyData([{ kind: 'macAddress', address: macFromBytes(addresses.supplicant) }]);
  return isLeft(written) ? NOTHING : written.right;
};

/** Message 4 (IEEE 802.11-2020 12.7.6.5): the keys of message 3 are ours. */
export const writeMessage4 = (
  writer: Writer,
  network: Network,
  parameters: AkmParameters,
  ptk: Ptk,
  message3: EapolKey,
): Uint8Array =>
  writeKeyReply(writer, network, parameters, ptk, {
    information: {
      descriptorVersion: message3.information.descriptorVersion,
      pairwise: true,
      secure: message3.information.secure,
    },
    replayCounter: message3.replayCounter,
    keyLength: network.akm.protocol === 'wpa' ? message3.keyLength : 0,
    keyData: keyDataOf(network),
  });
