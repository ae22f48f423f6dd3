import { expect } from 'chai';
import { L2Reason } from '../../streams/events/index.js';
import { installedKeys, reinstalled, sorted } from '../support/shadow/installedKeys.js';
import { hasLab, labAccessPointKeys, labNames } from '../support/shadow/lab.js';
import { type LabRun, labRuns } from '../support/shadow/labRuns.js';
import type { Run } from '../support/shadow/run.js';

const nameOf = ({ station, ordinal }: LabRun): string => (ordinal === 1 ? station : `${station} ${ordinal}`);

/** What we send and the recording of the air does not have, and why. */
const UNHEARD: Readonly<Record<string, ReadonlyArray<string>>> = {
  // wpa_supplicant took the last of the forged messages 1 for the genuine one, and could verify no message 3.
  'adv-forged-m1 station': ['message 4 of 2', 'message 4 of 3', 'message 4 of 4', 'message 4 of 5'],
  // These were kept off the air on purpose; the log of the station has them.
  'psk-deauth-after-m1 station': ['message 2 of 1', 'message 2 of 2', 'message 2 of 3'],
  'psk-m2-lost-timeout station': ['message 2 of 1', 'message 2 of 2', 'message 2 of 3', 'message 2 of 4'],
  'psk-m4-lost-m3-retry station': ['message 4 of 2', 'message 4 of 3'],
  // The recording is not complete.
  'multi-sta station2': ['group message 2 of 3'],
  'multi-sta station4': ['group message 2 of 3'],
  // Encrypted before the station had its key, so that its hardware did not take it.
  'wpa1-tkip station': ['group message 2 of 3'],
};

/** Frames under a group key whose message the recording does not have. */
const UNOPENED: Readonly<Record<string, number>> = { 'multi-sta station1': 4 };

/** Associations that came to nothing: what is awaited, and what is to be thought of the passphrase. */
const FAILED: Readonly<Record<string, readonly [string, string, string]>> = {
  'eap-disconnect-mid-eap station': ['802.1X', 'unknown', 'MSMSEC_AUTH_SUCCESS_TIMEOUT'],
  'eap-peap-wrongpass station': ['802.1X', 'unknown', 'MSMSEC_AUTH_SUCCESS_TIMEOUT'],
  'eap-sta-leaves-mid-eap station': ['802.1X', 'unknown', 'MSMSEC_AUTH_SUCCESS_TIMEOUT'],
  'multi-sta station3': ['message 3', 'likely', 'MSMSEC_PSK_MISMATCH_SUSPECTED'],
  'multi-sta station3 2': ['message 3', 'likely', 'MSMSEC_PSK_MISMATCH_SUSPECTED'],
  'psk-deauth-after-m1 station': ['message 3', 'unknown', 'MSMSEC_KEY_SUCCESS_TIMEOUT'],
  // Of a message 2 that is lost each time a station knows no more than of a passphrase that is wrong.
  'psk-m2-lost-timeout station': ['message 3', 'likely', 'MSMSEC_PSK_MISMATCH_SUSPECTED'],
  'psk-m3-lost-timeout station': ['message 3', 'unknown', 'MSMSEC_KEY_SUCCESS_TIMEOUT'],
  'wpa2-psk-wrongpass station': ['message 3', 'likely', 'MSMSEC_PSK_MISMATCH_SUSPECTED'],
};

const expectSame = ({ comparison }: Run, unheard: ReadonlyArray<string>): void => {
  for (const { isSame, message, differences } of comparison.compared) expect(isSame, `${message}: ${differences}`).to.equal(true);
  expect(comparison.onlyTheirs).to.deep.equal([]);
  expect(comparison.onlyOurs).to.deep.equal(unheard);
};

describe('in the place of a station of hostapd', () => {
  before(function () {
    if (!hasLab) this.skip();
  });

  it('the recordings have what they should have', () => {
    const runs = labNames.flatMap(labRuns);
    expect(runs.length).to.be.at.least(45);
    expect(runs.reduce((sum, { air }) => sum + air.comparison.compared.length, 0)).to.be.at.least(100);
    expect(runs.reduce((sum, { log }) => sum + (log?.comparison.compared.length ?? 0), 0)).to.be.at.least(100);
    const names = runs.map((run) => `${run.name} ${nameOf(run)}`);
    for (const name of [...Object.keys(UNHEARD), ...Object.keys(UNOPENED), ...Object.keys(FAILED)])
      expect(names).to.include(name);
  });

  for (const name of labNames) {
    it(`${name}: every message octet for octet, as it was on the air`, () => {
      for (const run of labRuns(name)) expectSame(run.air, UNHEARD[`${name} ${nameOf(run)}`] ?? []);
    });

    it(`${name}: every message octet for octet, by the log of the station`, () => {
      const lost = name === 'adv-forged-m1' ? UNHEARD['adv-forged-m1 station'] : [];
      for (const { log } of labRuns(name)) if (log !== undefined) expectSame(log, lost ?? []);
    });

    it(`${name}: the keys the station installed, none of them twice`, () => {
      for (const { air, log, expected } of labRuns(name)) {
        const keys = installedKeys((log ?? air).shadow.installed);
        expect(reinstalled(installedKeys(air.shadow.installed))).to.deep.equal([]);
        expect(reinstalled(keys)).to.deep.equal([]);
        if (name !== 'adv-forged-m1') expect(sorted(keys)).to.deep.equal(sorted(expected));
      }
    });

    it(`${name}: these keys open every frame there was`, () => {
      for (const run of labRuns(name)) {
        const { openedFrames, protectedFrames } = run.air.shadow;
        expect(protectedFrames - openedFrames).to.equal(UNOPENED[`${name} ${nameOf(run)}`] ?? 0);
      }
    });

    it(`${name}: what the host is told`, () => {
      for (const run of labRuns(name)) {
        const failed = FAILED[`${name} ${nameOf(run)}`];
        const { verdict, outcomes, installed, incomplete, isWiped } = (run.log ?? run.air).shadow;
        expect(isWiped).to.equal(true);
        if (failed === undefined) {
          expect(new Set(outcomes.map((outcome) => outcome.do))).to.deep.equal(new Set(['succeed']));
          expect(verdict).to.include({ awaited: 'nothing', wrongSecret: 'excluded' });
          continue;
        }
        expect(installed).to.deep.equal([]);
        expect(outcomes.map((outcome) => outcome.do)).to.not.include('succeed');
        expect([verdict.awaited, verdict.wrongSecret, L2Reason.nameOf(incomplete ?? 0)]).to.deep.equal(failed);
      }
    });
  }
});

describe('what others did to a handshake', () => {
  before(function () {
    if (!hasLab) this.skip();
  });

  const only = (name: string): LabRun => {
    const [run] = labRuns(name);
    if (run === undefined) throw new Error(`nothing was recorded of ${name}`);
    return run;
  };

  const remarks = (name: string): ReadonlyArray<string> => only(name).air.shadow.remarks;

  it('adv-forged-m1: the genuine message 2 goes out, the genuine message 3 is accepted, and its key is that of the access point', () => {
    const { air, log } = only('adv-forged-m1');
    for (const run of [air, log]) {
      const keys = installedKeys(run?.shadow.installed ?? []);
      expect(keys.map(({ place }) => place)).to.deep.equal(['pairwise', 'group 1']);
      expect(labAccessPointKeys('adv-forged-m1')).to.include(keys[0]?.key);
      expect(run?.shadow.outcomes.map((outcome) => outcome.do)).to.deep.equal(['succeed']);
      expect(run?.shadow.verdict).to.include({ messages1: 4, wrongSecret: 'excluded' });
    }
  });

  it('adv-krack-resend: message 3 again, encrypted, is answered and installs nothing', () => {
    expect(remarks('adv-krack-resend')).to.deep.equal(['message 3 came again: it is answered, and no key is installed twice']);
    expect(only('adv-krack-resend').air.shadow.installed.filter(({ slot }) => slot === 'pairwise')).to.have.length(1);
  });

  it('adv-replay-m3: the same message 3 again is not answered, not even to say so', () => {
    const { air } = only('adv-replay-m3');
    expect(remarks('adv-replay-m3')).to.deep.equal(Array(3).fill('message 3: its replay counter 2 is not above 2'));
    expect(air.comparison.compared).to.have.length(2);
  });

  it('psk-m4-lost-m3-retry: message 3 again, in the clear, is answered and installs nothing', () => {
    expect(remarks('psk-m4-lost-m3-retry')).to.deep.equal(
      Array(3).fill('message 3 came again: it is answered, and no key is installed twice'),
    );
    expect(only('psk-m4-lost-m3-retry').air.shadow.installed.filter(({ slot }) => slot === 'pairwise')).to.have.length(1);
  });

  it('wpa2-psk-wrongpass: the host is told soon after the third repetition', () => {
    const { air } = only('wpa2-psk-wrongpass');
    expect(air.shadow.outcomes.map((outcome) => outcome.do)).to.deep.equal(['fail']);
    expect(air.shadow.verdict).to.include({ messages1: 4, repetitions: 3 });
  });
});
