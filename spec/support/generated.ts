import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Credential } from '../../operators/core/shadow/index.js';
import { Secret } from '../../streams/events/index.js';
import type { ConnectionRead, MessageName } from './captureReading.js';

/** A seeded generator of captures lies beside a checkout; what it made up, it writes down. */
const generator = fileURLToPath(new URL('../../../shared/captures/gen/gen.py', import.meta.url));

/** Why there can be no generated captures here; `undefined` where there can. */
export const whyNoGenerator = (): string | undefined => {
  if (!existsSync(generator)) return 'there is no ../shared/captures/gen beside this checkout';
  const { status } = spawnSync('python3', ['-c', 'import cryptography']);
  return status === 0 ? undefined : 'the generator of captures needs python3 with the package cryptography';
};

export interface TrueSession {
  readonly sta: string;
  readonly bssid: string;
  readonly outcome: 'completed' | 'wrong_psk' | 'disassoc_mid';
  /** Of a station that left in the middle. */
  readonly stop_after?: 'assoc_resp' | 'm1' | 'm2' | 'm3';
  readonly anonce: string;
  readonly snonce: string;
  readonly tk: string;
  readonly gtks: ReadonlyArray<{ readonly gtk: string; readonly keyid: number; readonly via: 'm3' | 'g1' }>;
  readonly igtk?: string;
  readonly derivable: boolean;
  readonly gtk_recoverable: boolean;
  readonly reason: number;
  readonly end_by: 'sta' | 'ap';
  /** Frames that were captured, and what they are. */
  readonly frames?: ReadonlyArray<readonly [frame: number, label: string]>;
}

export interface Truth {
  readonly frames: number;
  readonly ssid: string;
  readonly passphrase: string;
  readonly derivable: number;
  readonly gtk_recoverable: number;
  readonly sessions: ReadonlyArray<TrueSession>;
}

export interface Generated {
  readonly file: Uint8Array;
  readonly truth: Truth;
  readonly credentials: ReadonlyArray<Credential>;
}

const utf8 = new TextEncoder();

export const credentialsOfTruth = ({ passphrase, ssid }: Truth): ReadonlyArray<Credential> => [
  { kind: 'passphrase', passphrase: Secret.of(utf8.encode(passphrase)), ssid: utf8.encode(ssid) },
];

export const generated = (...options: ReadonlyArray<string>): Generated => {
  const folder = mkdtempSync(join(tmpdir(), 'postassoc-generated-'));
  const path = join(folder, 'capture.pcap');
  try {
    const { status, stderr } = spawnSync('python3', [generator, '--frame-map', '-o', path, ...options], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    const truth = JSON.parse(readFileSync(`${path}.truth.json`, 'utf8')) as Truth;
    return { file: readFileSync(path), truth, credentials: credentialsOfTruth(truth) };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const framesOf = ({ frames = [] }: TrueSession, label: string): ReadonlyArray<number> =>
  frames.flatMap(([frame, each]) => (each === label ? [frame] : []));

const wasCaptured = (session: TrueSession, ...labels: ReadonlyArray<string>): boolean =>
  labels.every((label) => framesOf(session, label).length > 0);

const SAYS_LITTLE = new Set(['data', 'gdata', 'g1', 'g2', 'disassoc', 'deauth']);

/** How many connections there can be of what was captured: of farewells and encrypted frames alone, none or one. */
export const possibleConnections = ({ frames = [] }: TrueSession): ReadonlyArray<number> => {
  if (frames.length === 0) return [0];
  return frames.every(([, label]) => SAYS_LITTLE.has(label)) ? [0, 1] : [1];
};

const LABELS: ReadonlyArray<readonly [label: string, name: MessageName]> = [
  ['m1', 'M1'],
  ['m2', 'M2'],
  ['m3', 'M3'],
  ['m4', 'M4'],
];
const GROUP_LABELS: ReadonlyArray<readonly [label: string, name: MessageName]> = [
  ['g1', 'G1'],
  ['g2', 'G2'],
];

type Complaint = string | undefined;

const unless = (isRight: boolean, what: string): Complaint => (isRight ? undefined : what);

const messagesAreThere = (session: TrueSession, { sightings }: ConnectionRead): ReadonlyArray<Complaint> =>
  [...LABELS, ...(session.derivable ? GROUP_LABELS : [])].map(([label, name]) => {
    const ours = sightings.filter((seen) => seen.name === name).map(({ frame }) => frame);
    const theirs = framesOf(session, label);
    return unless(`${ours}` === `${theirs}`, `${name} in ${ours}, not in ${theirs}`);
  });

const noncesAreRight = ({ anonce, snonce }: TrueSession, { sightings }: ConnectionRead): ReadonlyArray<Complaint> =>
  sightings.map(({ name, nonce, frame }) => {
    if (name === 'M1' || name === 'M3') return unless(nonce === anonce, `nonce in ${frame}`);
    return name === 'M2' ? unless(nonce === snonce, `nonce in ${frame}`) : undefined;
  });

/** A MIC is right; that of a message that came before any nonce of the access point's is not judged. */
const micsAreRight = (session: TrueSession, { sightings }: ConnectionRead): ReadonlyArray<Complaint> => {
  const firstNonce = Math.min(...['m1', 'm3'].flatMap((label) => framesOf(session, label)));
  return sightings
    .filter(({ name }) => name !== 'M1')
    .map(({ frame, name, mic }) => {
      if (session.outcome === 'wrong_psk') return unless(mic === 'invalid' || mic === 'unchecked', `${name} ${frame}: ${mic}`);
      const isTooEarly = name === 'M4' && frame < firstNonce;
      return unless(mic === 'valid' || !session.derivable || isTooEarly, `${name} ${frame}: ${mic}`);
    });
};

const keysAreRight = (session: TrueSession, { tks, groupKeys }: ConnectionRead): ReadonlyArray<Complaint> => {
  const { derivable, gtk_recoverable, outcome, tk, gtks, igtk } = session;
  const isPossible = outcome !== 'wrong_psk' && derivable;
  const shown = groupKeys.filter(({ purpose }) => purpose === 'gtk').map(({ index, key }) => `${index} ${key}`);
  const captured = gtks.filter(({ via }) => wasCaptured(session, via) && (via === 'm3' ? gtk_recoverable : derivable));
  const igtks = groupKeys.filter(({ purpose }) => purpose === 'igtk').map(({ key }) => key);
  const expectsIgtk = igtk !== undefined && gtk_recoverable;
  return [
    unless(`${tks}` === (isPossible ? tk : ''), `TK ${tks}`),
    unless(`${[...new Set(shown)]}` === `${captured.map(({ keyid, gtk }) => `${keyid} ${gtk}`)}`, `GTK ${shown}`),
    unless(expectsIgtk ? igtks.includes(igtk) : igtks.every((key) => key === igtk), `IGTK ${igtks}`),
  ];
};

const ENDS = ['disassoc', 'deauth'];

const endIsRight = (session: TrueSession, { explanation: { disconnect } }: ConnectionRead): ReadonlyArray<Complaint> => {
  const { reason, end_by, derivable, igtk } = session;
  const [end] = ENDS.flatMap((label) => framesOf(session, label));
  if (end === undefined) return [unless(disconnect === null, `end ${disconnect?.code}`)];
  const isSealed = igtk !== undefined && session.outcome === 'completed';
  const code = isSealed && !derivable ? null : reason;
  return [
    unless(disconnect?.frame === end, `end in ${disconnect?.frame}, not in ${end}`),
    unless(disconnect?.code === code, `reason ${disconnect?.code}, not ${code}`),
    unless(disconnect?.by === (end_by === 'sta' ? 'station' : 'ap'), `end by ${disconnect?.by}`),
  ];
};

/** A message 2 is proof of another key where the message 1 it answers was captured. */
const isProof = ({ sightings }: ConnectionRead): boolean =>
  sightings.some(
    ({ name, counter }) => name === 'M2' && sightings.some((each) => each.name === 'M1' && each.counter === counter),
  );

/** An access point that repeats message 3 has not got the keys yet, whatever the station sends under them. */
const isSeenThrough = (session: TrueSession): boolean => {
  const [third, fourth] = [framesOf(session, 'm3'), framesOf(session, 'm4')];
  if ((fourth.at(-1) ?? 0) > (third.at(-1) ?? 0)) return true;
  return session.derivable && third.length === 1 && wasCaptured(session, 'data');
};

/** What the frames that were captured suffice for; a frame that is missing from the capture is a gap and no failure. */
const outcomeIsRight = (session: TrueSession, connection: ConnectionRead): ReadonlyArray<Complaint> => {
  const { explanation } = connection;
  const { outcome, cause, passphrase, step } = explanation;
  const shown = `${outcome} ${step} ${cause} ${passphrase}`;
  if (session.outcome === 'completed') {
    return [
      unless(outcome === 'authorized' || (!isSeenThrough(session) && outcome !== 'failed'), shown),
      unless(passphrase === 'right' || !session.derivable, shown),
      unless(passphrase !== 'wrong' && passphrase !== 'likelyWrong', shown),
    ];
  }
  if (session.outcome === 'wrong_psk') {
    return [
      unless(outcome !== 'authorized' && passphrase !== 'right' && passphrase !== 'excluded', shown),
      unless(!(isProof(connection) && wasCaptured(session, 'deauth')) || shown === 'failed fourWay wrongPassphrase wrong', shown),
    ];
  }
  const hasLeft = wasCaptured(session, 'disassoc');
  // A request that nothing in the capture answers, while the access point goes on being heard, is taken to have failed.
  const isUnanswered = wasCaptured(session, 'assoc_req') && !wasCaptured(session, 'assoc_resp') && !wasCaptured(session, 'm1');
  return [
    unless(outcome !== 'authorized' && (outcome !== 'failed' || isUnanswered), shown),
    unless(!hasLeft || `${outcome} ${cause}` === 'interrupted stationLeft', shown),
    unless(passphrase !== 'wrong' && passphrase !== 'likelyWrong', shown),
  ];
};

/** All that is not as the generator has it; nothing, if everything is. */
export const complaintsAbout = (session: TrueSession, connection: ConnectionRead): ReadonlyArray<string> =>
  [
    unless(connection.explanation.ap === session.bssid, `with ${connection.explanation.ap}`),
    ...messagesAreThere(session, connection),
    ...noncesAreRight(session, connection),
    ...micsAreRight(session, connection),
    ...keysAreRight(session, connection),
    ...endIsRight(session, connection),
    ...outcomeIsRight(session, connection),
  ].filter((each) => each !== undefined);
