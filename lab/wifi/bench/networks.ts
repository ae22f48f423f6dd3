import { PASSPHRASE, PSK, SAE, SSID, WPA2 } from '../scenarios/networks.js';
import { BENCH, type BenchNetwork, type Instructions, PASSPHRASE_FILE, REKEY_S } from './BenchNetwork.js';
import { enterpriseNetworks } from './enterpriseNetworks.js';

const WRONG = 'wrong horse battery';

const quoted = (name: string, value: string): string => `${name}="${value}"`;

/** All three by a passphrase, or a password of SAE. */
const byPassphrase = (
  passphrase: string,
  network: ReadonlyArray<string>,
  before: ReadonlyArray<string> = [],
): Pick<BenchNetwork, 'instructions' | 'files'> => ({
  instructions: {
    postassoc: ['--passphrase-file', `${BENCH}/${PASSPHRASE_FILE}`],
    wpaSupplicant: { network: [quoted('psk', passphrase), ...network], before },
    iwd: { kind: 'psk', lines: ['[Security]', `Passphrase=${passphrase}`] },
  },
  files: { [PASSPHRASE_FILE]: `${passphrase}\n` },
});

const PLAIN = ['key_mgmt=WPA-PSK'];
const SAE_ALONE = ['key_mgmt=SAE', 'ieee80211w=2'];

const without = (...network: ReadonlyArray<string>): Pick<BenchNetwork, 'instructions' | 'files'> => {
  const instructions: Instructions = {
    postassoc: [],
    wpaSupplicant: { network },
    iwd: { kind: 'open', lines: ['[Settings]', 'AutoConnect=true'] },
  };
  return { instructions, files: {} };
};

const connecting = (
  name: string,
  accessPoint: ReadonlyArray<string>,
  told: Pick<BenchNetwork, 'instructions' | 'files'>,
): BenchNetwork => ({ name, play: 'connect', accessPoint, ...told });

const suitingFloor = (network: BenchNetwork): BenchNetwork => ({
  ...network,
  instructions: { ...network.instructions, suitsFloor: true },
});

const GCMP = ['rsn_pairwise=GCMP-256', 'group_cipher=GCMP-256', 'group_mgmt_cipher=BIP-GMAC-256', 'ieee80211w=1'];
const GCMP_STATION = ['pairwise=GCMP-256', 'group=GCMP-256', 'group_mgmt=BIP-GMAC-256', 'ieee80211w=1'];
const OWE = [`ssid=${SSID}`, 'wpa=2', 'wpa_key_mgmt=OWE', 'rsn_pairwise=CCMP', 'ieee80211w=2'];
const BOTH = [...PSK, 'wpa_key_mgmt=WPA-PSK SAE', 'ieee80211w=1', 'sae_require_mfp=1'];

/** What the three are compared with, in the order of the table. */
export const networks: ReadonlyArray<BenchNetwork> = [
  connecting('open', [`ssid=${SSID}`], without('key_mgmt=NONE')),
  suitingFloor(connecting('wpa2-psk', WPA2, byPassphrase(PASSPHRASE, PLAIN))),
  connecting(
    'wpa2-psk-sha256-pmf',
    [...PSK, 'wpa_key_mgmt=WPA-PSK-SHA256', 'ieee80211w=2'],
    byPassphrase(PASSPHRASE, ['key_mgmt=WPA-PSK-SHA256', 'ieee80211w=2']),
  ),
  connecting(
    'wpa2-psk-gcmp-256',
    [`ssid=${SSID}`, 'wpa=2', `wpa_passphrase=${PASSPHRASE}`, 'wpa_key_mgmt=WPA-PSK', ...GCMP],
    byPassphrase(PASSPHRASE, [...PLAIN, ...GCMP_STATION]),
  ),
  connecting('wpa3-sae-hunting', [...SAE, 'sae_pwe=0'], byPassphrase(PASSPHRASE, SAE_ALONE, ['sae_pwe=0'])),
  connecting('wpa3-sae-h2e', [...SAE, 'sae_pwe=1'], byPassphrase(PASSPHRASE, SAE_ALONE, ['sae_pwe=1'])),
  connecting('wpa3-transition', BOTH, byPassphrase(PASSPHRASE, ['key_mgmt=WPA-PSK SAE', 'ieee80211w=1'])),
  connecting('owe', OWE, without('key_mgmt=OWE', 'ieee80211w=2')),
  ...enterpriseNetworks,
  { name: 'wrong-passphrase', play: 'refuse', accessPoint: WPA2, ...byPassphrase(WRONG, PLAIN) },
  { name: 'sae-wrong-password', play: 'refuse', accessPoint: SAE, ...byPassphrase(WRONG, SAE_ALONE) },
  {
    name: 'group-rekey',
    play: 'rekey',
    accessPoint: [...WPA2, `wpa_group_rekey=${REKEY_S}`],
    ...byPassphrase(PASSPHRASE, PLAIN),
  },
  {
    name: 'pairwise-rekey',
    play: 'rekey',
    accessPoint: [...WPA2, `wpa_ptk_rekey=${REKEY_S}`],
    ...byPassphrase(PASSPHRASE, PLAIN),
  },
];
