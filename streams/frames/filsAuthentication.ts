import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js';
import { copyBytes } from '../events/index.js';
import { type Decoded, type DecodeError, decodeError, type Encoded, unwritable } from './DecodeError.js';
import { type Element, ElementExtension, ElementId, findElement, readElements } from './element.js';
import { readFilsNonce, readFilsSession, writeFilsNonce, writeFilsSession, writeFilsWrappedData } from './filsElements.js';
import { pack, u16 } from './pack.js';
import { decode } from './Reader.js';
import { saeGroupSizes } from './saeGroups.js';

/** One side's half of a Diffie-Hellman exchange. */
export interface FilsKeyShare {
  readonly group: number;
  /** Of a curve: x and y, end to end. */
  readonly element: Uint8Array;
}

/**
 * An Authentication frame of FILS that did not fail, of either side: transaction 1 or 2 of algorithm FILS, or of FILS_PFS, which
 * has a key share (IEEE 802.11-2020 12.11.2.3). Elements nobody here needs are passed over.
 *
 * @since 0.2.0
 */
export interface FilsAuthentication {
  readonly keyShare?: FilsKeyShare;
  /** Whole elements; of an FTE with its fragments. */
  readonly rsne: Uint8Array;
  readonly mobilityDomain?: Uint8Array;
  readonly fastTransition?: Uint8Array;
  readonly nonce: Uint8Array;
  readonly session: Uint8Array;
  /** An EAP packet of re-authentication (RFC 6696). */
  readonly wrappedData?: Uint8Array;
}

const STRUCTURE = 'FILS Authentication';
const GROUP_SIZE = 2;
const { RSN, MOBILITY_DOMAIN, FAST_TRANSITION, EXTENSION } = ElementId.codes;
const { FILS_NONCE, FILS_SESSION, WRAPPED_DATA } = ElementExtension.codes;

const readKeyShare = (rest: Uint8Array): Decoded<FilsKeyShare> =>
  decode(STRUCTURE, rest, (reader) => {
    const found = { field: 'Finite Cyclic Group', at: reader.at, value: reader.u16('Finite Cyclic Group') };
    const sizes = saeGroupSizes(found.value);
    reader.check(sizes !== undefined, 'VALUE', found, 'a group whose sizes are known');
    return { group: found.value, element: reader.bytes('FFE', sizes?.element ?? 0) };
  });

const shifted = (error: DecodeError, by: number): DecodeError => ({ ...error, offset: error.offset + by });

const absent = (field: string, at: number): Either<DecodeError, never> =>
  left(decodeError('VALUE', STRUCTURE, { field, at, value: 'none' }, 'one'));

const ofElements = (all: ReadonlyArray<Element>, end: number): Decoded<FilsAuthentication> => {
  const rsne = findElement(all, RSN);
  const nonce = findElement(all, EXTENSION, FILS_NONCE);
  const session = findElement(all, EXTENSION, FILS_SESSION);
  if (rsne === undefined) return absent('RSNE', end);
  if (nonce === undefined) return absent('FILS Nonce', end);
  if (session === undefined) return absent('FILS Session', end);
  const [n, s] = [readFilsNonce(nonce.body), readFilsSession(session.body)];
  if (isLeft(n)) return n;
  if (isLeft(s)) return s;
  const [domain, transition] = [findElement(all, MOBILITY_DOMAIN), findElement(all, FAST_TRANSITION)];
  const wrapped = findElement(all, EXTENSION, WRAPPED_DATA);
  return right({
    rsne: rsne.bytes,
    ...(domain && { mobilityDomain: domain.bytes }),
    ...(transition && { fastTransition: transition.bytes }),
    nonce: n.right,
    session: s.right,
    ...(wrapped !== undefined && wrapped.body.length > 0 && { wrappedData: wrapped.body }),
  });
};

/**
 * Reads the fields behind the status code.
 *
 * @param hasKeyShare whether the algorithm is FILS_PFS
 *
 * @since 0.2.0
 */
export const readFilsAuthentication = (rest: Uint8Array, hasKeyShare: boolean): Decoded<FilsAuthentication> => {
  const keyShare = hasKeyShare ? readKeyShare(rest) : undefined;
  if (keyShare !== undefined && isLeft(keyShare)) return keyShare;
  const from = keyShare === undefined ? 0 : GROUP_SIZE + keyShare.right.element.length;
  const elements = readElements(copyBytes(rest, from));
  if (isLeft(elements)) return left(shifted(elements.left, from));
  const read = ofElements(elements.right, rest.length);
  return isLeft(read) || keyShare === undefined ? read : right({ keyShare: keyShare.right, ...read.right });
};

const packKeyShare = (keyShare: FilsKeyShare | undefined): Encoded => {
  if (keyShare === undefined) return right(new Uint8Array(0));
  const { group, element } = keyShare;
  const expected = saeGroupSizes(group)?.element;
  if (expected === undefined) return unwritable(STRUCTURE, 'Finite Cyclic Group', 'a group whose sizes are known', String(group));
  return element.length === expected
    ? right(pack(u16(group), element))
    : unwritable(STRUCTURE, 'FFE', `${expected} octets`, String(element.length));
};

const NOTHING: Encoded = right(new Uint8Array(0));

/**
 * The fields behind the status code.
 *
 * @since 0.2.0
 */
export const writeFilsAuthentication = (value: FilsAuthentication): Encoded => {
  const { keyShare, rsne, mobilityDomain, fastTransition, nonce, session, wrappedData } = value;
  const pieces: Uint8Array[] = [];
  for (const piece of [
    packKeyShare(keyShare),
    right(pack(rsne, ...[mobilityDomain, fastTransition].flatMap((element) => element ?? []))),
    writeFilsNonce(nonce),
    writeFilsSession(session),
    wrappedData === undefined ? NOTHING : writeFilsWrappedData(wrappedData),
  ]) {
    if (isLeft(piece)) return piece;
    pieces.push(piece.right);
  }
  return right(pack(...pieces));
};
