import { expect } from 'chai';
import { compareCapture, compareWithoutKeys, credentialsOf } from '../../support/captureComparison.js';
import { explainedOf } from '../../support/captureDifferences.js';
import { captureNames, hasCaptures } from '../../support/captures.js';

describe('captures of the wild, explained, beside what other analysers say of them (../shared/captures, where that is)', () => {
  before(function () {
    if (!hasCaptures) this.skip();
  });

  for (const name of captureNames) {
    const known = credentialsOf(name);
    const explained = explainedOf(name).flatMap(({ differences }) => differences);

    if (known.length > 0) {
      it(`${name}: messages, counters, nonces, MICs, EAP packets, reasons and keys, with its key`, () => {
        const { differences, read, oracle } = compareCapture(name);
        expect(differences).to.have.members(explained);
        expect(read.frames).to.equal(oracle.frames);
        for (const { explanation } of read.connections) expect(explanation.passphrase).to.not.be.oneOf(['wrong', 'likelyWrong']);
      });
    }

    it(`${name}: without a key`, () => {
      const { differences, read, oracle } = compareWithoutKeys(name);
      expect(explained).to.include.members(differences);
      expect(read.frames).to.equal(oracle.frames);
      for (const { sightings, tks, groupKeys } of read.connections) {
        expect(sightings.filter(({ mic }) => mic === 'valid' || mic === 'invalid')).to.deep.equal([]);
        expect([tks, groupKeys]).to.deep.equal([[], []]);
      }
    });
  }

  it('there are 66 of them, and MICs enough', () => {
    expect(captureNames).to.have.length(66);
    const compared = captureNames.map((name) => compareCapture(name));
    const sightings = compared.flatMap(({ read }) => read.connections.flatMap((connection) => connection.sightings));
    expect(sightings.filter(({ mic }) => mic === 'valid')).to.have.length.at.least(130);
  });

  it('the only wrong passphrase of all is likely wrong, and nobody else is blamed', () => {
    const blamed = captureNames.filter((name) =>
      compareCapture(name).read.connections.some(({ explanation }) => ['wrong', 'likelyWrong'].includes(explanation.passphrase)),
    );
    expect(blamed).to.deep.equal(['john-samples__wpa.bad.passphrase.cap']);
  });
});
