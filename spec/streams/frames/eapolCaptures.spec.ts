import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { toHex } from '../../../streams/events/index.js';
import {
  EapolType,
  KeyDescriptor,
  readEapol,
  readEapolKey,
  readKeyData,
  withZeroedMic,
  writeEapolKey,
  writeKeyData,
  writeKeyInformation,
} from '../../../streams/frames/index.js';
import { airFrames, eapolOf, wiredEapolOf } from '../../support/airFrames.js';
import { captureFile, captureNames, hasCaptures, oracleOf } from '../../support/captures.js';
import { readCapture } from '../../support/pcap.js';
import { decoded, expectBytes, refusal } from './expectations.js';
import { hex } from './hex.js';

/** What tshark says of an EAPOL packet; the fields of a key only where it is one it can read. */
interface SeenPacket {
  readonly no: number;
  readonly time: number;
  readonly type: number;
  readonly version: number;
  readonly len: number;
  readonly descriptor?: number;
  readonly key_info?: string;
  readonly key_len?: number;
  readonly replay?: number;
  readonly nonce?: string;
  readonly mic?: string;
  readonly key_data_len?: number;
  readonly key_data?: string | null;
}

/** What an independent check of the MICs found, with the keys it derived. */
interface CheckedPacket {
  readonly no: number;
  readonly mic_valid: boolean;
  readonly scheme: string | null;
  readonly kck?: string;
  readonly key_data_plain?: string;
  readonly kdes?: {
    readonly gtk?: ReadonlyArray<{ readonly keyid: number; readonly gtk: string }>;
    readonly igtk?: { readonly keyid: number; readonly ipn: string; readonly igtk: string };
  };
}

interface Oracle {
  readonly frames: number;
  readonly eapol?: ReadonlyArray<SeenPacket>;
  readonly own_mic_check?: ReadonlyArray<CheckedPacket>;
}

interface FoundPacket {
  readonly number: number;
  readonly time: number;
  readonly packet: Uint8Array;
}

const packetsOf = (name: string): ReadonlyArray<FoundPacket> => {
  const file = captureFile(name);
  const found = <Frame extends { number: number; time: number }>(
    frames: ReadonlyArray<Frame>,
    read: (frame: Frame) => Uint8Array | undefined,
  ): ReadonlyArray<FoundPacket> =>
    frames.flatMap((frame) => {
      const packet = read(frame);
      return packet === undefined ? [] : [{ number: frame.number, time: frame.time, packet }];
    });
  return [...found(airFrames(file), eapolOf), ...found([...readCapture(file)], wiredEapolOf)];
};

const digests: Readonly<Record<string, string>> = {
  'prf-sha1/hmac-md5': 'md5',
  'prf-sha1/hmac-sha1': 'sha1',
  'kdf-sha256/hmac-sha256(owe)/384b': 'sha256',
};

const expectKey = (packet: Uint8Array, seen: SeenPacket): void => {
  const key = decoded(readEapolKey(packet, 16));
  expect(key).to.include({ version: seen.version, descriptor: seen.descriptor, keyLength: seen.key_len });
  expect(writeKeyInformation(key.information)).to.equal(Number(seen.key_info));
  expect(key.replayCounter).to.equal(BigInt(seen.replay ?? -1));
  expect(toHex(key.nonce)).to.equal(seen.nonce);
  expect(toHex(key.mic)).to.equal(seen.mic);
  expect(key.keyData).to.have.length(seen.key_data_len ?? -1);
  expect(toHex(key.keyData)).to.equal(seen.key_data ?? '');
  expectBytes(writeEapolKey(key), packet.subarray(0, 4 + seen.len));
};

describe('EAPOL in captures of the real world', () => {
  it('lie beside the checkout', function () {
    if (!hasCaptures) this.skip();
    expect(captureNames).to.not.deep.equal([]);
  });

  for (const name of captureNames) {
    const oracle = (): Oracle => oracleOf(name) as Oracle;

    it(`${name}: as tshark has it`, () => {
      const { frames, eapol = [] } = oracle();
      const packets = packetsOf(name);
      expect([...readCapture(captureFile(name))]).to.have.length(frames);
      expect(packets.map(({ number }) => number)).to.deep.equal(eapol.map(({ no }) => no));
      for (const [i, seen] of eapol.entries()) {
        const { time = 0, packet = hex('') } = packets[i] ?? {};
        expect(time).to.be.closeTo(seen.time, 1e-5);
        const { version, type, body } = decoded(readEapol(packet));
        expect({ version, type, len: body.length }).to.deep.equal({ version: seen.version, type: seen.type, len: seen.len });
        if (type !== EapolType.codes.KEY) continue;
        if (seen.descriptor === KeyDescriptor.codes.RC4)
          expect(refusal(readEapolKey(packet, 16)).field).to.equal('Descriptor Type');
        else expectKey(packet, seen);
      }
    });

    it(`${name}: MICs and Key Data as an independent check has them`, () => {
      const packets = new Map(packetsOf(name).map(({ number, packet }) => [number, packet]));
      for (const checked of oracle().own_mic_check ?? []) {
        const packet = packets.get(checked.no) ?? hex('');
        const digest = digests[checked.scheme ?? ''];
        if (checked.mic_valid && digest !== undefined && checked.kck !== undefined) {
          const mic = createHmac(digest, hex(checked.kck)).update(withZeroedMic(packet, 16)).digest();
          expectBytes(mic.subarray(0, 16), decoded(readEapolKey(packet, 16)).mic);
        }
        if (checked.key_data_plain === undefined) continue;
        const plain = hex(checked.key_data_plain);
        const items = decoded(readKeyData(plain));
        const gtks = items.flatMap((item) => (item.kind === 'gtk' ? [{ keyid: item.keyId, gtk: toHex(item.key) }] : []));
        const igtks = items.flatMap((item) => (item.kind === 'igtk' ? [item] : []));
        expect(gtks).to.deep.equal(checked.kdes?.gtk ?? []);
        // The check draws the line between packet number and key two octets too early: together they are the same.
        const { igtk } = checked.kdes ?? {};
        const wanted = igtk === undefined ? [] : [{ keyId: igtk.keyid, octets: igtk.ipn + igtk.igtk }];
        const found = igtks.map(({ keyId, packetNumber, key }) => ({ keyId, octets: toHex(packetNumber) + toHex(key) }));
        expect(found).to.deep.equal(wanted);
        // What is written again is all there was but its padding.
        const again = writeKeyData(items);
        expect(again._tag).to.equal('Right');
        if (again._tag === 'Right') expect(checked.key_data_plain).to.match(new RegExp(`^${toHex(again.right)}(?:dd)?0*$`));
      }
    });
  }
});
