import type { Either } from 'fp-ts/lib/Either.js';
import type { SchedulerLike } from 'rxjs';
import { akmOf, type FtRequest, type SaeFailure, type SaePt } from '../../../operators/core/index.js';
import { type AssociationCompletion, L2Reason, type Secret } from '../../../streams/events/index.js';
import { readAssociationResponse } from '../../../streams/frames/index.js';
import type { LinuxFault } from '../LinuxFault.js';
import type { AuthenticationExchange, AuthenticationFault } from './AuthenticationExchange.js';
import type { Candidate } from './chooseBss.js';
import { FtExchange } from './FtExchange.js';
import type { KnownKeys, NamedPmk } from './KnownKeys.js';
import { OpenExchange } from './OpenExchange.js';
import { OweExchange } from './OweExchange.js';
import type { Plan } from './planOf.js';
import type { Radio } from './Radio.js';
import { SaeExchange } from './SaeExchange.js';
import { saeWords } from './saeWords.js';

/** Why it came to nothing before there was an association. */
export interface AttemptFault {
  readonly why: string;
  readonly reason?: number;
  /** The kernel knows the access point no more. */
  readonly isSilence?: boolean;
}

export interface AttemptWorld {
  readonly radio: Radio;
  readonly known: KnownKeys;
  readonly scheduler: SchedulerLike;
  readonly password?: Secret;
  /** Names it among several. */
  readonly identifier?: Uint8Array;
  /** What OWE is proposed in. */
  readonly oweGroup: number;
  /** What of the password was computed beforehand; asked for where hash-to-element is used. */
  readonly points: (ssid: Uint8Array) => ReadonlyArray<SaePt>;
  readonly trouble: (fault: LinuxFault) => void;
}

/** One try to connect to one access point, up to its association. */
export class Attempt {
  readonly plan: Plan;
  readonly #world: AttemptWorld;
  #exchange: AuthenticationExchange | undefined;
  #owe: OweExchange | undefined;
  /** What SAE or OWE has made: remembered once the connection is up. */
  #made: NamedPmk | undefined;
  #fault: AttemptFault | undefined;

  constructor(world: AttemptWorld, plan: Plan) {
    this.#world = world;
    this.plan = plan;
  }

  get fault(): AttemptFault | undefined {
    return this.#fault;
  }

  get usesOwe(): boolean {
    return this.#owe !== undefined;
  }

  start(): void {
    const { plan } = this;
    const candidate = plan.way === 'cached' ? plan.offered : plan.candidate;
    const source = candidate.security && akmOf(candidate.security.akm)?.source;
    if (plan.way === 'fastTransition') this.#transfer(candidate, plan.keys);
    else if (source === 'sae' && plan.way === 'full') this.#agree(candidate);
    else this.#open(source === 'owe' ? this.#withOwe(candidate) : candidate, source === 'sae');
  }

  /** A frame of this access point's, or that it did not answer. */
  hear(body: Uint8Array | undefined): void {
    this.#exchange?.hear(body);
  }

  /** The engine asks for the key as soon as it knows of the association. */
  prepare({ status, response }: AssociationCompletion): void {
    if (this.#owe === undefined || status !== 0) return;
    const read = readAssociationResponse(response);
    const keys = read._tag === 'Right' ? this.#owe.finish(read.right.elements) : undefined;
    if (keys !== undefined) this.#keep(keys.pmk, keys.pmkid);
  }

  /** There is an association, or there will be none: what was for it alone is destroyed. */
  settle(): void {
    this.#exchange?.cancel();
    this.#exchange = undefined;
    this.#owe?.cancel();
    this.#owe = undefined;
  }

  /** The connection is up. */
  succeed(): void {
    if (this.#made !== undefined) this.#world.known.remember(this.plan.candidate, this.#made);
    this.end();
  }

  end(): void {
    this.settle();
    this.#made?.pmk.zeroise();
    this.#made = undefined;
  }

  #keep(pmk: Secret, pmkid: Uint8Array): void {
    this.#made?.pmk.zeroise();
    this.#made = { pmk: pmk.copy(), pmkid };
    this.#world.known.keep(pmk);
  }

  /** The kernel authenticates openly by itself, unless it would do something else with it: it has roamed its own way, or begins SAE. */
  #open(candidate: Candidate, isOurs: boolean): void {
    const { radio } = this.#world;
    if (!isOurs && (candidate.from === undefined || !radio.wiphy.fastTransition)) {
      this.#tell(radio.connect(candidate));
      return;
    }
    this.#begin(
      new OpenExchange({
        transmit: (body) => this.#tell(radio.authenticate(candidate, body)),
        accepted: () => this.#tell(radio.associate(candidate)),
        failed: (fault) => this.#fail(fault),
      }),
    );
  }

  /** What the access point answers to our half of the exchange comes with the association. */
  #withOwe(candidate: Candidate): Candidate {
    this.#owe = OweExchange.begin(this.#world.oweGroup);
    const extension = this.#owe?.element;
    const { security } = candidate;
    return security && extension ? { ...candidate, security: { ...security, extension } } : candidate;
  }

  #agree(candidate: Candidate): void {
    const { radio, scheduler, password, identifier, points } = this.#world;
    if (password === undefined) {
      this.#tell(radio.connect(candidate));
      return;
    }
    const world = {
      ...{ own: radio.station.address, password, scheduler, ...(identifier && { identifier }) },
      transmit: (body: Uint8Array) => this.#tell(radio.authenticate(candidate, body)),
      accepted: (pmk: Secret, pmkid: Uint8Array) => {
        this.#keep(pmk, pmkid);
        this.#tell(radio.associate(candidate));
      },
      failed: ({ reason }: SaeFailure) =>
        this.#fail({
          why: saeWords(reason),
          ...(reason === 'wrongPassword' && { reason: L2Reason.codes.MSMSEC_PSK_MISMATCH_SUSPECTED }),
        }),
    };
    this.#begin(new SaeExchange(world, candidate, candidate.security?.extension === undefined ? [] : points(candidate.bss.ssid)));
  }

  #transfer(candidate: Candidate, keys: Extract<Plan, { way: 'fastTransition' }>['keys']): void {
    const { radio, known } = this.#world;
    const world = {
      own: radio.station.address,
      transmit: (body: Uint8Array) => this.#tell(radio.authenticate(candidate, body)),
      accepted: ({ rsne: element, mobilityDomain, fastTransition, pmkR1 }: FtRequest) => {
        known.keep(pmkR1);
        const { security } = candidate;
        if (security === undefined) return;
        this.#tell(radio.associate({ ...candidate, security: { ...security, element, mobilityDomain, fastTransition } }));
      },
      failed: (fault: AuthenticationFault) => this.#fail(fault),
    };
    this.#begin(new FtExchange(world, candidate, keys));
  }

  #begin(exchange: AuthenticationExchange): void {
    this.#exchange = exchange;
    exchange.start();
  }

  #fail(fault: AttemptFault): void {
    this.#fault = fault;
    this.#world.radio.abandon();
  }

  #tell(asked: Either<LinuxFault, void>): void {
    if (asked._tag === 'Left') this.#world.trouble(asked.left);
  }
}
