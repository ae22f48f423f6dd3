import { expect } from 'chai';
import { EXCHANGES } from '../../../../adapters/linux/wifi/rehearsal/exchange.js';
import { playOf } from '../../../../adapters/linux/wifi/rehearsal/Play.js';
import { rehearseOnce } from '../../../../adapters/linux/wifi/rehearsal/rehearseOnce.js';

const CONNECTIONS = 200;
const play = playOf(EXCHANGES[0], 1);

const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

/** Connects by a radio in memory, and leaves. */
const connectOnce = (): Promise<ReadonlyArray<string>> =>
  new Promise((resolve) => {
    const kinds: string[] = [];
    rehearseOnce(play, { see: ({ kind }) => kinds.push(kind) }, () => resolve(kinds));
  });

describe('two hundred connections of one process', () => {
  it('all come up, and leave no timer behind', async () => {
    await connectOnce();
    const before = timers();
    for (let n = 0; n < CONNECTIONS; n++) expect(await connectOnce()).to.include('connected');
    expect(timers()).to.equal(before);
  });
});
