import { expect } from 'chai';
import { hex } from '../../frames/hex.js';
import { data, joined, le16, le32, llc, MESSAGE_2, management, REQUEST, TO_DS } from '../building.js';
import { captured, hearFrames } from '../hearAll.js';

const REQUEST_FRAME = management(0, REQUEST);

/** A header with these words of presence and fields. */
const radiotap = (words: ReadonlyArray<number>, fields: Uint8Array): Uint8Array =>
  joined(hex('0000'), le16(4 + 4 * words.length + fields.length), ...words.map((word) => le32(word >>> 0)), fields);

const heard = (header: Uint8Array, frame: Uint8Array) => hearFrames(captured(127, joined(header, frame)));
const bodies = (header: Uint8Array, frame = REQUEST_FRAME) =>
  heard(header, frame).map((event) => ('body' in event ? event.body : undefined));

const FCS = hex('01020304');
const WITH_FCS = joined(REQUEST_FRAME, FCS);

describe('radiotap', () => {
  it('without any field', () => {
    expect(bodies(radiotap([0], hex('')))).to.deep.equal([REQUEST]);
  });

  it('takes off an announced FCS', () => {
    expect(bodies(radiotap([2], hex('10')), WITH_FCS)).to.deep.equal([REQUEST]);
  });

  it('leaves the end alone where no FCS is announced', () => {
    expect(bodies(radiotap([2], hex('00')), WITH_FCS)).to.deep.equal([joined(REQUEST, FCS)]);
  });

  it('does not believe a frame whose FCS was bad', () => {
    expect(bodies(radiotap([2], hex('40')))).to.deep.equal([]);
    expect(bodies(radiotap([2], hex('50')), WITH_FCS)).to.deep.equal([]);
  });

  it('Flags stand behind the TSFT', () => {
    expect(bodies(radiotap([3], hex('4040404040404040 10')), WITH_FCS)).to.deep.equal([REQUEST]);
  });

  it('the TSFT is aligned to eight octets behind an even number of words', () => {
    const header = radiotap([0x80000003, 0], hex('00000000 4040404040404040 10'));
    // With two words the fields begin at octet 12, and the TSFT at 16.
    expect(bodies(header, WITH_FCS)).to.deep.equal([REQUEST]);
    expect(bodies(radiotap([0x80000003, 0], hex('40404040 4040404040404040 00')))).to.deep.equal([REQUEST]);
  });

  it('words of presence go on, also of vendors and with TLVs', () => {
    expect(bodies(radiotap([0x80000002, 0], hex('10')), WITH_FCS)).to.deep.equal([REQUEST]);
    const words = [0xa0000002, 0xc0000020, 0x10000000];
    expect(bodies(radiotap(words, hex('10 4040404040')), WITH_FCS)).to.deep.equal([REQUEST]);
  });

  it('fields that nobody here reads are passed over by the length', () => {
    // Rate, channel, signal, MCS, A-MPDU, VHT, timestamp, HE.
    expect(bodies(radiotap([0x00f8002e], new Uint8Array(64)))).to.deep.equal([REQUEST]);
  });

  it('a header padded to four octets', () => {
    const frame = data(llc(MESSAGE_2), { flags: TO_DS, qos: 0, padding: 2 });
    const events = heard(radiotap([2], hex('20')), frame);
    expect(events.map((event) => event.kind === 'eapol' && event.packet)).to.deep.equal([MESSAGE_2]);
    expect(heard(radiotap([2], hex('00')), frame)).to.deep.equal([]);
  });

  it('a length, a version or words that cannot be make no frame', () => {
    for (const broken of [hex('01 00 0800 00000000'), hex('0000 0700 00000000'), hex('0000 ffff 00000000')]) {
      expect(bodies(broken)).to.deep.equal([]);
    }
    expect(bodies(radiotap([0], hex('')).subarray(0, 7), hex(''))).to.deep.equal([]);
    expect(bodies(radiotap([0], hex('')), hex(''))).to.deep.equal([]);
    // Presence without end: there is no Flags field in the header.
    expect(bodies(radiotap([0x80000002, 0x80000000], hex('')))).to.deep.equal([REQUEST]);
  });
});
