import { expect } from 'chai';
import fc from 'fast-check';
import { readMobilityDomain } from '../../../streams/frames/index.js';
import { elementSamples } from './elementSamples.js';
import { expectBytes, refusal } from './expectations.js';
import { hex } from './hex.js';

type Sample = (typeof elementSamples)[number];

const harmless = ({ read }: Pick<Sample, 'read'>, bytes: Uint8Array): void => {
  const result = read(bytes);
  if (result._tag === 'Left') expect(result.left.offset).to.be.within(0, bytes.length);
};

describe('elements cut short', () => {
  for (const sample of elementSamples) {
    it(`${sample.name}: each shorter one is refused inside it, or is a value that is written as it was`, () => {
      expectBytes(sample.rewrite(sample.bytes) ?? hex(''), sample.bytes);
      for (let length = 0; length < sample.bytes.length; length++) {
        const cut = sample.bytes.subarray(0, length);
        const again = sample.rewrite(cut);
        if (again === undefined) harmless(sample, cut);
        else expectBytes(again, cut);
      }
    });
  }

  it('RSN element: most of them are refused', () => {
    const [rsn] = elementSamples;
    if (rsn === undefined) return expect.fail('no sample');
    const whole = Array.from({ length: rsn.bytes.length }, (_, length) => length).filter(
      (length) => rsn.read(rsn.bytes.subarray(0, length))._tag === 'Right',
    );
    expect(whole).to.deep.equal([2, 6, 16, 26, 28, 62, 66, 67, 68]);
  });

  it('Mobility Domain element: all of them are refused', () => {
    for (let length = 0; length < 3; length++) refusal(readMobilityDomain(new Uint8Array(length)));
  });
});

describe('hostile elements', () => {
  for (const sample of [...elementSamples, { name: 'Mobility Domain element', read: readMobilityDomain, bytes: hex('a1b201') }]) {
    it(`random bytes read as ${sample.name} are a value or an error inside them`, () => {
      fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => harmless(sample, bytes)));
    });

    it(`${sample.name} with some bytes changed is a value or an error inside it`, () => {
      const change = fc.tuple(fc.nat(sample.bytes.length - 1), fc.integer({ min: 0, max: 0xff }));
      fc.assert(
        fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
          const bytes = sample.bytes.slice();
          for (const [at, octet] of changes) bytes[at] = octet;
          harmless(sample, bytes);
        }),
      );
    });
  }
});
