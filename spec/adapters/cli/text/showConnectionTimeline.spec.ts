import { expect } from 'chai';
import fc from 'fast-check';
import { coloursOf } from '../../../../adapters/cli/colours.js';
import { microsecondsOf, showConnectionTimeline } from '../../../../adapters/cli/text/showConnectionTimeline.js';
import { explainConnection } from '../../../../operators/core/verdict/index.js';
import { isoTime } from '../../../../operators/core/verdict/json/isoTime.js';
import { at, authentication, connection, without } from '../../../support/connections.js';

/** Later than this, microseconds are no whole numbers any more. */
const LAST = Math.floor(Number.MAX_SAFE_INTEGER / 1_000_000) - 1;

describe('microsecondsOf', () => {
  it('reads back what isoTime wrote, whichever day came before', () => {
    const seconds = fc.integer({ min: 1, max: LAST });
    fc.assert(
      fc.property(fc.array(fc.tuple(seconds, fc.nat(999_999)), { minLength: 1 }), (times) => {
        for (const [second, fraction] of times) {
          const time = second * 1_000_000 + fraction;
          expect(microsecondsOf(isoTime(time))).to.equal(time);
        }
      }),
    );
  });

  it('is nothing where there is no time', () => {
    expect(microsecondsOf(isoTime(0))).to.equal(undefined);
  });
});

describe('showConnectionTimeline', () => {
  const colours = coloursOf({ isTerminal: false, env: {} });
  const shown = (...frames: ReadonlyArray<number>): ReadonlyArray<string> => {
    const called = frames.map((frame) => ({ ...authentication(frame, { from: 'station' }), time: at(1).time + frame }));
    const seen = without(connection({ began: at(1), authentications: called }), 'association');
    const [, ...lines] = showConnectionTimeline(explainConnection(seen), colours, 100);
    return lines.map((line) => line.trim().replace(/^\S+ s +/, ''));
  };

  it('shows a few that are alike, and of many the first and the last', () => {
    const said = (frame: number) => `${frame}  ──▶ authentication open`;
    expect(shown(1, 3, 5)).to.deep.equal([1, 3, 5].map(said));
    expect(shown(1, 3, 5, 7, 9)).to.deep.equal(
      [said(1), '·  3 more like this', said(9)].map((line) => line.replace('·  ', '· ')),
    );
  });
});
