import { type Either, left, right } from 'fp-ts/lib/Either.js';
import type { MacAddress } from '../../../streams/events/index.js';
import type { GenericRequest } from '../genetlink/GenericMessage.js';
import type { Answer, Refusal } from '../genetlink/GenericSocket.js';
import type { RadioEvent } from '../nl80211/RadioEvent.js';
import { eapolRequest } from '../nl80211/requests.js';
import type { PacketSocket } from '../packet/PacketSocket.js';
import { answersInTheClear, type Question, questionIn } from './Question.js';

/** By which way EAPOL goes to an access point. */
export interface EapolWay {
  /** The number of the interface. */
  readonly index: number;
  /** Asks nl80211 over the socket that owns the connection. */
  readonly request: (request: GenericRequest) => Either<Refusal, Answer>;
  /** Whether nl80211 tells what was acknowledged. */
  readonly isTold: boolean;
  /** Goes past nl80211, where there is one. */
  readonly packets: PacketSocket | undefined;
}

interface Underway {
  readonly packet: number;
  readonly timer: NodeJS.Timeout;
  readonly payload: Uint8Array;
  readonly cookie?: bigint;
}

/** A packet nobody acknowledges, and nobody says so, is done with all the same. */
const STATUS_PATIENCE_MS = 300;

const endsWith = (frame: Uint8Array, payload: Uint8Array): boolean => {
  const at = frame.length - payload.length;
  return at >= 0 && payload.every((octet, i) => frame[at + i] === octet);
};

/** Sends EAPOL, and tells when a packet has been on the air: its key must not go in before (R134). */
export class EapolSender {
  readonly #way: EapolWay;
  readonly #done: (packet: number, isAcknowledged?: boolean) => void;
  /** The latest EAPOL-Key packet of the access point's. */
  #question: Question | undefined;
  #underway: ReadonlyArray<Underway> = [];

  constructor(way: EapolWay, done: (packet: number, isAcknowledged?: boolean) => void) {
    this.#way = way;
    this.#done = done;
    // What comes back has the header of its link before it.
    way.packets?.hearOfSent((frame) => this.#complete(({ payload }) => endsWith(frame, payload)));
  }

  /** What comes over nl80211. */
  heard({ packet, isProtected = false }: Extract<RadioEvent, { kind: 'eapol' }>): void {
    this.#question = questionIn(packet, isProtected) ?? this.#question;
  }

  send(peer: MacAddress, payload: Uint8Array, isInTheClear = false): Either<Refusal, Pick<Answer, 'cookie'>> {
    const { index, request, packets } = this.#way;
    if (packets === undefined) return request(eapolRequest(index, peer, payload, { isInTheClear }));
    const sent = packets.send(payload, peer);
    return sent._tag === 'Right' ? right({}) : left({ errno: sent.left.errno });
  }

  /** As `send`; `packet` is told when it is done with, on a later turn. */
  sendAndTell(peer: MacAddress, payload: Uint8Array, packet: number): Either<Refusal, void> {
    const sent = this.send(peer, payload, answersInTheClear(this.#question, payload));
    if (sent._tag === 'Left') return sent;
    const { cookie } = sent.right;
    const isTold = this.#way.packets !== undefined || (cookie !== undefined && this.#way.isTold);
    const complete = (): void => this.#complete((one) => one === underway);
    const timer = setTimeout(complete, isTold ? STATUS_PATIENCE_MS : 0);
    const underway: Underway = { packet, timer, payload, ...(cookie !== undefined && { cookie }) };
    this.#underway = [...this.#underway, underway];
    return right(undefined);
  }

  /** nl80211 tells what became of a packet. */
  acknowledged({ cookie, isAcknowledged }: Extract<RadioEvent, { kind: 'sent' }>): void {
    this.#complete((one) => one.cookie === cookie, isAcknowledged);
  }

  close(): void {
    for (const { timer } of this.#underway) clearTimeout(timer);
    this.#underway = [];
  }

  #complete(isIt: (one: Underway) => boolean, isAcknowledged?: boolean): void {
    const found = this.#underway.find(isIt);
    if (found === undefined) return;
    clearTimeout(found.timer);
    this.#underway = this.#underway.filter((one) => one !== found);
    this.#done(found.packet, isAcknowledged);
  }
}
