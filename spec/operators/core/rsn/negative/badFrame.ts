/**
 * One frame of an otherwise valid exchange has one field changed. A row says which, where, and what a station must make of it:
 *
 *     check({ name: 'no_gtk', at: 'message 3', modify: noGtk, code: 'GROUP_KEY', outcome: 'MSMSEC_M3_MISSING_GRP_KEY' });
 *
 * Whatever the row is, the bad frame installs no key and completes nothing with success. If it is `dropped`, it is as if it
 * had never been there: the genuine frame ends the handshake, and without one a timeout gives the reason of R180. If it is
 * fatal, nothing more is said, and every secret is destroyed.
 */
import { expect } from 'chai';
import type { Crypto } from '../../../../../operators/core/crypto/index.js';
import { usesOneX } from '../../../../../operators/core/rsn/akm.js';
import { type FaultCode, type RsnPolicy, rsnMethods } from '../../../../../operators/core/rsn/index.js';
import { isZero, L2Reason, type Secret } from '../../../../../streams/events/index.js';
import { type NetworkMic, type NetworkSetup, networkFor, type TestNetwork } from '../../../../support/associationFor.js';
import {
  type Ap,
  authenticator,
  type Modifier,
  receive,
  rekeyGroup,
  rekeyPairwise,
  retransmit,
  shownKeys,
  start,
  type Turn,
} from '../../../../support/authenticator/authenticator.js';
import { drawn } from '../../../../support/authenticator/keys.js';
import { type Bench, portBench, secretsIn } from '../../../../support/portBench.js';
import { setups } from '../../../../support/stages.js';
import { madeOf } from './madeOf.js';
import { recordingCrypto } from './recordingCrypto.js';

/** Where in an exchange the bad frame takes the place of the genuine one. */
export type At =
  | 'message 1'
  | 'message 3'
  | 'group message 1'
  | 'message 1 of a rekey'
  | 'message 3 of a rekey'
  | 'message 3 again';

export type ReasonName = 'UNKNOWN' | Extract<keyof typeof L2Reason.codes, `MSMSEC_${string}`>;
export type Outcome = ReasonName | 'dropped';

export interface Scene {
  readonly at: At;
  /** WPA2-Personal with CCMP, if nothing else is said. */
  readonly setup?: NetworkSetup;
  readonly network?: (network: TestNetwork) => TestNetwork;
  readonly micLength?: NetworkMic;
  readonly policy?: Partial<RsnPolicy>;
  readonly crypto?: Crypto;
  readonly modify: Modifier;
  /** Whether the bad frame was encrypted on the air, where the host can tell. */
  readonly isProtected?: boolean;
}

export interface Row extends Scene {
  /** As a test of hostap's tests/hwsim would be named. */
  readonly name: string;
  /** None for what is not even a frame of this protocol. */
  readonly code?: FaultCode;
  readonly outcome: Outcome;
  /** Rules it proves besides R180. */
  readonly rules?: string;
}

interface Station {
  readonly bench: Bench;
  readonly crypto: ReturnType<typeof recordingCrypto>;
}

/** Both sides right before the frame that matters. */
export interface Stage extends Station {
  readonly ap: Ap;
  readonly send: (ap: Ap) => Turn;
}

export const MESSAGES = {
  'message 1': 'message1',
  'message 3': 'message3',
  'group message 1': 'group1',
  'message 1 of a rekey': 'message1',
  'message 3 of a rekey': 'message3',
  'message 3 again': 'message3',
} as const;

const NOTHING = new Uint8Array(0);
export const only = (packets: ReadonlyArray<Uint8Array>): Uint8Array => packets[0] ?? NOTHING;

/** The station's answer to what the access point says. */
const answer = (station: Station, { ap, packets }: Turn): readonly [Ap, Uint8Array] => {
  station.bench.packet(only(packets));
  return [ap, only(station.bench.takeSent())];
};

/** Both go on until nobody says anything. */
export const hear = (station: Station, turn: Turn): Turn => {
  if (turn.packets.length === 0) return turn;
  const [ap, reply] = answer(station, turn);
  const { events } = turn;
  if (reply.length === 0) return { ap, events, packets: [] };
  const next = receive(ap, reply);
  return hear(station, { ...next, events: [...events, ...next.events] });
};

const before3 = (station: Station, turn: Turn) => {
  const [ap, message2] = answer(station, turn);
  return { ap, send: (other: Ap) => receive(other, message2) };
};

const beforeGroup = (station: Station, ap: Ap) => {
  if (ap.network.akm.protocol === 'rsn') return { ap: hear(station, start(ap)).ap, send: rekeyGroup };
  const third = before3(station, start(ap));
  const [waiting, message4] = answer(station, third.send(third.ap));
  return { ap: waiting, send: (other: Ap) => receive(other, message4) };
};

const advance = (at: At, station: Station, ap: Ap): Pick<Stage, 'ap' | 'send'> => {
  switch (at) {
    case 'message 1':
      return { ap, send: start };
    case 'message 3':
      return before3(station, start(ap));
    case 'group message 1':
      return beforeGroup(station, ap);
    case 'message 1 of a rekey':
      return { ap: hear(station, start(ap)).ap, send: rekeyPairwise };
    case 'message 3 of a rekey':
      return before3(station, rekeyPairwise(hear(station, start(ap)).ap));
    case 'message 3 again': {
      const third = before3(station, start(ap));
      const [unanswered] = answer(station, third.send(third.ap));
      return { ap: unanswered, send: retransmit };
    }
  }
};

const MSK_OCTETS = 64;

export const stageOf = (scene: Scene): Stage => {
  const { micLength, policy } = scene;
  const setup: NetworkSetup = scene.setup ?? setups.psk;
  const network = (scene.network ?? ((same) => same))(networkFor(setup, micLength));
  const { akm } = setup;
  const length = setup.pmkLength ?? akm.pmkLengths[0] ?? 32;
  const secret = drawn('master', 0, usesOneX(akm) ? MSK_OCTETS : length);
  const crypto = recordingCrypto(scene.crypto);
  const methods = rsnMethods({ crypto: crypto.crypto, policy: { ...network.policy, ...policy } });
  const method = methods.find((each) => each.serves(network.context.association, undefined));
  const bench = portBench({ network, secret, ...(method && { method }) });
  if (usesOneX(akm)) bench.oneX(secret);
  const isWhole = !usesOneX(akm) || akm.fastTransition;
  const ap = authenticator({ network, secret: isWhole ? secret : secret.subarray(0, length) });
  const station = { bench, crypto };
  return { ...station, ...advance(scene.at, station, ap) };
};

/** The bad frame, in the place of the genuine one. */
export const spoil = ({ ap, send }: Stage, { at, modify }: Scene): Uint8Array =>
  only(send({ ...ap, options: { ...ap.options, modify: { [MESSAGES[at]]: modify } } }).packets);

/** What a bad frame must not change. */
const standing = ({ bench }: Stage) => ({
  keys: [...bench.keys],
  completions: [...bench.completions],
  sends: bench.log.filter((line) => line.startsWith('send ')),
  phase: bench.state.phase,
});

/** Secrets that are not the engine's: it destroys its own when the port ends. */
const ownSecrets = ({ bench }: Stage): ReadonlyArray<Secret> => {
  const others = secretsIn([bench.port.downloads, bench.calls, bench.remembered]);
  return [...bench.spied()].filter((secret) => !others.has(secret));
};

export const expectDestroyed = (stage: Stage): void => {
  expect(
    ownSecrets(stage).filter((secret) => !isZero(secret.reveal())),
    'secrets that are left',
  ).to.have.length(0);
  expect(
    stage.crypto.keys.filter((key) => !isZero(key)),
    'keys that were used and are left',
  ).to.have.length(0);
  expect(
    stage.crypto.plains.filter((plain) => !isZero(plain)),
    'key data that is left in the clear',
  ).to.have.length(0);
};

/** Ends the port: nothing of it may be left then, whatever happened. */
export const expectNothingLeft = (stage: Stage): void => {
  stage.bench.end();
  expectDestroyed(stage);
};

export const faultsOf = ({ bench }: Stage) => bench.state.evidence.faults;

/** Both sides hold the same keys, each was installed once (R135), and there are no others. */
export const expectUp = ({ bench, ap: before }: Stage, { ap, events }: Turn): void => {
  expect(events.map((event) => (event.kind === 'refused' ? event.why : event.kind))).to.include('up');
  expect(events.filter(({ kind }) => kind === 'refused')).to.deep.equal([]);
  expect(bench.completions.at(-1)).to.equal('0/0');
  const agreed = new Set([...shownKeys(before), ...shownKeys(ap)]);
  expect(bench.keys.filter((key, i) => !agreed.has(key) || bench.keys.indexOf(key) !== i)).to.deep.equal([]);
  expect(bench.keys).to.include.members([...shownKeys(ap)]);
  const { state } = bench;
  expect(state.phase === 'established' && isZero(state.ptk.tk.reveal()), 'the temporal key is gone from the state').to.equal(
    true,
  );
};

const TIMEOUTS: Readonly<Partial<Record<At, readonly [timer: string, reason: ReasonName]>>> = {
  'message 1': ['start', 'MSMSEC_KEY_START_TIMEOUT'],
  'message 3': ['finish', 'MSMSEC_KEY_SUCCESS_TIMEOUT'],
};

/** A wait for the group key is one of WPA1; afterwards nothing is waited for. */
const timeoutOf = ({ at, setup }: Scene): readonly [timer: string, reason: ReasonName] | undefined =>
  at === 'group message 1' && setup?.akm.protocol === 'wpa' ? ['finish', 'MSMSEC_G1_MISSING_GRP_KEY'] : TIMEOUTS[at];

export const shownReason = (completion: string | undefined): string => {
  const [reason = '', win32 = ''] = (completion ?? '').split('/');
  return `${L2Reason.nameOf(Number.parseInt(reason, 16))}/${win32}`;
};

const expectTimeout = (scene: Scene): void => {
  const stage = stageOf(scene);
  stage.bench.packet(spoil(stage, scene), scene.isProtected);
  const expected = timeoutOf(scene);
  const before = [...stage.bench.completions];
  for (const timer of ['start', 'suspicion', 'finish']) stage.bench.expire(timer);
  if (expected === undefined) expect(stage.bench.completions, 'a timeout afterwards').to.deep.equal(before);
  else expect(shownReason(stage.bench.completions.at(-1)), 'R180, the timeout afterwards').to.equal(`${expected[1]}/1460`);
  expectNothingLeft(stage);
};

const expectDropped = (row: Row): void => {
  const stage = stageOf(row);
  const before = standing(stage);
  const faults = faultsOf(stage).length;
  const reports = stage.bench.reports.length;
  stage.bench.packet(spoil(stage, row), row.isProtected);
  expect(standing(stage)).to.deep.equal(before);
  const fault = faultsOf(stage).at(faults);
  expect(fault?.code, fault?.detail).to.equal(row.code);
  expect(fault?.reason).to.equal(undefined);
  if (row.code !== undefined) {
    expect(stage.bench.reports.slice(reports)).to.have.length(1);
    expect(stage.bench.reports.at(-1)).to.match(row.code === 'MALFORMED' ? /^R90: / : /^R180: /);
  }
  expectUp(stage, hear(stage, stage.send(stage.ap)));
  expectNothingLeft(stage);
  expectTimeout(row);
};

const SUCCESS = '0/0';
const successes = ({ completions }: { readonly completions: ReadonlyArray<string> }): number =>
  completions.filter((completion) => completion === SUCCESS).length;

const expectFatal = (row: Row): void => {
  const stage = stageOf(row);
  const { bench } = stage;
  const before = standing(stage);
  const packet = spoil(stage, row);
  const buffers = madeOf(() => bench.packet(packet, row.isProtected));
  expect(
    buffers.filter((octets) => !isZero(octets)),
    'keys that are left where they were read',
  ).to.deep.equal([]);
  const fault = faultsOf(stage).at(-1);
  expect(fault?.code, fault?.detail).to.equal(row.code);
  expect(L2Reason.nameOf(fault?.reason ?? 0), fault?.detail).to.equal(row.outcome);
  expect(shownReason(bench.completions.at(-1))).to.equal(`${row.outcome}/13`);
  const after = standing(stage);
  expect(after.completions).to.have.length(before.completions.length + 1);
  expect({ ...after, completions: before.completions }).to.deep.equal({ ...before, phase: 'over' });
  expectDestroyed(stage);
  hear(stage, stage.send(stage.ap));
  for (const timer of bench.timers.keys()) bench.expire(timer);
  expect({ ...standing(stage) }, 'nothing more comes of it').to.deep.equal(after);
  expect(successes(after)).to.equal(successes(before));
  expect(faultsOf(stage).at(-1)).to.equal(fault);
  expectNothingLeft(stage);
};

const titleOf = ({ name, at, code, outcome, rules }: Row): string => {
  const proves = `${[...(rules === undefined ? [] : [rules]), 'R180'].join(', ')}: ${name}:`;
  if (outcome !== 'dropped') return `${proves} ${at} ends it, ${outcome} (${code})`;
  return `${proves} ${at} is dropped${code === undefined ? '' : ` (${code})`}`;
};

/** Every fault that these tests prove, with what becomes of it. */
export const proven: { readonly code: FaultCode; readonly outcome: Outcome }[] = [];

export const check = (row: Row): void => {
  if (row.code !== undefined) proven.push({ code: row.code, outcome: row.outcome });
  it(titleOf(row), () => (row.outcome === 'dropped' ? expectDropped(row) : expectFatal(row)));
};

type Kept = 'name';

/** Rows that have something in common. */
export const checkAll = <D extends Partial<Omit<Row, Kept>>>(
  defaults: D,
  rows: ReadonlyArray<Omit<Row, keyof D> & Partial<Row>>,
): void => {
  for (const row of rows) check({ ...defaults, ...row } as unknown as Row);
};

/** A frame that is odd, and good enough: the handshake goes on with it, and ends with the keys of both sides. */
export const tolerate = (name: string, scene: Scene): void => {
  it(`${name}: ${scene.at} is taken`, () => {
    const stage = stageOf(scene);
    const turn = stage.send({ ...stage.ap, options: { ...stage.ap.options, modify: { [MESSAGES[scene.at]]: scene.modify } } });
    expectUp(stage, hear(stage, turn));
    expect(faultsOf(stage)).to.deep.equal([]);
    expectNothingLeft(stage);
  });
};
