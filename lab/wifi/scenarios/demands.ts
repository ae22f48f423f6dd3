import type { Scenario } from '../Scenario.js';
import type { StationRun } from '../Stage.js';
import { check, checkGone, connects, milliseconds } from './checks.js';
import { PASSPHRASE, PSK, SSID, WPA2 } from './networks.js';

const OPEN = [`ssid=${SSID}`];
const profileOf = (...lines: ReadonlyArray<string>): string => ['name: Lab', `ssid: ${SSID}`, ...lines, ''].join('\n');

interface Refusal {
  readonly accessPoint: ReadonlyArray<string>;
  readonly station: Omit<StationRun, 'ssid'>;
  readonly why: RegExp;
}

/** The one network there is is less than what is demanded. */
const refuses = (name: string, { accessPoint, station: run, why }: Refusal): Scenario => ({
  name,
  isCore: false,
  run: async (stage) => {
    await stage.startAccessPoint(accessPoint);
    const station = await stage.startStation({ ssid: SSID, ...run, more: `--once ${run.more ?? ''}` });
    await stage.says(`${station}.status`, /1/);
    check(why.test(stage.read(`${station}.ndjson`)), `it does not say why: ${stage.read(`${station}.ndjson`)}`);
    check(stage.countOf(station, 'chosen') === 0, 'it went there');
    check(!/authentication: STA=/.test(stage.read('ap.log')), 'the access point has heard of it');
    return 'left alone';
  },
});

const transitionDisable: Scenario = {
  name: 'transition-disable',
  isCore: false,
  run: async (stage) => {
    const both = [...PSK, 'wpa_key_mgmt=WPA-PSK SAE', 'ieee80211w=1', 'sae_require_mfp=1', 'transition_disable=0x01'];
    const station = await connects(stage, both, PASSPHRASE);
    await stage.says(`${station}.ndjson`, /"kind":"raised","security":"wpa3-personal"/);
    await stage.replaceAccessPoint(WPA2);
    await stage.says(`${station}.ndjson`, /is not the wpa3-personal that is wanted/);
    check(stage.countOf(station, 'connected') === 1, 'it connected to the older kind');
    await stage.replaceAccessPoint(both);
    await stage.tells(station, 'connected', 2);
    await checkGone(stage, station);
    return 'the older kind of its name was left alone from then on';
  },
};

const hidden: Scenario = {
  name: 'hidden-name',
  isCore: false,
  run: async (stage) => {
    const station = await connects(stage, [...WPA2, 'ignore_broadcast_ssid=1'], PASSPHRASE);
    await checkGone(stage, station);
    return milliseconds(stage, station);
  },
};

/** Root of a container is somebody too. */
const privilege: Scenario = {
  name: 'no-privilege',
  isCore: true,
  run: async (stage) => {
    const { status, out } = await stage.run(
      `ip netns exec sta setpriv --bounding-set -net_admin postassoc live wifi -i wlan1 --ssid ${SSID} --json`,
    );
    check(status === 2, `it ended with status ${status}: ${out}`);
    check(/CAP_NET_ADMIN/.test(out), `it does not name the capability: ${out}`);
    check(!out.includes('"kind"'), `it has begun: ${out}`);
    const shown = await stage.run(
      'ip netns exec sta setpriv --bounding-set -net_admin postassoc live wifi -i wlan1 --capabilities',
    );
    check(shown.status === 0, `what takes no privilege failed: ${shown.out}`);
    return 'told, with status 2';
  },
};

/** What is demanded of a network, and of those that will not do. */
export const demands: ReadonlyArray<Scenario> = [
  privilege,
  hidden,
  refuses('wpa3-profile-leaves-wpa2', {
    accessPoint: WPA2,
    station: { profile: profileOf('security: wpa3-personal', `passphrase: ${PASSPHRASE}`) },
    why: /is not the wpa3-personal that is wanted: it offers PSK/,
  }),
  refuses('enterprise-leaves-psk', {
    accessPoint: WPA2,
    station: { profile: profileOf('security: wpa2-enterprise', 'eap: { methods: PWD, identity: u, password: p }') },
    why: /is not the wpa2-enterprise that is wanted: it offers PSK/,
  }),
  refuses('passphrase-leaves-open', {
    accessPoint: OPEN,
    station: { passphrase: PASSPHRASE },
    why: /a secret is not for an open network/,
  }),
  refuses('pmf-required', {
    accessPoint: WPA2,
    station: { passphrase: PASSPHRASE, more: '--require-pmf' },
    why: /no protected management frames .* required here/,
  }),
  transitionDisable,
];
