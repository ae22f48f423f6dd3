import type { Acknowledgement, Speaker } from './AirEvent.js';
import { createAudible } from './audible.js';
import type { Hearing } from './Hearing.js';
import { isSameMac, type Mac48 } from './Mac48.js';
import {
  ACKNOWLEDGEMENT,
  ADDRESS1_AT,
  ADDRESS2_AT,
  BLOCK_ACKNOWLEDGEMENT,
  CONTROL_WRAPPER,
  MANAGEMENT,
  VERSION_AND_TYPE,
} from './macHeader.js';
import { u16be, u32be } from './octets.js';

/** Who said something to whom. */
interface Said {
  readonly station: Mac48;
  readonly ap: Mac48;
  readonly from: Speaker;
}

/** Looks out for the acknowledgements of frames that were told of. */
export interface Acknowledgements {
  /** The frame in hand has been told of, now or when it was first heard, and asks for an acknowledgement. */
  expect(hearing: Hearing, said: Said): void;
  /** A control frame that acknowledges: it names whom, and not what. */
  take(hearing: Hearing): void;
  /** A frame that cannot be read: it may have been the acknowledgement of the one before. */
  pass(hearing: Hearing): void;
}

interface Awaited extends Said {
  /** The number it was told under, and its own, which is another if it was sent again. */
  readonly of: number;
  readonly frame: number;
  readonly time: number;
  readonly pace: number;
}

/** So many frames at a time; behind each others' come at once only where stations are many. */
const PLACES = 8;
/**
 * An acknowledgement follows after a SIFS (IEEE 802.11-2020 10.3.2.11), so that on one channel no frame fits in between. But captures
 * of several interfaces mix them, and clocks of capture devices are coarse: for so many microseconds it may come late.
 */
const LATEST = 50_000;
const NOBODY = -1;
const GROUP = 0x01;
const LAST_OCTET_AT = ADDRESS1_AT + 5;
const HIGH = 2 ** 32;

/** Where a capture does not tell how fast a frame was, management is slow, and data may be as fast as can be. */
const SLOW = 1;
const FAST = 255;

const paceOf = ({ rate, bytes, start }: Hearing): number => {
  if (rate > 0) return rate;
  return ((bytes[start] ?? 0) & VERSION_AND_TYPE) === MANAGEMENT ? SLOW : FAST;
};

const senderOf = ({ station, ap, from }: Said): Mac48 => (from === 'ap' ? ap : station);
const receiverOf = ({ station, ap, from }: Said): Mac48 => (from === 'ap' ? station : ap);

const eventOf = (
  { station, ap, from, of }: Awaited,
  { frame, time }: Hearing,
  sign: Acknowledgement['sign'],
): Acknowledgement => ({
  kind: 'acknowledgement',
  frame,
  time,
  station,
  ap,
  from,
  of,
  sign,
});

const isAcknowledgement = (kind: number): boolean =>
  kind === ACKNOWLEDGEMENT || kind === BLOCK_ACKNOWLEDGEMENT || kind === CONTROL_WRAPPER;

/** Of several stations at once it is a block acknowledgement to all (IEEE 802.11ax-2021 9.3.1.8). */
const isForSeveral = ({ bytes, start }: Hearing): boolean =>
  bytes[start] === BLOCK_ACKNOWLEDGEMENT && ((bytes[start + ADDRESS1_AT] ?? 0) & GROUP) !== 0;

/** Whether the frame before the one in hand came from whom this one is for, so that it was that one's acknowledgement. */
const isOfFrameBefore = ({ bytes, before, sentBefore, start }: Hearing): boolean => {
  if (before >= 0) return isSameMac(bytes, before + ADDRESS2_AT, start + ADDRESS1_AT);
  return sentBefore.every((octet, i) => octet === bytes[start + ADDRESS1_AT + i]);
};

/**
 * A third of all frames are acknowledgements, and next to none of those that are waited for: most are let go of after a look at the last
 * octet. One is certain if it follows directly. One that comes later, to somebody who has sent nothing else meanwhile, may be of this frame
 * or of another that was not captured: then nothing can be told.
 */
export const createAcknowledgements = (): Acknowledgements => {
  const highs = new Int32Array(PLACES).fill(NOBODY);
  const lows = new Int32Array(PLACES);
  const awaited = new Array<Awaited | undefined>(PLACES).fill(undefined);
  const audible = createAudible();
  let newest = PLACES - 1;
  /** A bit for each last octet, by its lower five bits, that an address may have which is waited for. */
  let endings = 0;

  const settle = (place: number, hearing: Hearing): void => {
    const one = awaited[place];
    const isNext = one?.frame === hearing.frame - 1;
    highs[place] = NOBODY;
    awaited[place] = undefined;
    if (one === undefined || hearing.time - one.time > LATEST) return;
    if (!isNext && isOfFrameBefore(hearing)) return;
    const isHeard = isNext && hearing.bytes[hearing.start] === ACKNOWLEDGEMENT;
    if (isHeard) audible.note(senderOf(one), receiverOf(one), one.pace, one.time);
    hearing.tell(eventOf(one, hearing, isHeard ? 'heard' : 'doubtful'));
  };

  return {
    expect(hearing, { station, ap, from }) {
      const { first, frame, time } = hearing;
      const one: Awaited = { station, ap, from, of: first, frame, time, pace: paceOf(hearing) };
      const transmitter = senderOf(one);
      const isExpected = frame === first && audible.covers(transmitter, receiverOf(one), one.pace, time);
      if (isExpected) hearing.tell(eventOf(one, hearing, 'expected'));
      newest = (newest + 1) % PLACES;
      highs[newest] = Math.floor(transmitter / HIGH);
      lows[newest] = transmitter | 0;
      awaited[newest] = one;
      endings = 0;
      for (let place = 0; place < PLACES; place += 1) if (highs[place] !== NOBODY) endings |= 1 << (lows[place] ?? 0);
    },
    take(hearing) {
      const { bytes, start } = hearing;
      const isShared = isForSeveral(hearing);
      if (!isShared && ((endings >>> (bytes[start + LAST_OCTET_AT] ?? 0)) & 1) === 0) return;
      if (!isAcknowledgement(bytes[start] ?? 0)) return;
      const high = u16be(bytes, start + ADDRESS1_AT);
      const low = u32be(bytes, start + ADDRESS1_AT + 2) | 0;
      for (let place = 0; place < PLACES; place += 1)
        if (isShared || (lows[place] === low && highs[place] === high)) settle(place, hearing);
    },
    pass(hearing) {
      const one = awaited[newest];
      if (one?.frame !== hearing.frame - 1) return;
      highs[newest] = NOBODY;
      awaited[newest] = undefined;
      hearing.tell(eventOf(one, hearing, 'doubtful'));
    },
  };
};
