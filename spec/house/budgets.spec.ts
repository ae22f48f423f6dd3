import { expect } from 'chai';
import { floors, house, type Source, sources } from './sources.js';

const linesOf = ({ text }: Source): number => text.trimEnd().split('\n').length;

const measured = (files: ReadonlyArray<Source>) => {
  const sorted = files.map((source) => ({ path: source.path, lines: linesOf(source) })).sort((a, b) => a.lines - b.lines);
  const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1]?.lines ?? 0;
  return { count: sorted.length, median: at(0.5), p90: at(0.9), longest: sorted.at(-1) ?? { path: '', lines: 0 } };
};

const shown = ({ count, median, p90, longest }: ReturnType<typeof measured>): string =>
  `${count} files, median ${median} lines, p90 ${p90}, longest ${longest.lines} (${longest.path})`;

const all = measured(house);

describe(`file budgets: ${shown(all)}`, () => {
  for (const floor of floors) {
    const own = measured(sources[floor]);
    it(`${floor}: none over 400 lines; ${shown(own)}`, () => {
      expect(own.longest.lines, own.longest.path).to.be.at.most(400);
    });
  }

  it('the median is at most 90 lines', () => {
    expect(all.median).to.be.at.most(90);
  });

  it('nine of ten have at most 200 lines', () => {
    expect(all.p90).to.be.at.most(200);
  });

  it('no folder is a drawer for odds and ends', () => {
    const drawers = house.filter(({ path }) => /(?:^|\/)(?:utils?|helpers?|common|misc)(?:\/|\.ts$)/i.test(path));
    expect(drawers.map(({ path }) => path)).to.deep.equal([]);
  });
});
