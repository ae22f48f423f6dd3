import { expect } from 'chai';
import { toHex } from '../../streams/events/index.js';
import { hex } from '../streams/frames/hex.js';
import { airFrameOf, airFrames, eapolOf, wiredEapolOf } from './airFrames.js';
import { captureFile, derivedFile, hasCaptures } from './captures.js';
import { readCapture } from './pcap.js';

const START = '01010000';
const LLC = 'aaaa03000000888e';
const ADDRESSES = '020000000001 020000000002 020000000003';

const air = (text: string, linkType = 105) => airFrameOf({ number: 1, time: 0, linkType, bytes: hex(text) });
const eapol = (text: string, linkType = 105): string | undefined => {
  const frame = air(text, linkType);
  const packet = frame && eapolOf(frame);
  return packet && toHex(packet);
};

describe('EAPOL in 802.11 frames', () => {
  it('of every kind of data header', () => {
    expect(eapol(`0801 0000 ${ADDRESSES} 0000 ${LLC} ${START}`)).to.equal(START);
    expect(eapol(`8801 0000 ${ADDRESSES} 0000 0700 ${LLC} ${START}`), 'QoS').to.equal(START);
    expect(eapol(`8881 0000 ${ADDRESSES} 0000 0700 00000000 ${LLC} ${START}`), 'HT Control').to.equal(START);
    expect(eapol(`0803 0000 ${ADDRESSES} 0000 020000000004 ${LLC} ${START}`), 'four addresses').to.equal(START);
  });

  it('not of protected frames, of those without data, and of other types', () => {
    expect(eapol(`0841 0000 ${ADDRESSES} 0000 ${LLC} ${START}`)).to.equal(undefined);
    expect(eapol(`4801 0000 ${ADDRESSES} 0000 ${LLC} ${START}`)).to.equal(undefined);
    expect(eapol(`8000 0000 ${ADDRESSES} 0000 ${LLC} ${START}`)).to.equal(undefined);
  });

  it('behind radiotap, whose flags tell about an FCS and a padded header', () => {
    const frame = `0801 0000 ${ADDRESSES} 0000 ${LLC} ${START}`;
    expect(eapol(`0000 0800 00000000 ${frame}`, 127)).to.equal(START);
    expect(eapol(`0000 0900 02000000 10 ${frame} deadbeef`, 127)).to.equal(START);
    expect(eapol(`0000 1900 03000080 00000000 00000000 ${'00'.repeat(7)} 00 10 ${frame} deadbeef`, 127)).to.equal(START);
    const padded = `8801 0000 ${ADDRESSES} 0000 0700 0000 ${LLC} ${START}`;
    expect(eapol(`0000 0900 02000000 20 ${padded}`, 127)).to.equal(START);
  });

  it('is the same in each link type a capture can have', function () {
    if (!hasCaptures) this.skip();
    const origins = {
      'wpa2-psk-mfp': 'wireshark__wpa2-psk-mfp.pcapng',
      wpa2linkuppassphraseiswireshark: 'wireshark-wiki__wpa2linkuppassphraseiswireshark.pcap',
    };
    for (const [name, origin] of Object.entries(origins)) {
      const all = airFrames(captureFile(origin)).map((frame) => ({ ...frame, time: 0, body: toHex(frame.body) }));
      const packets = airFrames(captureFile(origin)).flatMap((frame) => eapolOf(frame) ?? []);
      for (const linkType of [105, 119, 127, 192]) {
        const derived = airFrames(derivedFile(`${name}.dlt${linkType}.pcap`));
        expect(derived.map((frame) => ({ ...frame, time: 0, body: toHex(frame.body) }))).to.deep.equal(all);
      }
      const wired = [...readCapture(derivedFile(`${name}.dlt1.pcap`))].flatMap((frame) => wiredEapolOf(frame) ?? []);
      expect(wired.map(toHex)).to.deep.equal(packets.map(toHex));
    }
  });
});

describe('capture files', () => {
  const frames = (text: string) => [...readCapture(hex(text))].map((frame) => ({ ...frame, bytes: toHex(frame.bytes) }));

  it('pcap of both byte orders, in micro- and nanoseconds', () => {
    const first = { number: 1, time: 16.5, linkType: 105, bytes: 'aabb' };
    expect(
      frames('d4c3b2a1 02000400 00000000 00000000 ffff0000 69000030  10000000 20a10700 02000000 02000000 aabb'),
    ).to.deep.equal([first]);
    expect(
      frames('a1b23c4d 00020004 00000000 00000000 0000ffff 00000069  00000010 1dcd6500 00000002 00000002 aabb'),
    ).to.deep.equal([first]);
  });

  it('pcap that was cut off', () => {
    expect(
      frames('d4c3b2a1 02000400 00000000 00000000 ffff0000 69000000  10000000 20a10700 03000000 03000000 aabb'),
    ).to.deep.equal([]);
    expect(frames('d4c3b2a1')).to.deep.equal([]);
  });

  it('pcapng with enhanced and simple packets, in the units of its interface', () => {
    const section = '0a0d0d0a 0000001c 1a2b3c4d 00010000 ffffffffffffffff 0000001c';
    const described = '00000001 00000020 007f0000 00000003 00090001 03000000 00000000 00000020';
    const enhanced = '00000006 00000024 00000000 00000000 000005dc 00000002 00000002 aabb0000 00000024';
    const simple = '00000003 00000014 00000004 aabbccdd 00000014';
    expect(frames(`${section}${described}${enhanced}${simple}`)).to.deep.equal([
      { number: 1, time: 1.5, linkType: 127, bytes: 'aabb' },
      { number: 2, time: 0, linkType: 127, bytes: 'aabbcc' },
    ]);
  });
});
