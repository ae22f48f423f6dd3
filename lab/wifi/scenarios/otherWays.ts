import type { Scenario } from '../Scenario.js';
import type { Stage } from '../Stage.js';
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
    await checkEncrypted(stage);
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

/** Somebody else who is connected on the interface. */
interface Other {
  /** What is said of him. */
  readonly warning: RegExp;
  /** What he tells of it, if he tells anything. */
  readonly isDisturbed?: () => boolean;
  readonly leave: string;
}

const waitsFor = async (stage: Stage, { warning, isDisturbed, leave }: Other): Promise<string> => {
  const station = await stage.startStation({ ssid: SSID, passphrase: PASSPHRASE });
  await stage.says(`${station}.ndjson`, /somebody else has connected the interface already/);
  await stage.says(`${station}.err`, warning);
  await stage.pingBothWays();
  check(isDisturbed?.() !== true, 'the connection of the other was disturbed');
  check(stage.countOf(station, 'connected') === 0, 'it takes the connection of the other for its own');
  // Whoever leaves may switch the interface off.
  await stage.must(`${leave}; sleep 2; ip -n sta link set wlan1 up`);
  await stage.tells(station, 'connected');
  await checkAuthorised(stage);
  await stage.pingBothWays();
  await checkGone(stage, station);
  return 'left it its connection, and connected when it was gone';
};

const wpaSupplicant = (stage: Stage): string =>
  stage.write(
    'wpa_supplicant.conf',
    `ctrl_interface=/run/wpa_supplicant\nnetwork={\n  ssid="${SSID}"\n  psk="${PASSPHRASE}"\n  key_mgmt=WPA-PSK\n}\n`,
  );

const besideWpaSupplicant: Scenario = {
  name: 'beside-wpa-supplicant',
  isCore: false,
  airDiffers: 'the connection of wpa_supplicant was made under the same address',
  run: async (stage) => {
    await stage.startAccessPoint(WPA2);
    await stage.must(
      `ip netns exec sta wpa_supplicant -B -D nl80211 -i wlan1 -c ${wpaSupplicant(stage)} -f ${stage.inGuest}/wpa.log`,
    );
    try {
      await stage.says('wpa.log', /CTRL-EVENT-CONNECTED/);
      return await waitsFor(stage, {
        warning: /wpa_supplicant runs; .* wpa_cli -i wlan1 terminate/,
        isDisturbed: () => stage.read('wpa.log').includes('CTRL-EVENT-DISCONNECTED'),
        leave: 'ip netns exec sta wpa_cli -i wlan1 terminate',
      });
    } finally {
      await stage.run('ip netns exec sta wpa_cli -i wlan1 terminate');
    }
  },
};

/**
 * It needs the bus of the system, and keeps what it knows of a network in a folder of its own. What the kernel remembers of an access point
 * of before, which it would believe, is forgotten by a scan.
 */
const IWD = `ip -n sta link set wlan1 up; ip netns exec sta iw dev wlan1 scan freq 2412 flush >/dev/null
mkdir -p /run/dbus /etc/iwd /var/lib/iwd
[ -e /run/dbus/pid ] || dbus-daemon --system --fork
printf '[General]\\nEnableNetworkConfiguration=false\\nUseDefaultInterface=true\\n' >/etc/iwd/main.conf
printf '[Security]\\nPassphrase=${PASSPHRASE}\\n' >/var/lib/iwd/${SSID}.psk
setsid ip netns exec sta /usr/libexec/iwd -p phy1 >/run/iwd.log 2>&1 &
echo $! >/run/iwd.pid`;

const isConnected = `for n in $(seq 100); do ip netns exec sta iw dev wlan1 station dump | grep -q 'authorized:.*yes' && exit 0; sleep 0.3; done
cat /run/iwd.log; exit 1`;

const besideIwd: Scenario = {
  name: 'beside-iwd',
  isCore: false,
  airDiffers: 'the connection of iwd was made under the same address',
  run: async (stage) => {
    await stage.startAccessPoint(WPA2);
    await stage.must(IWD);
    try {
      await stage.must(isConnected);
      return await waitsFor(stage, {
        warning: /iwd runs; .* systemctl stop iwd/,
        leave: 'kill "$(cat /run/iwd.pid)"',
      });
    } finally {
      await stage.run('kill "$(cat /run/iwd.pid)"; rm -r /var/lib/iwd');
    }
  },
};

/** Other ways of EAPOL, and others on the interface. */
export const otherWays: ReadonlyArray<Scenario> = [byPackets, besideWpaSupplicant, besideIwd];
