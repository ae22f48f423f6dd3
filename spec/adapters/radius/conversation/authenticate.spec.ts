import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { lastValueFrom, type Observable, toArray } from 'rxjs';
import { nodeCrypto } from '../../../../adapters/crypto/index.js';
import {
  type AuthenticationEvent,
  authenticate,
  type ConversationResult,
  createRadiusClient,
  nasAttributes,
  RadiusAttributeType,
  type RadiusServer,
  type RetransmissionPolicy,
  udpChannel,
} from '../../../../adapters/radius/index.js';
import { type EapPeerMethod, eapFault } from '../../../../operators/core/index.js';
import { Secret } from '../../../../streams/events/index.js';
import { hex } from '../../../streams/frames/hex.js';
import { eapFailure, eapRequest, eapSuccess } from '../../../support/eapServer.js';
import { TOY, TOY_PASSWORD, text, toyMethod } from '../../../support/eapToy.js';
import { type Asked, type TinyServer, tinyServer } from '../../../support/radius/radiusServer.js';
import { type ToyRadiusOptions, toyRadius } from '../../../support/radius/toyRadius.js';

const PATIENT: RetransmissionPolicy = { initialMs: 60_000, longestMs: 60_000, repetitions: 5, durationMs: 60_000 };
const HASTY: RetransmissionPolicy = { initialMs: 20, longestMs: 40, repetitions: 3, durationMs: 150 };

const draw = (octets: number): Uint8Array => new Uint8Array(randomBytes(octets));
const secret = (words: string): Secret => Secret.of(text(words));
const IDENTITY = 'someone@example.org';

const peerOf = (methods: ReadonlyArray<EapPeerMethod>, password: Uint8Array = TOY_PASSWORD) => ({
  options: {
    identity: secret(IDENTITY),
    shownIdentity: secret(IDENTITY),
    password: { form: 'text' as const, secret: Secret.of(password) },
    methods,
    crypto: nodeCrypto,
    draw,
    room: 1000,
  },
  openTls: () => ({
    turn: () => Promise.reject(new Error('nobody uses TLS here')),
    keep: () => undefined,
    close: () => undefined,
  }),
});

const nas = nasAttributes({
  identifier: 'spec',
  address: '192.0.2.7',
  port: 'wireless',
  callingStation: '02-00-00-00-00-01',
  calledStation: '02-00-00-00-00-02:lab',
  framedMtu: 1400,
  more: [],
});

const resultOf = (events: ReadonlyArray<AuthenticationEvent>): ConversationResult => {
  const last = events.at(-1);
  if (last?.kind !== 'result') throw new Error('no result');
  return last.result;
};

describe('an authentication inside of RADIUS', () => {
  const open: (() => void)[] = [];
  afterEach(() => {
    for (const close of open.splice(0)) close();
  });

  const serverOf = async (answer: (asked: Asked) => void): Promise<TinyServer> => {
    const server = await tinyServer(answer);
    open.push(() => server.close());
    return server;
  };

  interface Wanted {
    readonly servers: readonly [RadiusServer, ...ReadonlyArray<RadiusServer>];
    readonly policy?: RetransmissionPolicy;
    readonly methods?: ReadonlyArray<EapPeerMethod>;
    readonly password?: Uint8Array;
  }

  const authentication = ({
    servers,
    policy = PATIENT,
    methods = [toyMethod()],
    password,
  }: Wanted): Observable<AuthenticationEvent> => {
    const client = createRadiusClient({ crypto: nodeCrypto, draw, channels: { udp: udpChannel, tls: udpChannel }, policy });
    open.push(() => client.close());
    return authenticate({ client, servers, peer: peerOf(methods, password), nas, now: () => 0 });
  };

  const run = (wanted: Wanted): Promise<ReadonlyArray<AuthenticationEvent>> =>
    lastValueFrom(authentication(wanted).pipe(toArray()));

  const verdictWith = async (options: ToyRadiusOptions, more: Partial<Wanted> = {}) => {
    const { server } = await serverOf(toyRadius(options));
    return resultOf(await run({ servers: [server], ...more })).verdict;
  };

  it('succeeds, with the keys of the server compared', async () => {
    const tiny = await serverOf(toyRadius());
    const events = await run({ servers: [tiny.server] });
    expect(events.map((event) => (event.kind === 'note' ? event.note.kind : event.kind))).to.deep.equal([
      'sent',
      'received',
      'method',
      'sent',
      'received',
      'result',
      'result',
    ]);
    const result = resultOf(events);
    expect(result.verdict).to.deep.include({ kind: 'authenticated', method: 'Toy', keys: 'match' });
    expect(result.msk?.reveal().subarray(0, 32)).to.deep.equal(result.mppe?.receive?.reveal());
  });

  it('sends what an access point sends: the identity as the name, the State again, its own attributes', async () => {
    const tiny = await serverOf(toyRadius());
    await run({ servers: [tiny.server] });
    const [first, second] = tiny.requests.map(({ attributes }) =>
      attributes.map(({ type, value }) => [RadiusAttributeType.nameOf(type), new TextDecoder('latin1').decode(value)] as const),
    );
    const names = [
      'Message-Authenticator',
      'User-Name',
      'NAS-Identifier',
      'NAS-IP-Address',
      'Calling-Station-Id',
      'Called-Station-Id',
    ];
    const more = ['Service-Type', 'NAS-Port-Type', 'Framed-MTU'];
    expect(first?.map(([name]) => name)).to.deep.equal([...names, ...more, 'EAP-Message']);
    expect(second?.map(([name]) => name)).to.deep.equal([...names, ...more, 'State', 'EAP-Message']);
    const said = new Map(second);
    expect(said.get('User-Name')).to.equal(IDENTITY);
    expect(said.get('State')).to.equal('a state of the server');
    expect(said.get('NAS-IP-Address')).to.equal('\xc0\x00\x02\x07');
    expect(said.get('Called-Station-Id')).to.equal('02-00-00-00-00-02:lab');
    expect(said.get('NAS-Port-Type')).to.equal('\0\0\0\x13');
  });

  it('never tells the identity, nor a key', async () => {
    const { server } = await serverOf(toyRadius());
    expect(JSON.stringify(await run({ servers: [server] }))).to.not.match(/someone|example|toy password/);
  });

  it('tells what the server provides', async () => {
    const raw = [hex('40 06 00 00 00 0d 41 06 00 00 00 06 51 05 31 32 30 1b 06 00 00 0e 10')];
    const { server } = await serverOf(toyRadius({ raw }));
    const { provision } = resultOf(await run({ servers: [server] }));
    expect(provision).to.deep.include({ vlans: ['120'], sessionTimeout: 3600 });
  });

  const silent: Readonly<Record<string, readonly [ToyRadiusOptions, Partial<Wanted>, object]>> = {
    'a wrong password': [{}, { password: text('wrong') }, { kind: 'rejectedCredentials', fault: 'rejected', method: 'Toy' }],
    'an identity that is not known': [{ refuses: IDENTITY }, {}, { kind: 'rejectedIdentity' }],
    'a method that is not allowed': [{ type: 4 }, {}, { kind: 'methodRefused' }],
    'keys that differ': [{ keys: (msk) => msk.toReversed() }, {}, { kind: 'keysDiffer', keys: 'bothDiffer' }],
    'one key that differs': [
      { keys: (msk) => Uint8Array.from(msk, (octet, n) => (n < 32 ? octet : 0)) },
      {},
      { kind: 'keysDiffer', keys: 'sendDiffers' },
    ],
    'no keys': [{ keys: () => undefined }, {}, { kind: 'keysDiffer', keys: 'missing' }],
    'no keys on either side': [
      { keys: () => undefined },
      { methods: [toyMethod({ hasKeys: false })] },
      { kind: 'authenticated', keys: 'none' },
    ],
    'an acceptance without EAP': [{ eapOfResult: () => undefined }, {}, { kind: 'protocolError' }],
    'an acceptance with an EAP-Failure': [{ eapOfResult: eapFailure }, {}, { kind: 'protocolError' }],
    'a refusal without EAP': [{ alwaysRejects: true, eapOfResult: () => undefined }, {}, { kind: 'rejectedCredentials' }],
    'a refusal with an EAP-Success': [
      { alwaysRejects: true, eapOfResult: eapSuccess },
      {},
      { kind: 'rejected', message: 'Toy succeeded, and then the server sent an Access-Reject' },
    ],
    'a refusal with a request': [
      { alwaysRejects: true, eapOfResult: (id) => eapRequest(id + 1, TOY, text('more')) },
      {},
      { kind: 'rejectedCredentials' },
    ],
    'a Success for another response': [{ eapOfResult: (id) => eapSuccess(id + 7) }, {}, { kind: 'protocolError' }],
    'a method that itself finds the password wrong': [
      {},
      {
        methods: [
          toyMethod({
            onRequest: () => [
              { do: 'refuse', fault: eapFault('wrongPassword', 'it is wrong', { serverCode: 691 }) },
              { do: 'respond', data: text('no') },
            ],
          }),
        ],
      },
      { kind: 'wrongPassword', serverCode: 691 },
    ],
    'a request that the method has no use for': [
      {},
      { methods: [toyMethod({ onRequest: () => [{ do: 'discard', why: 'it makes no sense' }] })] },
      { kind: 'protocolError', message: 'the server sent what has no place: it makes no sense' },
    ],
  };
  for (const [name, [options, more, expected]] of Object.entries(silent)) {
    it(`has a verdict on ${name}`, async () => {
      expect(await verdictWith(options, more)).to.deep.include(expected);
    });
  }

  it('names the methods the server asked for', async () => {
    const { message } = await verdictWith({ type: 4 });
    expect(message).to.equal('the server asked for MD5-Challenge, and the profile does not allow that');
  });

  it('says of a server that is silent what silence may mean', async () => {
    const { server } = await serverOf(() => undefined);
    const { verdict } = resultOf(await run({ servers: [server], policy: HASTY }));
    expect(verdict).to.deep.include({ kind: 'noAnswer' });
    expect(verdict.advice).to.include('shared secret');
  });

  it('says of a server that falls silent that it had answered before', async () => {
    const good = toyRadius();
    const { server } = await serverOf((asked) => asked.before === 0 && good(asked));
    const { verdict } = resultOf(await run({ servers: [server], policy: HASTY }));
    expect(verdict.kind).to.equal('noAnswer');
    expect(verdict.message).to.include('had answered before');
  });

  it('asks the next server when one is silent from the beginning, or not there', async () => {
    const [silentOne, gone, good] = [
      await serverOf(() => undefined),
      await tinyServer(() => undefined),
      await serverOf(toyRadius()),
    ];
    gone.close();
    const result = resultOf(await run({ servers: [silentOne.server, gone.server, good.server], policy: HASTY }));
    expect(result.verdict.kind).to.equal('authenticated');
    expect(result.server).to.equal(good.server);
  });

  it('recognises another shared secret by the answers', async () => {
    const good = toyRadius();
    const tiny = await serverOf((asked) => {
      const shared = { crypto: nodeCrypto, secret: text('the server has another') };
      good({ ...asked, shared });
    });
    const { verdict } = resultOf(await run({ servers: [tiny.server], policy: HASTY }));
    expect(verdict.kind).to.equal('wrongSecret');
    expect(verdict.advice).to.include('compare the shared secret');
  });

  it('stays silent once it is stopped, at whatever point, and leaves nothing behind', async () => {
    const whole = await run({ servers: [(await serverOf(toyRadius())).server] });
    for (let stopAt = 0; stopAt < whole.length; stopAt++) {
      const tiny = await serverOf(toyRadius());
      const toy = toyMethod();
      const seen = await new Promise<number>((resolve) => {
        let count = 0;
        const running = authentication({ servers: [tiny.server], methods: [toy] }).subscribe({
          next: () => {
            count++;
            if (count > stopAt)
              queueMicrotask(() => {
                running.unsubscribe();
                setImmediate(() => resolve(count));
              });
          },
        });
      });
      expect(seen).to.be.at.least(stopAt + 1);
      expect(toy.released(), `stopped at ${stopAt}`).to.equal(toy.begun());
    }
  });
});
