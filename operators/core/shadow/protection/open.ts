import { BROADCAST, type EapolHeard, isGroup, type Sealed, type SealedBytes } from '../../../../streams/air/index.js';
import { takeKey } from '../handshake/takeKey.js';
import { hearUnread } from '../handshake/unread.js';
import { type Watch, withOne } from '../handshake/Watch.js';
import { openMpdu, peek } from './Cipher.js';
import { type EndUse, endOf } from './KeyUse.js';
import { groupOpeners, type Opener, pairwiseOpeners } from './keysOf.js';
import { type Mpdu, mpduOf } from './Mpdu.js';
import { isReuse } from './PacketNumbers.js';

const LLC_SNAP = [0xaa, 0xaa, 3, 0, 0, 0] as const;
const LLC = 8;

/** LLC and SNAP of RFC 1042: six octets that no wrong key makes by chance. */
const isLlc = (octets: Uint8Array): boolean => {
  for (let i = 0; i < LLC_SNAP.length; i++) if (octets[i] !== LLC_SNAP[i]) return false;
  return true;
};

const isEapol = (octets: Uint8Array): boolean => octets[6] === 0x88 && octets[7] === 0x8e;

/** So many frames of each end are opened whole, to prove that a key is in use; and so many are tried where none fits. */
const PROOFS = 3;

const noteReuse = (watch: Watch, event: Sealed, end: EndUse, mpdu: Mpdu, isGroupKey: boolean): void => {
  const { highest } = end.numbers;
  if (!isReuse(end.numbers, mpdu)) return;
  const { frame, time, from } = event;
  watch.reuses = withOne(watch.reuses, { frame, time, from, pn: mpdu.packetNumber, highest, isGroup: isGroupKey });
};

/** The access point would not use a key whose message 4 it did not get. */
const confirm = ({ handshake, use }: Opener, event: Sealed): void => {
  if (handshake?.keys?.use !== use || event.from !== 'ap') return;
  handshake.isConfirmed = true;
  handshake.isComplete = true;
};

const countOpened = ({ traffic }: Watch, opener: Opener, event: Sealed, end: EndUse): void => {
  end.tried += 1;
  traffic.tried += 1;
  traffic.opened += 1;
  confirm(opener, event);
};

const openWhole = (watch: Watch, opener: Opener, event: Sealed, end: EndUse, mpdu: Mpdu): Uint8Array | undefined => {
  const plain = openMpdu(watch.deps.crypto, opener.use.data, mpdu);
  if (plain === undefined) watch.traffic.tried += 1;
  else countOpened(watch, opener, event, end);
  return plain;
};

/** The packet in a frame whose first octets say that it is one. */
const eapolIn = (watch: Watch, { use }: Opener, event: Sealed, plain: Uint8Array): EapolHeard => {
  const { frame, time, station, ap, from } = event;
  const { medium } = watch.context;
  const heard: EapolHeard = {
    kind: 'eapol',
    ...{ frame, time, station, ap, from },
    packet: plain.subarray(LLC),
    isProtected: true,
    medium,
  };
  // There is a key that opens packets, and those are not kept.
  watch.said = undefined;
  takeKey(watch, heard, use.data.key);
  return heard;
};

/** What a frame says that this key opens; its first octets tell. */
const follow = (watch: Watch, opener: Opener, event: Sealed, mpdu: Mpdu, octets: Uint8Array): EapolHeard | undefined => {
  const end = endOf(opener.use, event.from);
  noteReuse(watch, event, end, mpdu, false);
  if (!isEapol(octets) || mpdu.isFragment) return undefined;
  const plain = openWhole(watch, opener, event, end, mpdu);
  return plain && eapolIn(watch, opener, event, plain);
};

/** The first frames are opened whole, with the latest key: what proves the key tells what is in it as well. */
const openProof = (watch: Watch, opener: Opener, event: Sealed, mpdu: Mpdu): EapolHeard | 'opened' | undefined => {
  const end = endOf(opener.use, event.from);
  if (end.tried >= PROOFS) return undefined;
  const plain = openMpdu(watch.deps.crypto, opener.use.data, mpdu);
  if (plain === undefined) return undefined;
  countOpened(watch, opener, event, end);
  noteReuse(watch, event, end, mpdu, false);
  return isLlc(plain) && isEapol(plain) && !mpdu.isFragment ? eapolIn(watch, opener, event, plain) : 'opened';
};

/** Whoever has no LLC header in front, an A-MSDU for one, is opened whole or not at all. */
const openBlindly = (watch: Watch, openers: ReadonlyArray<Opener>, event: Sealed, mpdu: Mpdu): void => {
  if (watch.traffic.blind >= PROOFS) return;
  watch.traffic.blind += 1;
  watch.traffic.tried += 1;
  for (const opener of openers) {
    if (openMpdu(watch.deps.crypto, opener.use.data, mpdu) === undefined) continue;
    watch.traffic.opened += 1;
    watch.traffic.blind -= 1;
    confirm(opener, event);
    return;
  }
};

const openPairwise = (watch: Watch, event: Sealed): EapolHeard | undefined => {
  const { traffic, deps } = watch;
  traffic.heard += 1;
  traffic.frame = event.frame;
  traffic.time = event.time;
  hearUnread(watch, event);
  const openers = pairwiseOpeners(watch);
  const mpdu = openers.length === 0 ? undefined : mpduOf(event.sealed, openers[0]?.use.data.form === 'tkip');
  const [latest] = openers;
  if (mpdu === undefined || latest === undefined) return undefined;
  const proof = openProof(watch, latest, event, mpdu);
  if (proof !== undefined) return proof === 'opened' ? undefined : proof;
  for (const opener of openers) {
    const octets = peek(deps.crypto, opener.use.data, mpdu);
    if (octets !== undefined && isLlc(octets)) return follow(watch, opener, event, mpdu, octets);
  }
  openBlindly(watch, openers, event, mpdu);
  return undefined;
};

/** Of what is for all, the packet numbers count: it says nothing of this station. */
const followGroup = (watch: Watch, event: Sealed): void => {
  const isTkip = watch.terms?.network.group?.form === 'tkip';
  const mpdu = mpduOf(event.sealed, isTkip);
  if (mpdu === undefined) return;
  for (const { use } of groupOpeners(watch, mpdu.keyId)) {
    const octets = peek(watch.deps.crypto, use.data, mpdu);
    if (octets === undefined || !isLlc(octets)) continue;
    noteReuse(watch, event, endOf(use, event.from), mpdu, true);
    return;
  }
};

/** A protected data frame. */
export const openSealed = (watch: Watch, event: Sealed): EapolHeard | undefined => {
  if (event.station !== BROADCAST && !isGroup(event.station)) return openPairwise(watch, event);
  followGroup(watch, event);
  return undefined;
};

/** A protected management frame of the pair (IEEE 802.11-2020 12.5.3, 12.5.5). */
export const openManagement = (watch: Watch, sealed: SealedBytes): Uint8Array | undefined => {
  const mpdu = mpduOf(sealed, false);
  if (mpdu === undefined) return undefined;
  for (const { use } of pairwiseOpeners(watch)) {
    const plain = openMpdu(watch.deps.crypto, use.data, mpdu);
    if (plain !== undefined) return plain;
  }
  return undefined;
};
