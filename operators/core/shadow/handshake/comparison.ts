import { equalBytes } from '../../../../streams/events/index.js';
import type { Crypto } from '../../crypto/index.js';
import { type KeyFrame, verifyFrame } from '../../rsn/keyFrame.js';
import type { Writer } from '../../rsn/keyReply.js';
import type { Ptk } from '../../rsn/keys/ptk.js';
import type { RootKey } from '../../rsn/rootKey.js';
import { differencesOf, isSameButForMic } from './differences.js';
import type { Judgement } from './Growing.js';
import { readKeyPacket } from './keyPacket.js';
import { watchingPolicy } from './terms.js';

const writers = new WeakMap<Crypto, Map<number, Writer>>();

const ROOM = 1024;

/** The engine's writer, with the EAPOL version of the station. What it writes is good until it writes the next. */
export const writerFor = (crypto: Crypto, eapolVersion: number): Writer => {
  const ofCrypto = writers.get(crypto) ?? new Map<number, Writer>();
  writers.set(crypto, ofCrypto);
  const known = ofCrypto.get(eapolVersion);
  if (known !== undefined) return known;
  const writer = { crypto, policy: { ...watchingPolicy, eapolVersion }, room: new Uint8Array(ROOM) };
  ofCrypto.set(eapolVersion, writer);
  return writer;
};

const IDENTICAL: Judgement = { mic: 'valid', likeness: 'identical', differences: [] };
const OTHER_KEY: Judgement = { mic: 'invalid', likeness: 'unknown', differences: [] };

/**
 * Holds a message of a station against the one the engine writes in its place. Where they are equal, octet for octet, the MIC is
 * right without another being made; where only the MIC differs, it is wrong.
 */
export const compare = (crypto: Crypto, { parameters }: RootKey, ptk: Ptk, theirs: KeyFrame, ours: Uint8Array): Judgement => {
  if (equalBytes(ours, theirs.packet)) return IDENTICAL;
  if (isSameButForMic(ours, theirs.packet, parameters.mic)) return OTHER_KEY;
  if (verifyFrame(crypto, parameters, ptk, theirs) === undefined) return OTHER_KEY;
  const written = readKeyPacket(ours, parameters.mic);
  if (typeof written === 'string') return OTHER_KEY;
  return { mic: 'valid', likeness: 'different', differences: differencesOf(written.key, theirs.key) };
};
