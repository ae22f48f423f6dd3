import type { ByteWindow } from './ByteWindow.js';
import type { CaptureFault } from './Capture.js';

const SHOWN = 8;

/** What some files that are no captures begin with, what they are, and what to do. */
const FOREIGN: ReadonlyArray<readonly [magic: string, advice: string]> = [
  ['425a68', 'it is compressed by bzip2: bzip2 -dc FILE, and give what comes out'],
  ['fd377a585a00', 'it is compressed by xz: xz -dc FILE, and give what comes out'],
  ['04224d18', 'it is compressed by lz4: lz4 -dc FILE, and give what comes out'],
  ['504b0304', 'it is a zip archive: unzip it first'],
  ['736e6f6f70000000', 'it is a snoop capture: editcap -F pcapng IN OUT makes one that can be read'],
  ['58435000', 'it is a NetXRay capture: editcap -F pcapng IN OUT makes one that can be read'],
  ['474d4255', 'it is a Network Monitor capture: editcap -F pcapng IN OUT makes one that can be read'],
  ['7b', 'a JSON log? Try postassoc check'],
];

const hexOf = (bytes: Uint8Array): string => [...bytes].map((octet) => octet.toString(16).padStart(2, '0')).join(' ');

const isText = (bytes: Uint8Array): boolean =>
  bytes.every((octet) => (octet >= 0x20 && octet !== 0x7f) || octet === 0x09 || octet === 0x0a || octet === 0x0d);

const adviceFor = (bytes: Uint8Array): string => {
  const hex = hexOf(bytes).replaceAll(' ', '');
  const foreign = FOREIGN.find(([magic]) => hex.startsWith(magic));
  if (foreign !== undefined) return foreign[1];
  return isText(bytes) ? 'it looks like text' : 'pcap and pcapng can be read, plain or compressed by gzip or zstd';
};

/** Says of something that is no capture what it is, and what can be done about it. */
export const faultOf = (window: ByteWindow): CaptureFault => {
  if (window.failure !== undefined) return { kind: 'unreadable', message: window.failure };
  if (window.rest === 0) return { kind: 'empty', message: 'it is empty: not even a file header is there' };
  const bytes = window.bytes.subarray(window.at, Math.min(window.at + SHOWN, window.end));
  return { kind: 'unknown', message: `it is no capture: it begins with ${hexOf(bytes)}: ${adviceFor(bytes)}` };
};
