import type { ByteWindow } from './ByteWindow.js';
import type { CaptureFault } from './Capture.js';
import { isText } from './isText.js';

const SHOWN = 8;
/** Of any eight octets, more than a third might be of a text. */
const LOOKED_AT = 4096;
const BRACE = 0x7b;

/** What some files that are no captures begin with, what they are, and what to do. */
const FOREIGN: ReadonlyArray<readonly [magic: string, advice: string]> = [
  ['425a68', 'it is compressed by bzip2: bzip2 -dc FILE, and give what comes out'],
  ['fd377a585a00', 'it is compressed by xz: xz -dc FILE, and give what comes out'],
  ['04224d18', 'it is compressed by lz4: lz4 -dc FILE, and give what comes out'],
  ['504b0304', 'it is a zip archive: unzip it first'],
  ['736e6f6f70000000', 'it is a snoop capture: editcap -F pcapng IN OUT makes one that can be read'],
  ['58435000', 'it is a NetXRay capture: editcap -F pcapng IN OUT makes one that can be read'],
  ['474d4255', 'it is a Network Monitor capture: editcap -F pcapng IN OUT makes one that can be read'],
];

const hexOf = (bytes: Uint8Array): string => [...bytes].map((octet) => octet.toString(16).padStart(2, '0')).join(' ');

const adviceFor = (bytes: Uint8Array): string => {
  const hex = hexOf(bytes.subarray(0, SHOWN)).replaceAll(' ', '');
  const foreign = FOREIGN.find(([magic]) => hex.startsWith(magic));
  if (foreign !== undefined) return foreign[1];
  if (!isText(bytes)) return 'pcap and pcapng can be read, plain or compressed by gzip or zstd';
  return bytes[0] === BRACE ? 'a JSON log? Try postassoc check' : 'it looks like text';
};

/** Says of something that is no capture what it is, and what can be done about it. */
export const faultOf = (window: ByteWindow): CaptureFault => {
  if (window.failure !== undefined) return { kind: 'unreadable', message: window.failure };
  if (window.rest === 0) return { kind: 'empty', message: 'it is empty: not even a file header is there' };
  const bytes = window.bytes.subarray(window.at, Math.min(window.at + LOOKED_AT, window.end));
  const beginning = hexOf(bytes.subarray(0, SHOWN));
  return { kind: 'unknown', message: `it is no capture: it begins with ${beginning}: ${adviceFor(bytes)}` };
};
