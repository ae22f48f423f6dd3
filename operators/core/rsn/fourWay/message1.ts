import { isLeft } from 'fp-ts/lib/Either.js';
import { equalBytes, isZero, macFromBytes, type Secret } from '../../../../streams/events/index.js';
import { type KeyDataItem, readKeyData } from '../../../../streams/frames/index.js';
import type { MethodCommand } from '../../method/commands.js';
import { type Attempt, firstAttempt, isLatest, repeated, turnedTo } from '../attempt.js';
import { dropped, type Fault } from '../fault.js';
import type { KeyFrame } from '../keyFrame.js';
import { pmkid } from '../keys/pmkid.js';
import type { Network } from '../network.js';
import { type Association, deriveKeys } from '../rootKey.js';
import { sendKeyPacket, type Writer } from '../state.js';
import { writeMessage2 } from './message2.js';

const KEYS: ReadonlySet<KeyDataItem['kind']> = new Set(['gtk', 'igtk', 'bigtk', 'mloGtk', 'mloIgtk', 'mloBigtk']);

/** What message 1 has beside its nonce. Nobody vouches for it, and what cannot be read is passed over. */
const itemsOf = ({ key }: KeyFrame): ReadonlyArray<KeyDataItem> => {
  if (key.keyData.length === 0) return [];
  const items = readKeyData(key.keyData);
  return isLeft(items) ? [] : items.right;
};

/** Between multi-link devices message 1 says whose it is (IEEE 802.11be 12.7.6.2). */
const isStray = ({ links, addresses }: Network, items: ReadonlyArray<KeyDataItem>): boolean => {
  const item = items.find(({ kind }) => kind === 'macAddress');
  const named = item?.kind === 'macAddress' ? item.address : undefined;
  return links.length > 0 && named !== macFromBytes(addresses.authenticator);
};

/** What message 1 may not be (IEEE 802.11-2020 12.7.6.2). */
export const checkMessage1 = (network: Network, frame: KeyFrame): Fault | undefined => {
  const { information, nonce } = frame.key;
  if (information.install) return dropped('OUT_OF_PLACE', 'message 1', 'its Install bit is set');
  if (isZero(nonce)) return dropped('ANONCE', 'message 1', 'its nonce is all zeros');
  const items = itemsOf(frame);
  if (items.some(({ kind }) => KEYS.has(kind)))
    return dropped('KEY_IN_MESSAGE_1', 'message 1', 'it carries a group key in the clear');
  return isStray(network, items)
    ? dropped('MULTI_LINK', 'message 1', 'it does not name the MLD address of the access point')
    : undefined;
};

/** The name of the PMK the access point means, if it says. Some fill the field with zeros. */
const pmkidIn = (frame: KeyFrame): Uint8Array | undefined => {
  const item = itemsOf(frame).find(({ kind }) => kind === 'pmkid');
  return item?.kind === 'pmkid' && !isZero(item.pmkid) ? item.pmkid : undefined;
};

/** Begins a handshake with this message 1, which must have been checked. */
export const beginAttempt = (writer: Writer, association: Association, snonce: Secret, { key }: KeyFrame): Attempt => {
  const anonce = key.nonce;
  const ptk = deriveKeys(writer.crypto, association, { authenticator: anonce, supplicant: snonce.reveal() });
  return firstAttempt(snonce, anonce, key.replayCounter, ptk);
};

/** Goes on with another message 1: the same again, or another ANonce, which outdates nothing. */
export const continueAttempt = ({ crypto }: Writer, association: Association, attempt: Attempt, { key }: KeyFrame): Attempt => {
  if (isLatest(attempt, key.nonce)) return repeated(attempt, key.replayCounter);
  const anonce = key.nonce;
  const ptk = deriveKeys(crypto, association, { authenticator: anonce, supplicant: attempt.snonce.reveal() });
  return turnedTo(attempt, anonce, key.replayCounter, ptk);
};

/** What an access point with the same passphrase calls the PMK; in a mobility domain message 1 names another key. */
const nameOfRoot = ({ crypto }: Writer, { network, root }: Association): Uint8Array | undefined => {
  const { akm, addresses } = network;
  if (akm.source !== 'psk' || akm.fastTransition) return root.pmkid;
  return pmkid(crypto, akm, { pmk: root.key.reveal(), addresses });
};

/** Whether message 1 names a PMK that we do not hold; where either is silent, nobody can tell. */
export const namesOther = (writer: Writer, association: Association, frame: KeyFrame): boolean => {
  const theirs = pmkidIn(frame);
  const ours = theirs && nameOfRoot(writer, association);
  return theirs !== undefined && ours !== undefined && !equalBytes(theirs, ours);
};

export const sendMessage2 = (
  writer: Writer,
  association: Association,
  { ptk, snonce }: Attempt,
  { key }: KeyFrame,
  isRekey: boolean,
): MethodCommand => {
  const packet = writeMessage2(writer, association, { ptk, snonce: snonce.reveal() }, key, isRekey);
  return sendKeyPacket(`message 2 of ${key.replayCounter}`, packet);
};
