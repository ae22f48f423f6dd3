import { nodeCrypto } from '../../../adapters/crypto/index.js';
import type { MethodInput } from '../../../operators/core/index.js';
import type { AdapterHandle, Secret, SecretRequest } from '../../../streams/events/index.js';
import { programOf, stepsOf } from '../mutate.js';
import { demand, type Target } from '../target.js';
import { secretsOf } from './machine.js';
import { Operands } from './Operands.js';
import { changedBy } from './rsn/changes.js';
import { Host, portStateOf, type Station, sessionOf } from './rsn/Host.js';
import { KeyHolder } from './rsn/KeyHolder.js';
import { associationOf, HEAD, PEER, type Scenario, scenarioOf } from './rsn/scenario.js';
import { leavingNoSecret, protectedBlob, unprotected } from './rsn/secrets.js';
import { inputOf, OPERATIONS } from './rsn/steps.js';
import { reportedAssociation } from './rsn/transition.js';
import { Witness } from './rsn/Witness.js';

const MOST_STEPS = 32;
const PLAIN = new Uint8Array(0);

const stationOf = (adapter: string, scenario: Scenario): Station => ({
  adapter: adapter as AdapterHandle,
  ...{ scenario, holder: new KeyHolder(scenario, nodeCrypto), witness: new Witness(adapter as AdapterHandle) },
  ...{ mood: { isLate: false, refusals: 0 }, owed: [], said: [], session: 0 },
});

type Act = (host: Host, station: Station, operands: Operands, steps: ReadonlyArray<Uint8Array>) => void;

const perform: Act = ({ engine }, station, operands, steps) => {
  const { adapter, scenario } = station;
  const isAgain = operands.u8() === 1;
  const before = sessionOf(station);
  if (!isAgain) station.session++;
  const association = changedBy(reportedAssociation(nodeCrypto, scenario, scenario.pmk), steps);
  const call = { adapter, session: sessionOf(station), portState: portStateOf(), association };
  // The call may say something of this port before it returns.
  station.witness.opened(call.session);
  if (engine.handlers.performPostAssociate(call) === 0 && !isAgain) station.witness.ended(before);
};

const stop: Act = ({ engine }, station) => {
  engine.handlers.stopPostAssociate({ adapter: station.adapter, peer: PEER, status: 0 });
  station.witness.ended(sessionOf(station));
};

const reset: Act = ({ engine }, station) => {
  engine.handlers.adapterReset({ adapter: station.adapter });
  station.witness.ended(sessionOf(station));
};

const indicate: Act = ({ engine }, { adapter, scenario }, operands) => {
  const kind = operands.u8() % 4;
  if (kind === 0) engine.offer({ kind: 'associationStart', adapter, peer: PEER, ssid: new Uint8Array(0) });
  else if (kind === 1) engine.offer({ kind: 'associationCompletion', adapter, association: associationOf(scenario) });
  else if (kind === 2) engine.offer({ kind: 'disassociation', adapter, peer: PEER, reason: operands.u8() });
  else engine.handlers.receiveIndication({ adapter, type: operands.u8(), payload: operands.rest() });
};

/** What the host and the hardware may do beside what reaches the machine. */
const ACTS: ReadonlyArray<Act> = [
  perform,
  stop,
  reset,
  (host, station) => {
    host.deinitialise(station);
    station.witness.ended(sessionOf(station));
    host.initialise(station);
  },
  (_, { mood }, operands) => {
    mood.refusals = operands.u8() % 4;
  },
  (_, { mood }) => {
    mood.isLate = !mood.isLate;
  },
  (host, station, operands) => host.settle(station, 1 + (operands.u8() % 4)),
  indicate,
];
const KINDS = OPERATIONS + ACTS.length;

type OneXSucceeded = Extract<MethodInput, { kind: 'oneXSucceeded' }>;

const succeedOneX = ({ engine }: Host, { adapter }: Station, input: OneXSucceeded): void => {
  const [sendKey, receiveKey] = [input.sendKey, input.receiveKey].map((key) => protectedBlob(key?.reveal() ?? PLAIN));
  input.sendKey?.zeroise();
  input.receiveKey?.zeroise();
  if (sendKey === undefined || receiveKey === undefined) return;
  engine.handlers.oneXIndicateResult({ adapter, result: 0, parameters: { status: 3, reason: 0x50000, sendKey, receiveKey } });
};

const deliver = (host: Host, station: Station, step: Uint8Array, air: Uint8Array[]): void => {
  const { engine } = host;
  const { adapter, scenario, holder } = station;
  const input = inputOf(step, { scenario, holder, air })?.input;
  switch (input?.kind) {
    case 'packet': {
      const { kind: _, ...packet } = input;
      engine.handlers.receivePacket({ adapter, peer: PEER, ...packet });
      return;
    }
    case 'oneXSucceeded':
      // A module has no result before its start has returned.
      host.settle(station, Number.POSITIVE_INFINITY);
      succeedOneX(host, station, input);
      return;
    case 'oneXFailed':
      host.settle(station, Number.POSITIVE_INFINITY);
      engine.handlers.oneXIndicateResult({ adapter, result: 1 });
      return;
    case 'indicated': {
      const { indication } = input;
      if (indication.kind === 'receiveIndication') engine.handlers.receiveIndication({ ...indication, adapter });
      else if ('peer' in indication) engine.offer({ ...indication, adapter } as typeof indication);
      return;
    }
    case 'supplied':
      input.secret?.zeroise();
      return;
    default:
  }
};

const DELAYS = [1, 1, 100, 1000, 9_000, 10_000, 31_000, 60_000, 121_000];

/** What happens to everybody: time, and a user who logs off. */
const toAll = (host: Host, kind: number, step: Uint8Array): void => {
  if (kind === 4) host.pass(DELAYS[(step[2] ?? 0) % DELAYS.length] ?? 1);
  if (kind === 14) host.engine.handlers.processSessionChange({ event: 4, userSession: 1 });
};

/** What the undisturbed station does, one thing after each of the other's. */
const story: ReadonlyArray<Act> = [
  perform,
  ...(['message 1', 'message 3', 'group message 1', 'message 1', 'message 3', 'group message 1'] as const).map(
    (name): Act =>
      ({ engine }, { adapter, holder }) => {
        const payload = holder.message(name, new Operands(PLAIN));
        engine.handlers.receivePacket({ adapter, peer: PEER, etherType: 0x888e, payload });
      },
  ),
  stop,
];

const secretsFor =
  (other: Scenario) =>
  (request: SecretRequest, acting: Station | undefined): Secret | undefined => {
    if (request.want === 'unprotected') return unprotected(request.blob);
    const source = secretsOf(nodeCrypto, acting?.scenario ?? other);
    return source(request);
  };

const end = (host: Host, stations: ReadonlyArray<Station>): void => {
  for (const station of stations) host.act(station, () => host.deinitialise(station));
  host.end();
  const outstanding = Object.values(host.engine.ledger.outstanding());
  demand(
    outstanding.every((count) => count === 0),
    `something is still out at the end: ${outstanding.join()}`,
  );
};

/** The whole engine with two stations: one has the program happen to it, the other must not notice. */
const run = (
  scenario: Scenario,
  steps: ReadonlyArray<Uint8Array>,
  isDisturbed: boolean,
  other: Scenario,
): ReadonlyArray<string> => {
  const [a, b] = [stationOf('0xa1', scenario), stationOf('0xa2', other)];
  const host = new Host(isDisturbed ? [a, b] : [b], secretsFor(other));
  const air: Uint8Array[] = [];
  if (isDisturbed) host.act(a, () => host.initialise(a));
  host.act(b, () => host.initialise(b));
  const act = (step: Uint8Array): void => {
    const kind = (step[0] ?? 0) % KINDS;
    toAll(host, kind, step);
    if (!isDisturbed) return;
    const own = ACTS[kind - OPERATIONS];
    if (own === undefined) host.act(a, () => deliver(host, a, Uint8Array.of(kind, ...step.subarray(1)), air));
    else host.act(a, () => own(host, a, new Operands(step.subarray(2)), steps));
  };
  for (const [index, step] of steps.entries()) {
    act(step);
    host.act(b, () => story[index]?.(host, b, new Operands(PLAIN), []));
  }
  const said = [...b.said];
  end(host, isDisturbed ? [a, b] : [b]);
  return said;
};

export const fuzz = (data: Uint8Array): void => {
  const scenario = scenarioOf(data.subarray(0, HEAD));
  const other = scenarioOf(Uint8Array.of((data[2] ?? 0) & 0x10 ? 4 : 0, (data[2] ?? 0) & 0x20 ? 1 : 0, 0, data[3] ?? 0));
  if (scenario === undefined || other === undefined) return;
  const steps = stepsOf(data, HEAD).slice(0, MOST_STEPS);
  let disturbed: ReadonlyArray<string> = [];
  leavingNoSecret(() => {
    disturbed = run(scenario, steps, true, other);
  });
  const alone = run(scenario, steps, false, other);
  const at = disturbed.findIndex((line, index) => line !== alone[index]);
  demand(at < 0 && disturbed.length === alone.length, `the other port was disturbed: ${disturbed[at]} instead of ${alone[at]}`);
};

const [PERFORM, STOP, RESET, LATE] = [OPERATIONS, OPERATIONS + 1, OPERATIONS + 2, OPERATIONS + 5];

export const seeds = (): ReadonlyArray<Uint8Array> => {
  const handshake = [PERFORM, 5, 0, 1, 2, 1, 11, 4].map((operation) => Uint8Array.of(operation, 0));
  const rekey = [Uint8Array.of(0, 1, 1), Uint8Array.of(1, 1, 1), Uint8Array.of(2, 6, 0, 0, 0, 0, 0, 1)];
  const again = [
    Uint8Array.of(STOP, 0),
    ...handshake.slice(0, 4),
    Uint8Array.of(RESET, 0),
    Uint8Array.of(PERFORM, 0),
    Uint8Array.of(LATE, 0),
  ];
  return Array.from({ length: 22 }, (_, network) =>
    [0, 0x01, 0x09, 0x16].map((agreed) =>
      programOf(Uint8Array.of(network, agreed, agreed === 0x16 ? 0x40 : 0, 0), [...handshake, ...rekey, ...again]),
    ),
  ).flat();
};

export const engine: Target = { name: 'engine', slice: 400, head: HEAD, fuzz, seeds };
