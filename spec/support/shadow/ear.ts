import type { KeyDownload } from '../../../operators/core/method/commands.js';
import type { KeyMaterial } from '../../../streams/events/index.js';
import { type AirFrame, eapolIn, eapolOf, PROTECTED, TO_DS } from '../airFrames.js';
import { openData } from '../dataProtection.js';
import type { Happening, Spoken } from './exchange.js';

type Keyed = Extract<KeyDownload, { material: KeyMaterial }>;
const hasMaterial = (download: KeyDownload): download is Keyed => 'material' in download;

export const isProtected = ({ flags }: AirFrame): boolean => (flags & PROTECTED) !== 0;

/** The body of a protected frame under any of these keys, the latest first: its MIC says whether it is the right one. */
export const opened = (frame: AirFrame, keys: ReadonlyArray<KeyDownload>): Uint8Array | undefined => {
  for (const { material } of keys.filter(hasMaterial).toReversed()) {
    const plain = openData(frame, material);
    if (plain !== undefined) return plain;
  }
  return undefined;
};

const inFrame = (frame: AirFrame, keys: ReadonlyArray<KeyDownload>): Spoken | undefined => {
  const plain = isProtected(frame) ? opened(frame, keys) : undefined;
  const packet = plain === undefined ? eapolOf(frame) : eapolIn(plain);
  const from = (frame.flags & TO_DS) === 0 ? 'accessPoint' : 'station';
  return packet && { from, packet, time: frame.time, isProtected: isProtected(frame) };
};

/** The EAPOL packet that went over the air, or over into a log, if it can be had with these keys. */
export const eapolOfHappening = (happening: Happening, keys: ReadonlyArray<KeyDownload>): Spoken | undefined => {
  switch (happening.kind) {
    case 'frame':
      return inFrame(happening.frame, keys);
    case 'packet':
      return happening;
    default:
      return undefined;
  }
};
