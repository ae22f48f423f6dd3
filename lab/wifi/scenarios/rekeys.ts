import type { Scenario } from '../Scenario.js';
import { STATION, type Stage } from '../Stage.js';
import { check, checkGone, connects } from './checks.js';
import { PASSPHRASE, SAE, WPA2 } from './networks.js';

const PTK_REKEY_S = 4;

/** Which of two pairwise keys went into the kernel, and which one sends; in their order. */
const pairwiseCalls = (stage: Stage, station: string): ReadonlyArray<string> =>
  stage
    .read(`${station}.log.ndjson`)
    .split('\n')
    .flatMap((line) => {
      const kind = /"kind":"(setKeyMappingKey|setPairwiseTransmitKey)"/.exec(line)?.[1];
      const keyId = /"keyId":(\d)/.exec(line)?.[1];
      return kind === undefined || keyId === undefined ? [] : [`${kind === 'setKeyMappingKey' ? 'receive' : 'send'} ${keyId}`];
    });

const extendedKeyId: Scenario = {
  name: 'extended-key-id',
  isCore: false,
  run: async (stage) => {
    const station = await connects(stage, [...WPA2, 'extended_key_id=1', `wpa_ptk_rekey=${PTK_REKEY_S}`], PASSPHRASE);
    const pings = stage.run(`ping -i 0.05 -c 240 -W 5 ${STATION}`);
    await stage.says(`${station}.ndjson`, /(?:message 4 of 4[\s\S]*){4}/);
    const { out } = await pings;
    check(/ 0% packet loss/.test(out), `frames were lost: ${out.split('\n').slice(-3).join(' ')}`);
    await stage.copied();
    const calls = pairwiseCalls(stage, station);
    const [first = ''] = calls;
    const other = first.endsWith('0') ? '1' : '0';
    const one = first.slice(-1);
    const expected = [`receive ${one}`, `send ${one}`, `receive ${other}`, `send ${other}`, `receive ${one}`, `send ${one}`];
    check(
      expected.every((call, i) => calls[i] === call),
      `the keys went in another way: ${calls.join(', ')}`,
    );
    await checkGone(stage, station);
    return `${calls.length / 2} pairwise keys, one after the other under two numbers, and no frame was lost`;
  },
};

const REKEYED_S = 120;
const INTERVAL_S = 0.2;
const COUNT = REKEYED_S / INTERVAL_S;

const lossOf = (stage: Stage, file: string): string => / ([\d.]+)% packet loss/.exec(stage.read(file))?.[1] ?? 'everything';

/** Of what goes to all, the station answers by itself what goes to it alone. */
const groupRekeys = (name: string, network: ReadonlyArray<string>): Scenario => ({
  name,
  isCore: false,
  run: async (stage) => {
    const station = await connects(stage, [...network, 'wpa_group_rekey=2'], PASSPHRASE);
    const kinds = { unicast: STATION, broadcast: '-b 10.0.0.255', multicast: '-I wlan0 -t 1 224.0.0.1' };
    const started = Object.entries(kinds).map(
      ([kind, to]) => `setsid ping -q -i ${INTERVAL_S} -c ${COUNT} -W 10 ${to} >${stage.inGuest}/${kind}.txt 2>&1 &`,
    );
    await stage.must(`ip netns exec sta sysctl -qw net.ipv4.icmp_echo_ignore_broadcasts=0\n${started.join('\n')}`);
    for (const kind of Object.keys(kinds)) await stage.says(`${kind}.txt`, /packet loss/, 900_000);
    await stage.must('ip netns exec sta sysctl -qw net.ipv4.icmp_echo_ignore_broadcasts=1');
    const losses = Object.keys(kinds).map((kind) => `${kind} ${lossOf(stage, `${kind}.txt`)} %`);
    check(
      losses.every((loss) => loss.endsWith(' 0 %')),
      `frames were lost: ${losses.join(', ')}`,
    );
    const answered = stage.read(`${station}.ndjson`).split('group message 2').length - 1;
    check(answered >= REKEYED_S / 2 - 2, `only ${answered} rekeys were answered`);
    check(stage.countOf(station, 'failed') === 0, 'the connection did not last');
    await checkGone(stage, station);
    return `${answered} group rekeys, and of ${3 * COUNT} pings none was lost`;
  },
});

/** Keys that change under way. */
export const rekeys: ReadonlyArray<Scenario> = [
  extendedKeyId,
  groupRekeys('group-rekeys-wpa2', WPA2),
  groupRekeys('group-rekeys-wpa3', SAE),
];
