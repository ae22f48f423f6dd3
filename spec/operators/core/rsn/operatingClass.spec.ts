import { expect } from 'chai';
import { mayTalkTo } from '../../../../operators/core/rsn/operatingClass.js';
import type { OperatingChannel } from '../../../../operators/core/rsn/policy.js';

const on = (operatingClass: number, primaryChannel: number, frequencySegment1 = 0): OperatingChannel => ({
  ...{ operatingClass, primaryChannel, frequencySegment1 },
});

type Case = readonly [name: string, ours: OperatingChannel, theirs: OperatingChannel, mayTalk: boolean];

/** Classes and channels of hostap's tests/hwsim/test_ocv.py, and what it says of each pair. */
const cases: ReadonlyArray<Case> = [
  ['20 MHz, the same', on(81, 1), on(81, 1), true],
  ['20 MHz, another channel', on(81, 1), on(81, 6), false],
  ['channel 14 and a channel of 5 MHz less', on(82, 14), on(81, 14), false],
  ['channel 14', on(82, 14), on(82, 14), true],
  ['40 MHz with 40, the same side', on(83, 6), on(83, 6), true],
  ['40 MHz above with 40 below', on(83, 6), on(84, 6), false],
  ['40 MHz below with 40 above', on(84, 6), on(83, 6), false],
  ['40 MHz with 20', on(83, 6), on(81, 6), false],
  ['20 MHz with 40', on(81, 6), on(83, 6), true],
  ['20 MHz with 40 of the other side', on(81, 6), on(84, 6), true],
  ['40 MHz of 5 GHz, where the primary channel tells the side', on(116, 36), on(117, 36), true],
  ['20 MHz of one class with 20 of another, on one channel', on(124, 149), on(125, 149), true],
  ['20 MHz with 80', on(115, 36), on(128, 36), true],
  ['20 MHz with 80 of another primary channel', on(115, 36), on(128, 40), false],
  ['80 MHz with 40', on(128, 36), on(116, 36), false],
  ['80 MHz with 20', on(128, 36), on(115, 36), false],
  ['80 MHz with 160', on(128, 36), on(129, 36), true],
  ['160 MHz with 80', on(129, 36), on(128, 36), false],
  ['80+80 MHz, the same segments', on(130, 36, 155), on(130, 36, 155), true],
  ['80+80 MHz, another segment', on(130, 36, 155), on(130, 36, 106), false],
  ['80+80 MHz with 160', on(130, 36, 155), on(129, 36), false],
  ['160 MHz with 80+80', on(129, 36), on(130, 36, 155), true],
  ['channel 36 of 5 GHz and of 6 GHz', on(115, 36), on(131, 36), false],
  ['20 MHz of 6 GHz with 320', on(131, 37), on(137, 37), true],
  ['320 MHz of 6 GHz with 160', on(137, 37), on(134, 37), false],
  ['channel 2 of 6 GHz', on(136, 2), on(136, 2), true],
  ['channel 2 of 6 GHz and the class of the others', on(136, 2), on(131, 2), false],
  ['a class nobody knows, the same', on(250, 3, 4), on(250, 3, 4), true],
  ['a class nobody knows, another channel', on(250, 3, 4), on(250, 4, 4), false],
  ['a class nobody knows, another segment', on(250, 3, 4), on(250, 3, 5), false],
  ['a class nobody knows and one that is known', on(250, 36), on(115, 36), false],
  ['one that is known and a class nobody knows', on(115, 36), on(250, 36), false],
];

describe('mayTalkTo', () => {
  for (const [name, ours, theirs, mayTalk] of cases) {
    it(`${name}: ${mayTalk ? 'yes' : 'no'}`, () => {
      expect(mayTalkTo(ours, theirs)).to.equal(mayTalk);
    });
  }
});
