import type { MethodContext } from '../method/SecurityMethod.js';

/** Where a station listens and sends: what an Operating Channel Information field says (IEEE 802.11-2020 9.4.2.236). */
export interface OperatingChannel {
  readonly operatingClass: number;
  readonly primaryChannel: number;
  readonly frequencySegment1: number;
}

/** How long the access point is waited for, in milliseconds. */
export interface RsnTimeouts {
  /** For the first message, from the moment it could come. */
  readonly start: number;
  /** For the end of a handshake, from its first message. */
  readonly finish: number;
  /** After the last tolerated repetition of message 1, before a wrong passphrase is reported. */
  readonly suspicion: number;
}

/** What the standard leaves to the station. */
export interface RsnPolicy {
  readonly timeouts: RsnTimeouts;
  /** How often an access point may repeat message 1 before it is taken to refuse our message 2. */
  readonly toleratedRepetitions: number;
  /** R113: which half of the 802.1X key is the PMK. The interface page names the send key. */
  readonly pmkFrom: 'sendKey' | 'receiveKey';
  /** dot11RSNAConfigPMKLifetime, in seconds. */
  readonly pmkLifetime: number;
  /** After how many milliseconds a fresh pairwise key is requested; 0 for never. */
  readonly pairwiseKeyLifetime: number;
  /** R253: what two Michael failures within a minute lead to, besides the report that each of them is. */
  readonly countermeasures: 'report' | 'fail';
  /** Whether the hardware takes a BIGTK, which the documented interface has no place for. */
  readonly beaconProtection: boolean;
  /** Whether the hardware renews group keys by itself while its host sleeps. */
  readonly offloadsRekeys: boolean;
  /** Whether frames of others are shut out once the keys are in (R145). */
  readonly excludeUnencrypted: boolean;
  /** The EAPOL version of what we send; access points of old insist on 1. */
  readonly eapolVersion: number;
  /** The channel the station is on, where Operating Channel Validation is negotiated. */
  readonly channelOf: (context: MethodContext) => OperatingChannel | undefined;
  /** Under which name the secret source knows the passphrase of a network. */
  readonly credentialOf: (context: MethodContext, ssid: Uint8Array) => string;
}

const showSsid = (ssid: Uint8Array): string => {
  let text = '';
  for (const octet of ssid) {
    if (octet < 0x20 || octet >= 0x7f) return [...ssid].map((each) => `\\x${each.toString(16).padStart(2, '0')}`).join('');
    text += String.fromCharCode(octet);
  }
  return text;
};

/** What the field does: hostapd repeats message 1 three times and gives up after four seconds, wpa_supplicant after ten. */
export const defaultPolicy: RsnPolicy = {
  timeouts: { start: 10_000, finish: 10_000, suspicion: 800 },
  toleratedRepetitions: 3,
  pmkFrom: 'sendKey',
  pmkLifetime: 43_200,
  pairwiseKeyLifetime: 0,
  countermeasures: 'report',
  beaconProtection: false,
  offloadsRekeys: false,
  excludeUnencrypted: true,
  eapolVersion: 1,
  channelOf: () => undefined,
  credentialOf: (_, ssid) => showSsid(ssid),
};
