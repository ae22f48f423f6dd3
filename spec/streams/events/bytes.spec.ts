import { expect } from 'chai';
import { isZero, wipeBytes } from '../../../streams/events/index.js';

describe('wipeBytes', () => {
  it('leaves nothing but zeros, however many octets there are', () => {
    for (const length of [0, 1, 16, 64, 65, 4096]) {
      const bytes = new Uint8Array(length).fill(0xa5);
      wipeBytes(bytes);
      expect(isZero(bytes), `${length}`).to.equal(true);
    }
  });

  it('leaves alone what lies around a view', () => {
    const whole = new Uint8Array(8).fill(1);
    wipeBytes(whole.subarray(2, 5));
    expect([...whole]).to.deep.equal([1, 1, 0, 0, 0, 1, 1, 1]);
  });
});
