import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { toHex } from '../../../streams/events/index.js';
import * as frames from '../../../streams/frames/index.js';
import { type AirFrame, airFrames, PROTECTED } from '../../support/airFrames.js';
import { captureFile, captureNames, hasCaptures, oracleOf } from '../../support/captures.js';
import { decoded, expectBytes, written } from './expectations.js';

/** Octets of fixed fields before the elements, by the subtype of the management frame. */
const FIXED: Readonly<Record<number, number>> = { 0: 4, 1: 6, 2: 10, 3: 6, 5: 12, 8: 12 };
const AUTHENTICATION = 11;
const BEACONS: ReadonlyArray<number> = [5, 8];

/** Under any other status an SAE frame is a refusal and has no commit or confirm in it. */
const SUCCESSES: ReadonlyArray<number> = [0, frames.StatusCode.codes.SAE_HASH_TO_ELEMENT];

const { RSN, RSNX, MOBILITY_DOMAIN, FAST_TRANSITION, EXTENSION } = frames.ElementId.codes;

const isPlain = ({ type, flags }: AirFrame): boolean => type === 0 && (flags & PROTECTED) === 0;

/** An Authentication frame has elements behind its fixed fields when it is one of a fast transition. */
const isFastTransition = (body: Uint8Array): boolean =>
  decoded(frames.readAuthenticationFrame(body)).algorithm === frames.AuthenticationAlgorithm.codes.FAST_TRANSITION;

const elementsOf = ({ subtype, body }: AirFrame): ReadonlyArray<frames.Element> => {
  const fixed = subtype === AUTHENTICATION && isFastTransition(body) ? 6 : FIXED[subtype];
  return fixed === undefined ? [] : frames.leadingElements(body.subarray(fixed));
};

/** What an element is once it was read and written again; `undefined` where it is none of ours. */
const rewritten = (element: frames.Element): frames.Encoded | undefined => {
  const { id, extension, body } = element;
  if (id === RSN) return frames.writeRsnElement(decoded(frames.readRsnElement(body)));
  if (id === RSNX) return frames.writeRsnxElement(decoded(frames.readRsnxElement(body)));
  if (id === MOBILITY_DOMAIN) return frames.writeMobilityDomain(decoded(frames.readMobilityDomain(body)));
  if (id === FAST_TRANSITION) return frames.writeFastTransition(decoded(frames.readFastTransition(body, 16)));
  if (frames.isWpaElement(element)) return frames.writeWpaElement(decoded(frames.readWpaElement(body)));
  if (id === EXTENSION && extension === frames.ElementExtension.codes.OWE_DH)
    return frames.writeOweDiffieHellman(decoded(frames.readOweDiffieHellman(body)));
  return undefined;
};

const rewrittenAuthentication = (body: Uint8Array): Uint8Array => {
  const frame = decoded(frames.readAuthenticationFrame(body));
  const { algorithm, transaction, status, rest } = frame;
  const isExchange = algorithm === frames.AuthenticationAlgorithm.codes.SAE && SUCCESSES.includes(status);
  if (!isExchange) return frames.writeAuthenticationFrame(frame);
  const again =
    transaction === 1
      ? written(frames.writeSaeCommit(decoded(frames.readSaeCommit(rest, status))))
      : frames.writeSaeConfirm(decoded(frames.readSaeConfirm(rest)));
  return frames.writeAuthenticationFrame({ ...frame, rest: again });
};

interface Seen {
  elements: number;
  authentications: number;
}

/** Everything about security in a capture is read without an error, and written as it was. */
const readAll = (all: ReadonlyArray<AirFrame>): Seen => {
  const seen = { elements: 0, authentications: 0 };
  for (const frame of all.filter(isPlain)) {
    for (const element of elementsOf(frame)) {
      const again = rewritten(element);
      if (again === undefined) continue;
      seen.elements += 1;
      expectBytes(written(again), element.bytes);
    }
    if (frame.subtype !== AUTHENTICATION) continue;
    seen.authentications += 1;
    expectBytes(rewrittenAuthentication(frame.body), frame.body);
  }
  return seen;
};

/** As tshark shows suites: their types, without the OUI. */
const types = (...selectors: ReadonlyArray<number>): string => selectors.map((selector) => selector & 0xff).join(',');

const shown = ({ group, pairwise, akms }: Required<Pick<frames.RsnElement, 'group' | 'pairwise' | 'akms'>>) => ({
  akm: types(...akms),
  pairwise: types(...pairwise),
  group: types(group),
});

const rawRsnOf = (elements: ReadonlyArray<frames.Element>): frames.RsnElement | undefined => {
  const element = frames.findElement(elements, RSN);
  return element && decoded(frames.readRsnElement(element.body));
};

const rsnOf = (elements: ReadonlyArray<frames.Element>): frames.EffectiveRsn | undefined => {
  const rsn = rawRsnOf(elements);
  return rsn && frames.effectiveRsn(rsn);
};

interface Oracle {
  readonly mgmt?: ReadonlyArray<{
    readonly no: number;
    readonly akm?: string;
    readonly pairwise?: string;
    readonly group?: string;
  }>;
  readonly aps?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const comparedAssociations = (all: ReadonlyArray<AirFrame>, { mgmt = [] }: Oracle): number => {
  const told = mgmt.filter(({ akm }) => akm !== undefined);
  for (const { no, akm, pairwise, group } of told) {
    const frame = all.find(({ number }) => number === no);
    const rsn = frame && rsnOf(elementsOf(frame));
    expect(rsn && shown(rsn), `frame ${no}`).to.deep.equal({ akm, pairwise, group });
  }
  return told.length;
};

const announcementsOf = (all: ReadonlyArray<AirFrame>, bssid: string): ReadonlyArray<Record<string, string>> =>
  all
    .filter((frame) => isPlain(frame) && BEACONS.includes(frame.subtype) && frame.address3 === bssid)
    .map((frame) => {
      const elements = elementsOf(frame);
      const rsn = rsnOf(elements);
      const management = rawRsnOf(elements)?.groupManagement;
      const wpa = elements.find(frames.isWpaElement);
      const old = wpa && frames.effectiveWpa(decoded(frames.readWpaElement(wpa.body)));
      const has = (bit: number) => ((rsn?.capabilities ?? 0) & bit) !== 0;
      return {
        ...(rsn && { rsn_akm: shown(rsn).akm, rsn_pairwise: shown(rsn).pairwise, rsn_group: shown(rsn).group }),
        ...(management !== undefined && { rsn_group_mgmt: types(management) }),
        ...(rsn && { mfpr: has(frames.RsnCapability.MFPR) ? 'True' : 'False' }),
        ...(rsn && { mfpc: has(frames.RsnCapability.MFPC) ? 'True' : 'False' }),
        ...(old && { wpa_pairwise: types(...old.pairwise), wpa_group: types(old.group) }),
      };
    });

const comparedAccessPoints = (all: ReadonlyArray<AirFrame>, { aps = {} }: Oracle): number => {
  let compared = 0;
  for (const [bssid, told] of Object.entries(aps)) {
    const wanted = Object.fromEntries(Object.entries(told).filter(([name]) => name !== 'ssid'));
    if (Object.keys(wanted).length === 0) continue;
    compared += 1;
    const announced = announcementsOf(all, bssid).map((one) => JSON.stringify(one));
    expect(announced, `${bssid} of ${JSON.stringify(wanted)}`).to.include(JSON.stringify(wanted));
  }
  return compared;
};

describe('elements of captures nobody here made', () => {
  before(function () {
    if (!hasCaptures) this.skip();
  });

  it('are all read without an error, and written as they were', () => {
    const total = { elements: 0, authentications: 0 };
    for (const name of captureNames) {
      const seen = readAll(airFrames(captureFile(name)));
      total.elements += seen.elements;
      total.authentications += seen.authentications;
    }
    expect(total.elements).to.be.greaterThan(4000);
    expect(total.authentications).to.be.greaterThan(400);
  });

  it('say what tshark says', () => {
    let [associations, accessPoints] = [0, 0];
    for (const name of captureNames) {
      const [all, oracle] = [airFrames(captureFile(name)), oracleOf(name) as Oracle];
      associations += comparedAssociations(all, oracle);
      accessPoints += comparedAccessPoints(all, oracle);
    }
    expect(associations).to.be.greaterThan(90);
    expect(accessPoints).to.be.greaterThan(20);
  });
});

const lab = fileURLToPath(new URL('../../../../shared/lab/cases/', import.meta.url));
const hasLab = existsSync(lab);

describe('elements of hostapd and wpa_supplicant', () => {
  before(function () {
    if (!hasLab) this.skip();
  });

  it('are all read without an error, and written as they were', () => {
    const airs = readdirSync(lab).flatMap((name) => {
      const file = join(lab, name, 'air.pcap');
      return existsSync(file) ? [file] : [];
    });
    const seen = airs.map((file) => readAll(airFrames(readFileSync(file))));
    expect(seen.reduce((sum, { elements }) => sum + elements, 0)).to.be.greaterThan(1000);
    expect(seen.reduce((sum, { authentications }) => sum + authentications, 0)).to.be.greaterThan(100);
  });

  const announced = (name: string): Record<string, string> | undefined => {
    const all = airFrames(readFileSync(join(lab, name, 'air.pcap')));
    const request = all.find((frame) => isPlain(frame) && frame.subtype === 0);
    const rsn = request && rsnOf(elementsOf(request));
    return rsn && { ...shown(rsn), management: types(rsn.groupManagement), capabilities: rsn.capabilities.toString(16) };
  };

  it('say what the lab was set up with', () => {
    expect(announced('wpa3-sae')).to.deep.equal({ akm: '8', pairwise: '4', group: '4', management: '6', capabilities: 'c0' });
    expect(announced('owe')).to.deep.equal({ akm: '18', pairwise: '4', group: '4', management: '6', capabilities: 'c0' });
    expect(announced('eap-suite-b-192')).to.deep.equal({
      ...{ akm: '12', pairwise: '9', group: '9' },
      ...{ management: '12', capabilities: 'c0' },
    });
    expect(announced('ft-psk-roam')).to.deep.equal({ akm: '4', pairwise: '4', group: '4', management: '6', capabilities: '0' });
    expect(announced('wpa1-tkip')).to.equal(undefined);
  });

  it('commit under the status of hash-to-element where that was asked for', () => {
    const statuses = (name: string) =>
      airFrames(readFileSync(join(lab, name, 'air.pcap')))
        .filter((frame) => isPlain(frame) && frame.subtype === AUTHENTICATION)
        .map(({ body }) => decoded(frames.readAuthenticationFrame(body)))
        .filter(({ algorithm, transaction }) => algorithm === 3 && transaction === 1)
        .map(({ status }) => status);
    expect(new Set(statuses('wpa3-sae'))).to.deep.equal(new Set([0]));
    expect(new Set(statuses('wpa3-sae-h2e'))).to.deep.equal(new Set([126]));
  });

  it('carry in the FTE of a reassociation response what the whole handshake agreed on', () => {
    const all = airFrames(readFileSync(join(lab, 'ft-psk-roam', 'air.pcap'))).filter(isPlain);
    const responses = all.filter(({ subtype }) => subtype === 3);
    const transitions = responses.flatMap((frame) => {
      const element = frames.findElement(elementsOf(frame), FAST_TRANSITION);
      return element ? [decoded(frames.readFastTransition(element.body, 16))] : [];
    });
    expect(transitions).to.have.length(2);
    for (const { r0KeyHolder, gtk, elementCount } of transitions) {
      expect(new TextDecoder().decode(r0KeyHolder)).to.equal('ap1.lab');
      expect(gtk).to.include({ keyId: 1, keyLength: 16 });
      expect(elementCount).to.equal(3);
    }
    const holders = transitions.map(({ r1KeyHolder }) => toHex(r1KeyHolder ?? new Uint8Array(0)));
    expect(holders).to.deep.equal(['020000000100', '020000000000']);
  });
});
