import type { EapolHeard, Speaker } from '../../streams/air/index.js';
import { EapCode, EapMethod, fragmentEapTls, writeEapol, writeEapTls } from '../../streams/frames/index.js';
import type { Flight } from './tlsExchange.js';

const { REQUEST, RESPONSE, SUCCESS, FAILURE } = EapCode.codes;
const EMPTY = new Uint8Array(0);

export const heard = (frame: number, from: Speaker, packet: Uint8Array): EapolHeard => ({
  ...{ kind: 'eapol', station: 2, ap: 1, frame, time: frame * 1000, from, packet, isProtected: false, medium: 'wire' },
});

/** The octets behind the header, whatever they are: a test may want what no writer writes. */
const packetOf = (code: number, identifier: number, body: Uint8Array): Uint8Array => {
  const length = 4 + body.length;
  return writeEapol({ version: 1, type: 0, body: Uint8Array.of(code, identifier, length >>> 8, length & 0xff, ...body) });
};

/** A conversation as a test writes it: each step is one EAPOL packet, numbered from 1. */
export interface Script {
  request(type: number, data?: Uint8Array, identifier?: number): Script;
  response(type: number, data?: Uint8Array, identifier?: number): Script;
  success(): Script;
  failure(): Script;
  eapol(from: Speaker, packet: Uint8Array): Script;
  /** The last packet once more. */
  again(): Script;
  readonly events: ReadonlyArray<EapolHeard>;
}

export const script = (): Script => {
  const events: EapolHeard[] = [];
  let identifier = 7;
  const eapol = (from: Speaker, packet: Uint8Array): Script => {
    events.push(heard(events.length + 1, from, packet));
    return self;
  };
  const say = (code: number, type: number, data: Uint8Array, of: number): Script =>
    eapol(code === REQUEST ? 'ap' : 'station', packetOf(code, of, Uint8Array.of(type, ...data)));
  const end = (code: number): Script => eapol('ap', packetOf(code, identifier, EMPTY));
  const self: Script = {
    request: (type, data = EMPTY, of = identifier + 1) => {
      identifier = of;
      return say(REQUEST, type, data, of);
    },
    response: (type, data = EMPTY, of = identifier) => say(RESPONSE, type, data, of),
    success: () => end(SUCCESS),
    failure: () => end(FAILURE),
    eapol,
    again: () => {
      const last = events.at(-1);
      return last === undefined ? self : eapol(last.from, last.packet);
    },
    events,
  };
  return self;
};

const START = Uint8Array.of(0x20);
const ACKNOWLEDGEMENT = Uint8Array.of(0);

/** The flights of a TLS connection in the packets of a method, in fragments, with what EAP says around it. */
export const tlsConversation = (flights: ReadonlyArray<Flight>, type: number, room = 500): Script => {
  const talk = script()
    .request(EapMethod.codes.IDENTITY)
    .response(EapMethod.codes.IDENTITY, new TextEncoder().encode('a@lab.example'));
  talk.request(type, START);
  let next: Speaker = 'station';
  const say = (from: Speaker, data: Uint8Array): void => {
    if (from !== next) {
      const silent = next;
      next = from;
      if (silent === 'ap') talk.request(type, ACKNOWLEDGEMENT);
      else talk.response(type, ACKNOWLEDGEMENT);
    }
    if (from === 'ap') talk.request(type, data);
    else talk.response(type, data);
    next = from === 'ap' ? 'station' : 'ap';
  };
  for (const { from, bytes } of flights) {
    for (const packet of fragmentEapTls(bytes, room)) say(from === 'client' ? 'station' : 'ap', writeEapTls(packet));
  }
  if (next === 'station') talk.response(type, ACKNOWLEDGEMENT);
  return talk;
};
