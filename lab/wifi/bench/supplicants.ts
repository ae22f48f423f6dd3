import { AP_MAC } from '../Stage.js';
import { SSID } from '../scenarios/networks.js';
import { BENCH, HOME_MHZ, type Instructions, PASSPHRASE_FILE, type SupplicantName } from './BenchNetwork.js';

/** How a supplicant is run on the station's interface, in lines of bash. */
export interface Supplicant {
  readonly name: SupplicantName;
  /** What it reads, by the name of the file in `BENCH`; nothing where it does not offer what the network takes. */
  readonly files: (instructions: Instructions) => Readonly<Record<string, string>> | undefined;
  /** What has to be as it was before each fresh start. */
  readonly prepare: string;
  /** One command, which does not return before it is killed. */
  readonly command: (instructions: Instructions) => string;
  /** How it says that a passphrase, or a password, is most likely wrong. */
  readonly toldWrong: RegExp;
}

const OUTPUT = `${BENCH}/supplicant.log`;

const postassoc: Supplicant = {
  name: 'postassoc',
  files: () => ({}),
  prepare: '',
  command: ({ postassoc: more }) =>
    `postassoc live wifi --interface wlan1 --ssid ${SSID} ${more.join(' ')} --json >>${OUTPUT} 2>&1`,
  toldWrong: /passphrase is most likely wrong|passwords differ/,
};

const wpaSupplicant: Supplicant = {
  name: 'wpa_supplicant',
  files: ({ wpaSupplicant: told }) =>
    told && {
      'wpa_supplicant.conf': [...(told.before ?? []), 'network={', `ssid="${SSID}"`, ...told.network, '}', ''].join('\n'),
    },
  prepare: '',
  command: () => `wpa_supplicant -D nl80211 -i wlan1 -c ${BENCH}/wpa_supplicant.conf -t >>${OUTPUT} 2>&1`,
  toldWrong: /WRONG_KEY|may be incorrect/,
};

/** It needs the bus of the system, keeps what it learns of a network, and makes interfaces of its own unless it is told not to. */
const iwd: Supplicant = {
  name: 'iwd',
  files: ({ iwd: told }) => told && { [`iwd/${SSID}.${told.kind}`]: `${told.lines.join('\n')}\n` },
  prepare: `mkdir -p /run/dbus /etc/iwd
[ -e /run/dbus/pid ] || dbus-daemon --system --fork
printf '[General]\\nEnableNetworkConfiguration=false\\nUseDefaultInterface=true\\n' >/etc/iwd/main.conf
rm -rf /var/lib/iwd
cp -r ${BENCH}/iwd /var/lib/iwd`,
  command: () => `/usr/libexec/iwd -p phy1 >>${OUTPUT} 2>&1`,
  toldWrong: /invalid.passphrase|incorrect|wrong/i,
};

/** What nobody can leave out who does it in the runtime of ours. */
const floor: Supplicant = {
  name: 'floor',
  files: ({ suitsFloor }) => (suitsFloor === true ? {} : undefined),
  prepare: '',
  command: () =>
    `node /opt/postassoc/lab/floor.mjs wlan1 ${SSID} ${AP_MAC} ${HOME_MHZ} ${BENCH}/${PASSPHRASE_FILE} >>${OUTPUT} 2>&1`,
  // It is shown no wrong one.
  toldWrong: /(?!)/,
};

export const supplicants: ReadonlyArray<Supplicant> = [postassoc, wpaSupplicant, iwd, floor];
