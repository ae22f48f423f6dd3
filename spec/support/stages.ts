import { usesOneX } from '../../operators/core/rsn/akm.js';
import type { Secret } from '../../streams/events/index.js';
import { cipher, type NetworkSetup, networkFor, suite, type TestNetwork } from './associationFor.js';
import { type Ap, type ApEvent, type ApOptions, authenticator, start } from './authenticator/authenticator.js';
import { drawn } from './authenticator/keys.js';
import { type Bench, type BenchOptions, portBench } from './portBench.js';

/** Setups many tests begin with. */
export const setups = {
  psk: { akm: suite('PSK'), pairwise: cipher('CCMP'), group: cipher('CCMP') },
  protectedPsk: {
    ...{ akm: suite('PSK_SHA256'), pairwise: cipher('CCMP'), group: cipher('CCMP') },
    groupManagement: cipher('BIP_CMAC_128'),
  },
  wpa: { akm: suite('WPA_PSK'), pairwise: cipher('WPA_TKIP'), group: cipher('WPA_TKIP') },
  oneX: { akm: suite('IEEE_802_1X'), pairwise: cipher('CCMP'), group: cipher('CCMP') },
  suiteB192: {
    ...{ akm: suite('SUITE_B_192'), pairwise: cipher('GCMP_256'), group: cipher('GCMP_256') },
    groupManagement: cipher('BIP_GMAC_256'),
  },
  sae: {
    ...{ akm: suite('SAE'), pairwise: cipher('CCMP'), group: cipher('CCMP') },
    groupManagement: cipher('BIP_CMAC_128'),
  },
} as const satisfies Readonly<Record<string, NetworkSetup>>;

export interface Opened {
  readonly network: TestNetwork;
  /** The PMK; with 802.1X the MSK. */
  readonly secret: Uint8Array;
  readonly bench: Bench;
  readonly ap: Ap;
}

export interface Changes {
  readonly bench?: Partial<BenchOptions>;
  readonly ap?: Partial<ApOptions>;
}

const MSK_OCTETS = 64;

/** What the access point makes its keys of, where 802.1X made this MSK. */
export const pmkOf = ({ akm, pmkLength = akm.pmkLengths[0] ?? 32 }: NetworkSetup, secret: Uint8Array): Uint8Array =>
  usesOneX(akm) && !akm.fastTransition ? secret.subarray(0, pmkLength) : secret;

/** Both sides, before the first word: a port that is open, and an access point that has not begun. */
export const opened = (setup: NetworkSetup, changes: Changes = {}): Opened => {
  const network = networkFor(setup);
  const { akm } = setup;
  const secret = drawn('master', 0, usesOneX(akm) ? MSK_OCTETS : (setup.pmkLength ?? akm.pmkLengths[0] ?? 32));
  const bench = portBench({ network, secret, ...changes.bench });
  return { network, secret, bench, ap: authenticator({ network, secret: pmkOf(setup, secret), ...changes.ap }) };
};

/** The same after the first handshake, 802.1X before it where there is any. */
export const established = (setup: NetworkSetup, changes: Changes = {}): Opened => {
  const before = opened(setup, changes);
  if (before.bench.log.includes('startOneX')) before.bench.oneX(before.secret);
  const { ap } = before.bench.hear(start(before.ap));
  return { ...before, ap };
};

/** Events in words: what was taken by its name, what was refused with the reason. */
export const happened = (events: ReadonlyArray<ApEvent>): ReadonlyArray<string> =>
  events.map((event) => {
    if (event.kind === 'up') return 'up';
    return event.kind === 'took' ? event.reply : `${event.reply} refused: ${event.why}`;
  });

/** What the log has from there on. */
export const since = ({ log }: Bench, from: number): ReadonlyArray<string> => log.slice(from);

export const isZeroed = (secret: Secret): boolean => secret.reveal().every((octet) => octet === 0);
