import type { MicCheck } from '../../operators/core/shadow/index.js';
import type { AirEvent } from '../../streams/air/index.js';
import type { CaptureRead, Sighting } from './captureReading.js';
import { pairOf } from './captureReading.js';
import { oracleOf } from './captures.js';

export interface OracleFrame {
  readonly no: number;
  readonly sa?: string;
  readonly da?: string;
  readonly retry?: boolean;
  readonly protected?: boolean;
}

export interface OracleEapol extends OracleFrame {
  readonly type: number;
  readonly descriptor?: number;
  readonly msg?: string | null;
  readonly key_info?: string | null;
  readonly replay?: number;
  readonly nonce?: string | null;
  readonly mic?: string | null;
  readonly key_data?: string | null;
}

interface OracleEap extends OracleFrame {
  readonly code: number;
  readonly id: number;
  readonly type: number | null;
  readonly info: string;
}

interface OracleManagement extends OracleFrame {
  readonly kind: string;
  readonly auth_alg?: number;
  readonly auth_seq?: number;
  readonly status?: number;
  readonly reason?: number;
}

interface OracleMic {
  readonly no: number;
  readonly mic_valid: boolean | null;
  readonly kek?: string;
  readonly tk?: string;
  readonly key_data_plain?: string;
  readonly kdes?: {
    readonly gtk?: ReadonlyArray<{ readonly gtk: string; readonly keyid: number }>;
    readonly igtk?: { readonly igtk: string; readonly keyid: number };
  };
}

type Counted = Readonly<Record<string, number>>;

export interface CaptureOracle {
  readonly frames: number;
  readonly link_type: string;
  readonly eapol: ReadonlyArray<OracleEapol>;
  readonly eap: ReadonlyArray<OracleEap>;
  readonly mgmt: ReadonlyArray<OracleManagement>;
  readonly own_mic_check: ReadonlyArray<OracleMic>;
  readonly own_pmkid_check: ReadonlyArray<{ readonly no: number; readonly valid: boolean }>;
  readonly decryption: {
    readonly decrypted_frames?: number;
    readonly keys?: { readonly tk?: Counted; readonly gtk?: Counted; readonly gtk_kde?: Counted };
    readonly eapol_only_visible_after_decryption?: ReadonlyArray<OracleEapol>;
    readonly mgmt_decrypted?: ReadonlyArray<OracleManagement>;
  };
}

/** What independent analysers say of a capture; what one of them was not asked is empty. */
export const captureOracle = (name: string): CaptureOracle => {
  const given = oracleOf(name) as Partial<CaptureOracle> & Pick<CaptureOracle, 'frames' | 'link_type'>;
  return { ...given, ...empty, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)) };
};

const empty = { eapol: [], eap: [], mgmt: [], own_mic_check: [], own_pmkid_check: [], decryption: {} };

const KEY_FRAME = 3;

/** All EAPOL-Key packets of a capture, those that only a key opens among them. */
export const keyFramesOf = ({ eapol, decryption }: CaptureOracle, hasKeys: boolean): ReadonlyArray<OracleEapol> =>
  [...eapol, ...(hasKeys ? (decryption.eapol_only_visible_after_decryption ?? []) : [])]
    .filter(({ type }) => type === KEY_FRAME)
    .sort((a, b) => a.no - b.no);

/** Whether a frame is one more copy of an earlier one that was taken: the retry bit is set, and all that was said is the same. */
const isRetryOf =
  <A extends OracleFrame>(all: ReadonlyArray<A>, taken: (no: number) => boolean, same: ReadonlyArray<keyof A>) =>
  (frame: A): boolean =>
    frame.retry === true &&
    all.some((earlier) => earlier.no < frame.no && taken(earlier.no) && same.every((field) => earlier[field] === frame[field]));

interface Compared {
  readonly differences: ReadonlyArray<string>;
  readonly retries: ReadonlyArray<number>;
}

const sightingsIn = ({ connections }: CaptureRead): ReadonlyMap<number, Sighting> =>
  new Map(connections.flatMap(({ sightings }) => sightings.map((each) => [each.frame, each] as const)));

/** Message, replay counter, nonce and protection of every EAPOL-Key packet. */
export const compareMessages = (oracle: CaptureOracle, read: CaptureRead, hasKeys: boolean): Compared => {
  const seen = sightingsIn(read);
  const expected = keyFramesOf(oracle, hasKeys);
  const isRetry = isRetryOf(expected, (no) => seen.has(no), ['sa', 'msg', 'replay', 'nonce', 'mic', 'key_data']);
  const missing = expected.filter(({ no }) => !seen.has(no));
  const listed = new Set(expected.map(({ no }) => no));
  const wrong = expected.flatMap(({ no, msg, replay, nonce, protected: isProtected }) => {
    const ours = seen.get(no);
    if (ours === undefined) return [];
    const theirs = { msg: ours.name, replay: `${ours.counter}`, nonce: ours.nonce, protected: ours.isProtected };
    return Object.entries({ msg, replay: `${replay}`, nonce, protected: isProtected }).flatMap(([field, value]) =>
      value === theirs[field as keyof typeof theirs]
        ? []
        : [`${no}: ${field} ${value}, here ${theirs[field as keyof typeof theirs]}`],
    );
  });
  return {
    retries: missing.filter(isRetry).map(({ no }) => no),
    differences: [
      ...missing.filter((frame) => !isRetry(frame)).map(({ no, msg }) => `${no}: ${msg ?? 'EAPOL-Key'}, here no message`),
      ...[...seen.values()].filter(({ frame }) => !listed.has(frame)).map(({ frame, name }) => `${frame}: here ${name}`),
      ...wrong,
    ],
  };
};

/** The verdict on every MIC that another check has judged. */
export const compareMics = ({ own_mic_check }: CaptureOracle, read: CaptureRead): ReadonlyArray<string> => {
  const seen = sightingsIn(read);
  const judged = own_mic_check.filter(({ mic_valid }) => mic_valid !== null);
  const expected = new Map(judged.map(({ no, mic_valid }) => [no, mic_valid ? 'valid' : 'invalid'] as const));
  const differing = judged.flatMap(({ no }) => {
    const ours: MicCheck | undefined = seen.get(no)?.mic;
    return ours === expected.get(no) ? [] : [`${no}: MIC ${expected.get(no)}, here ${ours}`];
  });
  const unheard = [...seen.values()].filter(({ frame, mic }) => mic === 'invalid' && !expected.has(frame));
  return [...differing, ...unheard.map(({ frame }) => `${frame}: here MIC invalid`)];
};

const EAP_PACKET = 0;
const EAP_HEADER = 4;

const eapHeard = (events: ReadonlyArray<AirEvent>): ReadonlyMap<number, Uint8Array> =>
  new Map(
    events.flatMap((event) =>
      event.kind === 'eapol' && event.packet[1] === EAP_PACKET && event.packet.length > EAP_HEADER
        ? [[event.frame, event.packet.subarray(EAP_HEADER)] as const]
        : [],
    ),
  );

/** Code, identifier and type of every EAP packet in the clear. */
export const compareEap = (oracle: CaptureOracle, { events }: CaptureRead): Compared => {
  const heard = eapHeard(events);
  const retries = new Set(oracle.eapol.filter(({ retry }) => retry === true).map(({ no }) => no));
  const eap = oracle.eap.map((packet) => ({ ...packet, retry: retries.has(packet.no) }));
  const isRetry = isRetryOf(eap, (no) => heard.has(no), ['sa', 'code', 'id', 'type', 'info']);
  const missing = eap.filter(({ no }) => !heard.has(no));
  const listed = new Set(eap.map(({ no }) => no));
  const wrong = eap.filter(({ no, code, id, type }) => {
    const ours = heard.get(no);
    return ours !== undefined && !(ours[0] === code && ours[1] === id && (type === null || type === -1 || ours[4] === type));
  });
  return {
    retries: missing.filter(isRetry).map(({ no }) => no),
    differences: [
      ...missing.filter((frame) => !isRetry(frame)).map(({ no, info }) => `${no}: EAP ${info}, here none`),
      ...[...heard.keys()].filter((frame) => !listed.has(frame)).map((frame) => `${frame}: here EAP`),
      ...wrong.map(({ no, info }) => `${no}: EAP ${info}, here another`),
    ],
  };
};

const FAREWELLS = new Set(['deauth', 'disassoc']);

/** What connections have of the frames that open and end them: algorithm, transaction, status, reason. */
export const compareManagement = (
  { mgmt, decryption }: CaptureOracle,
  { connections }: CaptureRead,
  hasKeys: boolean,
): Compared => {
  const opened = new Map((hasKeys ? (decryption.mgmt_decrypted ?? []) : []).map((frame) => [frame.no, frame]));
  const all = mgmt.map((frame) => opened.get(frame.no) ?? frame);
  const ours = new Map<number, string>();
  for (const { authentications, associated, farewells } of connections) {
    for (const { frame, algorithm, transaction, status } of authentications)
      ours.set(frame, `auth ${algorithm} ${transaction} ${status}`);
    if (associated !== undefined) ours.set(associated.frame, `answer ${associated.status}`);
    for (const { frame, reason } of farewells) ours.set(frame, `farewell ${reason}`);
  }
  const theirs = ({ kind, auth_alg, auth_seq, status, reason }: OracleManagement): string | undefined => {
    if (kind === 'auth') return `auth ${auth_alg} ${auth_seq} ${status}`;
    if (kind.endsWith('resp')) return `answer ${status}`;
    return FAREWELLS.has(kind) ? `farewell ${reason}` : undefined;
  };
  const isOfConnection = ({ no, sa = '', da = '' }: OracleManagement): boolean =>
    connections.some(
      ({ explanation: { station, ap, began, ended } }) =>
        pairOf(station, ap) === pairOf(sa, da) && began.frame <= no && no <= ended.frame,
    );
  const relevant = all.filter((frame) => theirs(frame) !== undefined && isOfConnection(frame));
  const isRetry = isRetryOf(relevant, (no) => ours.has(no), ['sa', 'kind', 'auth_alg', 'auth_seq', 'status', 'reason']);
  const differing = relevant.filter((frame) => ours.get(frame.no) !== theirs(frame));
  return {
    retries: differing.filter((frame) => !ours.has(frame.no) && isRetry(frame)).map(({ no }) => no),
    differences: differing
      .filter((frame) => ours.has(frame.no) || !isRetry(frame))
      .map((frame) => `${frame.no}: ${theirs(frame)}, here ${ours.get(frame.no) ?? 'none'}`),
  };
};
