import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Credential } from '../../../operators/core/shadow/index.js';
import { Secret } from '../../../streams/events/index.js';
import { hex } from '../../streams/frames/hex.js';
import { type CaptureRead, readingOf } from '../../support/captureReading.js';
import { hasLabCases } from '../../support/labExplanations.js';

const folder = fileURLToPath(new URL('../../../../shared/lab/cases/', import.meta.url));

interface LabStation {
  readonly mac?: string | null;
  readonly keys: Readonly<Record<string, ReadonlyArray<string> | undefined>>;
  readonly gtk: ReadonlyArray<{ readonly gtk: string }>;
  readonly igtk: ReadonlyArray<{ readonly igtk: string }>;
  readonly connected_events: number;
  readonly port_authorized_ever: boolean;
  readonly eap_success: boolean;
  readonly eap_failure: boolean;
  readonly disconnects: ReadonlyArray<{ readonly reason: number; readonly locally_generated: boolean }>;
}

interface LabCase {
  readonly credentials_ap?: { readonly wpa_passphrase?: string };
  readonly stations: Readonly<Record<string, LabStation>>;
  readonly ap?: {
    readonly handshakes_completed: number;
    readonly group_handshakes_completed: number;
    readonly sta_connected_events: number;
  };
  readonly tk_common?: ReadonlyArray<string>;
}

const caseOf = (name: string): LabCase => JSON.parse(readFileSync(`${folder}${name}/case.json`, 'utf8')) as LabCase;

const FILES = ['air', 'wire'] as const;

const captureOf = (name: string): string | undefined =>
  FILES.map((each) => `${folder}${name}/${each}.pcap`).find((path) => existsSync(path));

const names = hasLabCases ? readdirSync(folder).filter((name) => captureOf(name) !== undefined) : [];

/** The network's passphrase, and what no passphrase tells: the PMKs and MSKs of the stations' logs. */
const credentialsOf = ({ credentials_ap, stations }: LabCase): ReadonlyArray<Credential> => {
  const logged = (kind: string): ReadonlyArray<Secret> =>
    Object.values(stations).flatMap(({ keys }) => (keys[kind] ?? []).map((key) => Secret.of(hex(key))));
  const passphrase = credentials_ap?.wpa_passphrase;
  const own: ReadonlyArray<Credential> =
    passphrase === undefined ? [] : [{ kind: 'passphrase', passphrase: Secret.of(new TextEncoder().encode(passphrase)) }];
  return [
    ...own,
    ...['sae_pmk', 'owe_pmk'].flatMap(logged).map((pmk): Credential => ({ kind: 'pmk', pmk })),
    ...logged('msk').map((msk): Credential => ({ kind: 'msk', msk })),
  ];
};

const read = new Map<string, CaptureRead>();

const readingOfCase = (name: string): CaptureRead => {
  const known = read.get(name) ?? readingOf(readFileSync(captureOf(name) ?? ''), credentialsOf(caseOf(name)));
  read.set(name, known);
  return known;
};

const ofStation = (name: string, mac: string) =>
  readingOfCase(name).connections.filter(({ explanation }) => explanation.station === mac);

const stationsOf = (name: string): ReadonlyArray<LabStation & { readonly mac: string }> =>
  Object.values(caseOf(name).stations).flatMap((station) => (station.mac ? [{ ...station, mac: station.mac }] : []));

/** All that the stations and the access point of a case wrote down, keys as octets with spaces. */
const logsOf = (name: string): string =>
  readdirSync(`${folder}${name}`)
    .filter((file) => file.endsWith('.log'))
    .map((file) => readFileSync(`${folder}${name}/${file}`, 'utf8'))
    .join('\n');

const spaced = (key: string): string => key.replaceAll(/..(?!$)/g, '$& ');

/** Where the log of the access point counts what the recording of the air lacks: three of the messages. */
const GROUP_HANDSHAKES: Readonly<Record<string, number>> = { 'multi-sta': 1 };

/**
 * A station that installs its keys, and says it is connected, although its message 4 was lost: the access point had not opened its
 * port, and turned it away.
 */
const CONNECTED: Readonly<Record<string, number>> = { 'psk-m4-lost-m3-retry': 1 };

/** Ends that nobody said anything about: the beacons stopped; on a wire there are no farewells. */
const isSilentEnd = (name: string): boolean => name === 'psk-ap-vanishes' || name.startsWith('wired-');

describe('the lab, explained, beside the logs of its access points and stations (../shared/lab, where that is)', () => {
  before(function () {
    if (!hasLabCases) this.skip();
  });

  for (const name of names) {
    it(`${name}: as many complete handshakes and group handshakes as the access point counted`, () => {
      const { ap } = caseOf(name);
      const connections = readingOfCase(name).connections.map(({ explanation }) => explanation);
      const complete = (list: ReadonlyArray<{ readonly complete: boolean }>) => list.filter((each) => each.complete).length;
      const counted = {
        fourWay: connections.reduce((sum, { handshakes }) => sum + complete(handshakes), 0),
        group: connections.reduce((sum, { groupHandshakes }) => sum + complete(groupHandshakes), 0),
      };
      const group = GROUP_HANDSHAKES[name] ?? ap?.group_handshakes_completed;
      expect(counted).to.deep.equal({ fourWay: ap?.handshakes_completed, group });
    });

    it(`${name}: authorized as often as each station was connected, EAP and reasons as in its log`, () => {
      for (const { mac, connected_events, port_authorized_ever, eap_success, eap_failure, disconnects } of stationsOf(name)) {
        const connections = ofStation(name, mac).map(({ explanation }) => explanation);
        const authorized = connections.filter(({ outcome }) => outcome === 'authorized');
        expect(authorized.length > 0, mac).to.equal(port_authorized_ever);
        expect(authorized.length, mac).to.equal(CONNECTED[name] ?? connected_events);
        expect(
          connections.some(({ eap }) => eap?.result === 'success'),
          `${mac}: EAP success`,
        ).to.equal(eap_success);
        expect(
          connections.some(({ eap }) => eap?.result === 'failure'),
          `${mac}: EAP failure`,
        ).to.equal(eap_failure);
        const codes = connections.flatMap(({ disconnect }) => (disconnect === null ? [] : [disconnect.code]));
        expect(codes, `${mac}: reasons`).to.deep.equal(isSilentEnd(name) ? [] : disconnects.map(({ reason }) => reason));
      }
    });

    it(`${name}: the pairwise keys both ends had, every group key of the stations, and none that is in no log`, () => {
      const { connections } = readingOfCase(name);
      const { tk_common = [] } = caseOf(name);
      expect(connections.flatMap(({ tks }) => tks)).to.include.members([...tk_common]);
      const logged = stationsOf(name).flatMap(({ gtk, igtk }) => [
        ...gtk.map((each) => each.gtk),
        ...igtk.map((each) => each.igtk),
      ]);
      const found = connections.flatMap(({ groupKeys }) => groupKeys.map(({ key }) => key));
      expect(logged.filter((key) => !found.includes(key))).to.deep.equal([]);
      const logs = logsOf(name);
      expect(found.filter((key) => !logs.includes(spaced(key)))).to.deep.equal([]);
    });
  }
});
