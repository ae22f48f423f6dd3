import { EtherType, type MacAddress, macToBytes, Secret } from '../../../streams/events/index.js';
import type { Crypto } from '../crypto/index.js';
import { type Akm, parametersOf } from './akm.js';
import type { CipherRow } from './cipherSuite.js';
import { noEvidence } from './evidence.js';
import { defaultPolicy } from './policy.js';
import { receiveGroupKey } from './receive.js';
import type { Established, RsnState, RsnStep } from './state.js';

/** What a group handshake needs to know of the pairwise one before it. */
export interface GroupOptions {
  readonly crypto: Crypto;
  readonly akm: Akm;
  readonly pairwise: CipherRow;
  readonly group: CipherRow;
  /** Where management frames are protected. */
  readonly groupManagement?: CipherRow;
  readonly peer: MacAddress;
  readonly kck: Secret;
  readonly kek: Secret;
  /** The replay counter of the last message that was proven. */
  readonly counter: bigint;
}

const NOTHING = new Uint8Array(0);

/** The octets of a PMK that goes with a KCK of this length. */
const pmkLengthFor = (akm: Akm, kck: number): number =>
  akm.pmkLengths.find((length) => parametersOf(akm, length).kck === kck) ?? akm.pmkLengths[0] ?? 0;

/** A port whose pairwise key is in. The keys are copied: they stay the caller's. */
export const groupSession = (options: GroupOptions): Established => {
  const { akm, pairwise, group, groupManagement, peer, kck, kek, counter } = options;
  const address = macToBytes(peer);
  return {
    phase: 'established',
    network: {
      ...{ akm, pairwise, group, peer },
      ...(groupManagement && { groupManagement }),
      beaconProtection: defaultPolicy.beaconProtection,
      addresses: { authenticator: address, supplicant: address },
      ...{ ssid: NOTHING, ownElement: NOTHING, offeredPmkids: [], links: [], extendedKeyId: false },
      announced: { isKnown: false },
    },
    evidence: noEvidence,
    root: { key: Secret.of(NOTHING), parameters: parametersOf(akm, pmkLengthFor(akm, kck.length)), isRemembered: false },
    ptk: { kck: kck.copy(), kek: kek.copy(), tk: Secret.of(NOTHING) },
    anonce: NOTHING,
    counter,
    installed: [],
    ...{ isComplete: true, isKeyed: true, requests: 0n, hadMichaelFailure: false },
  };
};

/** A step that hears group messages only. */
export const stepGroup = ({ crypto }: GroupOptions) => {
  const writer = { crypto, policy: defaultPolicy };
  return (state: RsnState, payload: Uint8Array): RsnStep =>
    receiveGroupKey(writer, state, { etherType: EtherType.codes.EAPOL, payload });
};
