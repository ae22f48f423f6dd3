import { isLeft } from 'fp-ts/lib/Either.js';
import { type EapolKey, writeKeyData } from '../../../../streams/frames/index.js';
import type { AkmParameters } from '../akm.js';
import { type Writer, writeKeyReply } from '../keyReply.js';
import type { Ptk } from '../keys/ptk.js';
import type { Network } from '../network.js';

const keyDataOf = ({ channel }: Network): Uint8Array => {
  const written = channel === undefined ? undefined : writeKeyData([{ kind: 'operatingChannel', ...channel }]);
  return written === undefined || isLeft(written) ? new Uint8Array(0) : written.right;
};

/** Group message 2 (IEEE 802.11-2020 12.7.7.3). WPA1 echoes the key index and the key length. */
export const writeGroupMessage2 = (
  writer: Writer,
  network: Network,
  parameters: AkmParameters,
  ptk: Ptk,
  message1: EapolKey,
): Uint8Array => {
  const isWpa = network.akm.protocol === 'wpa';
  return writeKeyReply(writer, network, parameters, ptk, {
    information: {
      descriptorVersion: message1.information.descriptorVersion,
      index: isWpa ? message1.information.index : 0,
      secure: true,
    },
    replayCounter: message1.replayCounter,
    keyLength: isWpa ? message1.keyLength : 0,
    keyData: keyDataOf(network),
  });
};
