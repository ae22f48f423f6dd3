import { expect } from 'chai';
import { tryMutant } from '../../../tools/hostile/hostileRun.js';
import { hostileSeeds } from '../../../tools/hostile/seeds.js';
import { tryCapture } from '../../../tools/hostile/tryCapture.js';
import { blocksIn, frameBytes, joined, pcapFile, pcapHeader, pcapRecord } from '../../support/captureBytes.js';
import { captureFile, captureNames, hasCaptures } from '../../support/captures.js';
import { collectGarbage } from '../../support/collectGarbage.js';

const SEED = 1;
const MUTANTS = 2_000;
const PORTION = 250;

const { n, section, interface: interfaceBlock, packet } = blocksIn(true);

const plain = { credentials: [], chunkSize: 65_536 } as const;

describe('captures that nobody means', () => {
  const seeds = hostileSeeds();

  it('what they are made of is read without a complaint', () => {
    for (const capture of seeds.captures) {
      const { faults, damages, connections } = tryCapture(capture, { ...plain, credentials: seeds.credentials });
      expect(faults).to.deep.equal([]);
      expect(damages).to.equal(0);
      expect(connections).to.be.at.least(1);
    }
  });

  for (let from = 0; from < MUTANTS; from += PORTION) {
    it(`mutants ${from} to ${from + PORTION - 1} of seed ${SEED}: no exception, no damage without a place, no frame that is not there`, () => {
      const numbers = Array.from({ length: PORTION }, (_, at) => from + at);
      const trials = numbers.map((number) => [number, tryMutant(seeds, SEED, number)] as const);
      const faulty = trials.filter(([, { faults }]) => faults.length > 0).map(([number, { faults }]) => `${number}: ${faults}`);
      expect(faulty).to.deep.equal([]);
      expect(trials.filter(([, { isReadable }]) => isReadable).length).to.be.above(PORTION / 4);
      expect(trials.filter(([, { damages }]) => damages > 0).length).to.be.above(PORTION / 10);
    });
  }

  it('memory stays what it was', () => {
    const round = (): number => {
      for (let number = 0; number < PORTION; number++) tryMutant(seeds, SEED + 1, number);
      collectGarbage();
      return process.memoryUsage().arrayBuffers;
    };
    round();
    const before = round();
    expect(round() - before).to.be.below(16 * 1024 ** 2);
  });

  it('a file of nothing, and files that end in the middle of a header', () => {
    for (const capture of seeds.captures) {
      for (const end of [0, 1, 3, 4, 8, 11, 12, 23, 24, 25, 31, 39, 40, 41]) {
        const { faults } = tryCapture(capture.subarray(0, end), plain);
        expect(faults, `${end} octets`).to.deep.equal([]);
      }
    }
  });

  it('a frame that claims 4 GB, and one that claims less than nothing', () => {
    for (const claimed of [0xffffffff, 0x80000000, 0x7fffffff, 0x10000001]) {
      const file = joined(pcapHeader(), pcapRecord({ seconds: 1, bytes: frameBytes(60), captured: claimed }));
      const { faults, damages, isReadable } = tryCapture(file, plain);
      expect([faults, isReadable]).to.deep.equal([[], true]);
      expect(damages, `${claimed}`).to.be.at.least(1);
    }
  });

  it('a hundred thousand interfaces', () => {
    const many = Array.from({ length: 100_000 }, () => interfaceBlock(127));
    const { faults, frames } = tryCapture(joined(section(), ...many, packet(1, frameBytes(40), { id: 99_999 })), plain);
    expect(faults).to.deep.equal([]);
    expect(frames).to.be.at.most(1);
  });

  it('a hundred thousand sections', () => {
    const many = Array.from({ length: 100_000 }, () => section());
    const { faults, isReadable } = tryCapture(joined(...many), plain);
    expect([faults, isReadable]).to.deep.equal([[], true]);
  });

  it('twenty thousand stations, each heard once', () => {
    const request = (station: number): Uint8Array => {
      const frame = new Uint8Array(30);
      frame.set([0xb0, 0, 0, 0, 2, 0, 0, 0, 0, 1, 2]);
      frame.set(n([4, station]), 11);
      frame.set([2, 0, 0, 0, 0, 1, 0x10, 0, 0, 0, 1, 0], 16);
      return frame;
    };
    const records = Array.from({ length: 20_000 }, (_, station) => ({ seconds: 1 + station / 1000, bytes: request(station) }));
    const file = pcapFile(records.map(({ seconds, bytes }) => ({ seconds: Math.floor(seconds), bytes })));
    const { faults, connections } = tryCapture(file, plain);
    expect(faults).to.deep.equal([]);
    expect(connections).to.be.within(1, 20_000);
  });

  describe('captures that crashed somebody (../shared/captures, where that is)', () => {
    before(function () {
      if (!hasCaptures) this.skip();
    });

    for (const name of captureNames.filter((each) => /oobr|crash|overflow|asan|bad_rsn/.test(each))) {
      it(name, () => {
        for (const chunkSize of [64, 65_536]) {
          const { faults, isReadable } = tryCapture(captureFile(name), { ...plain, chunkSize });
          expect([faults, isReadable]).to.deep.equal([[], true]);
        }
      });
    }
  });
});
