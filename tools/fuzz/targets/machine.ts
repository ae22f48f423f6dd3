import type { Crypto, KeyDownload, MethodCommand, MethodInput } from '../../../operators/core/index.js';
import { type RsnState, rsnMachine } from '../../../operators/core/rsn/index.js';
import { Secret, type SecretRequest, toHex } from '../../../streams/events/index.js';
import { programOf, stepsOf } from '../mutate.js';
import { demand, type Target } from '../target.js';
import { changedBy } from './rsn/changes.js';
import { r1Of } from './rsn/hierarchy.js';
import { Judge } from './rsn/Judge.js';
import { KeyHolder, otherThan } from './rsn/KeyHolder.js';
import { contextOf, HEAD, PMKID, type Scenario, scenarioOf } from './rsn/scenario.js';
import { leavingNoSecret, watchedCrypto } from './rsn/secrets.js';
import { inputOf, type Stage } from './rsn/steps.js';
import { toyCrypto } from './rsn/toyCrypto.js';
import { isStillProven, reportedAssociation } from './rsn/transition.js';

const MOST_STEPS = 40;

const pmkFor = (crypto: Crypto, { akm, pmk, isTransition, ...scenario }: Scenario, pmkid: Uint8Array | undefined) => {
  if (isTransition) return r1Of(crypto, { ...scenario, akm, pmk, isTransition }, pmk).pmkR1.reveal();
  const isNamed = pmkid === undefined || pmkid[0] === PMKID[0];
  return isNamed && akm.source !== 'psk' ? pmk : undefined;
};

/** What the host application knows. */
export const secretsOf = (crypto: Crypto, scenario: Scenario) => {
  const { lacks, pmk } = scenario;
  let nonces = 0;
  const known = (request: SecretRequest): Uint8Array | undefined => {
    if (request.want === 'entropy')
      return lacks.nonce ? undefined : new Uint8Array(request.length).fill(0x50 + (nonces++ & 0x0f));
    if (lacks.secret || request.want === 'unprotected') return undefined;
    if (request.want === 'credential') return new TextEncoder().encode(toHex(pmk.subarray(0, 32)));
    return pmkFor(crypto, scenario, request.pmkid);
  };
  return (request: SecretRequest): Secret | undefined => {
    const bytes = known(request);
    return bytes && Secret.of(bytes);
  };
};

/** What the hardware has taken is nobody else's. */
export const zeroiseDownloads = (keys: ReadonlyArray<KeyDownload>): void => {
  for (const key of keys) {
    if (!('material' in key)) continue;
    key.material.key.zeroise();
    if (key.material.form === 'tkip') key.material.mic.zeroise();
  }
};

/** Plays the engine for one machine: answers what it asks, and takes what it hands over. */
class Port {
  readonly #machine;
  readonly #judge: Judge;
  readonly #stage: Stage;
  readonly #wiped: () => boolean;
  readonly #secrets: (request: SecretRequest) => Secret | undefined;
  #state: RsnState | undefined;
  /** The response of the association was genuine, and proves its keys. */
  #isTransferred = false;

  constructor(scenario: Scenario) {
    const { crypto, wiped } = watchedCrypto(toyCrypto);
    this.#wiped = wiped;
    this.#machine = rsnMachine({ crypto, policy: scenario.policy });
    this.#judge = new Judge(scenario);
    this.#stage = { scenario, holder: new KeyHolder(scenario, toyCrypto), air: [] };
    this.#secrets = secretsOf(toyCrypto, scenario);
  }

  begin(steps: ReadonlyArray<Uint8Array>): void {
    const { scenario } = this.#stage;
    const genuine = reportedAssociation(toyCrypto, scenario, scenario.lacks.key ? otherThan(scenario.pmk) : scenario.pmk);
    const association = changedBy(genuine, steps);
    this.#isTransferred = scenario.isTransition && !scenario.lacks.key && isStillProven(genuine, association);
    const begun = this.#machine.begin(contextOf(scenario, association));
    this.#take('nothing', 'begin', begun, { isProven: false, isPacket: false });
  }

  run(step: Uint8Array): void {
    const made = inputOf(step, this.#stage);
    if (made !== undefined) this.#feed(made.what, made.input);
  }

  release(): void {
    if (this.#state !== undefined) this.#machine.release?.(this.#state);
  }

  #feed(what: string, input: MethodInput): void {
    if (this.#state === undefined) return;
    const before = this.#state.phase;
    const isPacket = input.kind === 'packet';
    const isTransferred = before === 'transferring' && this.#isTransferred;
    const isProven = isPacket ? this.#stage.holder.vouchesFor(input.payload) : isTransferred;
    this.#take(before, what, this.#machine.step(this.#state, input), { isProven, isPacket });
  }

  #take(
    before: string,
    what: string,
    { state, effects }: { state: RsnState; effects: ReadonlyArray<MethodCommand> },
    cause: { isProven: boolean; isPacket: boolean },
  ): void {
    this.#state = state;
    this.#judge.check(before, state, effects, { ...cause, what });
    demand(this.#wiped(), `${what} leaves key bytes in a buffer`);
    for (const command of effects) this.#carryOut(command);
  }

  #carryOut(command: MethodCommand): void {
    if (command.do === 'install' || command.do === 'adopt') zeroiseDownloads(command.keys);
    if (command.do === 'rememberPmk') command.entry.pmk.zeroise();
    if (command.do === 'send') this.#stage.holder.hear(command.payload);
    if (command.do !== 'ask') return;
    const secret = this.#secrets(command.request);
    this.#feed(`answer ${command.tag}`, { kind: 'supplied', tag: command.tag, ...(secret && { secret }) });
  }
}

/** Runs a program against the machine of one port. */
export const fuzz = (data: Uint8Array): void => {
  const scenario = scenarioOf(data.subarray(0, HEAD));
  if (scenario === undefined) return;
  const steps = stepsOf(data, HEAD).slice(0, MOST_STEPS);
  const { pmk } = scenario;
  leavingNoSecret(() => {
    const port = new Port({ ...scenario, pmk });
    port.begin(steps);
    for (const step of steps) port.run(step);
    port.release();
  });
};

/** Handshake and group handshake, repeated, with a rekey, and 802.1X where there is some, in every kind of network. */
export const seeds = (): ReadonlyArray<Uint8Array> => {
  const plain = [0, 1, 2, 1, 11].map((operation) => Uint8Array.of(operation, 0));
  const rekey = [Uint8Array.of(8, 0), Uint8Array.of(0, 1, 1), Uint8Array.of(1, 1, 1), Uint8Array.of(2, 6, 0, 0, 0, 0, 0, 1)];
  const program = [Uint8Array.of(5, 0), ...plain, ...rekey];
  return Array.from({ length: 22 }, (_, network) =>
    [0, 0x01, 0x06, 0x09, 0x10, 0x31].map((agreed) =>
      programOf(Uint8Array.of(network, agreed, agreed === 0x31 ? 0x40 : 0, 0), program),
    ),
  ).flat();
};

export const machine: Target = { name: 'machine', slice: 3000, head: HEAD, fuzz, seeds };
