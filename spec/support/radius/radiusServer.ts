import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { nodeCrypto } from '../../../adapters/crypto/index.js';
import type { RadiusServer } from '../../../adapters/radius/index.js';
import { type RadiusPacket, readRadius } from '../../../adapters/radius/index.js';
import type { SharedSecret } from '../../../adapters/radius/packet/authenticators.js';
import { Secret } from '../../../streams/events/index.js';
import { rightOf } from './rightOf.js';

/** One request that came, and ways to answer it. */
export interface Asked {
  readonly request: RadiusPacket;
  /** Where it came from. */
  readonly port: number;
  /** How many requests came before. */
  readonly before: number;
  readonly shared: SharedSecret;
  reply(bytes: Uint8Array): void;
  /** From another port. */
  replyFromElsewhere(bytes: Uint8Array): void;
}

export interface TinyServer {
  readonly server: RadiusServer;
  /** What came, in order. */
  readonly requests: ReadonlyArray<RadiusPacket>;
  close(): void;
}

const SECRET = 'a shared secret';

const bound = async (family: 4 | 6): Promise<Socket> => {
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  socket.bind(0, family === 6 ? '::1' : '127.0.0.1');
  await once(socket, 'listening');
  return socket;
};

/** A RADIUS server on the loopback interface that does as it is told. */
export const tinyServer = async (answer: (asked: Asked) => void, family: 4 | 6 = 4): Promise<TinyServer> => {
  const [socket, elsewhere] = [await bound(family), await bound(family)];
  const shared = { crypto: nodeCrypto, secret: new TextEncoder().encode(SECRET) };
  const requests: RadiusPacket[] = [];
  socket.on('message', (bytes, { address, port }) => {
    const request = rightOf(readRadius(bytes));
    const before = requests.length;
    requests.push(request);
    answer({
      request,
      port,
      before,
      shared,
      reply: (reply) => socket.send(reply, port, address),
      replyFromElsewhere: (reply) => elsewhere.send(reply, port, address),
    });
  });
  const { address, port } = socket.address();
  const server: RadiusServer = { name: address, address, family, port, transport: 'udp', secret: Secret.of(shared.secret) };
  return {
    server,
    requests,
    close: () => {
      socket.close();
      elsewhere.close();
    },
  };
};
