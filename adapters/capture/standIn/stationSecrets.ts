import type { Credential, Tape } from '../../../operators/core/index.js';
import { equalBytes, isZero, Secret, type SecretRequest, toHex } from '../../../streams/events/index.js';
import type { SecretSource } from '../../../streams/sources/index.js';

const EAPOL_EAP = 0;
const EAPOL_KEY = 3;
const NONCE_AT = 17;
const NONCE_END = 49;

/** The nonces of the station, each once, in the order in which it used them. */
const noncesOf = ({ packets }: Tape): Uint8Array[] => {
  const nonces: Uint8Array[] = [];
  for (const { from, packet } of packets) {
    if (from !== 'station' || packet[1] !== EAPOL_KEY || packet.length < NONCE_END) continue;
    const nonce = packet.subarray(NONCE_AT, NONCE_END);
    if (!isZero(nonce) && !nonces.some((each) => equalBytes(each, nonce))) nonces.push(nonce);
  }
  return nonces;
};

/** A passphrase for this network, or a PMK as the hex digits that may stand for one. */
const credentialOf = (
  pmk: Secret | undefined,
  ssid: Uint8Array | undefined,
  credentials: ReadonlyArray<Credential>,
): Secret | undefined => {
  if (pmk !== undefined) return Secret.of(new TextEncoder().encode(toHex(pmk.reveal())));
  for (const credential of credentials) {
    if (credential.kind !== 'passphrase') continue;
    if (credential.ssid === undefined || (ssid !== undefined && equalBytes(credential.ssid, ssid)))
      return credential.passphrase.copy();
  }
  return undefined;
};

/**
 * Answers as the station knew it: its nonces are those it sent, its key is the one that was proven. A key of before is known
 * only if the station was let in by it, without authenticating anew.
 */
export const stationSecrets = (
  tape: Tape,
  ssid: Uint8Array | undefined,
  credentials: ReadonlyArray<Credential>,
  remembered: (name: Uint8Array) => Secret | undefined,
): SecretSource => {
  const nonces = noncesOf(tape);
  const hadEap = tape.packets.some(({ packet }) => packet[1] === EAPOL_EAP);
  return (request: SecretRequest) => {
    switch (request.want) {
      case 'entropy':
        return Secret.of(nonces.shift() ?? new Uint8Array(request.length).fill(1));
      case 'credential':
        return credentialOf(tape.pmk, ssid, credentials);
      case 'pmk':
        if (hadEap) return;
        return (request.pmkid && remembered(request.pmkid)) ?? tape.pmk?.copy();
      case 'unprotected':
        return request.blob.copy();
    }
  };
};
