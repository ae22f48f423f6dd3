import { MacAddress } from '../../../../streams/events/index.js';
import type { WifiSecurity } from '../../../linux/index.js';
import { type Arguments, isSet, textOf, UsageError } from '../../Command.js';
import { type MetricsPlace, metricsPlace } from '../LiveRequest.js';

/** What `postassoc live wifi` was asked for. */
export interface WifiRequest {
  readonly interface: string;
  /** Only to show what the radio can do. */
  readonly showsCapabilities: boolean;
  readonly ssid?: string;
  readonly passphraseFile?: string;
  readonly profileFile?: string;
  readonly network?: string;
  /** Nothing weaker than this, where there is no profile. */
  readonly security?: WifiSecurity;
  readonly requiresPmf?: boolean;
  readonly insecureWpa1?: boolean;
  readonly bssid?: MacAddress;
  /** In MHz. */
  readonly frequency?: number;
  readonly recordFile?: string;
  readonly cachesOpportunistically: boolean;
  readonly metrics?: MetricsPlace;
  /** EAPOL goes by a packet socket, whatever the driver can do. */
  readonly byPackets: boolean;
  readonly isOnce: boolean;
  readonly isJson: boolean;
  readonly showsCalls: boolean;
  readonly recordsSecrets: boolean;
}

const LONGEST_SSID = 32;
const OTHER_WORLDS = ['start-period', 'retry-after', 'promiscuous'];

const bssidOf = (text: string | undefined): MacAddress | undefined => {
  if (text === undefined) return undefined;
  const read = MacAddress.decode(text.toLowerCase());
  if (read._tag === 'Left') throw new UsageError(`--bssid is an address, e.g. 02:00:00:00:01:00, not "${text}"`);
  return read.right;
};

const frequencyOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const mhz = /^\d{4,5}$/.test(text) ? Number(text) : 0;
  if (mhz < 2000 || mhz > 75_000)
    throw new UsageError(`--freq is a channel's frequency in MHz, e.g. 2412 or 5180, not "${text}"`);
  return mhz;
};

const SECURITIES: ReadonlyArray<WifiSecurity> = ['open', 'owe', 'wpa2-personal', 'wpa3-personal'];

const securityOf = (text: string | undefined, hasPassphrase: boolean): WifiSecurity | undefined => {
  if (text === undefined) return undefined;
  const found = SECURITIES.find((one) => one === text);
  if (found === undefined)
    throw new UsageError(`--security is one of ${SECURITIES.join(', ')}, not "${text}"; for 802.1X give a profile`);
  if (hasPassphrase === found.endsWith('personal')) return found;
  throw new UsageError(`--security ${found} ${hasPassphrase ? 'has no place for a passphrase' : 'takes --passphrase-file FILE'}`);
};

const checkDemands = (args: Arguments): void => {
  if (textOf(args, 'security') !== undefined && textOf(args, 'profile') !== undefined)
    throw new UsageError('--security and --profile exclude each other: a profile has a field security');
  if (isSet(args, 'insecure-wpa1') && (isSet(args, 'require-pmf') || textOf(args, 'security') === 'wpa3-personal'))
    throw new UsageError('--insecure-wpa1 lets in what --require-pmf and wpa3-personal keep out');
};

const ssidOf = (text: string | undefined): string | undefined => {
  const octets = text === undefined ? 1 : new TextEncoder().encode(text).length;
  if (octets > 0 && octets <= LONGEST_SSID) return text;
  throw new UsageError(`--ssid is a name of 1 to ${LONGEST_SSID} octets, and this has ${octets}`);
};

const given = <K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: V });

const checkNetwork = (args: Arguments): void => {
  const [ssid, profile, passphrase] = ['ssid', 'profile', 'passphrase-file'].map((option) => textOf(args, option));
  if (profile !== undefined && passphrase !== undefined)
    throw new UsageError('--passphrase-file and --profile exclude each other: a profile has its own secrets');
  if (ssid === undefined && profile === undefined)
    throw new UsageError(
      'it needs to know the network: --ssid NAME with --passphrase-file FILE if it is protected, or --profile FILE',
    );
};

/** Reads the options; whatever is wrong with them is one sentence. */
export const wifiRequest = (args: Arguments): WifiRequest => {
  const [, ...others] = args.positionals;
  if (others.length > 0) throw new UsageError(`it takes nothing more, not "${others[0]}"`);
  const foreign = OTHER_WORLDS.find((option) => args.values[option] !== undefined);
  if (foreign !== undefined) throw new UsageError(`--${foreign} is for live wired`);
  const name = textOf(args, 'interface');
  if (name === undefined || name === '') throw new UsageError('it needs --interface NAME, e.g. wlan0');
  const metrics = textOf(args, 'metrics');
  const showsCapabilities = isSet(args, 'capabilities');
  if (!showsCapabilities) checkNetwork(args);
  checkDemands(args);
  const passphraseFile = textOf(args, 'passphrase-file');
  return {
    ...{ interface: name, showsCapabilities },
    ...given('ssid', ssidOf(textOf(args, 'ssid'))),
    ...given('passphraseFile', passphraseFile),
    ...given('security', securityOf(textOf(args, 'security'), passphraseFile !== undefined)),
    ...(isSet(args, 'require-pmf') && { requiresPmf: true }),
    ...(isSet(args, 'insecure-wpa1') && { insecureWpa1: true }),
    ...given('profileFile', textOf(args, 'profile')),
    ...given('network', textOf(args, 'network')),
    ...given('bssid', bssidOf(textOf(args, 'bssid'))),
    ...given('frequency', frequencyOf(textOf(args, 'freq'))),
    ...given('recordFile', textOf(args, 'record')),
    cachesOpportunistically: isSet(args, 'okc'),
    ...given('metrics', metrics === undefined ? undefined : metricsPlace(metrics)),
    ...{ byPackets: isSet(args, 'packet-socket') },
    ...{ isOnce: isSet(args, 'once'), isJson: isSet(args, 'json'), showsCalls: isSet(args, 'calls') },
    recordsSecrets: isSet(args, 'show-secrets'),
  };
};
