import { isLeft } from 'fp-ts/lib/Either.js';
import type { Farewell } from '../../../../streams/air/index.js';
import {
  ElementId,
  effectiveRsn,
  findElement,
  leadingElements,
  RsnCapability,
  readRsnElement,
} from '../../../../streams/frames/index.js';

/** Whether a station that asks with these elements protects its management frames. */
const protectsManagement = (elements: Uint8Array | undefined): boolean => {
  const rsne = elements && findElement(leadingElements(elements), ElementId.codes.RSN);
  const rsn = rsne && readRsnElement(rsne.body);
  return rsn !== undefined && !isLeft(rsn) && (effectiveRsn(rsn.right).capabilities & RsnCapability.MFPC) !== 0;
};

/** How far the two had come. */
interface Keyed {
  readonly isKeyed: boolean;
  /** Of the association request. */
  readonly elements?: Uint8Array | undefined;
}

const NOTHING = new Uint8Array(0);

/** Whoever writes the log took leave itself: its driver protects that where management frames are protected, and the log does not show it. */
export const asSent = (farewell: Farewell, { isKeyed, elements }: Keyed): Farewell =>
  isKeyed && farewell.sealed === undefined && protectsManagement(elements)
    ? { ...farewell, sealed: { header: NOTHING, body: NOTHING } }
    : farewell;
