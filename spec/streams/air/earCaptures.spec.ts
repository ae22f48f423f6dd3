import { expect } from 'chai';
import type { AirEvent } from '../../../streams/air/index.js';
import { airFrameOf, FROM_DS, hasData, PROTECTED, TO_DS } from '../../support/airFrames.js';
import { captureFile, captureNames, derivedFile, hasCaptures, oracleOf } from '../../support/captures.js';
import { type CapturedFrame, readCapture } from '../../support/pcap.js';
import { hearFile, hearFrames } from './hearAll.js';

interface Analysed {
  readonly no: number;
  readonly kind?: string;
  readonly type?: number;
  readonly sa?: string | null;
  readonly auth_alg?: number;
  readonly auth_seq?: number;
  readonly status?: number;
  readonly reason?: number;
  readonly len?: number;
}

interface Oracle {
  readonly mgmt: ReadonlyArray<Analysed>;
  readonly eapol: ReadonlyArray<Analysed>;
}

/** The analyser's name of an event that it lists. */
const nameOf = (event: AirEvent): string | undefined => {
  switch (event.kind) {
    case 'authentication':
      return 'auth';
    case 'associationRequest':
      return event.isReassociation ? 'reassoc_req' : 'assoc_req';
    case 'associationResponse':
      return event.isReassociation ? 'reassoc_resp' : 'assoc_resp';
    case 'farewell':
      return event.isDeauthentication ? 'deauth' : 'disassoc';
    case 'eapol':
      return `eapol ${event.packet[1]}`;
    default:
      return undefined;
  }
};

/** What an analyser has of a frame and we have too, in the same words. */
const factsOf = (event: AirEvent): object => {
  if (event.kind === 'authentication') return { auth_alg: event.algorithm, auth_seq: event.transaction, status: event.status };
  if (event.kind === 'associationResponse') return { status: event.status };
  if (event.kind === 'farewell') return event.reason === undefined ? {} : { reason: event.reason };
  return event.kind === 'eapol' ? { len: event.packet.length - 4 } : {};
};

/** Where the analyser lists a frame and the ear tells nothing, by the bytes. */
const EXPLAINED: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  // 17 octets under link type 119, of which the length of a Prism header (4,096, or 160 big-endian) leaves nothing.
  'aircrack-ng__wpaclean_crash.pcap': { 1: 'assoc_req' },
  // CAPWAP over UDP with 802.11 frames inside: nothing that was on this air, or on this wire as EAPOL.
  'nDPI__capwap.pcap': { 273: 'assoc_req', 274: 'assoc_resp' },
  // Ten octets are no frame.
  'tcpdump__ieee802.11_tim_ie_oobr.pcap': { 3: 'reassoc_resp' },
  // MKA, between bridges.
  'wireshark-wiki__eapol-mka.pcap': Object.fromEntries(Array.from({ length: 68 }, (_, index) => [index + 1, 'eapol 5'])),
};

/** The list of management frames ends with the 4,000th. */
const LISTED = 4000;

const TIME_OF_RETRIES = 1;
const TIME_OF_COPIES = 0.05;

const isSame = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((octet, at) => octet === b[at]);

/** Whether one with the same addresses, number and body was captured before a frame: with the retry bit a while ago, or else at once. */
const isCopy = (frame: CapturedFrame, before: ReadonlyArray<CapturedFrame>): boolean => {
  const copy = airFrameOf(frame);
  if (copy === undefined) return false;
  const longest = (copy.flags & 8) === 0 ? TIME_OF_COPIES : TIME_OF_RETRIES;
  return before.some((earlier) => {
    const original = frame.time - earlier.time > longest ? undefined : airFrameOf(earlier);
    return (
      original !== undefined && isSame(original.header.subarray(4), copy.header.subarray(4)) && isSame(original.body, copy.body)
    );
  });
};

/** Whether radiotap says that the FCS was bad; in these captures TSFT and Flags stand behind one word of presence. */
const isDamaged = ({ linkType, bytes }: CapturedFrame): boolean =>
  linkType === 127 && ((bytes[4] ?? 0) & 3) === 3 && ((bytes[16] ?? 0) & 0x40) !== 0;

describe('what the ear tells of captures of the real world', () => {
  before(function () {
    if (!hasCaptures) this.skip();
  });

  for (const name of captureNames) {
    it(`${name}: what analysers list, and nothing else`, () => {
      const frames = [...readCapture(captureFile(name))];
      const { mgmt, eapol } = oracleOf(name) as Oracle;
      const listed = new Map([...mgmt.map((of) => [of.no, of] as const), ...eapol.map((of) => [of.no, of] as const)]);
      const listEnds = mgmt.length < LISTED ? Number.POSITIVE_INFINITY : (mgmt.at(-1)?.no ?? 0);
      const told = hearFrames(frames).filter((event) => nameOf(event) !== undefined);
      const expected = ({ kind, type }: Analysed): string => kind ?? `eapol ${type}`;

      for (const event of told) {
        const of = listed.get(event.frame);
        if (of === undefined && event.kind !== 'eapol' && event.frame > listEnds) continue;
        expect(of && expected(of), `frame ${event.frame}`).to.equal(nameOf(event));
        const facts = Object.entries(factsOf(event)).filter(([fact]) => of?.[fact as keyof Analysed] !== undefined);
        expect(of, `frame ${event.frame}`).to.include(Object.fromEntries(facts));
      }

      const frameNumbers = new Set(told.map(({ frame }) => frame));
      const missing = [...listed.values()].filter(({ no }) => !frameNumbers.has(no));
      const unexplained = missing.filter(({ no }) => {
        const at = frames.findIndex(({ number }) => number === no);
        const frame = frames[at];
        return frame === undefined || !isCopy(frame, frames.slice(Math.max(0, at - 500), at));
      });
      expect(Object.fromEntries(unexplained.map((of) => [of.no, expected(of)]))).to.deep.equal(EXPLAINED[name] ?? {});
    });
  }

  it('of encrypted frames only copies, damaged ones, and those of stations among themselves are left out', () => {
    for (const name of captureNames) {
      const frames = [...readCapture(captureFile(name))];
      const told = new Set(hearFrames(frames).flatMap((event) => (event.kind === 'sealed' ? [event.frame] : [])));
      const left = frames.filter((frame, at) => {
        const air = airFrameOf(frame);
        const isSealed =
          air !== undefined && hasData(air) && (air.flags & PROTECTED) !== 0 && (air.flags & (TO_DS | FROM_DS)) !== 0;
        if (!isSealed || told.has(frame.number) || isDamaged(frame)) return false;
        return !isCopy(frame, frames.slice(Math.max(0, at - 500), at));
      });
      expect(
        left.map(({ number }) => number),
        name,
      ).to.deep.equal([]);
    }
  });

  it('batches of any size make the same events', () => {
    for (const name of ['wireshark__wpa-Induction.pcap', 'wifite2__handshake_not_exists.cap', 'tcpdump__eapon1.pcap']) {
      const file = captureFile(name);
      const whole = hearFile(file);
      for (const chunk of [1, 7]) expect(hearFile(file, undefined, chunk)).to.deep.equal(whole);
    }
  });

  for (const stem of ['wpa2-psk-mfp', 'wpa2linkuppassphraseiswireshark']) {
    const heard = (linkType: number) => hearFile(derivedFile(`${stem}.dlt${linkType}.pcap`));

    it(`${stem}: the same events under every link type of the air`, () => {
      const plain = heard(105);
      expect(plain.filter(({ kind }) => kind === 'eapol')).to.have.length(4);
      for (const linkType of [119, 127, 192]) expect(heard(linkType)).to.deep.equal(plain);
    });

    it(`${stem}: the same packets on a wire`, () => {
      const packets = (events: ReadonlyArray<AirEvent>) =>
        events.flatMap((event) => (event.kind === 'eapol' ? [[event.from, event.station, event.ap, event.packet]] : []));
      expect(packets(heard(1))).to.deep.equal(packets(heard(105)));
    });
  }
});
