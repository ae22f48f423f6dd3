import { isLeft } from 'fp-ts/lib/Either.js';
import type { Findings } from './Findings.js';
import { hexKey } from './hexKey.js';
import { passphraseCredential, ssidFor } from './passphrase.js';

/** A value and the line it stands on. */
export interface Stated<Value> {
  readonly line: number;
  readonly value: Value;
}

/** What a configuration says of one network, whatever the order it says it in. */
export interface NetworkBlock {
  ssid?: Stated<Uint8Array>;
  passphrase?: Stated<Uint8Array>;
  pmk?: Stated<string>;
  /** A password of SAE alone: of no use to open frames, but often the same as the one of WPA2. */
  saePassword?: Stated<Uint8Array>;
}

const PMK_SIZES = [32];

const addPmk = (findings: Findings, { line, value }: Stated<string>, ssid: Uint8Array | undefined): void => {
  const [pmk, network] = [hexKey('psk', value, PMK_SIZES), ssidFor(ssid)];
  if (isLeft(pmk)) findings.fault(line, pmk.left);
  else if (isLeft(network)) findings.fault(line, network.left);
  else findings.add({ kind: 'pmk', pmk: pmk.right, ...network.right });
};

/** The credentials of a network. */
export const addNetwork = (findings: Findings, { ssid, passphrase, pmk, saePassword }: NetworkBlock): void => {
  if (pmk !== undefined) addPmk(findings, pmk, ssid?.value);
  if (passphrase !== undefined) findings.take(passphrase.line, passphraseCredential(passphrase.value, ssid?.value));
  if (saePassword === undefined || passphrase !== undefined) return;
  const credential = passphraseCredential(saePassword.value, ssid?.value);
  // Only as a passphrase can it open anything: what SAE agrees on hangs on numbers that are never sent.
  if (isLeft(credential))
    findings.fault(saePassword.line, 'a password of SAE that cannot be a passphrase of WPA2; it is not used');
  else findings.add(credential.right);
};
