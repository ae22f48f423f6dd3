import { isLeft } from 'fp-ts/lib/Either.js';
import { toHex } from '../../../streams/events/index.js';
import {
  type EapolKey,
  MIC_AT,
  type MicLength,
  padKeyData,
  readEapol,
  readEapolKey,
  readKeyData,
  readKeyInformation,
  withMic,
  withZeroedMic,
  writeEapol,
  writeEapolKey,
  writeKeyData,
  writeKeyInformation,
} from '../../../streams/frames/index.js';
import { demand, type Target } from '../target.js';
import { oneOf, type Reading, roundTrips, seedOf } from './readers.js';

const MIC_LENGTHS: ReadonlyArray<MicLength> = [0, 16, 24, 32];

/** A packet with its MIC taken out and put in again is the packet, as far as it announces itself. */
const micStays =
  (length: MicLength): Reading =>
  (packet) => {
    const key = readEapolKey(packet, length);
    if (isLeft(key)) return;
    const zeroed = withZeroedMic(packet, length);
    demand(
      zeroed.subarray(MIC_AT, MIC_AT + length).every((octet) => octet === 0),
      'the MIC was not zeroed',
    );
    const whole = withMic(zeroed, key.right.mic);
    demand(toHex(whole) === toHex(packet.subarray(0, whole.length)), 'the MIC put back makes another packet');
  };

/** Padded as key wrap needs it, key data reads the same; what it ends with may look like padding itself. */
const paddingIsNothing: Reading = (bytes) => {
  const items = readKeyData(bytes);
  if (isLeft(items)) return;
  const written = writeKeyData(items.right);
  if (isLeft(written)) return;
  const padded = readKeyData(padKeyData(written.right));
  demand(!isLeft(padded) && padded.right.length === items.right.length, 'padding was read as an item');
};

const informationStays: Reading = (bytes) => {
  const value = ((bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8)) & 0x3fff;
  demand(writeKeyInformation(readKeyInformation(value)) === value, `key information ${value} does not come back`);
};

const readings: ReadonlyArray<Reading> = [
  roundTrips('EAPOL', readEapol, writeEapol),
  ...MIC_LENGTHS.map((length) =>
    roundTrips(`EAPOL-Key, MIC of ${length}`, (bytes) => readEapolKey(bytes, length), writeEapolKey),
  ),
  ...MIC_LENGTHS.map(micStays),
  roundTrips('key data', readKeyData, writeKeyData),
  paddingIsNothing,
  informationStays,
];

export const fuzz = oneOf(readings);

const key = (mic: MicLength): EapolKey => ({
  ...{ version: 2, descriptor: 2, information: readKeyInformation(0x13ca), keyLength: 16, replayCounter: 2n },
  ...{
    nonce: new Uint8Array(32).fill(1),
    iv: new Uint8Array(16),
    receiveCounter: new Uint8Array(8),
    reserved: new Uint8Array(8),
  },
  ...{
    mic: new Uint8Array(mic).fill(2),
    keyData: Uint8Array.of(0xdd, 22, 0, 0x0f, 0xac, 1, 1, 0, ...new Uint8Array(16).fill(3)),
  },
});

const seeds = (): ReadonlyArray<Uint8Array> => [
  seedOf(0, Uint8Array.of(2, 1, 0, 0)),
  ...MIC_LENGTHS.flatMap((length, index) => [1 + index, 5 + index].map((at) => seedOf(at, writeEapolKey(key(length))))),
  ...[9, 10].map((at) => seedOf(at, key(16).keyData)),
  seedOf(11, Uint8Array.of(0x8a, 0)),
];

export const eapol: Target = { name: 'eapol', slice: 5000, fuzz, seeds };
