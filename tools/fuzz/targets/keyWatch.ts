import {
  createKeyRing,
  createKeyWatch,
  type KeyFacts,
  type KeyWatch,
  type MethodCommand,
} from '../../../operators/core/index.js';
import { type RsnState, rsnMachine } from '../../../operators/core/rsn/index.js';
import { type EapolHeard, mac48At, type Speaker } from '../../../streams/air/index.js';
import { type AssociationCompletion, macToBytes, Secret, type SecretRequest } from '../../../streams/events/index.js';
import { observe } from '../features.js';
import { programOf, stepsOf } from '../mutate.js';
import { demand, type Target } from '../target.js';
import { secretsOf, zeroiseDownloads } from './machine.js';
import { changedBy } from './rsn/changes.js';
import { KeyHolder, otherThan } from './rsn/KeyHolder.js';
import { contextOf, HEAD, OWN, PEER, type Scenario, SSID, scenarioOf } from './rsn/scenario.js';
import { leavingNoSecret } from './rsn/secrets.js';
import { inputOf, type Stage } from './rsn/steps.js';
import { toyCrypto } from './rsn/toyCrypto.js';
import { reportedAssociation } from './rsn/transition.js';

const MOST_STEPS = 40;
/** No list in the facts is longer than the watch keeps of it, and what it makes of what it keeps. */
const MOST_KEPT = 160;

const [STATION, AP] = [mac48At(macToBytes(OWN), 0), mac48At(macToBytes(PEER), 0)];

const SEALED = 0xe0;
const CIPHER_HEADER = [0, 0, 0, 0x20] as const;

const wipe = ({ handshakes, groupKeys }: KeyFacts): void => {
  for (const { tk } of handshakes) tk?.zeroise();
  for (const { key } of groupKeys) key.zeroise();
};

const isBounded = ({ handshakes, groupHandshakes, groupKeys, strays, requests, reuses }: KeyFacts): boolean =>
  [handshakes, groupHandshakes, groupKeys, strays, requests, reuses].every(({ length }) => length <= MOST_KEPT) &&
  [...handshakes, ...groupHandshakes].every(({ messages }) => messages.every(({ length }) => length <= MOST_KEPT));

/** Listens to a station of the engine and an access point that misbehaves. */
class Listener {
  readonly #watch: KeyWatch;
  #frame = 0;

  constructor(watch: KeyWatch) {
    this.#watch = watch;
  }

  hear(from: Speaker, packet: Uint8Array, isProtected: boolean): void {
    this.#frame += 1;
    const time = this.#frame * 1000;
    const event: EapolHeard = {
      kind: 'eapol',
      ...{ frame: this.#frame, time, station: STATION, ap: AP, from, isProtected },
      ...{ packet, medium: 'air' },
    };
    const before = packet.slice();
    this.#watch.take(event);
    demand(
      packet.every((octet, at) => octet === before[at]),
      'the packet was changed',
    );
  }

  open(step: Uint8Array): void {
    this.#frame += 1;
    const [flags = 0, cut = 0] = step;
    const header = Uint8Array.from({ length: 24 + (cut & 7) }, (_, at) => step[at] ?? 0);
    const sealed = { header, body: Uint8Array.of(...CIPHER_HEADER, ...step.subarray(1)) };
    const ends = { station: STATION, ap: AP, from: (flags & 1) === 0 ? ('ap' as const) : ('station' as const) };
    this.#watch.open({ kind: 'sealed', frame: this.#frame, time: this.#frame * 1000, ...ends, sealed });
    this.#watch.openManagement(sealed);
  }
}

/** The station: a machine whose packets are heard, and which gets what the access point says. */
class Talker {
  readonly #machine = rsnMachine({ crypto: toyCrypto });
  readonly #stage: Stage;
  readonly #listener: Listener;
  readonly #secrets: ReturnType<typeof secretsOf>;
  #state: RsnState | undefined;

  constructor(scenario: Scenario, listener: Listener) {
    this.#stage = { scenario, holder: new KeyHolder(scenario, toyCrypto), air: [] };
    this.#listener = listener;
    this.#secrets = secretsOf(toyCrypto, scenario);
  }

  begin(association: AssociationCompletion): void {
    this.#take(this.#machine.begin(contextOf(this.#stage.scenario, association)));
  }

  run(step: Uint8Array): void {
    const input = inputOf(step, this.#stage)?.input;
    if (input?.kind === 'packet') this.#listener.hear('ap', input.payload, input.protected === true);
    if (input !== undefined && this.#state !== undefined) this.#take(this.#machine.step(this.#state, input));
  }

  release(): void {
    if (this.#state !== undefined) this.#machine.release?.(this.#state);
  }

  #take({ state, effects }: ReturnType<ReturnType<typeof rsnMachine>['begin']>): void {
    this.#state = state;
    for (const command of effects) this.#carryOut(command);
  }

  #carryOut(command: MethodCommand): void {
    if (command.do === 'install' || command.do === 'adopt') zeroiseDownloads(command.keys);
    if (command.do === 'rememberPmk') command.entry.pmk.zeroise();
    if (command.do === 'send') {
      this.#stage.holder.hear(command.payload);
      this.#listener.hear('station', command.payload, false);
    }
    if (command.do === 'ask') this.#answer(command.tag, command.request);
  }

  #answer(tag: string, request: SecretRequest): void {
    const secret = this.#secrets(request);
    if (this.#state === undefined) secret?.zeroise();
    else this.#take(this.#machine.step(this.#state, { kind: 'supplied', tag, ...(secret && { secret }) }));
  }
}

/** What was captured of the association: the head says what is missing. */
const captured = ({ request, response, beacon, reassociationRequest }: AssociationCompletion, missing: number) => ({
  ...{ station: STATION, ap: AP, ssid: SSID, isReassociation: reassociationRequest, medium: 'air' as const },
  ...((missing & 1) === 0 && { request }),
  ...((missing & 2) === 0 && { response }),
  ...((missing & 4) === 0 && { announcement: beacon }),
});

export const fuzz = (data: Uint8Array): void => {
  const scenario = scenarioOf(data.subarray(0, HEAD));
  if (scenario === undefined) return;
  const steps = stepsOf(data, HEAD).slice(0, MOST_STEPS);
  leavingNoSecret(() => {
    const pmk = Secret.of(scenario.lacks.key ? otherThan(scenario.pmk) : scenario.pmk);
    const keys = createKeyRing(toyCrypto, [{ kind: 'pmk', pmk }]);
    const association = changedBy(reportedAssociation(toyCrypto, scenario, scenario.pmk), steps);
    const watch = createKeyWatch({ crypto: toyCrypto, keys }, captured(association, (data[3] ?? 0) >>> 5));
    const listener = new Listener(watch);
    const talker = new Talker(scenario, listener);
    talker.begin(association);
    for (const step of steps) {
      if ((step[0] ?? 0) >= SEALED) listener.open(step.subarray(1));
      else talker.run(step);
    }
    const facts = watch.facts();
    demand(isBounded(facts), 'the watch keeps more than it may');
    observe(`${facts.handshakes.length} ${facts.handshakes.map(({ stationKey, apKey }) => `${stationKey} ${apKey}`).join()}`);
    wipe(facts);
    talker.release();
    watch.release();
    keys.release();
    pmk.zeroise();
  });
};

export const seeds = (): ReadonlyArray<Uint8Array> => {
  const plain = [0, 1, 2, 1, 11].map((operation) => Uint8Array.of(operation, 0));
  const rekey = [Uint8Array.of(0, 1, 1), Uint8Array.of(1, 1, 1), Uint8Array.of(SEALED, 0, ...new Uint8Array(60).fill(3))];
  const program = [Uint8Array.of(5, 0), ...plain, ...rekey];
  return Array.from({ length: 22 }, (_, network) =>
    [0, 0x01, 0x06, 0x09].flatMap((agreed) =>
      [0, 0x20, 0xe0].map((missing) => programOf(Uint8Array.of(network, agreed, 0, missing), program)),
    ),
  ).flat();
};

export const keyWatch: Target = { name: 'keyWatch', slice: 2000, head: HEAD, fuzz, seeds };
