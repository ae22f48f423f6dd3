import { mayHaveFcs } from '../fcs.js';
import { OptionCode, type OptionRange, octetOf, signedOf } from './options.js';

/** What an interface description block says, as far as its frames need it. */
export interface CaptureInterface {
  readonly linkType: number;
  readonly snapLength: number;
  readonly ticksPerMicrosecond: number;
  /** Microseconds to be added to every time. */
  readonly offset: number;
  readonly fcsLength: number;
  /** How many lost frames were told of so far: statistics count from the beginning. */
  lost: number;
}

/** `if_tsresol`: a negative power of ten, or of two if the top bit is set. */
const ticksPerSecond = (resolution: number): number => (resolution < 0x80 ? 10 ** resolution : 2 ** (resolution & 0x7f));

/** Reads the block at an offset. */
export const interfaceAt = (view: DataView, at: number, size: number, isLittle: boolean): CaptureInterface => {
  const options: OptionRange = { view, from: at + 16, to: at + size - 4, isLittle };
  const linkType = view.getUint16(at + 8, isLittle);
  return {
    linkType,
    snapLength: view.getUint32(at + 12, isLittle),
    ticksPerMicrosecond: ticksPerSecond(octetOf(options, OptionCode.timestampResolution) ?? 6) / 1e6,
    offset: signedOf(options, OptionCode.timestampOffset) * 1e6,
    fcsLength: mayHaveFcs(linkType) ? (octetOf(options, OptionCode.fcsLength) ?? 0) : 0,
    lost: 0,
  };
};
