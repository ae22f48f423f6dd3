import { nodeCrypto } from '../../../../adapters/crypto/index.js';
import type { TlsTurn } from '../../../../operators/core/index.js';
import { eapFault } from '../../../../operators/core/index.js';
import { eapOctets, eapRequest, success } from '../../../../spec/support/eapServer.js';
import { Secret } from '../../../../streams/events/index.js';
import { EapCode } from '../../../../streams/frames/index.js';
import { programOf, stepsOf } from '../../mutate.js';
import { demand, type Target } from '../../target.js';
import { Operands } from '../Operands.js';
import { elsewhere, leavingNoSecret } from '../rsn/secrets.js';
import { established, GoodServer, proofAvp } from './GoodServer.js';
import { PeerUnderTest } from './PeerUnderTest.js';
import { PASSWORD, type Scenario, scenarios, USER } from './scenario.js';

const HEAD = 3;
const MOST_STEPS = 60;
const OPERATIONS = 16;
const { SUCCESS, FAILURE } = EapCode.codes;
const [NO_PASSWORD, LITTLE_ROOM, HASH, FEW_ROUNDS] = [1, 2, 4, 8];

const edited = (bytes: Uint8Array, operands: Operands): Uint8Array => {
  let result = bytes.slice();
  while (!operands.isOver) {
    const [how, at, value] = [operands.u8() % 3, operands.u16(), operands.u8()];
    const place = result.length === 0 ? 0 : at % result.length;
    if (how === 0 && result.length > 0) result[place] = (result[place] ?? 0) ^ value;
    if (how === 1) result = result.slice(0, place);
    if (how === 2)
      result = Uint8Array.of(...result.subarray(0, place), ...new Uint8Array(value).fill(value), ...result.subarray(place));
  }
  return result;
};

interface Run {
  readonly peer: PeerUnderTest;
  readonly server: GoodServer;
  readonly scenario: Scenario;
  /** Somebody else said what TLS said. */
  isForged: boolean;
  lastPacket: Uint8Array;
}

const tell = (run: Run, what: string, packet: Uint8Array): void => {
  run.lastPacket = packet;
  run.peer.take(what, { kind: 'packet', packet });
};

const turn = (run: Run, given: TlsTurn): void => {
  const session = run.peer.asked?.session ?? 'tls';
  run.peer.take('tls', { kind: 'tls', session, turn: given });
};

/** Flags, the version among them, and what is said inside. */
const anyTurn = (operands: Operands): TlsTurn => {
  const flags = operands.u8();
  const records = new Uint8Array(operands.u8());
  return {
    records,
    plain: operands.rest(),
    ...((flags & 1) !== 0 && { established: established(flags >> 4, (flags >> 1) & 1) }),
    ...((flags & 4) !== 0 && { fault: eapFault('tls', 'no') }),
    ...((flags & 8) !== 0 && { isClosed: true }),
  };
};

const goOn = (run: Run, operands: Operands): void => {
  if (run.peer.asked !== undefined) turn(run, run.server.turn(run.peer));
  else if (run.peer.isAsking) run.peer.take('supplied', { kind: 'supplied', secret: Secret.of(PASSWORD) });
  else {
    const packet = run.server.packet(run.peer);
    tell(run, 'good', edited(packet, operands));
  }
};

/** What is said inside of the tunnel, whatever the server would have said. */
const inside = (run: Run, plain: Uint8Array): void => {
  run.isForged = true;
  if (run.peer.asked === undefined) tell(run, 'good', run.server.packet(run.peer));
  if (run.peer.asked !== undefined) turn(run, run.server.turn(run.peer, plain));
};

type Act = (run: Run, operands: Operands) => void;

const result =
  (code: number): Act =>
  (run, operands) =>
    tell(run, `result ${code}`, eapOctets(code, (run.lastPacket[1] ?? 0) + operands.u8()));

const changed =
  (packetOf: (operands: Operands) => Uint8Array): Act =>
  (run, operands) => {
    tell(run, 'another', packetOf(operands));
  };

const supply: Act = ({ peer }, operands) => {
  if (!peer.isAsking) return;
  const secret = operands.rest();
  peer.take('supplied', secret.length === 0 ? { kind: 'supplied' } : { kind: 'supplied', secret: Secret.of(secret) });
};

const frame: Act = (run, operands) => {
  const type = run.scenario.tunnel?.type ?? operands.u8();
  tell(run, 'frame', eapRequest(run.server.identifier + 1 + operands.u8(), type, operands.rest()));
};

const forge: Act = (run, operands) => {
  if (run.peer.asked === undefined) return;
  run.isForged = true;
  turn(run, anyTurn(operands));
};

/** By the number of the operation. Others are what a good server does. */
const acts: ReadonlyArray<Act> = [
  goOn,
  forge,
  changed((operands) => operands.rest()),
  changed((operands) => eapRequest(operands.u8(), operands.u8(), operands.rest())),
  result(SUCCESS),
  result(FAILURE),
  ({ peer }) => peer.take('timeout', { kind: 'timeout' }),
  supply,
  (run) => tell(run, 'again', run.lastPacket),
  frame,
  (run, operands) => inside(run, operands.rest()),
  (run) => inside(run, Uint8Array.of(0)),
  (run, operands) => inside(run, run.server.conclusion(operands.u8())),
  (run, operands) => inside(run, proofAvp(operands.rest())),
  ({ peer }, operands) => peer.take('told', { kind: 'told', isSuccess: operands.u8() % 2 === 0 }),
];

const act = (run: Run, step: Uint8Array): void => {
  const go = acts[(step[0] ?? 0) % OPERATIONS] ?? goOn;
  go(run, new Operands(step.subarray(2)));
};

/** Whoever succeeds has the keys of the server, where there are any that nobody else could have. */
const agree = ({ peer, server, scenario, isForged }: Run): void => {
  if (peer.end?.do !== 'succeed') return;
  if (scenario.isMutual) {
    const mine = peer.msk?.slice(0, server.known.msk?.length);
    demand(server.known.msk !== undefined && mine === server.known.msk, 'a success with other keys than the server has');
  }
  if (scenario.tunnel === undefined || isForged) return;
  demand(peer.msk !== undefined && server.keys.includes(peer.msk), 'a success with other keys than the tunnel has');
};

const runOf = (head: Uint8Array): Run => {
  const [which = 0, flags = 0, tls = 0] = head;
  const scenario = scenarios[which % scenarios.length] ?? {
    methods: () => [],
    isMutual: false,
    script: function* () {
      yield success;
    },
  };
  let draws = 0;
  const password = { form: (flags & HASH) === 0 ? ('text' as const) : ('ntHash' as const), secret: Secret.of(PASSWORD) };
  const peer = new PeerUnderTest({
    ...{ identity: Secret.of(USER), shownIdentity: Secret.of(USER), methods: scenario.methods(), crypto: nodeCrypto },
    ...((flags & NO_PASSWORD) === 0 && { password }),
    draw: (octets) => new Uint8Array(octets).map((_, at) => at * 7 + ++draws),
    room: (flags & LITTLE_ROOM) === 0 ? 1000 : 64,
    maxRounds: (flags & FEW_ROUNDS) === 0 ? 100 : 6,
  });
  return {
    peer,
    server: new GoodServer(scenario, tls),
    scenario,
    isForged: false,
    lastPacket: new Uint8Array(4),
  };
};

/** The peer's own name and password are whoever's gave them. */
export const fuzz = (data: Uint8Array): void =>
  leavingNoSecret(() => {
    const run = elsewhere(() => runOf(data));
    for (const step of stepsOf(data, HEAD).slice(0, MOST_STEPS)) act(run, step);
    agree(run);
    run.peer.release();
  });

const program = (which: number, flags: number, tls: number, ...steps: ReadonlyArray<ReadonlyArray<number>>): Uint8Array =>
  programOf(
    Uint8Array.of(which, flags, tls),
    steps.map(([operation = 0, ...operands]) => Uint8Array.of(operation, operands.length, ...operands)),
  );

const GOOD = [0];
const many = (times: number): ReadonlyArray<ReadonlyArray<number>> => Array.from({ length: times }, () => GOOD);

const seeds = (): ReadonlyArray<Uint8Array> =>
  scenarios.flatMap((_, which) => [
    program(which, 0, 0, ...many(30), [4]),
    program(which, 0, 1, ...many(8), [11], ...many(20), [4]),
    program(which, NO_PASSWORD, 0, ...many(30), [4]),
    program(which, LITTLE_ROOM, 2, ...many(30), [12, 0], ...many(4), [4]),
    program(which, HASH, 1, ...many(6), [0, 0, 0, 9, 1], ...many(6), [5]),
    program(which, FEW_ROUNDS, 3, ...many(6), [1, 1, 9], [8], [12, 1], ...many(3), [6]),
  ]);

export const eapPeer: Target = { name: 'eapPeer', slice: 300, head: HEAD, fuzz, seeds };
