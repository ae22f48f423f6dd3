import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { nodeCrypto } from '../../../../adapters/crypto/index.js';
import { type AirBatch, createExplainer, type Explanation } from '../../../../operators/core/verdict/index.js';
import { mac48At, mac48ToAddress } from '../../../../streams/air/index.js';
import { batchOf } from '../../../streams/air/hearAll.js';
import { type AirFrame, airFrameOf, eapolOf, MANAGEMENT } from '../../../support/airFrames.js';
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

const senderOf = ({ header }: AirFrame): string => (header.length < 16 ? '' : mac48ToAddress(mac48At(header, 10)));

const isEapol = (frame: AirFrame): boolean => eapolOf(frame) !== undefined;
const isManagement = ({ type }: AirFrame): boolean => type === MANAGEMENT;

/** What may be missing from a capture: each says which frames are there. */
type Ear = (frame: AirFrame, index: number) => boolean;

const ears = (seen: ReadonlyArray<Explanation>): Readonly<Record<string, Ear>> => {
  const [stations, aps] = [new Set<string>(seen.map(({ station }) => station)), new Set<string>(seen.map(({ ap }) => ap))];
  return {
    'the stations': (frame) => !stations.has(senderOf(frame)),
    'the access points': (frame) => !aps.has(senderOf(frame)),
    'all that is no EAPOL': isEapol,
    EAPOL: (frame) => !isEapol(frame),
    'all that is no management': isManagement,
    management: (frame) => !isManagement(frame),
    'every second frame': (_, index) => index % 2 === 0,
    'every third frame': (_, index) => index % 3 !== 1,
  };
};

describe('what a capture lacks is no failure, and proves nothing of a passphrase', () => {
  for (const name of names) {
    const frames = framesOf(name);
    const whole = explained(frames);
    const isFine = whole.every(({ outcome, cause, medium }) => outcome === 'authorized' && cause === 'none' && medium === 'air');
    for (const [lacking, isThere] of Object.entries(isFine ? ears(whole) : {})) {
      it(`${name} without ${lacking}`, () => {
        const rest = frames.filter((frame, index) => {
          const air = airFrameOf(frame);
          return air !== undefined && isThere(air, index);
        });
        for (const { outcome, passphrase } of explained(rest)) {
          expect(outcome).to.not.equal('failed');
          expect(passphrase).to.be.oneOf(['excluded', 'unknown']);
        }
      });
    }
  }
});
