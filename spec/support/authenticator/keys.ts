import { nodeCrypto } from '../../../adapters/crypto/index.js';
import { type AkmParameters, parametersOf, usesOneX } from '../../../operators/core/rsn/akm.js';
import { ftPtk, ftR0, ftR1, type PmkR1, xxKeyOfMsk } from '../../../operators/core/rsn/keys/ft.js';
import { type Ptk, pairwiseKey } from '../../../operators/core/rsn/keys/ptk.js';
import { macToBytes, Secret } from '../../../streams/events/index.js';
import type { TestNetwork } from '../associationFor.js';

/** Octets that depend on a seed and a number alone, so that a run can be repeated. */
export const drawn = (seed: string, number: number, octets: number): Uint8Array => {
  const key = new TextEncoder().encode(seed);
  const blocks = Array.from({ length: Math.ceil(octets / 32) }, (_, block) => [
    ...nodeCrypto.hmac('sha256', key, Uint8Array.of(number >>> 16, number >>> 8, number, block)),
  ]);
  return Uint8Array.from(blocks.flat().slice(0, octets));
};

/** The access point's end of the master key: a PMK, or in a mobility domain the PMK-R1. */
export interface Master {
  readonly parameters: AkmParameters;
  readonly pmk: Uint8Array;
  readonly r1?: PmkR1;
}

/** @param secret the PMK; of a mobility domain what its PMK-R0 is made of, where 802.1X made it the whole MSK */
export const masterOf = (network: TestNetwork, secret: Uint8Array): Master => {
  const { akm, mobility, ssid } = network;
  const supplicant = macToBytes(network.supplicant);
  if (mobility === undefined) return { parameters: parametersOf(akm, secret.length), pmk: secret };
  const { domain, r0KeyHolder, r1KeyHolder } = mobility;
  const xxKey = usesOneX(akm) ? xxKeyOfMsk(akm, secret) : secret;
  if (xxKey === undefined) throw new Error('the MSK is too short');
  const r0 = ftR0(nodeCrypto, akm, xxKey, { ssid, mobilityDomain: domain, r0KeyHolder, supplicant });
  const r1 = ftR1(nodeCrypto, akm, r0, { r1KeyHolder, supplicant });
  return { parameters: parametersOf(akm, xxKey.length), pmk: r1.pmkR1.reveal(), r1 };
};

/** A pairwise transient key as plain octets. */
export interface PlainPtk {
  readonly kck: Uint8Array;
  readonly kek: Uint8Array;
  readonly tk: Uint8Array;
}

const plain = ({ kck, kek, tk }: Ptk): PlainPtk => ({ kck: kck.reveal(), kek: kek.reveal(), tk: tk.reveal() });

export const ptkOf = (network: TestNetwork, master: Master, anonce: Uint8Array, snonce: Uint8Array): PlainPtk => {
  const { akm, pairwise, authenticator, supplicant } = network;
  const addresses = { authenticator: macToBytes(authenticator), supplicant: macToBytes(supplicant) };
  const handshake = { addresses, nonces: { authenticator: anonce, supplicant: snonce } };
  if (master.r1 === undefined) return plain(pairwiseKey(nodeCrypto, akm, pairwise, master.pmk, handshake));
  const r1 = { pmkR1: Secret.of(master.pmk), name: master.r1.name };
  return plain(ftPtk(nodeCrypto, akm, pairwise, r1, handshake).ptk);
};

interface GroupKey {
  readonly keyId: number;
  readonly key: Uint8Array;
  /** Six octets, the least significant first. */
  readonly packetNumber: Uint8Array;
}

/** The group keys of an access point, or of one of its links. */
export interface GroupKeys {
  readonly linkId?: number;
  readonly gtk: GroupKey;
  readonly igtk?: GroupKey;
  readonly bigtk?: GroupKey;
}

/** New keys take the other index of their kind: 1 and 2, 4 and 5, 6 and 7. */
const groupKeysOf = (
  network: TestNetwork,
  draw: (octets: number) => Uint8Array,
  generation: number,
): Omit<GroupKeys, 'linkId'> => {
  const { pairwise, group = pairwise, groupManagement, beaconProtection } = network;
  const [other] = [generation % 2];
  const key = (first: number, octets: number): GroupKey => ({
    keyId: first + (other ?? 0),
    key: draw(octets),
    packetNumber: draw(6).with(5, 0),
  });
  return {
    gtk: key(1, group.keyLength),
    ...(groupManagement && { igtk: key(4, groupManagement.keyLength) }),
    ...(groupManagement && beaconProtection === true && { bigtk: key(6, groupManagement.keyLength) }),
  };
};

export const allGroupKeys = (
  network: TestNetwork,
  draw: (octets: number) => Uint8Array,
  generation: number,
): ReadonlyArray<GroupKeys> =>
  network.links.length === 0
    ? [groupKeysOf(network, draw, generation)]
    : network.links.map(({ id }) => ({ linkId: id, ...groupKeysOf(network, draw, generation) }));
