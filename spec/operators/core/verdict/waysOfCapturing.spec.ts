import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { nodeCrypto } from '../../../../adapters/crypto/index.js';
import { type AirBatch, createExplainer, type Explanation } from '../../../../operators/core/verdict/index.js';
import { batchOf } from '../../../streams/air/hearAll.js';
import { airFrameOf } from '../../../support/airFrames.js';
import { type CapturedFrame, readCapture } from '../../../support/pcap.js';

const folder = new URL('../../../../examples/captures/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.pcap'));
const framesOf = (name: string): ReadonlyArray<CapturedFrame> => [...readCapture(readFileSync(new URL(name, folder)))];

const explained = (frames: ReadonlyArray<CapturedFrame>): ReadonlyArray<Explanation> => {
  const batch: AirBatch = batchOf(frames.map((frame, index) => ({ ...frame, number: index + 1 })));
  const explainer = createExplainer({ crypto: nodeCrypto });
  return [...explainer.take(batch), ...explainer.finish()];
};

/** What does not depend on the numbers of the frames. */
const storyOf = ({ station, ap, outcome, step, cause, passphrase, findings, handshakes }: Explanation) => ({
  ...{ station, ap, outcome, step, cause, passphrase },
  findings: findings.map(({ id }) => id),
  handshakes: handshakes.map(({ m1, m2, m3, m4 }) => [m1, m2, m3, m4].map(({ length }) => length)),
});

const BEACON = 0x80;

/** As airodump-ng writes it, which is where most captures come from: one beacon of each access point. */
const withOneBeaconEach = (frames: ReadonlyArray<CapturedFrame>): ReadonlyArray<CapturedFrame> => {
  const seen = new Set<string>();
  return frames.filter((frame) => {
    const air = airFrameOf(frame);
    if (air === undefined || air.header[0] !== BEACON) return true;
    const ap = air.header.subarray(16, 22).join();
    const isFirst = !seen.has(ap);
    seen.add(ap);
    return isFirst;
  });
};

describe('a capture of which each frame is there twice', () => {
  for (const name of names) {
    it(`tells the same story: ${name}`, () => {
      const frames = framesOf(name);
      const twice = frames.flatMap((frame) => [frame, { ...frame, time: frame.time + 0.0004 }]);
      expect(explained(twice).map(storyOf)).to.deep.equal(explained(frames).map(storyOf));
    });
  }
});

describe('a capture with one beacon of each access point', () => {
  for (const name of names.filter((each) => each !== 'access-point-gone.pcap')) {
    it(`tells the same story: ${name}`, () => {
      const frames = framesOf(name);
      const outcomes = (of: ReadonlyArray<CapturedFrame>) => explained(of).map(({ outcome, cause }) => `${outcome} ${cause}`);
      expect(outcomes(withOneBeaconEach(frames))).to.deep.equal(outcomes(frames));
    });
  }

  it('tells of none that it vanished', () => {
    const [connection] = explained(withOneBeaconEach(framesOf('access-point-gone.pcap')));
    expect(connection).to.include({ outcome: 'authorized', cause: 'none' });
  });
});
