import { right } from 'fp-ts/lib/Either.js';
import { type Decoded, type Encoded, unwritable } from './DecodeError.js';
import { ElementId } from './element.js';
import { writeFragmented } from './fragmentation.js';
import { type FtSubelements, packFtSubelements, readFtSubelements } from './ftSubelements.js';
import { pack, u8 } from './pack.js';
import { decode } from './Reader.js';

/** Octets of an FTE's MIC: 24 with the SHA-384 AKMs, and AKM 25 says which (see `announcedFtMicLength`). */
export type FtMicLength = 16 | 24 | 32;

/**
 * The Fast BSS Transition element (IEEE 802.11-2020 9.4.2.47).
 *
 * @since 0.2.0
 */
export interface FastTransition extends FtSubelements {
  /** First octet of MIC Control: whether the RSNXE counts (`FT_RSNXE_USED`), and with AKM 25 how long the MIC is. */
  readonly micControl: number;
  /** Second octet of MIC Control: how many elements the MIC protects. */
  readonly elementCount: number;
  readonly mic: Uint8Array;
  /** 32 octets. */
  readonly anonce: Uint8Array;
  /** 32 octets. */
  readonly snonce: Uint8Array;
}

/** Bit of MIC Control: the RSNXE was looked at (9.4.2.47, Figure 9-397). */
export const FT_RSNXE_USED = 0x01;

const STRUCTURE = 'Fast BSS Transition element';
const NONCE_SIZE = 32;
const MIC_CONTROL_SIZE = 2;

/** Where the MIC begins in the whole element: behind ID, length and MIC Control. */
export const FT_MIC_AT = 2 + MIC_CONTROL_SIZE;

/** MIC Length is in bits 1 to 3 of MIC Control. */
const MIC_LENGTHS: ReadonlyArray<FtMicLength> = [16, 24, 32];

/**
 * The length of the MIC as MIC Control has it, where the AKM leaves it to the group (FT-SAE-EXT-KEY); elsewhere these bits
 * are reserved.
 *
 * @since 0.2.0
 */
export const announcedFtMicLength = ([control]: Uint8Array): FtMicLength | undefined =>
  control === undefined ? undefined : MIC_LENGTHS[(control >>> 1) & 0x7];

/**
 * Reads the body of an FTE. How long its MIC is depends on the AKM.
 *
 * @example
 * const element = findElement(leadingElements(association.response.subarray(6)), ElementId.codes.FAST_TRANSITION);
 * const transition = element && readFastTransition(element.body, 16);
 *
 * @since 0.2.0
 */
export const readFastTransition = (body: Uint8Array, micLength: FtMicLength): Decoded<FastTransition> =>
  decode(STRUCTURE, body, (reader) => ({
    micControl: reader.u8('MIC Control'),
    elementCount: reader.u8('Element Count'),
    mic: reader.bytes('MIC', micLength),
    anonce: reader.bytes('ANonce', NONCE_SIZE),
    snonce: reader.bytes('SNonce', NONCE_SIZE),
    ...readFtSubelements(reader),
  }));

/**
 * The whole element, in fragments when it is longer than one holds.
 *
 * @since 0.2.0
 */
export const writeFastTransition = (transition: FastTransition): Encoded => {
  const { micControl, elementCount, mic, anonce, snonce } = transition;
  const isMic = MIC_LENGTHS.some((length) => length === mic.length);
  if (!isMic) return unwritable(STRUCTURE, 'MIC', '16, 24 or 32 octets', String(mic.length));
  if (anonce.length !== NONCE_SIZE || snonce.length !== NONCE_SIZE)
    return unwritable(STRUCTURE, 'ANonce, SNonce', '32 octets each', `${anonce.length} and ${snonce.length}`);
  const subelements = packFtSubelements(transition);
  if (subelements._tag === 'Left') return subelements;
  const body = pack(u8(micControl), u8(elementCount), mic, anonce, snonce, subelements.right);
  return right(writeFragmented(ElementId.codes.FAST_TRANSITION, ElementId.codes.FRAGMENT, body));
};

/**
 * A copy of a whole FTE with this MIC in it. The MIC is computed over the element with zeros there (13.8.4).
 *
 * @since 0.2.0
 */
export const withFtMic = (element: Uint8Array, mic: Uint8Array): Uint8Array => {
  const copy = element.slice();
  if (FT_MIC_AT + mic.length <= copy.length) copy.set(mic, FT_MIC_AT);
  return copy;
};
