import { expect } from 'chai';
import { nodeCrypto } from '../../../../../adapters/crypto/index.js';
import { oweKeys } from '../../../../../operators/core/rsn/owe/oweKeys.js';
import { pointOfPublicKey } from '../../../../../operators/core/rsn/owe/owePublicKey.js';
import { findElement, leadingElements } from '../../../../../streams/frames/index.js';
import { airFrames } from '../../../../support/airFrames.js';
import { dumpsOf, hasLab, labFile, labLog } from '../keys/lab.js';

/** The recordings lie beside a checkout, not in it. */
const without = hasLab ? '' : ' (skipped: there is no ../shared/lab)';

/** The public key in an association request (fixed fields of 4 octets) or response (6). */
const publicKeyIn = (subtype: number, fixed: number): Uint8Array => {
  const frame = airFrames(labFile('owe', 'air.pcap')).find((one) => one.type === 0 && one.subtype === subtype);
  const element = findElement(leadingElements(frame?.body.subarray(fixed) ?? new Uint8Array(0)), 255, 32);
  return element?.body.subarray(2) ?? new Uint8Array(0);
};

describe(`OWE of hostap 2.10${without}`, () => {
  before(function () {
    if (!hasLab) this.skip();
  });

  for (const file of ['station.log', 'ap.log']) {
    it(`PMK and PMKID, of the shared secret in ${file} and the keys on the air`, () => {
      const p256 = nodeCrypto.curve(19);
      if (p256 === undefined) throw new Error('no group 19');
      const log = labLog('owe', file);
      const publicKeys = { client: publicKeyIn(0, 4), accessPoint: publicKeyIn(1, 6) };
      const [shared = new Uint8Array(0)] = dumpsOf(log, 'OWE: DH shared secret');
      expect(shared.length).to.equal(32);
      const { pmk, pmkid } = oweKeys(nodeCrypto, p256, publicKeys, shared);
      expect(pmk.reveal()).to.deep.equal(dumpsOf(log, 'OWE: PMK')[0]);
      expect(pmkid).to.deep.equal(dumpsOf(log, 'OWE: PMKID')[0]);
      for (const key of Object.values(publicKeys)) expect(pointOfPublicKey(p256, key)).to.not.equal(undefined);
    });
  }
});
