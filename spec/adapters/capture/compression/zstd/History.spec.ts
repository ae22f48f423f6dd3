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
});
