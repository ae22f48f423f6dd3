/**
 * Full verified WPA2-PSK handshakes a second on one core, beside the cost of their cryptography alone.
 *
 * A handshake is: the association read, PTK derived, message 2 written, message 3 verified, unwrapped and checked against the
 * beacon, message 4 written, and the downloads given out. In the second line the whole engine does it, from `initAdapter` to
 * the completion, with a sink that answers at once.
 *
 * What is counted is processor time, of all threads, so that collecting garbage is in it and whoever else uses the machine is not.
 * A wall clock on a shared machine measures the others. Caches stay shared all the same: compare lines of one run.
 *
 * Each implementation of `Crypto` has processes of its own, in turns, because a program uses one: with several in a process V8
 * compiles every call for all of them.
 */
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { fileURLToPath } from 'node:url';
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
import { type MethodCommand, rsnMachine, rsnMethods } from 'postassoc/core';
import { bulkCrypto, nodeCrypto, portableCrypto } from 'postassoc/crypto';
import { Subject } from 'rxjs';
import { type Handshake, handshakeOf } from './handshakes.js';
import { median } from './median.js';
import { adapterOf } from './workload.js';

const EAPOL = 0x888e;
const SERVICE = '0x1' as ServiceHandle;
/** Few enough to stay in the processor's cache, as frames do that have just come in. 2,000 of them do not. */
const SESSIONS = Number(process.env['SESSIONS'] ?? 200);
const HANDSHAKES = 40_000;
const ROUNDS = Math.ceil(HANDSHAKES / SESSIONS);
/** Rounds in which the code is still being compiled. */
const WARMING = ROUNDS >> 2;

const seconds = (run: () => void): number => {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

/** The value that this part of all stays below. */
const quantile = (values: ReadonlyArray<number>, part: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * part)] ?? Number.NaN;

const expect = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(`bench: ${what}`);
};

/** What came of some handshakes, so that none of them is cheap by failing. */
interface Tally {
  sent: number;
  installed: number;
  succeeded: number;
}

const note = (tally: Tally, command: MethodCommand): void => {
  if (command.do === 'send') tally.sent++;
  if (command.do === 'install') tally.installed += command.keys.length;
  if (command.do === 'succeed') tally.succeeded++;
};

const inputsOf = ({ credential, snonce, message1, message3 }: Handshake): ReadonlyArray<MethodInput> => [
  { kind: 'supplied', tag: 'credential', secret: Secret.of(credential) },
  { kind: 'supplied', tag: 'nonce', secret: Secret.of(snonce) },
  { kind: 'packet', etherType: EAPOL, payload: message1 },
  { kind: 'packet', etherType: EAPOL, payload: message3 },
];

/** The machine by itself: inputs in, commands out. */
const throughMachine = (crypto: Crypto, handshakes: ReadonlyArray<Handshake>) => {
  const machine = rsnMachine({ crypto });
  const run = (handshake: Handshake, tally: Tally): void => {
    let { state } = machine.begin(handshake.context);
    for (const input of inputsOf(handshake)) {
      const step = machine.step(state, input);
      state = step.state;
      for (const command of step.effects) note(tally, command);
    }
    machine.release?.(state);
  };
  return (): void => {
    const tally: Tally = { sent: 0, installed: 0, succeeded: 0 };
    for (const handshake of handshakes) run(handshake, tally);
    expect(tally.sent === 2 * handshakes.length, 'two messages a handshake');
    expect(tally.installed === 3 * handshakes.length, 'a pairwise key, a group key and the switch a handshake');
    expect(tally.succeeded === handshakes.length, 'every handshake succeeds');
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

const implementations: Readonly<Record<string, Crypto>> = { bulkCrypto, nodeCrypto, portableCrypto };
const OBJECTS = 'node:crypto objects, six HMACs only';
const PRIMITIVES = 'primitives alone';
const PROCESSES = 5;

/** Handshakes a second: the median of all rounds, and what the best tenth of them reach. */
type Rates = Readonly<Record<string, readonly [median: number, best: number]>>;

const contendersOf = (name: string): ReadonlyArray<readonly [name: string, run: () => void]> => {
  const handshakes = Array.from({ length: SESSIONS }, (_, n) => handshakeOf(nodeCrypto, n));
  const crypto = implementations[name];
  if (crypto === undefined) return [[OBJECTS, nodeObjects(handshakes)]];
  return [
    [PRIMITIVES, primitives(crypto, handshakes)],
    ['the machine', throughMachine(crypto, handshakes)],
    ['the whole engine', throughEngine(crypto, handshakes)],
  ];
};

/** Interleaved, so that what else runs on the machine hits all of them alike. */
const measure = (name: string): Rates => {
  const contenders = contendersOf(name);
  const times = contenders.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++)
    contenders.forEach(([, run], i) => {
      times[i]?.push(seconds(run) / SESSIONS);
    });
  return Object.fromEntries(
    contenders.map(([contender], i) => {
      const settled = times[i]?.slice(WARMING) ?? [];
      return [contender, [1 / median(settled), 1 / quantile(settled, 0.1)]] as const;
    }),
  );
};

const measureApart = (name: string): Rates =>
  JSON.parse(execFileSync(process.execPath, [fileURLToPath(import.meta.url), name], { encoding: 'utf8' })) as Rates;

const show = (number: number): string => Math.round(number).toLocaleString('en').padStart(9);

const report = (name: string, runs: ReadonlyArray<Rates>): void => {
  const middle = (contender: string, which: 0 | 1): number => median(runs.map((run) => run[contender]?.[which] ?? 0));
  for (const contender of Object.keys(runs[0] ?? {})) {
    const [typical, best] = [middle(contender, 0), middle(contender, 1)];
    const share = (which: 0 | 1): string => `${Math.round((100 * middle(contender, which)) / middle(PRIMITIVES, which))} %`;
    const bound = contender.startsWith('the ') ? `  ${share(0)} and ${share(1)} of the bound` : '';
    process.stdout.write(`${`${name}: ${contender}`.padEnd(48)} ${show(typical)} ${show(best)}${bound}\n`);
  }
};

const reportAll = (): void => {
  const names = ['node', ...Object.keys(implementations)];
  const runs = new Map<string, Rates[]>(names.map((name) => [name, []]));
  for (let run = 0; run < PROCESSES; run++) for (const name of names) runs.get(name)?.push(measureApart(name));
  process.stdout.write(
    `Handshakes a second of processor time, ${SESSIONS} a round, Node ${process.version}: the median of ` +
      `${ROUNDS - WARMING} rounds and what the best tenth of them reach, each the median of ${PROCESSES} processes\n`,
  );
  for (const [name, rates] of runs) report(name, rates);
};

const [only] = process.argv.slice(2);
if (only === undefined) reportAll();
else process.stdout.write(JSON.stringify(measure(only)));
