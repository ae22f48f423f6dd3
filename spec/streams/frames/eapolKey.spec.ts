import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  type EapolKey,
  MIC_AT,
  type MicLength,
  readEapolKey,
  readKeyInformation,
  withMic,
  withZeroedMic,
  writeEapolKey,
} from '../../../streams/frames/index.js';
import { decoded, expectBytes, expectSame, refusal } from './expectations.js';
import { changed, hex } from './hex.js';
import { eapolKey } from './keyArbitraries.js';
import { RSN_KCK, RSN_MESSAGE_1, RSN_MESSAGE_2, RSN_MESSAGE_3, RSN_MESSAGE_4, WPA_MESSAGE_3 } from './keySamples.js';

const MIC_LENGTHS: ReadonlyArray<MicLength> = [0, 16, 24, 32];
const SAMPLES = [RSN_MESSAGE_1, RSN_MESSAGE_2, RSN_MESSAGE_3, RSN_MESSAGE_4, WPA_MESSAGE_3];

const read = (packet: Uint8Array): EapolKey => decoded(readEapolKey(packet, 16));

/** The packet with another body length, as a sender would announce what is left of it. */
const announced = (packet: Uint8Array, length: number): Uint8Array => changed(packet, 2, length >>> 8, length & 0xff);

describe('EAPOL-Key', () => {
  it('of RSN: message 3, field by field', () => {
    expectSame(read(RSN_MESSAGE_3), {
      version: 2,
      descriptor: 2,
      information: readKeyInformation(0x13ca),
      keyLength: 16,
      replayCounter: 1n,
      nonce: hex('3e8e967dacd960324cac5b6aa721235bf57b949771c867989f49d04ed47c6933'),
      iv: hex('f57b949771c867989f49d04ed47c6934'),
      receiveCounter: hex('cf02000000000000'),
      reserved: hex('0000000000000000'),
      mic: hex('7d0af6df51e99cde7a187453f0f93537'),
      keyData: RSN_MESSAGE_3.subarray(99),
    });
  });

  it('of WPA1: the same fields under another descriptor', () => {
    const key = read(WPA_MESSAGE_3);
    expect(key).to.include({ version: 1, descriptor: 254, keyLength: 32, replayCounter: 2n });
    expect(key.information).to.include({ descriptorVersion: 1, install: true, encrypted: false });
    expectBytes(key.keyData, hex('dd160050f20101000050f20201000050f20201000050f202'));
  });

  it('writes each sample as it was on the air', () => {
    for (const sample of SAMPLES) expectBytes(writeEapolKey(read(sample)), sample);
  });

  it('reads as it was written, at every MIC length', () => {
    const sized = fc.constantFrom(...MIC_LENGTHS).chain((size) => fc.tuple(fc.constant(size), eapolKey(size)));
    fc.assert(
      fc.property(sized, ([micLength, key]) => {
        expectSame(decoded(readEapolKey(writeEapolKey(key), micLength)), key);
      }),
    );
  });

  it('keeps nothing of the buffer it was read from', () => {
    const buffer = Buffer.from(RSN_MESSAGE_3);
    const key = read(buffer);
    buffer.fill(0xff);
    expectBytes(writeEapolKey(key), RSN_MESSAGE_3);
  });

  it('ends where the packet says: padding is none of its business', () => {
    const padded = new Uint8Array([...RSN_MESSAGE_4, ...new Uint8Array(30).fill(0x5a)]);
    expectSame(read(padded), read(RSN_MESSAGE_4));
    expectBytes(withZeroedMic(padded, 16), withZeroedMic(RSN_MESSAGE_4, 16));
  });

  it('tolerates octets between the Key Data and the end of the body', () => {
    const longer = announced(new Uint8Array([...RSN_MESSAGE_4, 1, 2, 3]), 0x5f + 3);
    expectSame(read(longer), read(RSN_MESSAGE_4));
  });

  it('fills and cuts fields that are not of their size, and leaves their neighbours alone', () => {
    const key = read(RSN_MESSAGE_2);
    const odd = {
      ...key,
      nonce: new Uint8Array(40).fill(7),
      iv: hex('01'),
      receiveCounter: hex(''),
      reserved: new Uint8Array(9),
    };
    const wanted = { ...key, nonce: new Uint8Array(32).fill(7), iv: new Uint8Array(16), receiveCounter: hex('0000000000000000') };
    wanted.iv[0] = 1;
    expectSame(read(writeEapolKey(odd)), wanted);
  });

  it('cuts Key Data that no packet can hold, and a MIC that no AKM has', () => {
    const packet = writeEapolKey({ ...read(RSN_MESSAGE_2), keyData: new Uint8Array(70_000) });
    expect(packet).to.have.length(4 + 0xffff);
    expect(read(packet).keyData).to.have.length(0xffff - 95);
    const signed = writeEapolKey({ ...read(RSN_MESSAGE_2), mic: new Uint8Array(70_000) });
    expect(decoded(readEapolKey(signed, 32)).keyData).to.have.length(22);
  });
});

describe('EAPOL-Key, refused', () => {
  it('when the packet is of another type', () => {
    const error = refusal(readEapolKey(changed(RSN_MESSAGE_1, 1, 0), 16));
    expect(error.message).to.equal('EAPOL.Packet Type at byte 1: expected KEY (0x03), found 0');
  });

  it('when the descriptor is that of dynamic WEP, whose fields are others, or of nobody', () => {
    const error = refusal(readEapolKey(changed(RSN_MESSAGE_1, 4, 1), 16));
    expect(error).to.include({ code: 'VALUE', field: 'Descriptor Type', offset: 4 });
    expect(error.message).to.include('found RC4 (0x01)');
    expect(refusal(readEapolKey(changed(RSN_MESSAGE_1, 4, 3), 16)).message).to.include('found UNNAMED (0x03)');
  });

  it('when the body is shorter than its fixed part', () => {
    const error = refusal(readEapolKey(announced(RSN_MESSAGE_4, 94), 16));
    expect(error).to.include({ code: 'TRUNCATED', structure: 'EAPOL-Key', offset: 98 });
    expect(error.message).to.equal('EAPOL-Key.length at byte 98: expected a body of at least 95 bytes, found 94');
  });

  it('when the Key Data would reach beyond the body, though not beyond the buffer', () => {
    const error = refusal(readEapolKey(announced(RSN_MESSAGE_1, 0x74), 16));
    expect(error).to.include({ code: 'LENGTH', field: 'Key Data Length', offset: 97 });
    expect(error.message).to.equal('EAPOL-Key.Key Data Length at byte 97: expected at most the 21 bytes that follow, found 22');
    expect(refusal(readEapolKey(changed(RSN_MESSAGE_4, 97, 0xff, 0xff), 16)).offset).to.equal(97);
  });

  it('when it is read with a longer MIC than it has', () => {
    expect(refusal(readEapolKey(RSN_MESSAGE_4, 24))).to.include({ code: 'TRUNCATED', offset: 99 });
    expect(refusal(readEapolKey(RSN_MESSAGE_3, 24))).to.include({ field: 'Key Data Length', offset: 105 });
  });

  it('at every length short of its own, whether or not the header admits it', () => {
    for (const sample of SAMPLES) {
      for (let length = 0; length < sample.length; length++) {
        const cut = sample.subarray(0, length);
        expect(refusal(readEapolKey(cut, 16)).offset).to.be.within(0, length);
        if (length < 4) continue;
        expect(refusal(readEapolKey(announced(cut, length - 4), 16)).offset).to.be.within(0, length);
      }
    }
  });

  it('never by an exception, whatever the bytes and the MIC length', () => {
    const damage = fc.array(fc.tuple(fc.nat(RSN_MESSAGE_3.length - 1), fc.nat(255)), { maxLength: 4 });
    const damaged = damage.map((changes) => changes.reduce((packet, [at, octet]) => changed(packet, at, octet), RSN_MESSAGE_3));
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 200 }), damaged);
    fc.assert(
      fc.property(bytes, fc.constantFrom(...MIC_LENGTHS), (packet, micLength) => {
        const result = readEapolKey(packet, micLength);
        if (result._tag === 'Left') expect(result.left.offset).to.be.within(0, packet.length);
        expect(withZeroedMic(packet, micLength).length).to.be.at.most(packet.length);
        expect(withMic(packet, new Uint8Array(micLength))).to.have.length(packet.length);
      }),
    );
  });
});

describe('the MIC of an EAPOL-Key', () => {
  // wpa-Induction.pcap is of "Induction" at "Coherer": HMAC-SHA1, cut to 16 octets.
  const micOf = (packet: Uint8Array): Uint8Array =>
    createHmac('sha1', RSN_KCK).update(withZeroedMic(packet, 16)).digest().subarray(0, 16);

  it('is computed over the packet with zeros in its place', () => {
    for (const sample of [RSN_MESSAGE_2, RSN_MESSAGE_3, RSN_MESSAGE_4]) {
      expectBytes(micOf(sample), read(sample).mic);
      expectBytes(withMic(withZeroedMic(sample, 16), micOf(sample)), sample);
    }
  });

  it('is computed in lent room if that is large enough, whatever was there before, and the packet stays as it is', () => {
    const packet = RSN_MESSAGE_3.slice();
    for (const octets of [0, packet.length - 1, packet.length, 1024]) {
      const room = new Uint8Array(octets).fill(0xee);
      const zeroed = withZeroedMic(packet, 16, room);
      expectBytes(zeroed, withZeroedMic(RSN_MESSAGE_3, 16));
      expect(zeroed.buffer === room.buffer).to.equal(octets >= packet.length);
    }
    expectBytes(packet, RSN_MESSAGE_3);
  });

  it('is as long as the AKM has it', () => {
    const packet = RSN_MESSAGE_3.slice().fill(0xee, MIC_AT);
    for (const micLength of MIC_LENGTHS) {
      const wanted = packet.slice().fill(0, MIC_AT, MIC_AT + micLength);
      expectBytes(withZeroedMic(packet, micLength), wanted);
      expectBytes(withMic(packet, new Uint8Array(micLength)), wanted);
    }
  });

  it('is taken out and put in without touching the packet', () => {
    const packet = RSN_MESSAGE_2.slice();
    const zeroed = withZeroedMic(packet, 16);
    withMic(packet, new Uint8Array(16).fill(0xee));
    expectBytes(packet, RSN_MESSAGE_2);
    expectBytes(zeroed.subarray(0, MIC_AT), packet.subarray(0, MIC_AT));
    expectBytes(zeroed.subarray(MIC_AT + 16), packet.subarray(MIC_AT + 16));
    expectBytes(zeroed.subarray(MIC_AT, MIC_AT + 16), new Uint8Array(16));
  });
});
