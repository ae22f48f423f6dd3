import type { MethodCommand } from '../../../operators/core/index.js';
import {
  akmOf,
  beginFils,
  cipherOf,
  type FilsInput,
  type FilsOutput,
  type FilsSetup,
  type FilsState,
  type FilsStep,
  protectFilsRequest,
  type RsnState,
  releaseFils,
  rsnMachine,
  stepFils,
} from '../../../operators/core/rsn/index.js';
import { macToBytes, Secret, toHex } from '../../../streams/events/index.js';
import * as frames from '../../../streams/frames/index.js';
import { observe } from '../features.js';
import { programOf, stepsOf } from '../mutate.js';
import { demand, type Target } from '../target.js';
import { words } from '../words.js';
import { Operands } from './Operands.js';
import { CACHED, FilsHolder, type FilsScene, INITIATE, R_MSK } from './rsn/FilsHolder.js';
import {
  associationOf,
  contextOf,
  mobilityDomainElement,
  OWN,
  PEER,
  type Scenario,
  SSID,
  scenarioOf,
  securityElement,
} from './rsn/scenario.js';
import { elsewhere, leavingNoSecret, watchedCrypto } from './rsn/secrets.js';
import { toyCrypto } from './rsn/toyCrypto.js';
import { toyCurve } from './rsn/toyCurve.js';

const HEAD = 3;
const MOST_STEPS = 24;
const base = { ...toyCrypto, curve: toyCurve };
const { codes } = frames.AkmSuite;
const AKMS = [codes.FILS_SHA256, codes.FILS_SHA384, codes.FT_FILS_SHA256, codes.FT_FILS_SHA384];
const GROUPS = [undefined, 19, 20, 22];
const NOTHING: Uint8Array = new Uint8Array(0);

interface Scenery {
  readonly scene: FilsScene;
  readonly scenario: Scenario;
  readonly setup: FilsSetup;
}

/** The station's half is watched, the access point's is not. */
const sceneryOf = ([flags = 0, more = 0]: Uint8Array, crypto: FilsSetup['crypto']): Scenery | undefined => {
  const scenario = scenarioOf(Uint8Array.of(21, (more & 1) | (more & 0x20), 0, more & 2));
  const [akm, cipher] = [akmOf(AKMS[flags & 3] ?? 0), cipherOf(frames.CipherSuite.codes.CCMP)];
  if (scenario === undefined || akm === undefined || cipher === undefined) return undefined;
  const network: Scenario = { ...scenario, akm };
  const rsne = securityElement(network, []);
  const rsnxe = network.announces.rsnxe ? Uint8Array.of(244, 2, 0x21, 0) : NOTHING;
  const group = GROUPS[(flags >>> 2) & 3];
  const usesCached = (flags & 0x10) !== 0;
  const scene = { akm, cipher, rsne, rsnxe, usesCached, managementKeyLength: network.managementCipher.keyLength };
  const pmk = Secret.of(CACHED.pmk, 0, akm.pmkLengths[0] ?? 32);
  const setup: FilsSetup = {
    ...{ crypto, akm: akm.selector, pairwise: cipher.selector, ssid: SSID, rsne },
    addresses: { authenticator: macToBytes(PEER), supplicant: macToBytes(OWN) },
    mobilityDomain: mobilityDomainElement,
    ...((flags & 0x20) === 0 && { reauthentication: INITIATE }),
    ...((flags & 0x10) !== 0 && { cached: { pmk, pmkid: CACHED.pmkid } }),
    ...(group !== undefined && { group }),
  };
  if (!usesCached) pmk.zeroise();
  return { scene, scenario: network, setup };
};

const edited = (bytes: Uint8Array, operands: Operands): Uint8Array => {
  let result = bytes.slice();
  while (!operands.isOver) {
    const [how, at, value] = [operands.u8() % 4, operands.u8(), operands.u8()];
    const place = Math.min(at, result.length);
    const added = words[value % words.length] ?? bytes;
    if (how === 0 && place < result.length) result[place] = (result[place] ?? 0) ^ value;
    if (how === 1) result = result.slice(0, place);
    if (how === 2) result = Uint8Array.of(...result, ...added);
    if (how === 3) result = Uint8Array.of(...result.subarray(0, place), ...added, ...result.subarray(place));
  }
  return result;
};

type Accepted = Extract<FilsOutput, { do: 'accepted' }>;

/** A station up to its association, and the port behind it. */
class Station {
  readonly #scenery: Scenery;
  readonly #holder: FilsHolder;
  readonly #wiped: () => boolean;
  readonly #installed = new Set<string>();
  #state: FilsState;
  #first: Uint8Array = NOTHING;
  #accepted: Accepted | undefined;

  constructor(scenery: Scenery, wiped: () => boolean) {
    this.#scenery = scenery;
    this.#wiped = wiped;
    this.#holder = new FilsHolder(base, scenery.scene);
    const begun = beginFils(scenery.setup);
    this.#state = begun.state;
    this.#carryOut('begin', 'nothing', begun);
  }

  take(what: string, input: FilsInput): void {
    const before = this.#state.phase;
    const step = stepFils(this.#state, input);
    this.#state = step.state;
    this.#carryOut(what, before, step);
    demand(this.#wiped(), `${what} leaves key bytes in a buffer`);
  }

  #carryOut(what: string, before: string, { state, effects }: FilsStep): void {
    observe(`fils ${before} ${what} ${state.phase} ${effects.map((output) => output.do).join()}`);
    for (const output of effects) {
      demand(before !== 'failed' || output.do === 'report', 'an authentication that failed goes on');
      if (output.do === 'report') demand(output.message.length < 2000, 'a remark without end');
      if (output.do === 'send') this.#first = output.body;
      if (output.do === 'accepted') this.#accept(output);
      if (output.do === 'needRandom' && what === 'begin')
        this.take('random', { kind: 'random', octets: new Uint8Array(output.octets).map((_, at) => at * 7 + 3) });
    }
  }

  #accept(accepted: Accepted): void {
    demand(this.#accepted === undefined, 'an authentication is accepted twice');
    accepted.made?.pmk.zeroise();
    this.#accepted = accepted;
  }

  /** The answer of the access point, its fields changed or its octets. */
  answer(operands: Operands, status: number): void {
    const answer = elsewhere(() => this.#holder.answer(this.#first));
    if (answer === undefined) return;
    const written = frames.writeFilsAuthentication(answer.fields);
    const rest = edited(written._tag === 'Right' ? written.right : NOTHING, operands);
    const body = frames.writeAuthenticationFrame({ algorithm: answer.algorithm, transaction: 2, status, rest });
    this.take('answer', { kind: 'frame', body });
  }

  /** The association, and the port it opens. Only what the access point has sealed may bring a key. */
  associate(operands: Operands): void {
    const { setup, scenario } = this.#scenery;
    const accepted = this.#accepted;
    if (accepted === undefined || this.#state.phase !== 'accepted') return;
    const [isTouched, isRenamed] = [operands.u8() & 1, operands.u8() & 1];
    const elements = Uint8Array.of(0, SSID.length, ...SSID, ...this.#state.elements);
    const clear = frames.writeAssociationRequest({ capabilities: 1, listenInterval: 1, elements });
    const request = protectFilsRequest(setup.crypto, this.#state, clear);
    demand(request !== undefined, 'a request of ours cannot be protected');
    const genuine = elsewhere(() => this.#holder.response((plain) => (isTouched === 0 ? edited(plain, operands) : plain)));
    const response = isTouched === 0 ? genuine : edited(genuine, operands);
    const association = { ...associationOf(scenario), request: request ?? NOTHING, response };
    this.#open(
      contextOf(scenario, association),
      isRenamed === 0 ? accepted.secret : undefined,
      toHex(response) === toHex(genuine),
    );
  }

  #open(context: ReturnType<typeof contextOf>, secret: Secret | undefined, isProven: boolean): void {
    const machine = rsnMachine({ crypto: this.#scenery.setup.crypto, policy: this.#scenery.scenario.policy });
    const begun = machine.begin(context);
    const asked = begun.effects.find((command) => command.do === 'ask');
    let state: RsnState = begun.state;
    const commands: MethodCommand[] = [];
    if (asked?.do === 'ask') {
      const step = machine.step(state, { kind: 'supplied', tag: asked.tag, ...(secret && { secret: secret.copy() }) });
      state = step.state;
      commands.push(...step.effects);
    }
    const fault = state.evidence.faults.at(-1);
    observe(`port ${begun.state.phase} ${state.phase} ${commands.map((command) => command.do).join()} ${fault?.code ?? ''}`);
    demand(this.#wiped(), 'the association leaves key bytes in a buffer');
    for (const command of commands) this.#checkCommand(command, isProven);
    machine.release?.(state);
  }

  #checkCommand(command: MethodCommand, isProven: boolean): void {
    if (command.do === 'rememberPmk') command.entry.pmk.zeroise();
    demand(isProven || (command.do !== 'install' && command.do !== 'succeed'), 'a response that was touched brings keys');
    if (command.do !== 'install') return;
    for (const key of command.keys) {
      if (!('material' in key)) continue;
      demand(
        key.material.key.reveal().some((octet) => octet !== 0),
        'a key of zeros is handed over',
      );
      this.#installed.add(toHex(key.material.key.reveal()));
      key.material.key.zeroise();
      if (key.material.form === 'tkip') key.material.mic.zeroise();
    }
  }

  end(): void {
    this.#accepted?.secret.zeroise();
    releaseFils(this.#state);
    this.#scenery.setup.cached?.pmk.zeroise();
  }
}

type Act = (station: Station, operands: Operands) => void;

const ACTS: ReadonlyArray<Act> = [
  (station, operands) => station.answer(operands, 0),
  (station) => station.take('finished', { kind: 'finished', rMsk: Secret.of(R_MSK) }),
  (station, operands) => station.associate(operands),
  (station, operands) => station.answer(operands, operands.u8()),
  (station, operands) => station.take('bytes', { kind: 'frame', body: operands.rest() }),
  (station) => station.take('timer', { kind: 'timer' }),
  (station) => station.take('refused', { kind: 'finished' }),
  (station, operands) => station.take('random', { kind: 'random', octets: operands.rest() }),
];

const act = (station: Station, step: Uint8Array): void =>
  ACTS[(step[0] ?? 0) % ACTS.length]?.(station, new Operands(step.subarray(2)));

export const fuzz = (data: Uint8Array): void => {
  const steps = stepsOf(data, HEAD).slice(0, MOST_STEPS);
  leavingNoSecret(() => {
    const { crypto, wiped } = watchedCrypto(base);
    const scenery = sceneryOf(data.subarray(0, HEAD), crypto);
    if (scenery === undefined) return;
    const station = new Station(scenery, wiped);
    for (const step of steps) act(station, step);
    station.end();
  });
};

export const seeds = (): ReadonlyArray<Uint8Array> => {
  const exchange = [0, 1, 2].map((operation) => Uint8Array.of(operation, 0));
  const refused = [Uint8Array.of(3, 1, 113), Uint8Array.of(5, 0)];
  return Array.from({ length: 64 }, (_, flags) => [0, 1, 0x20, 0x21].map((more) => [flags, more] as const))
    .flat()
    .flatMap(([flags, more]) =>
      [exchange, [...refused, ...exchange]].map((steps) => programOf(Uint8Array.of(flags, more, 0), steps)),
    );
};

export const fils: Target = { name: 'fils', slice: 1000, head: HEAD, fuzz, seeds };
