import { expect } from 'chai';
import { SaQueryExchange } from '../../../../adapters/linux/wifi/SaQueryExchange.js';
import { LogicalClock } from '../../../../streams/sources/index.js';

const setting = () => {
  const clock = new LogicalClock();
  const asked: number[] = [];
  let unanswered = 0;
  let next = 0x1000;
  const query = new SaQueryExchange({
    scheduler: clock,
    draw: () => next++,
    ask: (transaction) => asked.push(transaction),
    unanswered: () => unanswered++,
  });
  const wait = (ms: number): void => clock.advanceTo(clock.now() + ms);
  return { query, asked, wait, unanswered: () => unanswered };
};

describe('SA Query', () => {
  it('asks when a farewell in the clear says that the station is not known', () => {
    for (const reason of [6, 7]) {
      const { query, asked } = setting();
      query.doubt(reason);
      expect(asked).to.deep.equal([0x1000]);
    }
  });

  it('does not at any other reason, which only who forges has in the clear', () => {
    const { query, asked, wait } = setting();
    for (const reason of [1, 2, 3, 5, 8, 15]) query.doubt(reason);
    wait(5000);
    expect(asked).to.deep.equal([]);
  });

  it('asks under another number each time, five times in a second, and then knows', () => {
    const { query, asked, wait, unanswered } = setting();
    query.doubt(7);
    wait(1023);
    expect([asked, unanswered()]).to.deep.equal([[0x1000, 0x1001, 0x1002, 0x1003, 0x1004], 0]);
    wait(300);
    expect([asked.length, unanswered()]).to.deep.equal([5, 1]);
    wait(10_000);
    expect([asked.length, unanswered()]).to.deep.equal([5, 1]);
  });

  it('is content with an answer to any of its questions, and with no other', () => {
    const { query, asked, wait, unanswered } = setting();
    query.doubt(7);
    wait(300);
    query.hear(0x0fff);
    expect(asked).to.have.length(2);
    query.hear(0x1000);
    wait(5000);
    expect([asked.length, unanswered()]).to.deep.equal([2, 0]);
  });

  it('asks once however many farewells come, and not again for ten seconds', () => {
    const { query, asked, wait } = setting();
    for (let n = 0; n < 50; n++) query.doubt(7);
    query.hear(0x1000);
    query.doubt(7);
    wait(9_999);
    query.doubt(7);
    expect(asked).to.deep.equal([0x1000]);
    wait(1);
    query.doubt(7);
    expect(asked).to.deep.equal([0x1000, 0x1001]);
  });

  it('asks no more once the association is over', () => {
    const { query, asked, wait, unanswered } = setting();
    query.doubt(6);
    query.cancel();
    wait(5000);
    query.hear(0x1000);
    expect([asked.length, unanswered()]).to.deep.equal([1, 0]);
  });
});
