import { expect } from 'chai';
import { isRight } from 'fp-ts/lib/Either.js';
import { nodeCrypto } from '../../../../adapters/crypto/index.js';
import { createExplainer, type Explanation, ExplanationCodec } from '../../../../operators/core/verdict/index.js';
import { explainLab, hasLabCases, labBatches, labPassphrase } from '../../../support/labExplanations.js';

/**
 * What hostapd and wpa_supplicant did in each case, by their own logs; by hand, one word each for outcome, step, cause and passphrase.
 * `right` is what the network's passphrase makes of it; without any, it is `excluded`, and where that makes a difference the
 * second table says so.
 */
const up = 'authorized none none';

const withPassphrase: Readonly<Record<string, ReadonlyArray<string>>> = {
  'adv-forged-m1': ['failed fourWay forgedFrame right'],
  // The access point installed its key again, but sent nothing under it that was captured: the frames show no reuse.
  'adv-krack-resend': [`${up} right`],
  'adv-replay-m3': [`${up} right`],
  'adv-spoof-deauth-nopmf': [
    'authorized none deauthenticated right',
    'interrupted fourWay deauthenticated unknown',
    `${up} right`,
  ],
  'adv-spoof-deauth-pmf': [`${up} right`],
  'eap-disconnect-mid-eap': ['interrupted eap deauthenticated unknown'],
  'eap-peap-mschapv2': [`${up} excluded`],
  'eap-peap-radius-air': [`${up} excluded`],
  'eap-peap-wrongpass': ['failed eap eapFailure unknown'],
  'eap-pmksa-cache': [`${up} excluded`, `${up} excluded`],
  'eap-sta-leaves-mid-eap': ['interrupted eap stationLeft unknown'],
  'eap-suite-b-192': [`${up} excluded`],
  'eap-tls': [`${up} excluded`],
  'eap-ttls-pap': [`${up} excluded`],
  'ft-psk-roam': [`${up} right`, `${up} excluded`, `${up} excluded`],
  // By the first frame: 1, 2, 3 with its wrong passphrase, 4, 5, 3 once more, and 2 after the access point had thrown it out.
  'multi-sta': [
    `${up} right`,
    'authorized none deauthenticated right',
    'failed fourWay wrongPassphrase wrong',
    `${up} right`,
    `${up} right`,
    'failed fourWay wrongPassphrase wrong',
    `${up} right`,
  ],
  // An open network; three commits of SAE and no confirm; WPA2-PSK.
  'node-sme': [`${up} unknown`, 'incomplete authentication captureGap unknown', `${up} right`],
  'node-supplicant': [`${up} right`],
  owe: [`${up} excluded`],
  'psk-ap-vanishes': ['authorized none apVanished right'],
  'psk-deauth-after-m1': ['interrupted fourWay deauthenticated unknown'],
  'psk-m2-lost-timeout': ['failed fourWay messageLost unknown'],
  'psk-m3-lost-timeout': ['failed fourWay messageLost right'],
  'psk-m4-lost-m3-retry': ['failed fourWay messageLost right', `${up} right`],
  'wired-eap-peap': [`${up} unknown`],
  'wired-eap-peap-radius': [`${up} unknown`],
  'wired-eap-tls': [`${up} unknown`],
  'wired-eap-tls-radius': [`${up} unknown`],
  'wired-eap-ttls-radius': [`${up} unknown`],
  'wpa1-tkip': [`${up} right`],
  'wpa2-psk-ccmp': [`${up} right`],
  'wpa2-psk-gcmp256': [`${up} right`],
  'wpa2-psk-ptk-rekey': [`${up} right`],
  'wpa2-psk-sha256': [`${up} right`],
  'wpa2-psk-wrongpass': ['failed fourWay wrongPassphrase wrong'],
  // The access point's reason 2 is in an encrypted frame that only the PMK of SAE opens.
  'wpa3-sae': [`${up} excluded`, `${up} excluded`],
  'wpa3-sae-h2e': [`${up} excluded`, `${up} excluded`],
  'wpa3-sae-wrongpass': Array.from({ length: 4 }, () => 'failed authentication saeFailure likelyWrong'),
  'wpa3-transition': [`${up} excluded`, `${up} right`],
};

/** Where less is known without the passphrase than that a wrong one is excluded. */
const withoutPassphrase: Readonly<Record<string, ReadonlyArray<string>>> = {
  'psk-m3-lost-timeout': ['failed fourWay messageLost unknown'],
  'wpa2-psk-wrongpass': ['failed fourWay likelyWrongPassphrase likelyWrong'],
  // The reason of the second one's end is encrypted.
  'multi-sta': [
    `${up} excluded`,
    `${up} excluded`,
    'failed fourWay likelyWrongPassphrase likelyWrong',
    `${up} excluded`,
    `${up} excluded`,
    'failed fourWay likelyWrongPassphrase likelyWrong',
    `${up} excluded`,
  ],
};

const inOrder = (explanations: ReadonlyArray<Explanation>): ReadonlyArray<string> =>
  [...explanations]
    .sort((a, b) => a.began.frame - b.began.frame)
    .map(({ outcome, step, cause, passphrase }) => `${outcome} ${step} ${cause} ${passphrase}`);

const unkeyed = (name: string): ReadonlyArray<string> =>
  withoutPassphrase[name] ?? (withPassphrase[name] ?? []).map((words) => words.replace(/ right$/, ' excluded'));

describe('verdicts on the real exchanges in ../shared/lab, where that is', () => {
  before(function () {
    if (!hasLabCases) this.skip();
  });

  for (const [name, expected] of Object.entries(withPassphrase)) {
    it(`${name}: with the network’s passphrase`, () => {
      const explanations = explainLab(name, { credentials: labPassphrase(name) });
      expect(inOrder(explanations)).to.deep.equal(expected);
      for (const explanation of explanations)
        expect(isRight(ExplanationCodec.decode(JSON.parse(JSON.stringify(explanation))))).to.equal(true);
    });

    it(`${name}: without`, () => {
      expect(inOrder(explainLab(name))).to.deep.equal(unkeyed(name));
    });
  }

  it('never blames a passphrase that was right', () => {
    const wrong = new Set(['multi-sta', 'wpa2-psk-wrongpass', 'wpa3-sae-wrongpass']);
    const blamed = Object.keys(withPassphrase)
      .filter((name) => !wrong.has(name))
      .filter((name) => explainLab(name).some(({ passphrase }) => passphrase === 'wrong' || passphrase === 'likelyWrong'));
    expect(blamed).to.deep.equal([]);
  });

  it('blames nobody for what a snap length cut off', () => {
    for (const name of ['wpa2-psk-ccmp', 'wpa2-psk-wrongpass', 'eap-tls', 'wired-eap-tls']) {
      const explainer = createExplainer({ crypto: nodeCrypto, credentials: labPassphrase(name) });
      const batches = labBatches(name, 64).map((batch) => {
        if (!('ends' in batch)) return batch;
        return {
          ...batch,
          ends: batch.ends.map((end, at) => Math.min(end, (batch.starts[at] ?? 0) + (name.startsWith('wired') ? 64 : 128))),
        };
      });
      const [explanation] = [...batches.flatMap((batch) => explainer.take(batch)), ...explainer.finish()];
      expect(explanation?.cause, name).to.be.oneOf(['none', 'captureGap']);
      expect(
        explanation?.findings.map(({ id }) => id),
        name,
      ).to.include('capture.snapped');
      expect(explanation?.strays, name).to.equal(0);
    }
  });

  it('says the same for any number of workers', () => {
    const whole = explainLab('multi-sta').map((explanation) => JSON.stringify(explanation));
    for (const count of [2, 3]) {
      const parts = Array.from({ length: count }, (_, index) => explainLab('multi-sta', { share: { index, count } }));
      expect(parts.flat().map((explanation) => JSON.stringify(explanation))).to.have.members(whole);
      expect(parts.flat()).to.have.length(whole.length);
    }
  });
});
