import { equalBytes } from '../../../../streams/events/index.js';
import { type HandshakeAddresses, type Nonces, zeroisePtk } from '../../rsn/keys/ptk.js';
import { type Association, deriveKeys } from '../../rsn/rootKey.js';
import type { Candidate } from './Candidate.js';
import type { GrowingHandshake, ProvenKeys, Sighting } from './Growing.js';
import { addressesOf } from './terms.js';
import { candidatesOf, type Watch } from './Watch.js';

/** A forger can make up as many nonces as it likes; the first and the latest are tried. */
const MOST_NONCES = 8;

/** The nonces of messages, the latest first, each once. */
export const noncesOf = (
  sightings: ReadonlyArray<Sighting>,
  isWanted: (sighting: Sighting) => boolean,
): ReadonlyArray<Uint8Array> => {
  const nonces: Uint8Array[] = [];
  for (let i = sightings.length - 1; i >= 0; i--) {
    const sighting = sightings[i];
    if (sighting === undefined || !isWanted(sighting)) continue;
    const { nonce } = sighting.key;
    if (nonces.some((each) => equalBytes(each, nonce))) continue;
    if (nonces.length < MOST_NONCES) nonces.push(nonce);
    else nonces[MOST_NONCES - 1] = nonce;
  }
  return nonces;
};

const isOf = (keys: ProvenKeys, candidate: Candidate, anonce: Uint8Array, snonce: Uint8Array): boolean =>
  keys.candidate === candidate && equalBytes(keys.anonce, anonce) && equalBytes(keys.snonce, snonce);

/** Keys that were proven before; they stay where they are. */
const known = (
  { keys, otherKeys }: GrowingHandshake,
  candidate: Candidate,
  anonce: Uint8Array,
  snonce: Uint8Array,
): ProvenKeys | undefined =>
  keys !== undefined && isOf(keys, candidate, anonce, snonce)
    ? keys
    : otherKeys.find((each) => isOf(each, candidate, anonce, snonce));

const MOST_OTHERS = 4;

/** Keeps keys that are proven, and not those the handshake goes on with. */
export const keepBeside = (handshake: GrowingHandshake, others: ProvenKeys): void => {
  const { keys, otherKeys } = handshake;
  if (others === keys || otherKeys.includes(others)) return;
  const left = otherKeys.length < MOST_OTHERS ? undefined : otherKeys[0];
  handshake.otherKeys = [...otherKeys.slice(left === undefined ? 0 : 1), others];
  if (left !== undefined) zeroisePtk(left.ptk);
};

/** Makes these the keys the handshake goes on with. */
export const goOnWith = (handshake: GrowingHandshake, keys: ProvenKeys): void => {
  const before = handshake.keys;
  if (before === keys) return;
  if (handshake.otherKeys.length > 0) handshake.otherKeys = handshake.otherKeys.filter((each) => each !== keys);
  handshake.keys = keys;
  if (before !== undefined) keepBeside(handshake, before);
};

export interface Found<A> {
  readonly keys: ProvenKeys;
  readonly proof: A;
}

type Prove<A> = (keys: ProvenKeys, association: Association) => A | undefined;

/** A message, and what may prove it. */
export interface Search<A> {
  readonly watch: Watch;
  readonly handshake: GrowingHandshake;
  readonly anonces: ReadonlyArray<Uint8Array>;
  readonly snonces: ReadonlyArray<Uint8Array>;
  readonly prove: Prove<A>;
}

/** A key to try, and between whom. */
interface Trial {
  readonly candidate: Candidate;
  readonly association: Association;
  readonly addresses: HandshakeAddresses;
}

/** Derives the keys of one combination, and keeps them only if they prove the message. */
const tryOne = <A>(
  { watch, handshake, prove }: Search<A>,
  { candidate, association, addresses }: Trial,
  nonces: Nonces,
): Found<A> | undefined => {
  const { authenticator: anonce, supplicant: snonce } = nonces;
  const before = known(handshake, candidate, anonce, snonce);
  const { crypto } = watch.deps;
  const keys = before ?? { ptk: deriveKeys(crypto, association, nonces, addresses), candidate, anonce, snonce, use: undefined };
  const proof = prove(keys, association);
  if (proof !== undefined) return { keys, proof };
  if (before === undefined) zeroisePtk(keys.ptk);
  return undefined;
};

const tryNonces = <A>(search: Search<A>, trial: Trial): Found<A> | undefined => {
  for (const authenticator of search.anonces) {
    for (const supplicant of search.snonces) {
      const found = tryOne(search, trial, { authenticator, supplicant });
      if (found !== undefined) return found;
    }
  }
  return undefined;
};

/**
 * Looks for the keys a message is made with, among all that these nonces and the keys at hand give. What does not prove it is
 * destroyed at once.
 */
export const findKeys = <A>(search: Search<A>): Found<A> | undefined => {
  const { terms, context } = search.watch;
  if (terms === undefined) return undefined;
  const { network } = terms;
  const addresses = addressesOf(network, context.station);
  for (const candidate of candidatesOf(search.watch)) {
    const found = tryNonces(search, { candidate, association: { network, root: candidate.root }, addresses });
    if (found !== undefined) return found;
  }
  return undefined;
};
