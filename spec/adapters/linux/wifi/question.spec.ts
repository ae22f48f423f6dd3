import { expect } from 'chai';
import { eapolRequest } from '../../../../adapters/linux/nl80211/requests.js';
import { answersInTheClear, questionIn } from '../../../../adapters/linux/wifi/Question.js';
import type { MacAddress } from '../../../../streams/events/index.js';

const MESSAGE_1 = 0x008a;
const MESSAGE_3 = 0x13ca;
const MESSAGE_4 = 0x030a;
const REQUEST = 0x0b0a;
const KEY = 3;
const EAP = 0;

const packet = (information: number, counter: number, type = KEY): Uint8Array => {
  const bytes = new Uint8Array(99);
  bytes.set([2, type, 0, 95, 2, information >> 8, information & 0xff, 0, 16]);
  bytes[16] = counter;
  return bytes;
};

describe('what an access point asks in the clear', () => {
  it('is answered in the clear: it has no key yet if it repeats message 3', () => {
    expect(answersInTheClear(questionIn(packet(MESSAGE_3, 2), false), packet(MESSAGE_4, 2))).to.equal(true);
  });

  it('is not what it asks under the key', () => {
    expect(answersInTheClear(questionIn(packet(MESSAGE_3, 2), true), packet(MESSAGE_4, 2))).to.equal(false);
    expect(answersInTheClear(undefined, packet(MESSAGE_4, 2))).to.equal(false);
  });

  it('is answered by the packet with its counter, and by no other', () => {
    expect(answersInTheClear(questionIn(packet(MESSAGE_3, 3), false), packet(MESSAGE_4, 2))).to.equal(false);
  });

  it('is no reason to make a request of our own in the clear', () => {
    expect(answersInTheClear(questionIn(packet(MESSAGE_1, 2), false), packet(REQUEST, 2))).to.equal(false);
  });

  it('is no EAP, nothing cut short, and nothing a station says', () => {
    for (const other of [packet(MESSAGE_3, 2, EAP), packet(MESSAGE_3, 2).subarray(0, 16), packet(MESSAGE_4, 2)])
      expect(questionIn(other, false)).to.equal(undefined);
    expect(answersInTheClear(questionIn(packet(MESSAGE_3, 2), false), packet(MESSAGE_4, 2).subarray(0, 16))).to.equal(false);
    expect(answersInTheClear(questionIn(packet(MESSAGE_3, 2), false), packet(MESSAGE_4, 2, EAP))).to.equal(false);
  });

  it('goes to the kernel as a flag', () => {
    const peer = '02:00:00:00:00:00' as MacAddress;
    const [plain, clear] = [false, true].map((isInTheClear) => eapolRequest(3, peer, packet(MESSAGE_4, 2), { isInTheClear }));
    expect(clear?.attributes.length).to.equal((plain?.attributes.length ?? 0) + 1);
    // struct nlattr: a length of four octets, and 103, NL80211_ATTR_CONTROL_PORT_NO_ENCRYPT
    expect(clear?.attributes.at(-1)).to.deep.equal(Uint8Array.of(4, 0, 103, 0));
  });
});
