import { expect } from 'chai';
import { figuresOf, runsIn, spreadOf } from '../../../../lab/wifi/bench/BenchResult.js';
import { benchTables } from '../../../../lab/wifi/bench/benchTables.js';

const RUNS = runsIn('unmeasured 1.5 2.5\ncold 1 10.000000 12.500000\ncold 2 20.000000 \nwarm 1 30.000000 30.250000\n');
const connection = (began: number, message2: number) => ({ began: began * 1e6, usesSae: began === 11, message2, whole: 5_000 });
const AIR = [connection(1.6, 999), connection(10.5, 900), connection(11, 70), connection(20.1, 80), connection(30.1, 60)];
const KERNEL = new Map([['cold 1', { key: 40, opened: 50, answers: [] }]]);

describe('the results of a comparison', () => {
  it('are read run by run; who got no answer has none', () => {
    expect(RUNS).to.deep.equal([
      { name: 'unmeasured', began: 1.5, answered: 2.5 },
      { name: 'cold 1', began: 10, answered: 12.5 },
      { name: 'cold 2', began: 20 },
      { name: 'warm 1', began: 30, answered: 30.25 },
    ]);
  });

  it('take the last connection of each run, and those of runs in which traffic passed', () => {
    expect(figuresOf('cold', RUNS, AIR, KERNEL)).to.deep.equal({
      ...{ runs: 2, connected: 1, fullSae: 1 },
      measures: { message2: [70], message4: [], whole: [5_000], key: [40], opened: [50], answered: [2_500_000] },
    });
    expect(figuresOf('warm', RUNS, AIR, KERNEL).measures.message2).to.deep.equal([60]);
  });

  it('have a median, and of few values the largest as 99th percentile', () => {
    expect(spreadOf([3, 1, 2])).to.deep.equal({ median: 2, p99: 3 });
    expect(spreadOf([])).to.equal(undefined);
  });

  it('say in the tables what was missed', () => {
    const of = (supplicant: 'postassoc' | 'wpa_supplicant', message2: number, message4: number) => {
      const figures = { runs: 1, connected: 1, fullSae: 0, measures: { message2: [message2], message4: [message4] } };
      return { network: 'net', supplicant, outcome: '', cold: figures, warm: figures };
    };
    const tables = benchTables([of('postassoc', 2_000, 90), of('wpa_supplicant', 1_000, 100)]);
    expect(tables).to.include('| net | 2.00 / 2.00 MISSED | 0.90 / 0.90 |');
    expect(tables).to.include('| net | 2.00 / 2.00 | 1.00 / 1.00 | – |');
    expect(tables).to.include('| net | 1 of 1, 1 of 1 | 1 of 1, 1 of 1 | – |');
  });
});
