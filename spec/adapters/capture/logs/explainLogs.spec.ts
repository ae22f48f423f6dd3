import { expect } from 'chai';
import { nodeCrypto } from '../../../../adapters/crypto/index.js';
import { createExplainer, type Explanation } from '../../../../operators/core/index.js';
import { explainLab, labPassphrase } from '../../../support/labExplanations.js';
import { hasLabLogs, labFile, labLogs, readAll } from './labLogs.js';

const explainLog = (name: string, file: string): ReadonlyArray<Explanation> => {
  const explainer = createExplainer({ crypto: nodeCrypto, credentials: labPassphrase(name) });
  return [...explainer.take(readAll(labFile(name, file)).events), ...explainer.finish()];
};

/** What both a capture and a log can know. */
const ends = (explanations: ReadonlyArray<Explanation>): ReadonlyArray<string> =>
  explanations.map(({ station, ap, outcome }) => `${station} ${ap} ${outcome}`).sort();

const causes = (explanations: ReadonlyArray<Explanation>): ReadonlyArray<string> =>
  explanations.map(({ station, outcome, cause }) => `${station} ${outcome} ${cause}`).sort();

/** Where the one who writes the log cannot know what a listener does, or knows better. */
const OTHERWISE: Readonly<Record<string, string>> = {
  'adv-spoof-deauth-nopmf ap.log': 'the access point took the request twice, with message 1 in between',
  'psk-deauth-after-m1 ap.log': 'the access point took the request twice, with message 1 in between',
  'psk-ap-vanishes station.log': 'the station tries again by itself',
  'psk-m4-lost-m3-retry station.log': 'the station went through with the handshake by its own account',
};

const OTHER_CAUSES: Readonly<Record<string, string>> = {
  ...OTHERWISE,
  'adv-forged-m1 ap.log': 'the access point does not hear what is forged in its name',
  'psk-ap-vanishes ap.log': 'the access point does not know that it is gone',
  'psk-m2-lost-timeout station.log': 'the station does not know that its message 2 was lost',
  'wpa3-sae ap.log': 'the farewell is encrypted on the air',
  'wpa3-sae station.log': 'the farewell is encrypted on the air',
};

describe('explaining the logs of real stations and access points', function () {
  if (!hasLabLogs) {
    it('looks for ../shared/lab: skipped, there is none', () => {});
    return;
  }
  this.timeout(60_000);

  for (const [name, file] of [...labLogs('station'), ...labLogs('ap')]) {
    const key = `${name} ${file}`;
    it(`${name}: ${file} comes to the same as the capture${key in OTHERWISE ? `, but for this: ${OTHERWISE[key]}` : ''}`, () => {
      const logged = explainLog(name, file);
      const stations = new Set(logged.map(({ station }) => station));
      const heard = explainLab(name, { credentials: labPassphrase(name) }).filter(({ station }) => stations.has(station));
      if (key in OTHERWISE) expect(ends(logged)).to.not.deep.equal(ends(heard));
      else expect(ends(logged)).to.deep.equal(ends(heard));
      if (key in OTHER_CAUSES) expect(causes(logged)).to.not.deep.equal(causes(heard));
      else expect(causes(logged)).to.deep.equal(causes(heard));
    });
  }
});
