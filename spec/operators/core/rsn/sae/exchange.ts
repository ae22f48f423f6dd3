import { nodeCrypto } from '../../../../../adapters/crypto/index.js';
import type { Curve } from '../../../../../operators/core/crypto/index.js';
import {
  beginSae,
  derivePt,
  type SaeFailure,
  type SaeInput,
  type SaeOutput,
  type SaePt,
  type SaeSetup,
  type SaeState,
  stepSae,
} from '../../../../../operators/core/rsn/sae/index.js';
import { Secret } from '../../../../../streams/events/index.js';
import { AkmSuite } from '../../../../../streams/frames/index.js';
import { hex } from '../../../../streams/frames/hex.js';
import { ascii } from './vectors.js';

export const curve = (group: number): Curve => {
  const found = nodeCrypto.curve(group);
  if (found === undefined) throw new Error(`no group ${group}`);
  return found;
};

export const STATION = hex('020000000000');
export const ACCESS_POINT = hex('020000000100');

const SSID = ascii('loop');

/** Derived once for each group and password: most of these tests are about something else. */
const known = new Map<string, ReadonlyArray<SaePt>>();
export const ptsOf = (password: string): ReadonlyArray<SaePt> => {
  const pts =
    known.get(password) ??
    [19, 20, 21].flatMap((group) => {
      const pt = derivePt(nodeCrypto, group, { ssid: SSID, password: ascii(password) });
      return pt === undefined ? [] : [pt];
    });
  known.set(password, pts);
  return pts;
};

export const stationSetup = (more: Partial<SaeSetup> = {}, password = 'the right one'): SaeSetup => ({
  crypto: nodeCrypto,
  addresses: { own: STATION, peer: ACCESS_POINT },
  credential: { ssid: SSID, password: Secret.of(ascii(password)), pts: ptsOf(password) },
  akm: AkmSuite.codes.SAE,
  methods: ['hashToElement'],
  groups: [19],
  role: 'station',
  ...more,
});

export const accessPointSetup = (more: Partial<SaeSetup> = {}, password = 'the right one'): SaeSetup =>
  stationSetup({ addresses: { own: ACCESS_POINT, peer: STATION }, role: 'accessPoint', ...more }, password);

/** One end, with all it has said so far. */
export class End {
  state: SaeState;
  readonly outputs: SaeOutput[] = [];
  readonly #step: (state: SaeState, input: SaeInput) => { state: SaeState; effects: ReadonlyArray<SaeOutput> };
  #drawn = 0;

  readonly setup: SaeSetup;
  readonly #name: string;

  constructor(setup: SaeSetup, name: string = setup.role) {
    this.setup = setup;
    this.#name = name;
    this.#step = stepSae(setup);
    const begun = beginSae(setup);
    this.state = begun.state;
    this.outputs.push(...this.#supplied(begun.effects));
  }

  /** What the end does with an input; randomness it asks for is supplied at once, the same in every run. */
  take(input: SaeInput): ReadonlyArray<SaeOutput> {
    const { state, effects } = this.#step(this.state, input);
    this.state = state;
    const all = this.#supplied(effects);
    this.outputs.push(...all);
    return all;
  }

  #supplied(effects: ReadonlyArray<SaeOutput>): ReadonlyArray<SaeOutput> {
    return effects.flatMap((effect) => {
      if (effect.do !== 'needRandom') return [effect];
      this.#drawn++;
      const seed = ascii(`${this.#name} ${this.#drawn}`);
      const octets = nodeCrypto.pbkdf2('sha256', seed, ascii('random'), 1, effect.octets);
      const { state, effects: more } = this.#step(this.state, { kind: 'random', octets });
      this.state = state;
      return [effect, ...this.#supplied(more)];
    });
  }

  get sent(): ReadonlyArray<Uint8Array> {
    return this.outputs.flatMap((output) => (output.do === 'send' ? [output.body] : []));
  }

  get accepted(): ReadonlyArray<Extract<SaeOutput, { do: 'accepted' }>> {
    return this.outputs.flatMap((output) => (output.do === 'accepted' ? [output] : []));
  }

  get failures(): ReadonlyArray<SaeFailure> {
    return this.outputs.flatMap((output) => (output.do === 'failed' ? [output.failure] : []));
  }

  get reports(): ReadonlyArray<string> {
    return this.outputs.flatMap((output) => (output.do === 'report' ? [output.message] : []));
  }
}

export interface Frame {
  readonly from: End;
  /** The how manieth of that end, from 1. */
  readonly number: number;
  readonly body: Uint8Array;
}

/** What becomes of a frame on its way: which frames arrive where the other end listens, and which come back. */
export interface Fate {
  readonly arrive?: ReadonlyArray<Uint8Array>;
  readonly back?: ReadonlyArray<Uint8Array>;
}

export type Air = (frame: Frame) => Fate;

export const calm: Air = ({ body }) => ({ arrive: [body] });

type Happening = { readonly at: number; readonly end: End; readonly body?: Uint8Array };

const FLIGHT_MS = 3;

/** Two ends on one air, in virtual time, until nothing is left to happen. */
export const exchange = (station: End, accessPoint: End, air: Air = calm): void => {
  let now = 0;
  let happenings: Happening[] = [];
  const numbers = new Map<End, number>();
  const otherOf = (end: End): End => (end === station ? accessPoint : station);
  const fly = (from: End, body: Uint8Array): void => {
    const number = (numbers.get(from) ?? 0) + 1;
    numbers.set(from, number);
    const { arrive = [], back = [] } = air({ from, number, body });
    for (const one of arrive) happenings.push({ at: now + FLIGHT_MS, end: otherOf(from), body: one });
    for (const one of back) happenings.push({ at: now + FLIGHT_MS, end: from, body: one });
  };
  const carryOut = (end: End, outputs: ReadonlyArray<SaeOutput>): void => {
    for (const output of outputs) {
      if (output.do === 'send') fly(end, output.body);
      if (output.do !== 'setTimer' && output.do !== 'clearTimer') continue;
      happenings = happenings.filter((one) => one.end !== end || one.body !== undefined);
      if (output.do === 'setTimer') happenings.push({ at: now + output.ms, end });
    }
  };
  carryOut(station, [...station.outputs]);
  for (let turns = 0; happenings.length > 0 && turns < 1000; turns++) {
    const next = happenings.reduce((first, one) => (one.at < first.at ? one : first));
    happenings = happenings.filter((one) => one !== next);
    now = next.at;
    carryOut(next.end, next.end.take(next.body === undefined ? { kind: 'timer' } : { kind: 'frame', body: next.body }));
  }
};
