import { macFromBytes } from '../../../streams/events/index.js';
import type { Decoded, Encoded } from '../../../streams/frames/index.js';
import * as frames from '../../../streams/frames/index.js';
import { written } from './expectations.js';
import { hex } from './hex.js';

/** A reader, the writer that goes with it, and the bytes of a value in which everything is present. */
export interface ElementSample {
  readonly name: string;
  readonly read: (bytes: Uint8Array) => Decoded<unknown>;
  /** Gives back what was read, to compare with what the reader was given. */
  readonly rewrite: (bytes: Uint8Array) => Uint8Array | undefined;
  readonly bytes: Uint8Array;
}

const mac = macFromBytes(hex('020000000005'));
const wrapped = new Uint8Array(24).fill(0x77);
const gtk = { keyId: 1, keyLength: 16, receiveCounter: new Uint8Array(8), wrapped };
const igtk = { keyId: 4, packetNumber: new Uint8Array(6), keyLength: 16, wrapped };
const oci = { operatingClass: 81, primaryChannel: 6, frequencySegment1: 0 };

const rsn: frames.RsnElement = {
  version: 1,
  group: 0x000fac04,
  pairwise: [0x000fac04, 0x000fac09],
  akms: [0x000fac08, 0x000fac02],
  capabilities: 0x00c0,
  pmkids: [new Uint8Array(16).fill(1), new Uint8Array(16).fill(2)],
  groupManagement: 0x000fac06,
  rest: hex('abcdef'),
};
const wpa = { version: 1, group: 0x0050f202, pairwise: [0x0050f202, 0x0050f204], akms: [0x0050f202], capabilities: 1 };
const transition: frames.FastTransition = {
  micControl: 1,
  elementCount: 3,
  mic: new Uint8Array(16).fill(1),
  anonce: new Uint8Array(32).fill(2),
  snonce: new Uint8Array(32).fill(3),
  r1KeyHolder: hex('020000000100'),
  r0KeyHolder: hex('6170'),
  gtk,
  igtk,
  oci,
};
const linkKeys: frames.FastTransition = {
  ...{ micControl: 0, elementCount: 3, mic: transition.mic, anonce: transition.anonce, snonce: transition.snonce },
  bigtk: igtk,
  mloGtks: [{ ...gtk, linkId: 1 }],
  mloBigtks: [{ ...igtk, linkId: 1 }],
  unknown: [{ id: 42, body: hex('abcd') }],
};
const multiLink: frames.MultiLink = {
  mldAddress: mac,
  linkId: 1,
  mldCapabilities: 0x1122,
  perStation: [
    { linkId: 2, complete: true, address: mac, bytes: hex('3114 0000') },
    { linkId: 3, complete: false, bytes: hex('') },
  ],
};
const commit = { group: 19, scalar: new Uint8Array(32).fill(1), element: new Uint8Array(64).fill(2) };
const hashed: frames.SaeCommit = {
  ...{ status: 126, ...commit },
  passwordIdentifier: hex('6162'),
  rejectedGroups: [20, 21],
  antiCloggingToken: new Uint8Array(32).fill(3),
  akmSelector: 0x000fac18,
};

const sample = <A>(
  name: string,
  read: (bytes: Uint8Array) => Decoded<A>,
  write: (value: A) => Encoded,
  [value, header]: readonly [A, number],
): ElementSample => ({
  name,
  read,
  rewrite: (bytes) => {
    const result = read(bytes);
    return result._tag === 'Left' ? undefined : written(write(result.right)).subarray(header);
  },
  bytes: written(write(value)).subarray(header),
});

const right = (bytes: Uint8Array): Encoded => ({ _tag: 'Right', right: bytes });
const bySixteen = (bytes: Uint8Array) => frames.readFastTransition(bytes, 16);
const dh = { group: 19, publicKey: new Uint8Array(32).fill(7) };

export const elementSamples: ReadonlyArray<ElementSample> = [
  sample('RSN element', frames.readRsnElement, frames.writeRsnElement, [rsn, 2]),
  sample('RSNX element', frames.readRsnxElement, frames.writeRsnxElement, [frames.rsnxWith(5, 21), 2]),
  sample('WPA element', frames.readWpaElement, frames.writeWpaElement, [wpa, 2]),
  sample('FTE', bySixteen, frames.writeFastTransition, [transition, 2]),
  sample('FTE with the keys of links', bySixteen, frames.writeFastTransition, [linkKeys, 2]),
  sample('Multi-Link element', frames.readMultiLink, frames.writeMultiLink, [multiLink, 3]),
  sample('RSN override', frames.readRsnOverride, frames.writeRsnOverride, [{ kind: 'rsneOverride', rsn }, 2]),
  sample('Diffie-Hellman Parameter element', frames.readOweDiffieHellman, frames.writeOweDiffieHellman, [dh, 3]),
  sample('SAE commit', (bytes) => frames.readSaeCommit(bytes, 126), frames.writeSaeCommit, [hashed, 0]),
  sample('SAE commit with a token', (bytes) => frames.readSaeCommit(bytes, 0), frames.writeSaeCommit, [
    { status: 0, ...commit, token: new Uint8Array(32).fill(3) },
    0,
  ]),
  sample(
    'SAE confirm',
    (bytes) => frames.readSaeConfirm(bytes),
    (value) => right(frames.writeSaeConfirm(value)),
    [{ sendConfirm: 1, confirm: new Uint8Array(32) }, 0],
  ),
  sample(
    'SAE token request',
    (bytes) => frames.readSaeTokenRequest(bytes, false),
    (value) => frames.writeSaeTokenRequest(value, false),
    [{ group: 19, token: new Uint8Array(32) }, 0],
  ),
  sample(
    'SAE token request in a container',
    (bytes) => frames.readSaeTokenRequest(bytes, true),
    (value) => frames.writeSaeTokenRequest(value, true),
    [{ group: 19, token: new Uint8Array(32) }, 0],
  ),
  sample('Authentication frame', frames.readAuthenticationFrame, (value) => right(frames.writeAuthenticationFrame(value)), [
    { algorithm: 3, transaction: 1, status: 0, rest: hex('1300') },
    0,
  ]),
];
