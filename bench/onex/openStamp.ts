import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** One authentication as it was seen on its way: from its first Access-Request to its Access-Accept. Milliseconds. */
export interface Passage {
  readonly whole: number;
  /** What of it the peer took: from each answer to the next request. */
  readonly own: number;
  readonly rounds: number;
}

/** Passes RADIUS on, and looks at the clock. */
export interface Stamp {
  readonly port: number;
  /** The passages since the last time. Those in which a request was repeated, or refused, are not among them. */
  take(): ReadonlyArray<Passage>;
  close(): void;
}

const ACCESS_ACCEPT = 2;
const STATE = 24;
const HEADER_OCTETS = 20;

/** An Access-Request without a State begins a conversation. */
const hasState = (packet: Buffer): boolean => {
  for (let at = HEADER_OCTETS; at + 1 < packet.length; at += packet[at + 1] || packet.length)
    if (packet[at] === STATE) return true;
  return false;
};

class Conversation {
  readonly toServer: Socket;
  #began = 0;
  #asked = 0;
  #serverMs = 0;
  #rounds = 0;
  #last: Buffer = Buffer.alloc(0);
  #isClean = true;

  constructor(toServer: Socket) {
    this.toServer = toServer;
  }

  request(packet: Buffer, now: number): void {
    if (packet.equals(this.#last)) this.#isClean = false;
    else if (!hasState(packet)) [this.#began, this.#serverMs, this.#rounds, this.#isClean] = [now, 0, 0, true];
    this.#last = packet;
    this.#asked = now;
  }

  answer(packet: Buffer, now: number): Passage | undefined {
    this.#serverMs += now - this.#asked;
    this.#rounds += 1;
    if (packet[0] !== ACCESS_ACCEPT || !this.#isClean) return undefined;
    const whole = now - this.#began;
    return { whole, own: whole - this.#serverMs, rounds: this.#rounds };
  }
}

export const openStamp = async (server: number): Promise<Stamp> => {
  const front = createSocket('udp4').bind(0, '127.0.0.1');
  await once(front, 'listening');
  const conversations = new Map<number, Conversation>();
  let passages: Passage[] = [];

  const conversationOf = (peer: number): Conversation => {
    const known = conversations.get(peer);
    if (known !== undefined) return known;
    const made = new Conversation(createSocket('udp4'));
    made.toServer.on('message', (packet) => {
      const passage = made.answer(packet, performance.now());
      front.send(packet, peer, '127.0.0.1');
      if (passage !== undefined) passages.push(passage);
    });
    conversations.set(peer, made);
    return made;
  };

  const forget = (): void => {
    for (const { toServer } of conversations.values()) toServer.close();
    conversations.clear();
  };

  front.on('message', (packet, { port }) => {
    const now = performance.now();
    const conversation = conversationOf(port);
    conversation.request(packet, now);
    conversation.toServer.send(packet, server, '127.0.0.1');
  });

  return {
    port: front.address().port,
    take: () => {
      const taken = passages;
      passages = [];
      forget();
      return taken;
    },
    close: () => {
      forget();
      front.close();
    },
  };
};
