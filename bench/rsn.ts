/**
 * Full verified WPA2-PSK handshakes a second on one core, beside the cost of their cryptography alone.
 *
 * A handshake is: the association read, PTK derived, message 2 written, message 3 verified, unwrapped and checked against the
 * beacon, message 4 written, and the downloads given out. In the second line the whole engine does it, from `initAdapter` to
 * the completion, with a sink that answers at once.
 */
import { createHmac } from 'node:crypto';
import {
  type Crypto,
  driving,
  type Effect,
  type HostEvent,
  LogicalClock,
  type MethodInput,
  postAssociation,
  Secret,
  type ServiceHandle,
  type SessionHandle,
} from 'postassoc';
import { rsnMachine, rsnMethods } from 'postassoc/core';
import { bulkCrypto, nodeCrypto, portableCrypto } from 'postassoc/crypto';
import { Subject } from 'rxjs';
import { type Handshake, handshakeOf } from './handshakes.js';
import { adapterOf } from './workload.js';

const EAPOL = 0x888e;
const SERVICE = '0x1' as ServiceHandle;
const SESSIONS = 2_000;
const ROUNDS = 15;

const seconds = (run: () => void): number => {
  const start = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - start) / 1e9;
};

const median = (values: ReadonlyArray<number>): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

const expect = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(`bench: ${what}`);
};

/** The machine by itself: inputs in, commands out. */
const throughMachine = (crypto: Crypto, handshakes: ReadonlyArray<Handshake>) => {
  const machine = rsnMachine({ crypto });
  return (): void => {
    let [sent, installed, succeeded] = [0, 0, 0];
    for (const { context, credential, snonce, message1, message3 } of handshakes) {
      let { state } = machine.begin(context);
      const inputs: ReadonlyArray<MethodInput> = [
        { kind: 'supplied', tag: 'credential', secret: Secret.of(credential) },
        { kind: 'supplied', tag: 'nonce', secret: Secret.of(snonce) },
        { kind: 'packet', etherType: EAPOL, payload: message1 },
        { kind: 'packet', etherType: EAPOL, payload: message3 },
      ];
      for (const input of inputs) {
        const step = machine.step(state, input);
        state = step.state;
        for (const command of step.effects) {
          if (command.do === 'send') sent++;
          if (command.do === 'install') installed += command.keys.length;
          if (command.do === 'succeed') succeeded++;
        }
      }
      machine.release?.(state);
    }
    expect(sent === 2 * handshakes.length, 'two messages a handshake');
    expect(installed === 3 * handshakes.length, 'a pairwise key, a group key and the switch a handshake');
    expect(succeeded === handshakes.length, 'every handshake succeeds');
  };
};

/** The engine, from the adapter's arrival to its completion. */
const throughEngine = (crypto: Crypto, handshakes: ReadonlyArray<Handshake>) => (): void => {
  const clock = new LogicalClock();
  const events = new Subject<HostEvent>();
  let current = handshakes[0];
  let completed = 0;
  const secrets = ({ want }: { readonly want: string }): Secret =>
    Secret.of((want === 'entropy' ? current?.snonce : current?.credential) ?? new Uint8Array(0));
  const engine$ = events.pipe(postAssociation({ methods: rsnMethods({ crypto }), scheduler: clock, secrets }));
  const sink = driving(
    () => 0,
    (event) => events.next(event),
  );
  engine$.subscribe((effect: Effect) => {
    if (effect.kind === 'postAssociateCompletion' && effect.win32 === 0) completed++;
    sink.next(effect);
    if (effect.kind === 'sendPacket') events.next({ kind: 'sendPacketCompletion', packet: effect.packet });
  });
  let now = 0;
  handshakes.forEach((handshake, n) => {
    current = handshake;
    const { peer, association, portState, ownAddress } = handshake.context;
    const adapter = adapterOf(n);
    if (ownAddress !== undefined) events.next({ kind: 'initAdapter', adapter, service: SERVICE, address: ownAddress });
    const session = `0x${(n + 1).toString(16)}` as SessionHandle;
    events.next({ kind: 'performPostAssociate', adapter, session, portState, association });
    now += 2;
    clock.advanceTo(now);
    for (const payload of [handshake.message1, handshake.message3])
      events.next({ kind: 'receivePacket', adapter, peer, etherType: EAPOL, payload });
    events.next({ kind: 'deinitAdapter', adapter });
  });
  events.complete();
  expect(completed === handshakes.length, `every port completes, not ${completed}`);
};

/** The same cryptography and nothing else: the bound. */
const primitives = (crypto: Crypto, handshakes: ReadonlyArray<Handshake>) => {
  const [kck, kek] = [new Uint8Array(16).fill(1), new Uint8Array(16).fill(2)];
  const blocks = [0, 1, 2].map((i) => new Uint8Array(100).fill(i));
  const frames = [121, 155, 99].map((length) => new Uint8Array(length).fill(length));
  const wrapped = crypto.aesWrap(kek, new Uint8Array(48).fill(3)) ?? new Uint8Array(0);
  return (): void => {
    let octets = 0;
    for (const { pmk } of handshakes) {
      octets += crypto.hmacs('sha1', pmk, blocks).length;
      for (const frame of frames) octets += crypto.hmac('sha1', kck, frame).length;
      octets += crypto.aesUnwrap(kek, wrapped)?.length ?? 0;
    }
    expect(octets === handshakes.length * (60 + 60 + 48), 'the primitives give what they should');
  };
};

/** What one writes first: six objects of node:crypto, and nothing around them. */
const nodeObjects = (handshakes: ReadonlyArray<Handshake>) => {
  const kck = Buffer.alloc(16, 1);
  const blocks = [0, 1, 2].map((i) => Buffer.alloc(100, i));
  const frames = [121, 155, 99].map((length) => Buffer.alloc(length, length));
  return (): void => {
    let octets = 0;
    for (const { pmk } of handshakes) {
      for (const block of blocks) octets += createHmac('sha1', pmk).update(block).digest().length;
      for (const frame of frames) octets += createHmac('sha1', kck).update(frame).digest().length;
    }
    expect(octets === handshakes.length * 120, 'six digests a handshake');
  };
};

const handshakes = Array.from({ length: SESSIONS }, (_, n) => handshakeOf(nodeCrypto, n));

const contenders: ReadonlyArray<readonly [name: string, run: () => void]> = [
  ['node:crypto objects, six HMACs only', nodeObjects(handshakes)],
  ...Object.entries({ bulkCrypto, nodeCrypto, portableCrypto }).flatMap(([name, crypto]) => [
    [`${name}: primitives alone`, primitives(crypto, handshakes)] as const,
    [`${name}: the machine`, throughMachine(crypto, handshakes)] as const,
    [`${name}: the whole engine`, throughEngine(crypto, handshakes)] as const,
  ]),
];

// Interleaved, so that what else runs on the machine hits all of them alike.
const times = new Map<string, number[]>(contenders.map(([name]) => [name, []]));
for (let round = 0; round < ROUNDS; round++)
  for (const [name, run] of contenders) times.get(name)?.push(seconds(run) / SESSIONS);

const rate = (name: string): number => 1 / median(times.get(name)?.slice(3) ?? []);

process.stdout.write(`${SESSIONS} handshakes a round, median of ${ROUNDS - 3} rounds, Node ${process.version}\n`);
for (const [name] of contenders) {
  const of = name.slice(0, name.indexOf(':'));
  const bound = name.includes('the ') ? ` (${Math.round((100 * rate(name)) / rate(`${of}: primitives alone`))} % of the bound)` : '';
  process.stdout.write(`${name.padEnd(38)} ${Math.round(rate(name)).toLocaleString('en').padStart(9)} a second${bound}\n`);
}
