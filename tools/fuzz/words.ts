import { AkmSuite, CipherSuite, ElementExtension, ElementId, KdeSelector } from '../../streams/frames/index.js';

export type Words = ReadonlyArray<Uint8Array>;

const big = (value: number): Uint8Array => Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
const short = (value: number): ReadonlyArray<Uint8Array> => [
  Uint8Array.of(value >>> 8, value),
  Uint8Array.of(value, value >>> 8),
];

/** Key Information of messages 1 and 3, group message 1, the request and the error, of versions 0 to 3 and WPA1. */
const KEY_INFORMATION = [0x0088, 0x008a, 0x13c8, 0x13ca, 0x01c9, 0x1388, 0x1382, 0x0391, 0x0b00, 0x0f00, 0x2388];
const LENGTHS = [0, 1, 16, 32, 95, 99, 117, 0x7fff, 0x8000, 0xffff];
const GROUPS = [19, 20, 21, 0, 1, 22];

/** What the formats under test turn on: element IDs, OUIs with their types, KDEs, key information, suites. */
export const words: Words = [
  ...Object.values(ElementId.codes).map((id) => Uint8Array.of(id)),
  ...Object.values(ElementId.codes).map((id) => Uint8Array.of(id, 4, 0, 0, 0, 0)),
  ...Object.values(ElementExtension.codes).map((extension) => Uint8Array.of(0xff, 3, extension, 0, 0)),
  ...[...Object.values(KdeSelector.codes), ...Object.values(AkmSuite.codes), ...Object.values(CipherSuite.codes)].map(big),
  ...Object.values(KdeSelector.codes).map((selector) => Uint8Array.of(0xdd, 22, ...big(selector), ...new Uint8Array(18).fill(1))),
  ...[0x0050f201, 0x506f9a29, 0x506f9a2a, 0x506f9a2b, 0x506f9a2c].map((type) => Uint8Array.of(0xdd, 6, ...big(type), 1, 0)),
  ...[...KEY_INFORMATION, ...LENGTHS, ...GROUPS].flatMap(short),
  Uint8Array.of(0xdd, 0),
  Uint8Array.of(242, 3, 1, 2, 3),
  new Uint8Array(8).fill(0xff),
  new Uint8Array(16),
];
