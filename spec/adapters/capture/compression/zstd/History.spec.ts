import { expect } from 'chai';
import { History } from '../../../../../adapters/capture/compression/zstd/History.js';

describe('History', () => {
  for (const window of [1000, 1001, 4003, 50_001]) {
    it(`keeps the last ${window} octets, and not much more`, () => {
      const history = new History(window, 100);
      let written = 0;
      for (let size = 1; written < 200_000; size = (size * 7 + 3) % 101) {
        history.makeRoom(size);
        const { bytes, end } = history;
        for (let i = 0; i < size; i++) bytes[end + i] = (written + i) % 251;
        expect(history.accept(end + size)[0] ?? 0).to.equal(size === 0 ? 0 : written % 251);
        written += size;
        const reach = Math.min(window, written);
        for (const back of [1, reach]) expect(history.bytes[history.end - back]).to.equal((written - back) % 251);
        expect(history.bytes.length).to.be.at.most(window + Math.max(Math.ceil(window / 4), 800));
      }
    });
  }

  it('begins anew, with another window', () => {
    const history = new History(50_000, 100);
    for (let i = 0; i < 1000; i++) {
      history.makeRoom(100);
      history.accept(history.end + 100);
    }
    history.renew(1000);
    expect(history.end).to.equal(0);
    for (let i = 0; i < 3000; i++) {
      history.makeRoom(100);
      history.bytes.fill(i, history.end, history.end + 100);
      expect(history.accept(history.end + 100)).to.deep.equal(new Uint8Array(100).fill(i));
      if (i >= 9) expect(history.bytes[history.end - 1000]).to.equal((i - 9) % 256);
    }
  });
});
