import { padded } from './blockTypes.js';

/** draft-ietf-opsawg-pcapng 3.5: option codes, each meaning what it does in its own block. */
export const OptionCode = {
  endOfOptions: 0,
  comment: 1,
  hardware: 2,
  operatingSystem: 3,
  application: 4,
  timestampResolution: 9,
  fcsLength: 13,
  timestampOffset: 14,
  packetsDropped: 4,
  interfaceDropped: 5,
  systemDropped: 7,
} as const;

/** Where options lie, and in which byte order. */
export interface OptionRange {
  readonly view: DataView;
  readonly from: number;
  readonly to: number;
  readonly isLittle: boolean;
}

/** Where the value of an option begins, if it is there and has at least so many octets; 0 if not. */
export const findOption = ({ view, from, to, isLittle }: OptionRange, code: number, size: number): number => {
  let at = from;
  while (at + 4 <= to) {
    const found = view.getUint16(at, isLittle);
    const length = view.getUint16(at + 2, isLittle);
    const value = at + 4;
    if (found === OptionCode.endOfOptions || value + length > to) return 0;
    if (found === code && length >= size) return value;
    at = value + padded(length);
  }
  return 0;
};

/** A number of 64 bits, as well as a number can hold it. */
export const u64At = (view: DataView, at: number, isLittle: boolean): number => {
  const [high, low] = isLittle ? [at + 4, at] : [at, at + 4];
  return Math.min(view.getUint32(high, isLittle) * 2 ** 32 + view.getUint32(low, isLittle), Number.MAX_SAFE_INTEGER);
};

const i64At = (view: DataView, at: number, isLittle: boolean): number => {
  const [high, low] = isLittle ? [at + 4, at] : [at, at + 4];
  return view.getInt32(high, isLittle) * 2 ** 32 + view.getUint32(low, isLittle);
};

/** An option that is a count of 64 bits; none is 0. */
export const countOf = (range: OptionRange, code: number): number => {
  const at = findOption(range, code, 8);
  return at === 0 ? 0 : u64At(range.view, at, range.isLittle);
};

/** An option that is a signed number of 64 bits; none is 0. */
export const signedOf = (range: OptionRange, code: number): number => {
  const at = findOption(range, code, 8);
  return at === 0 ? 0 : i64At(range.view, at, range.isLittle);
};

/** An option that is one octet. */
export const octetOf = (range: OptionRange, code: number): number | undefined => {
  const at = findOption(range, code, 1);
  return at === 0 ? undefined : range.view.getUint8(at);
};
