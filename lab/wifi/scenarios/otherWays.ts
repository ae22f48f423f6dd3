import type { Scenario } from '../Scenario.js';
import { check, checkAir, checkAuthorised, checkEncrypted, checkGone } from './checks.js';
import { PASSPHRASE, SSID, WPA2 } from './networks.js';

const REKEY_S = 4;

const byPackets: Scenario = {
  name: 'packet-socket',
  isCore: true,
  run: async (stage) => {
    await stage.startAccessPoint([...WPA2, `wpa_group_rekey=${REKEY_S}`]);
    const station = await stage.startStation({ ssid: SSID, passphrase: PASSPHRASE, more: '--packet-socket --metrics 9100' });
    await stage.tells(station, 'connected');
    const sockets = await stage.must('ip netns exec sta cat /proc/net/packet');
    check(/ 888e /.test(sockets), `there is no packet socket: ${sockets}`);
    await checkAuthorised(stage);
    await stage.pingBothWays();
    await stage.says(`${station}.ndjson`, /group message 2/);
    await stage.pingBothWays();
    checkEncrypted(stage);
    const fetch = "fetch('http://127.0.0.1:9100/metrics').then((r) => r.text()).then((text) => console.log(text))";
    const metrics = await stage.must(`ip netns exec sta node -e "${fetch}"`);
    for (const line of [
      /connections_total\{akm="PSK",interface="wlan1"\} 1/,
      /rekeys_total\{of="group",interface="wlan1"\} [1-9]/,
    ])
      check(line.test(metrics), `the metrics do not say ${line}: ${metrics}`);
    check(!metrics.includes(SSID) && !metrics.includes('02:00'), 'the metrics name the network');
    await checkGone(stage, station);
    await checkAir(stage, 'authorized');
    return 'EAPOL past nl80211, and metrics';
  },
};

/** Other ways of EAPOL. */
export const otherWays: ReadonlyArray<Scenario> = [byPackets];
