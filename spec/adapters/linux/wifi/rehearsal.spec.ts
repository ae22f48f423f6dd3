import { expect } from 'chai';
import { eapolWords } from '../../../../adapters/cli/live/wifi/eapolWords.js';
import { EXCHANGES } from '../../../../adapters/linux/wifi/rehearsal/exchange.js';
import { playOf } from '../../../../adapters/linux/wifi/rehearsal/Play.js';
import { createRehearsal } from '../../../../adapters/linux/wifi/rehearsal/rehearsal.js';
import { rehearseOnce } from '../../../../adapters/linux/wifi/rehearsal/rehearseOnce.js';
import type { WifiEvent } from '../../../../adapters/linux/wifi/WifiEvent.js';

/** However long that takes: what never comes runs into the time limit of the test. */
const until = async (isOver: () => boolean): Promise<void> => {
  while (!isOver()) await new Promise((resolve) => setTimeout(resolve, 1));
};
/** As many as a connection takes, and more. */
const manyTurns = async (): Promise<void> => {
  for (let n = 0; n < 200; n++) await new Promise((resolve) => setImmediate(resolve));
};

describe('a rehearsal', () => {
  it('is a whole connection, with handshakes both sides accept', async () => {
    for (const exchange of EXCHANGES) {
      const words: string[] = [];
      let isOver = false;
      const see = (event: WifiEvent): void => {
        if (event.kind === 'packet') words.push(`${event.dir} ${eapolWords(event.packet)}`);
        else if (event.kind !== 'told' && event.kind !== 'done' && event.kind !== 'port') words.push(event.kind);
      };
      rehearseOnce(playOf(exchange, 3), { see }, () => {
        isOver = true;
      });
      await until(() => isOver);
      const handshake = ['in message 1 of 4', 'out message 2 of 4', 'in message 3 of 4', 'out message 4 of 4'];
      expect(words.filter((word) => word !== 'connected')).to.deep.equal([
        ...['scanning', 'chosen', ...handshake, ...handshake, 'chosen', ...handshake, 'failed', 'scanning'],
      ]);
      expect(
        words.filter((word) => word === 'connected'),
        'once when it has connected, and once when the driver has roamed',
      ).to.have.length(2);
    }
  });

  it('downloads the keys of all it agreed on, and writes its log where one is wanted', async () => {
    const lines: string[] = [];
    const done: string[] = [];
    const [, exchange] = EXCHANGES;
    let isOver = false;
    const over = (): void => {
      isOver = true;
    };
    const see = (event: WifiEvent): void => {
      if (event.kind === 'done') done.push(event.effect.kind);
    };
    rehearseOnce(playOf(exchange, 2), { see, record: (line) => lines.push(line) }, over);
    await until(() => isOver);
    expect(
      done.filter((kind) => kind === 'setKeyMappingKey'),
      'another one in each handshake',
    ).to.have.length(2);
    expect(
      done.filter((kind) => kind === 'setDefaultKey'),
      'for data and for management frames, which stay what they are',
    ).to.have.length(2);
    expect(lines.filter((line) => line.includes('"sendPacket"'))).to.have.length(4);
  });

  it('is over when it is ended early', async () => {
    const kinds: string[] = [];
    let times = 0;
    const { end } = rehearseOnce(playOf(EXCHANGES[0], 1), { see: ({ kind }) => kinds.push(kind) }, () => {
      times += 1;
    });
    end();
    await manyTurns();
    expect([kinds.includes('connected'), times]).to.deep.equal([false, 1]);
  });

  it('is repeated so often and no more, and only while that is wanted', async () => {
    let ended = 0;
    const see = ({ kind }: WifiEvent): void => {
      if (kind === 'failed') ended += 1;
    };
    const { resume, refresh, pause } = createRehearsal({ see }, { first: 4, again: 2 });
    await manyTurns();
    expect(ended).to.equal(0);
    resume();
    await until(() => ended === 2);
    pause();
    await manyTurns();
    expect(ended).to.equal(2);
    resume();
    await until(() => ended === 4);
    await manyTurns();
    expect(ended).to.equal(4);
    resume();
    await manyTurns();
    expect(ended, 'all were done').to.equal(4);
    refresh();
    await until(() => ended === 6);
    await manyTurns();
    expect(ended, 'and some more').to.equal(6);
  });
});
