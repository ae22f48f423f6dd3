import { expect } from 'chai';
import {
  type HandshakeSigns,
  isRefused,
  missingWords,
  noSigns,
  packetHeard,
  packetSent,
} from '../../../../adapters/linux/wifi/HandshakeSigns.js';

const key = (information: number, type = 3): Uint8Array => {
  const packet = new Uint8Array(99);
  packet.set([2, type, 0, 95, 2, information >> 8, information & 0xff]);
  return packet;
};
const message1 = (counter: number): Uint8Array => {
  const packet = key(0x008a);
  packet[16] = counter;
  return packet;
};

const heard = (times: number): HandshakeSigns =>
  Array.from({ length: times }, (_, at) => message1(at)).reduce<HandshakeSigns>(packetHeard, noSigns);

describe('the signs of a handshake', () => {
  it('count message 1 and nothing else', () => {
    for (const other of [key(0x13ca), key(0x1382), key(0x008a, 0), message1(0).subarray(0, 5)])
      expect(packetHeard(noSigns, other)).to.deep.equal(noSigns);
    expect(heard(3).messages1).to.equal(3);
  });

  it('count a message 1 once that comes twice', () => {
    expect([1, 1, 2, 2, 1].map(message1).reduce<HandshakeSigns>(packetHeard, noSigns).messages1).to.equal(2);
  });

  it('speak of a refusal where message 1 came again and ours was acknowledged, or nobody can tell', () => {
    expect(isRefused(packetSent(heard(2), true))).to.equal(true);
    expect(isRefused(heard(2))).to.equal(true);
  });

  it('do not where nothing of ours was heard, or message 1 came but once', () => {
    expect(isRefused(packetSent(heard(4), false))).to.equal(false);
    expect(isRefused(packetSent(heard(1), true))).to.equal(false);
    expect(isRefused(noSigns)).to.equal(false);
  });

  it('remember that something was heard', () => {
    expect(packetSent(packetSent(noSigns, true), false).isHeard).to.equal(true);
  });

  it('are told as what was missing', () => {
    expect(
      [noSigns, packetSent(heard(2), false), packetSent(heard(1), true), packetSent(heard(2), true)].map(missingWords),
    ).to.deep.equal([
      'its message 1 never came',
      'it heard nothing of us, for it acknowledged nothing',
      'its message 3 never came',
      'it asked again instead of taking our message 2',
    ]);
  });
});
