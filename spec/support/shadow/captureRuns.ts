import { toHex } from '../../../streams/events/index.js';
import { type EapolKey, writeEapolKey } from '../../../streams/frames/index.js';
import { hex } from '../../streams/frames/hex.js';
import { airFrames } from '../airFrames.js';
import { type CaptureOrigin, captureFile, captureOrigins, oracleOf } from '../captures.js';
import { choiceOf, requestSaying } from './association.js';
import { eapolOfHappening } from './ear.js';
import { type Exchange, exchangeOf, type Happening, isMessage1, keyOf, stationMessage } from './exchange.js';
import { type Recording, recordingsIn } from './recording.js';
import { type Run, runExchange } from './run.js';
import type { Knowledge } from './stationMemory.js';

/** An association of a capture of the wild. */
export interface CaptureRun {
  /** The file, and those with the same octets. */
  readonly files: ReadonlyArray<string>;
  readonly ordinal: number;
  readonly exchange: Exchange;
  readonly run: Run;
  readonly eapolVersion: number;
  /** What the capture lacks and was written from what it has. */
  readonly written: ReadonlyArray<string>;
  /** Every key that independent analysers found in the capture. */
  readonly oracleKeys: ReadonlySet<string>;
}

/** What a capture has to offer that was not run, and why. */
export interface Passed {
  readonly file: string;
  readonly why: string;
}

const MIC_LENGTH = 16;

interface Said {
  readonly position: number;
  readonly from: 'station' | 'accessPoint';
  readonly key: EapolKey;
}

/** The EAPOL-Key packets in the clear; all captures there are have MICs of 16 octets. */
const inTheClear = ({ happenings }: Exchange): ReadonlyArray<Said> =>
  happenings.flatMap((happening, position) => {
    const spoken = eapolOfHappening(happening, []);
    const key = spoken && keyOf(spoken.packet, MIC_LENGTH);
    return key === undefined || spoken === undefined ? [] : [{ position, from: spoken.from, key }];
  });

const isMessage2 = ({ from, key }: Said): boolean => from === 'station' && stationMessage(key) === 'message 2';

const same = (a: Uint8Array, b: Uint8Array): boolean => toHex(a) === toHex(b);

/** Message 1 repeats itself in message 3, all but its replay counter, and that is in message 2. */
const message1Of = ({ key }: Said, replayCounter: bigint): Uint8Array =>
  writeEapolKey({
    ...key,
    replayCounter,
    information: { ...key.information, install: false, mic: false, secure: false, encrypted: false },
    ...{ iv: new Uint8Array(16), receiveCounter: new Uint8Array(8), mic: new Uint8Array(MIC_LENGTH), keyData: new Uint8Array(0) },
  });

/** Puts back the message 1 that was not captured in front of its message 2. */
const withMessage1 = (exchange: Exchange): Exchange | undefined => {
  const said = inTheClear(exchange);
  const message3 = said.find(({ from, key }) => from === 'accessPoint' && key.information.pairwise && key.information.install);
  if (message3 === undefined) return undefined;
  const isKnown = said.some(({ from, key }) => from === 'accessPoint' && isMessage1(key) && same(key.nonce, message3.key.nonce));
  const message2 = said.findLast((each) => isMessage2(each) && each.position < message3.position);
  const after = message2 && exchange.happenings[message2.position];
  if (isKnown || message2 === undefined || after === undefined) return undefined;
  const packet = message1Of(message3, message2.key.replayCounter);
  const restored: Happening = { kind: 'packet', from: 'accessPoint', packet, time: after.time, isProtected: false };
  return { ...exchange, happenings: exchange.happenings.toSpliced(message2.position, 0, restored) };
};

/** A request that says what message 2 repeats of it. */
const withRequest = (exchange: Exchange, ssid: string): Exchange | undefined => {
  const message2 = inTheClear(exchange).find(isMessage2);
  if (exchange.request !== undefined || message2 === undefined) return undefined;
  return { ...exchange, request: requestSaying(new TextEncoder().encode(ssid), message2.key.keyData) };
};

interface Completed {
  readonly exchange: Exchange;
  readonly written: ReadonlyArray<string>;
}

const completed = (recording: Recording, { credentials, ssids }: CaptureOrigin): Completed => {
  const exchange = exchangeOf(recording);
  const asked = withRequest(exchange, credentials[0]?.ssid ?? ssids[0] ?? '');
  const begun = withMessage1(asked ?? exchange);
  const written = [
    ...(asked === undefined ? [] : ['the association, from message 2']),
    ...(begun === undefined ? [] : ['message 1, from message 3']),
  ];
  return { exchange: begun ?? asked ?? exchange, written };
};

const knowledgeOf = ({ credentials }: CaptureOrigin): Knowledge => {
  const passphrase = credentials.find(({ type }) => type === 'passphrase')?.value;
  const pmks = credentials.filter(({ type }) => type === 'pmk').map(({ value }) => hex(value));
  return { ...(passphrase !== undefined && { credential: passphrase }), pmks: pmks.map((pmk) => ({ pmk })), masters: pmks };
};

interface Oracle {
  readonly own_mic_check?: ReadonlyArray<{
    readonly tk?: string;
    readonly kdes?: {
      readonly gtk?: ReadonlyArray<{ readonly gtk: string }>;
      readonly igtk?: { readonly ipn: string; readonly igtk: string };
    };
  }>;
  readonly decryption?: {
    readonly frames?: ReadonlyArray<readonly [number, string, string, ...unknown[]]>;
    readonly keys?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  } | null;
}

const IPN_DIGITS = 12;

const keysOfOracle = (file: string): ReadonlySet<string> => {
  const { own_mic_check, decryption } = oracleOf(file) as Oracle;
  const checked = (own_mic_check ?? []).flatMap(({ tk, kdes }) => [
    ...(tk === undefined ? [] : [tk]),
    ...(kdes?.gtk ?? []).map(({ gtk }) => gtk),
    // The check draws the line between packet number and key two octets too early.
    ...(kdes?.igtk === undefined ? [] : [(kdes.igtk.ipn + kdes.igtk.igtk).slice(IPN_DIGITS)]),
  ]);
  const decrypted = (decryption?.frames ?? []).map(([, , key]) => key);
  const found = Object.values(decryption?.keys ?? {}).flatMap((keys) => Object.keys(keys).map((key) => key.split('/')[0] ?? ''));
  return new Set([...checked, ...decrypted, ...found]);
};

const whyNot = ({ exchange }: Completed, { credential, pmks = [] }: Knowledge): string | undefined => {
  if (choiceOf(exchange) === undefined) return 'neither an association request nor a message 2';
  return credential === undefined && pmks.length === 0 ? 'no credential' : undefined;
};

const isCaptured = (recording: Recording): boolean => inTheClear(exchangeOf(recording)).length > 0;

interface Captures {
  readonly runs: ReadonlyArray<CaptureRun>;
  readonly passed: ReadonlyArray<Passed>;
}

const runFile = (origin: CaptureOrigin, files: ReadonlyArray<string>): Captures => {
  const knowledge = knowledgeOf(origin);
  const runs: CaptureRun[] = [];
  const passed: Passed[] = [];
  for (const recording of recordingsIn(airFrames(captureFile(origin.file))).filter(isCaptured)) {
    const made = completed(recording, origin);
    const eapolVersion = inTheClear(made.exchange).find(isMessage2)?.key.version ?? 1;
    const why = whyNot(made, knowledge);
    const run = why === undefined ? runExchange(made.exchange, knowledge, { eapolVersion }) : undefined;
    if (run === undefined) passed.push({ file: origin.file, why: why ?? 'no method serves it' });
    else if (run.shadow.verdict.faults.some(({ code }) => code === 'NO_SECRET'))
      passed.push({ file: origin.file, why: `the PMK of ${run.akm.name} is not known` });
    else runs.push({ files, ordinal: runs.length + 1, ...made, run, eapolVersion, oracleKeys: keysOfOracle(origin.file) });
  }
  return { runs, passed };
};

let done: Captures | undefined;

/** Runs every capture whose secret is known, and each only once. */
export const captureRuns = (): Captures => {
  if (done !== undefined) return done;
  const known = captureOrigins().filter(({ credentials }) => credentials.length > 0);
  const first = known.filter(({ sha256 }, i) => known.findIndex((each) => each.sha256 === sha256) === i);
  const all = first.map((origin) =>
    runFile(
      origin,
      known.filter(({ sha256 }) => sha256 === origin.sha256).map(({ file }) => file),
    ),
  );
  done = { runs: all.flatMap(({ runs }) => runs), passed: all.flatMap(({ passed }) => passed) };
  return done;
};
