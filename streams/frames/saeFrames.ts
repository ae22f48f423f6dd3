import { map } from 'fp-ts/lib/Either.js';
import { type Decoded, type Encoded, unwritable } from './DecodeError.js';
import { pack, u16 } from './pack.js';
import { decode, type Reader } from './Reader.js';
import { packSaeElements, passwordIdentifierSize, readSaeElements, type SaeElements } from './saeElements.js';
import { type SaeGroupSizes, saeGroupSizes } from './saeGroups.js';
import { StatusCode } from './statusCodes.js';

/**
 * An SAE commit: transaction 1 of an Authentication frame that did not fail (IEEE 802.11-2020 12.4.7.4).
 *
 * @since 0.2.0
 */
export interface SaeCommit extends SaeElements {
  /** Of the frame: 0, SAE_HASH_TO_ELEMENT or SAE_PK. It says how the password element was found. */
  readonly status: number;
  readonly group: number;
  /** The token of a station that does not hash to the element; others carry it as `antiCloggingToken`. */
  readonly token?: Uint8Array;
  readonly scalar: Uint8Array;
  /** Of a curve: x and y, end to end. */
  readonly element: Uint8Array;
}

/**
 * An SAE confirm: transaction 2 (12.4.7.5).
 *
 * @since 0.2.0
 */
export interface SaeConfirm {
  readonly sendConfirm: number;
  readonly confirm: Uint8Array;
  /** Elements behind it, as SAE-PK has them. */
  readonly rest?: Uint8Array;
}

const NONE = new Uint8Array(0);
const COMMIT = 'SAE commit';
const CONFIRM = 'SAE confirm';

const hashesToElement = (status: number): boolean =>
  status === StatusCode.codes.SAE_HASH_TO_ELEMENT || status === StatusCode.codes.SAE_PK;

/** Octets between the group and the scalar. */
const tokenSize = (rest: Uint8Array, status: number, { scalar, element }: SaeGroupSizes): number => {
  const more = rest.length - 2 - scalar - element;
  return hashesToElement(status) || more <= 0 ? 0 : more - passwordIdentifierSize(rest, more);
};

const commit = (reader: Reader, rest: Uint8Array, status: number): SaeCommit => {
  const found = { field: 'Finite Cyclic Group', at: reader.at, value: reader.u16('Finite Cyclic Group') };
  const sizes = saeGroupSizes(found.value);
  reader.check(sizes !== undefined, 'VALUE', found, 'a group whose sizes are known');
  const known = sizes ?? { scalar: 0, element: 0 };
  const size = tokenSize(rest, status, known);
  return {
    status,
    group: found.value,
    ...(size === 0 ? {} : { token: reader.bytes('Anti-Clogging Token', size) }),
    scalar: reader.bytes('Scalar', known.scalar),
    element: reader.bytes('FFE', known.element),
    ...readSaeElements(reader),
  };
};

/**
 * Reads a commit from the fields behind the status code. A group whose sizes nobody told is an error, see `readSaeGroup`.
 *
 * @since 0.2.0
 */
export const readSaeCommit = (rest: Uint8Array, status: number): Decoded<SaeCommit> =>
  decode(COMMIT, rest, (reader) => commit(reader, rest, status));

/**
 * The group of a commit, or of the refusal of one, whatever else it holds.
 *
 * @since 0.2.0
 */
export const readSaeGroup = (rest: Uint8Array): Decoded<number> =>
  decode(COMMIT, rest, (reader) => reader.u16('Finite Cyclic Group'));

const fault = ({ status, group, token, scalar, element }: SaeCommit): Encoded | undefined => {
  const sizes = saeGroupSizes(group);
  if (sizes === undefined) return unwritable(COMMIT, 'Finite Cyclic Group', 'a group whose sizes are known', String(group));
  if (scalar.length !== sizes.scalar) return unwritable(COMMIT, 'Scalar', `${sizes.scalar} octets`, String(scalar.length));
  if (element.length !== sizes.element) return unwritable(COMMIT, 'FFE', `${sizes.element} octets`, String(element.length));
  const isMisplaced = token !== undefined && hashesToElement(status);
  return isMisplaced ? unwritable(COMMIT, 'Anti-Clogging Token', 'a container, with hash-to-element', 'a token') : undefined;
};

/**
 * The fields behind the status code.
 *
 * @since 0.2.0
 */
export const writeSaeCommit = (value: SaeCommit): Encoded => {
  const { group, token = NONE, scalar, element } = value;
  const elements = packSaeElements(value);
  return fault(value) ?? map((packed: Uint8Array) => pack(u16(group), token, scalar, element, packed))(elements);
};

/** Octets of a confirm where nothing else is said: it is as long as the hash of its group (12.4.5.5), and of group 19 that is SHA-256. */
const CONFIRM_SIZE = 32;

/**
 * Reads a confirm from the fields behind the status code. It is as long as the hash that goes with its group, except with hunting
 * and pecking, which knows SHA-256 only.
 *
 * @since 0.2.0
 */
export const readSaeConfirm = (rest: Uint8Array, confirmSize = CONFIRM_SIZE): Decoded<SaeConfirm> =>
  decode(CONFIRM, rest, (reader) => ({
    sendConfirm: reader.u16('Send-Confirm'),
    confirm: reader.bytes('Confirm', confirmSize),
    ...(reader.remaining > 0 ? { rest: reader.rest('elements') } : {}),
  }));

/**
 * The fields behind the status code.
 *
 * @since 0.2.0
 */
export const writeSaeConfirm = ({ sendConfirm, confirm, rest = NONE }: SaeConfirm): Uint8Array =>
  pack(u16(sendConfirm), confirm, rest);
