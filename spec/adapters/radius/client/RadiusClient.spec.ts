import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { asyncScheduler, filter, firstValueFrom, lastValueFrom, type SchedulerLike, toArray, VirtualTimeScheduler } from 'rxjs';
import { nodeCrypto } from '../../../../adapters/crypto/index.js';
import {
  checkMessage,
  createRadiusClient,
  type ExchangeEvent,
  type OpenChannel,
  type RadiusClient,
  RadiusCode,
  type RadiusServer,
  type RetransmissionPolicy,
  RFC_5080,
  udpChannel,
} from '../../../../adapters/radius/index.js';
import { Secret } from '../../../../streams/events/index.js';
import { answerTo } from '../../../support/radius/answers.js';
import { type Asked, type TinyServer, tinyServer } from '../../../support/radius/radiusServer.js';

const { ACCESS_ACCEPT, ACCESS_CHALLENGE } = RadiusCode.codes;
const user = [{ type: 1, value: new TextEncoder().encode('u') }];
/** Long waits, so that a busy machine repeats nothing; a spec that wants repetitions says so. */
const PATIENT: RetransmissionPolicy = { initialMs: 60_000, longestMs: 60_000, repetitions: 5, durationMs: 60_000 };
const HASTY: RetransmissionPolicy = { initialMs: 20, longestMs: 40, repetitions: 3, durationMs: 200 };

const accept = ({ request, shared }: Asked): Uint8Array => answerTo(shared, request, { code: ACCESS_ACCEPT });

const last = (events: ReadonlyArray<ExchangeEvent>): ExchangeEvent | undefined => events.at(-1);
const kinds = (events: ReadonlyArray<ExchangeEvent>): ReadonlyArray<string> => events.map(({ kind }) => kind);

/** Gives up in the end, so that a failure is one. */
const until = async (holds: () => boolean): Promise<void> => {
  for (let n = 0; n < 100_000 && !holds(); n++) await new Promise((resolve) => setImmediate(resolve));
  if (!holds()) throw new Error('it never came');
};

/** The sockets and timers that keep a process alive. */
const handles = (): ReadonlyArray<string> =>
  process
    .getActiveResourcesInfo()
    .filter((name) => /UDP|Timeout|TLS|TCP/.test(name))
    .sort();

describe('a RADIUS client', () => {
  const open: (() => void)[] = [];
  afterEach(() => {
    for (const close of open.splice(0)) close();
  });

  const clientOf = (policy: RetransmissionPolicy = PATIENT, scheduler: SchedulerLike = asyncScheduler): RadiusClient => {
    const client = createRadiusClient({
      crypto: nodeCrypto,
      draw: (octets) => new Uint8Array(randomBytes(octets)),
      channels: { udp: udpChannel, tls: udpChannel },
      policy,
      scheduler,
    });
    open.push(() => client.close());
    return client;
  };

  const serverOf = async (answer: (asked: Asked) => void, family: 4 | 6 = 4): Promise<TinyServer> => {
    const server = await tinyServer(answer, family);
    open.push(() => server.close());
    return server;
  };

  const ask = (client: RadiusClient, server: RadiusServer): Promise<ReadonlyArray<ExchangeEvent>> =>
    lastValueFrom(client.exchange(server, user).pipe(toArray()));

  for (const family of [4, 6] as const) {
    it(`signs its request and takes the answer, over IPv${family}`, async () => {
      const tiny = await serverOf((asked) => asked.reply(accept(asked)), family);
      const events = await ask(clientOf(), tiny.server);
      expect(kinds(events)).to.deep.equal(['sent', 'answered']);
      const [request] = tiny.requests;
      if (request === undefined) throw new Error('no request');
      const shared = { crypto: nodeCrypto, secret: tiny.server.secret.reveal() };
      expect(checkMessage(shared, request, request.authenticator)).to.equal('genuine');
      expect(request.attributes[0]?.type).to.equal(80);
    });
  }

  it('repeats the same octets when nobody answers, and then gives up', async () => {
    const tiny = await serverOf(() => undefined);
    const scheduler = new VirtualTimeScheduler();
    const asked = ask(clientOf(HASTY, scheduler), tiny.server);
    await until(() => tiny.requests.length === 1);
    scheduler.flush();
    const events = await asked;
    expect(kinds(events)).to.deep.equal(['sent', 'sent', 'sent', 'sent', 'unanswered']);
    expect(last(events)).to.deep.include({ for: 'silence' });
    await until(() => tiny.requests.length === 4);
    for (const request of tiny.requests) expect(request.bytes).to.deep.equal(tiny.requests[0]?.bytes);
  });

  it('takes an answer to a repetition', async () => {
    const tiny = await serverOf((asked) => asked.before === 2 && asked.reply(accept(asked)));
    const events = await ask(clientOf({ ...HASTY, repetitions: 50, durationMs: 60_000 }), tiny.server);
    expect(last(events)?.kind).to.equal('answered');
    expect(tiny.requests.length).to.be.at.least(3);
  });

  const forgeries: Readonly<Record<string, readonly [expected: string, forge: (asked: Asked) => Uint8Array]>> = {
    'of another secret': [
      'responseAuthenticator',
      ({ request }) =>
        answerTo({ crypto: nodeCrypto, secret: new TextEncoder().encode('another') }, request, { code: ACCESS_ACCEPT }),
    ],
    'without Message-Authenticator': [
      'noMessageAuthenticator',
      ({ request, shared }) => answerTo(shared, request, { code: ACCESS_ACCEPT, isUnsigned: true }),
    ],
    'that was changed on the way': [
      'responseAuthenticator',
      (asked) => {
        const bytes = answerTo(asked.shared, asked.request, { code: ACCESS_CHALLENGE });
        bytes[0] = ACCESS_ACCEPT;
        return bytes;
      },
    ],
    'that is cut short': ['malformed', (asked) => accept(asked).slice(0, 30)],
    'of a code that is none': ['unexpectedCode', ({ request, shared }) => answerTo(shared, request, { code: 5 })],
  };
  for (const [name, [expected, forge]] of Object.entries(forgeries)) {
    it(`ignores an answer ${name}, and takes the real one after it`, async () => {
      const tiny = await serverOf((asked) => {
        asked.reply(forge(asked));
        asked.reply(accept(asked));
      });
      const events = await ask(clientOf(), tiny.server);
      expect(kinds(events)).to.deep.equal(['sent', 'ignored', 'answered']);
      expect(events[1]).to.deep.include({ for: expected });
    });
  }

  it('says what was wrong with a Message-Authenticator alone', async () => {
    const tiny = await serverOf((asked) => {
      // Signed by a forger, and then made to fit: the Response Authenticator is right, as BlastRADIUS would have it.
      const forger = { crypto: nodeCrypto, secret: new TextEncoder().encode('forger') };
      const signed = answerTo(forger, asked.request, { code: ACCESS_ACCEPT });
      const signature = signed.slice(22, 38);
      asked.reply(
        answerTo(asked.shared, asked.request, {
          code: ACCESS_ACCEPT,
          isUnsigned: true,
          attributes: [{ type: 80, value: signature }],
        }),
      );
      asked.reply(accept(asked));
    });
    const events = await ask(clientOf(), tiny.server);
    expect(events[1]).to.deep.include({ kind: 'ignored', for: 'messageAuthenticator' });
  });

  it('takes the first of two answers, and is not confused by the second', async () => {
    const tiny = await serverOf((asked) => {
      asked.reply(accept(asked));
      asked.reply(accept(asked));
    });
    const client = clientOf();
    for (let n = 0; n < 300; n++) expect(kinds(await ask(client, tiny.server))).to.deep.equal(['sent', 'answered']);
  });

  it('is not confused by an answer that is 256 requests late', async () => {
    let late: (() => void) | undefined;
    const tiny = await serverOf((asked) => {
      if (asked.before === 0) late = () => asked.reply(accept(asked));
      if (asked.before === 256) late?.();
      if (asked.before > 0) asked.reply(accept(asked));
    });
    const client = clientOf();
    // The first is given up: its identifier comes round after all others.
    const given = client.exchange(tiny.server, user).subscribe();
    await until(() => late !== undefined);
    given.unsubscribe();
    for (let n = 0; n < 256; n++) expect(kinds(await ask(client, tiny.server))).to.deep.equal(['sent', 'answered']);
    expect(tiny.requests[256]?.identifier).to.equal(tiny.requests[0]?.identifier);
  });

  it('notices an answer from another address, and does not take it', async () => {
    const tiny = await serverOf((asked) => asked.replyFromElsewhere(accept(asked)));
    const client = clientOf({ ...HASTY, repetitions: Number.POSITIVE_INFINITY, durationMs: 60_000 });
    const heard = await firstValueFrom(client.exchange(tiny.server, user).pipe(filter(({ kind }) => kind !== 'sent')));
    expect(heard).to.deep.include({ kind: 'ignored', for: 'otherAddress' });
  });

  it('says at once that nobody listens', async () => {
    const tiny = await tinyServer(() => undefined);
    tiny.close();
    const events = await ask(clientOf(), tiny.server);
    expect(last(events)).to.deep.include({
      kind: 'unanswered',
      for: 'refused',
      message: `nothing listens on UDP port ${tiny.server.port} of 127.0.0.1`,
    });
  });

  it('spreads requests over sockets, 32 to each, so that their answers fit', async () => {
    const waiting: Asked[] = [];
    const tiny = await serverOf((asked) => waiting.push(asked));
    const client = clientOf();
    const exchanges: Promise<ReadonlyArray<ExchangeEvent>>[] = [];
    // One after the other: the buffer of a socket does not take hundreds at once.
    while (exchanges.length < 300) {
      exchanges.push(ask(client, tiny.server));
      await until(() => waiting.length === exchanges.length);
    }
    expect(new Set(waiting.map(({ port, request }) => `${port} ${request.identifier}`)).size).to.equal(300);
    expect(new Set(waiting.map(({ port }) => port)).size).to.equal(Math.ceil(300 / 32));
    for (const asked of waiting) asked.reply(accept(asked));
    for (const events of await Promise.all(exchanges)) expect(last(events)?.kind).to.equal('answered');
  });

  it('fills sockets to 256 once there are 32, and then opens more', () => {
    const channels: number[] = [];
    const silentChannel: OpenChannel = () => {
      const own = channels.push(0) - 1;
      return {
        send: () => {
          channels[own] = (channels[own] ?? 0) + 1;
        },
        lookAround: () => undefined,
        close: () => undefined,
      };
    };
    const client = createRadiusClient({
      crypto: nodeCrypto,
      draw: (octets) => new Uint8Array(octets),
      channels: { udp: silentChannel, tls: silentChannel },
      policy: PATIENT,
    });
    const server: RadiusServer = {
      name: 'a',
      address: '192.0.2.1',
      family: 4,
      port: 1,
      transport: 'udp',
      secret: Secret.of(user[0]?.value ?? new Uint8Array(1)),
    };
    const running = Array.from({ length: 32 * 256 + 1 }, () => client.exchange(server, user).subscribe());
    expect(channels).to.deep.equal([...new Array<number>(32).fill(256), 1]);
    for (const one of running) one.unsubscribe();
    client.close();
  });

  it('leaves neither socket nor timer behind, whether it was answered, given up, or stopped', async () => {
    const silent = await serverOf(() => undefined);
    const before = handles();
    const client = clientOf(HASTY);
    const stopped = client.exchange(silent.server, user).subscribe();
    await firstValueFrom(client.exchange(silent.server, user));
    await ask(client, silent.server);
    stopped.unsubscribe();
    client.close();
    // A socket that is closed is gone some turns later.
    await until(() => handles().length === before.length);
    expect(handles()).to.deep.equal(before);
  });

  it('refuses a request that no packet can hold, without sending', async () => {
    const tiny = await serverOf(() => undefined);
    const long = [{ type: 1, value: new Uint8Array(254) }];
    const events = await lastValueFrom(clientOf().exchange(tiny.server, long).pipe(toArray()));
    expect(events).to.deep.equal([
      { kind: 'unanswered', for: 'unwritable', message: 'User-Name has 254 octets; an attribute holds at most 253' },
    ]);
  });

  it('never tells its secret', async () => {
    const tiny = await serverOf((asked) => asked.reply(accept(asked)));
    const events = await ask(clientOf(), tiny.server);
    expect(JSON.stringify({ events, server: tiny.server })).to.not.include('a shared secret');
    expect(Secret.of(tiny.server.secret.reveal()).length).to.equal(15);
  });

  it('has the constants of RFC 5080 2.2.1', () => {
    expect(RFC_5080).to.deep.equal({ initialMs: 2000, longestMs: 16000, repetitions: 5, durationMs: 30000 });
  });
});
