import {
  beginSae,
  derivePt,
  type ElementMethod,
  releaseSae,
  type SaeInput,
  type SaeOutput,
  type SaeSetup,
  type SaeState,
  stepSae,
} from '../../../operators/core/rsn/index.js';
import { Secret, toHex } from '../../../streams/events/index.js';
import { AkmSuite, readAuthenticationFrame } from '../../../streams/frames/index.js';
import { observe } from '../features.js';
import { programOf, stepsOf } from '../mutate.js';
import { demand, type Target } from '../target.js';
import { words } from '../words.js';
import { Operands } from './Operands.js';
import { leavingNoSecret } from './rsn/secrets.js';
import { toyCrypto } from './rsn/toyCrypto.js';
import { toyCurve } from './rsn/toyCurve.js';

const MOST_STEPS = 40;
const HEAD = 2;
const [STATION, ACCESS_POINT] = [Uint8Array.of(2, 0, 0, 0, 0, 2), Uint8Array.of(2, 0, 0, 0, 0, 1)];
const SSID = Uint8Array.of(0x74);
const crypto = { ...toyCrypto, curve: toyCurve };
const METHODS: ReadonlyArray<ReadonlyArray<ElementMethod>> = [
  ['hashToElement'],
  ['huntingAndPecking'],
  ['hashToElement', 'huntingAndPecking'],
  [],
];
const GROUPS: ReadonlyArray<ReadonlyArray<number>> = [[19], [20, 19], [21, 20, 19], [22]];
const [PASSWORD, ANOTHER] = [Uint8Array.of(0x70, 0x77), Uint8Array.of(0x71)];

const derived = (password: Uint8Array) =>
  [19, 20, 21].flatMap((group) => derivePt(crypto, group, { ssid: SSID, password }) ?? []);
const pts = new Map([PASSWORD, ANOTHER].map((password) => [password, derived(password)]));

const setupOf = (flags: number, more: number, role: SaeSetup['role']): SaeSetup => {
  const isStation = role === 'station';
  const password = !isStation && (more & 1) === 1 ? ANOTHER : PASSWORD;
  return {
    crypto,
    role,
    addresses: isStation ? { own: STATION, peer: ACCESS_POINT } : { own: ACCESS_POINT, peer: STATION },
    credential: {
      ...{ ssid: SSID, password: Secret.of(password), pts: pts.get(password) ?? [] },
      ...((more & 2) !== 0 && { identifier: Uint8Array.of(isStation ? 1 : more >>> 6) }),
    },
    akm: (flags & 1) === 1 ? AkmSuite.codes.SAE_EXT_KEY : AkmSuite.codes.SAE,
    methods: METHODS[isStation ? (flags >>> 1) & 3 : 2] ?? [],
    groups: GROUPS[isStation ? (flags >>> 3) & 3 : (flags >>> 5) & 3] ?? [],
    confirmsAtOnce: (more & 4) !== 0,
    ...((more & 8) !== 0 && { elements: Uint8Array.of(0xff, 2, 107, 0) }),
  };
};

/** One end of an exchange, and what it has said. */
class End {
  readonly #setup: SaeSetup;
  readonly sent: Uint8Array[] = [];
  readonly accepted: string[] = [];
  #state: SaeState;
  #draws = 0;

  constructor(setup: SaeSetup) {
    this.#setup = setup;
    const begun = beginSae(setup);
    this.#state = begun.state;
    this.#carryOut('begin', 'nothing', begun.effects);
  }

  take(what: string, input: SaeInput): void {
    const before = this.#state.phase;
    const { state, effects } = stepSae(this.#setup)(this.#state, input);
    this.#state = state;
    if (input.kind === 'random') input.octets.fill(0);
    this.#carryOut(what, before, effects);
  }

  #carryOut(what: string, before: string, outputs: ReadonlyArray<SaeOutput>): void {
    observe(`${this.#setup.role} ${before} ${what} ${this.#state.phase} ${outputs.map((output) => output.do).join()}`);
    demand(before !== 'failed' || !outputs.some((output) => output.do === 'accepted'), 'an exchange that failed is accepted');
    for (const output of outputs) {
      if (output.do === 'send') this.#send(output.body);
      if (output.do === 'accepted') this.#accept(output);
      if (output.do === 'report') demand(output.message.length < 2000, 'a remark without end');
      if (output.do !== 'needRandom') continue;
      const octets = new Uint8Array(output.octets).map((_, at) => at * 7 + this.#setup.role.length + this.#draws++);
      this.take('random', { kind: 'random', octets });
    }
  }

  #send(body: Uint8Array): void {
    demand(readAuthenticationFrame(body)._tag === 'Right', 'what is sent cannot be read');
    this.sent.push(body);
  }

  #accept({ pmk, pmkid }: Extract<SaeOutput, { do: 'accepted' }>): void {
    this.accepted.push(`${toHex(pmk.reveal())} ${toHex(pmkid)}`);
    demand(this.accepted.length === 1, 'an exchange is accepted twice');
    pmk.zeroise();
  }

  end(): void {
    releaseSae(this.#state);
    this.#setup.credential.password.zeroise();
  }
}

const edited = (bytes: Uint8Array, operands: Operands): Uint8Array => {
  let result = bytes.slice();
  while (!operands.isOver) {
    const [how, at, value] = [operands.u8() % 4, operands.u8(), operands.u8()];
    const place = Math.min(at, result.length);
    const added = words[value % words.length] ?? bytes;
    if (how === 0 && place < result.length) result[place] = (result[place] ?? 0) ^ value;
    if (how === 1) result = result.slice(0, place);
    if (how === 2) result = Uint8Array.of(...result, ...added);
    if (how === 3) result = Uint8Array.of(...result.subarray(0, place), ...added, ...result.subarray(place + added.length));
  }
  return result;
};

/** The last frame of the other end, or one before it, as it was or changed; octets of anybody's; a timer. */
const act = (step: Uint8Array, ends: readonly [End, End]): void => {
  const kind = (step[0] ?? 0) % 8;
  const operands = new Operands(step.subarray(2));
  const [to, from] = kind % 2 === 0 ? ends : ([ends[1], ends[0]] as const);
  if (kind >= 6) to.take('timer', { kind: 'timer' });
  else if (kind >= 4) to.take('bytes', { kind: 'frame', body: operands.rest() });
  else {
    const said = from.sent.at(-1 - (kind >= 2 ? operands.u8() : 0)) ?? new Uint8Array(0);
    const body = kind >= 2 ? edited(said, operands) : said;
    to.take('frame', { kind: 'frame', body });
  }
};

export const fuzz = (data: Uint8Array): void => {
  const [flags = 0, more = 0] = data;
  const steps = stepsOf(data, HEAD).slice(0, MOST_STEPS);
  leavingNoSecret(() => {
    const ends = [new End(setupOf(flags, more, 'station')), new End(setupOf(flags, more, 'accessPoint'))] as const;
    for (const step of steps) act(step, ends);
    const [station, accessPoint] = ends;
    const [own, theirs] = [station.accepted[0], accessPoint.accepted[0]];
    demand((more & 1) === 0 || (own === undefined && theirs === undefined), 'two passwords, and it is accepted');
    demand(own === undefined || theirs === undefined || own === theirs, 'both accept, and have different keys');
    for (const end of ends) end.end();
  });
};

export const seeds = (): ReadonlyArray<Uint8Array> => {
  const exchange = [1, 0, 1, 0, 1, 0, 6, 7, 1, 0].map((operation) => Uint8Array.of(operation, 0));
  const token = [Uint8Array.of(4, 22, 3, 0, 1, 0, 76, 0, 19, 0, ...new Uint8Array(14).fill(5))];
  return Array.from({ length: 64 }, (_, flags) => [0, 1, 2, 4, 8].map((more) => [flags, more] as const))
    .flat()
    .flatMap(([flags, more]) => [exchange, [...token, ...exchange]].map((steps) => programOf(Uint8Array.of(flags, more), steps)));
};

export const sae: Target = { name: 'sae', slice: 1000, head: HEAD, fuzz, seeds };
