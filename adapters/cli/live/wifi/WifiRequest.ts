import { MacAddress } from '../../../../streams/events/index.js';
import { type Arguments, isSet, textOf, UsageError } from '../../Command.js';

/** What `postassoc live wifi` was asked for. */
export interface WifiRequest {
  readonly interface: string;
  /** Only to show what the radio can do. */
  readonly showsCapabilities: boolean;
  readonly ssid?: string;
  readonly passphraseFile?: string;
  readonly profileFile?: string;
  readonly network?: string;
  readonly bssid?: MacAddress;
  /** In MHz. */
  readonly frequency?: number;
  readonly recordFile?: string;
  readonly isOnce: boolean;
  readonly isJson: boolean;
  readonly showsCalls: boolean;
  readonly recordsSecrets: boolean;
}

const LONGEST_SSID = 32;
const OTHER_WORLDS = ['metrics', 'start-period', 'retry-after', 'promiscuous'];

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
  const showsCapabilities = isSet(args, 'capabilities');
  if (!showsCapabilities) checkNetwork(args);
  return {
    ...{ interface: name, showsCapabilities },
    ...given('ssid', ssidOf(textOf(args, 'ssid'))),
    ...given('passphraseFile', textOf(args, 'passphrase-file')),
    ...given('profileFile', textOf(args, 'profile')),
    ...given('network', textOf(args, 'network')),
    ...given('bssid', bssidOf(textOf(args, 'bssid'))),
    ...given('frequency', frequencyOf(textOf(args, 'freq'))),
    ...given('recordFile', textOf(args, 'record')),
    ...{ isOnce: isSet(args, 'once'), isJson: isSet(args, 'json'), showsCalls: isSet(args, 'calls') },
    recordsSecrets: isSet(args, 'show-secrets'),
  };
};
