import { readMschapv2Request } from '../../../../operators/core/eap/methods/mschapv2/mschapv2Packets.js';
import { type Extension, readExtensions, writeExtension } from '../../../../operators/core/eap/methods/peap/extensions.js';
import { withHeader } from '../../../../operators/core/eap/methods/peap/innerPacket.js';
import { gatherPwd, type PwdGathering } from '../../../../operators/core/eap/methods/pwd/gatherPwd.js';
import { readPwdFragment, writePwdMessage } from '../../../../operators/core/eap/methods/pwd/pwdFragments.js';
import {
  readPwdCommit,
  readPwdIdentity,
  writePwdCommit,
  writePwdIdentity,
} from '../../../../operators/core/eap/methods/pwd/pwdPackets.js';
import { readAvps, writeAvps } from '../../../../operators/core/eap/methods/ttls/avp.js';
import { mschapFault, readMschapFailure } from '../../../../operators/core/eap/mschap/failureMessage.js';
import { readMschapSuccess } from '../../../../operators/core/eap/mschap/successMessage.js';
import { notificationText } from '../../../../operators/core/eap/peer/notificationText.js';
import { MAX_MESSAGE_SIZE, NOTHING_YET, type Reassembly, reassemble } from '../../../../operators/core/eap/tunnel/reassembly.js';
import { joined } from '../../../../operators/core/rsn/keys/joined.js';
import { equalBytes } from '../../../../streams/events/index.js';
import { readEapTls } from '../../../../streams/frames/index.js';
import { observe } from '../../features.js';
import { demand, type Target } from '../../target.js';
import { oneOf, type Reading, reads, roundTrips, seedOf } from '../readers.js';

const TLS = 13;
const P256 = 32;

/** Pieces: how many octets, and they. */
const piecesOf = (bytes: Uint8Array): ReadonlyArray<Uint8Array> => {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + 1 + (bytes[at] ?? 0);
    pieces.push(bytes.slice(at + 1, end));
    at = end;
  }
  return pieces;
};

/** A message that comes out of fragments is what went in, and never longer than it may be. */
const reassembles: Reading = (bytes) => {
  let soFar: Reassembly = NOTHING_YET;
  let said: Uint8Array[] = [];
  for (const piece of piecesOf(bytes)) {
    const read = readEapTls(TLS, piece);
    if (read._tag === 'Left') continue;
    const next = reassemble(soFar, read.right);
    observe(`reassemble ${next._tag === 'Left' ? next.left.code : next.right.message === undefined}`);
    if (next._tag === 'Left') return;
    said.push(read.right.fragment);
    const { message } = next.right;
    soFar = next.right.soFar;
    demand(soFar.size <= MAX_MESSAGE_SIZE && soFar.fragments.length <= said.length, 'more is kept than may be');
    if (message === undefined) continue;
    demand(equalBytes(message, joined(...said)), 'a message that is not its fragments');
    said = [];
  }
};

const gathers: Reading = (bytes) => {
  let gathering: PwdGathering | undefined;
  for (const piece of piecesOf(bytes)) {
    const read = readPwdFragment(piece);
    if (read._tag === 'Left') continue;
    const next = gatherPwd(gathering, read.right);
    observe(`gather ${next._tag === 'Left' ? next.left.replaceAll(/\d+/g, 'n') : next.right.isWhole}`);
    if (next._tag === 'Left') continue;
    gathering = next.right.isWhole ? undefined : next.right.gathering;
    demand((gathering?.octets.length ?? 0) <= 4096, 'more is kept than may be');
  }
};

/** However a message is cut, it is put together again. */
const cutsAndGathers: Reading = (bytes) => {
  const room = 4 + ((bytes[0] ?? 0) % 64);
  const message = bytes.subarray(1, 2000);
  let gathering: PwdGathering | undefined;
  for (const packet of writePwdMessage(1, message, room)) {
    demand(packet.length <= room, `a packet of ${packet.length} octets in ${room}`);
    const read = readPwdFragment(packet);
    const gathered = read._tag === 'Left' ? undefined : gatherPwd(gathering, read.right);
    demand(gathered?._tag === 'Right', 'a message of ours that cannot be gathered');
    if (gathered?._tag !== 'Right') return;
    if (gathered.right.isWhole) demand(equalBytes(gathered.right.message, message), 'another message than went in');
    else gathering = gathered.right.gathering;
  }
};

const readsFailure: Reading = (bytes) => {
  const failure = readMschapFailure(bytes);
  observe(`failure ${failure?.mayRetry} ${failure?.challenge?.length} ${failure && mschapFault('', failure).code}`);
  if (failure === undefined) return;
  demand(Number.isSafeInteger(failure.error), 'an error that is no number');
  demand(failure.message.length <= bytes.length, 'a message out of nothing');
  demand(failure.challenge === undefined || failure.challenge.length === 16, 'a challenge of another length');
  demand(!/[\p{Cc}\p{Cf}]/u.test(failure.message), 'a message that does more than be read');
};

const readsSuccess: Reading = (bytes) => {
  const proof = readMschapSuccess(bytes);
  demand(proof === undefined || proof.length === 20, 'a proof of another length');
  observe(`success ${proof === undefined}`);
};

const notes: Reading = (bytes) => {
  const text = notificationText(bytes);
  demand(text.length <= 1024 && !/[\p{Cc}\p{Cf}]/u.test(text), 'a note that is more than a line');
};

const innerPackets: Reading = (bytes) => {
  const plain = bytes.subarray(1);
  const added = withHeader(bytes[0] ?? 0, plain).length - plain.length;
  demand(added === 0 || added === 4, `an inner packet with ${added} octets more`);
};

const writeExtensions = (extensions: ReadonlyArray<Extension>): Uint8Array => joined(...extensions.map(writeExtension));

const readings: ReadonlyArray<Reading> = [
  roundTrips('EAP extensions', readExtensions, writeExtensions),
  roundTrips('TTLS AVP', readAvps, writeAvps),
  reads('EAP-pwd', readPwdFragment),
  roundTrips('EAP-pwd-ID', readPwdIdentity, writePwdIdentity),
  roundTrips(
    'EAP-pwd-Commit',
    (bytes) => readPwdCommit(bytes, P256, false),
    (commit) => writePwdCommit(commit),
  ),
  reads('salted EAP-pwd-Commit', (bytes) => readPwdCommit(bytes, P256, true)),
  reads('EAP-MSCHAPv2', readMschapv2Request),
  reassembles,
  gathers,
  cutsAndGathers,
  readsFailure,
  readsSuccess,
  notes,
  innerPackets,
];

export const fuzz = oneOf(readings);

const ascii = (text: string): ReadonlyArray<number> => [...new TextEncoder().encode(text)];

const seeds = (): ReadonlyArray<Uint8Array> =>
  [
    [0, 0x80, 3, 0, 2, 0, 1, 0, 12, 0, 56, ...new Array<number>(56).fill(0)],
    [1, 0, 0, 0, 79, 0x40, 0, 0, 13, 1, 1, 0, 5, 1, 0, 0, 0, 0, 0, 0, 26, 0xc0, 0, 0, 14, 0, 0, 1, 55, 7, 7, 0, 0],
    [2, 0x81, 0, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    [3, 0, 19, 1, 1, 1, 2, 3, 4, 0, ...ascii('server')],
    [4, ...new Array<number>(96).fill(1)],
    [5, 2, 1, 2, ...new Array<number>(96).fill(1)],
    [6, 1, 7, 0, 21, 16, ...new Array<number>(16).fill(9)],
    [6, 4, 7, 0, 9, ...ascii('E=691')],
    [7, 8, 0xc0, 0, 0, 0, 6, 1, 2, 3, 4, 0x00, 1, 2, 3],
    [7, 4, 0x40, 1, 2, 3, 1, 0],
    [8, 6, 0xc1, 0, 5, 1, 2, 3, 3, 1, 4, 5],
    [9, 7, ...new Array<number>(100).fill(3)],
    [10, ...ascii('E=691 R=1 C=00112233445566778899aabbccddeeff V=3 M=no')],
    [10, ...ascii('E=648 R=0')],
    [11, ...ascii(`S=${'0a'.repeat(20)} M=ok`)],
    [12, ...ascii('pass\nword\u202e')],
    [13, 7, 1, 2, 0, 5, 1],
  ].map(([index = 0, ...bytes]) => seedOf(index, Uint8Array.from(bytes)));

export const eapMethods: Target = { name: 'eapMethods', slice: 2000, fuzz, seeds };
