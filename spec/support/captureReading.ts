import { type DecryptionSecrets, openCapture, readSecretsBlock } from '../../adapters/capture/index.js';
import { bulkCrypto } from '../../adapters/crypto/bulkCrypto.js';
import { type ByteSource, bytesOf } from '../../adapters/event-log/index.js';
import type { Connection, Credential, MessageSeen, MicCheck } from '../../operators/core/shadow/index.js';
import { type Explanation, explainConnection, readConnections } from '../../operators/core/verdict/index.js';
import { type AirEvent, createEar, mac48ToAddress, type RecordBatch } from '../../streams/air/index.js';
import { Secret, toHex } from '../../streams/events/index.js';
import { hex } from '../streams/frames/hex.js';

export type MessageName = 'M1' | 'M2' | 'M3' | 'M4' | 'G1' | 'G2';

/** One sighting of a message of a handshake, in plain values. */
export interface Sighting {
  readonly frame: number;
  readonly name: MessageName;
  readonly counter: bigint;
  readonly nonce: string;
  readonly mic: MicCheck;
  readonly isProtected: boolean;
}

export interface GroupKeyRead {
  readonly purpose: 'gtk' | 'igtk' | 'bigtk';
  readonly index: number;
  readonly key: string;
}

/** What was made of a connection, with copies of all that is destroyed behind it. */
export interface ConnectionRead {
  readonly explanation: Explanation;
  readonly sightings: ReadonlyArray<Sighting>;
  readonly tks: ReadonlyArray<string>;
  readonly groupKeys: ReadonlyArray<GroupKeyRead>;
  readonly strays: ReadonlyArray<number>;
  readonly farewells: ReadonlyArray<{ readonly frame: number; readonly reason: number | undefined }>;
  /** Under which frame an association was answered, and how. */
  readonly associated: { readonly frame: number; readonly status: number | undefined } | undefined;
  readonly authentications: Connection['authentications'];
}

export interface CaptureRead {
  readonly frames: number;
  readonly connections: ReadonlyArray<ConnectionRead>;
  /** All that can be heard without a key, each event with bytes of its own. */
  readonly events: ReadonlyArray<AirEvent>;
  readonly damages: ReadonlyArray<{ readonly offset: number; readonly message: string }>;
}

const NAMES = ['M1', 'M2', 'M3', 'M4'] as const;
const GROUP_NAMES = ['G1', 'G2'] as const;

const sighting =
  (name: MessageName) =>
  ({ frame, counter, nonce, mic, isProtected }: MessageSeen): Sighting => ({
    ...{ frame, name, counter, nonce: toHex(nonce), mic, isProtected },
  });

const sightingsOf = ({ handshakes, groupHandshakes }: Connection): ReadonlyArray<Sighting> =>
  [
    ...handshakes.flatMap(({ messages }) => NAMES.flatMap((name, at) => messages[at]?.map(sighting(name)) ?? [])),
    ...groupHandshakes.flatMap(({ messages }) => GROUP_NAMES.flatMap((name, at) => messages[at]?.map(sighting(name)) ?? [])),
  ].sort((a, b) => a.frame - b.frame);

const hexOf = (secret: Secret): string => toHex(secret.reveal());

const readConnection = (connection: Connection): ConnectionRead => {
  const { handshakes, association, groupKeys, strays, farewells, authentications } = connection;
  const tks = [...handshakes.map(({ tk }) => tk), association?.tk].flatMap((tk) => (tk === undefined ? [] : [hexOf(tk)]));
  const response = association?.response;
  return {
    explanation: explainConnection(connection, { showSecrets: true }),
    sightings: sightingsOf(connection),
    tks: [...new Set(tks)],
    groupKeys: groupKeys.map(({ purpose, index, key }) => ({ purpose, index, key: hexOf(key) })),
    strays: strays.map(({ frame }) => frame),
    farewells: farewells.map(({ frame, reason }) => ({ frame, reason })),
    associated: response && { frame: response.frame, status: association?.status },
    authentications,
  };
};

const secretsIn = (secrets: ReadonlyArray<DecryptionSecrets>): ReadonlyArray<Credential> =>
  secrets.flatMap((each) => readSecretsBlock(each, 'the capture').credentials);

/**
 * The whole pipeline over a capture: reader, ear, observer, verdict.
 *
 * @param tell is given each connection as soon as it ended
 * @param listen is given each batch before it is taken
 * @returns what the reader says of the capture, and how many frames there were
 */
export const readThrough = (
  source: ByteSource,
  credentials: ReadonlyArray<Credential>,
  tell: (connection: ConnectionRead) => void,
  listen: (batch: RecordBatch) => void = () => {},
): Pick<CaptureRead, 'frames' | 'damages'> => {
  const opened = openCapture(source);
  if (opened._tag === 'Left') throw new Error(opened.left.message);
  const capture = opened.right;
  const batches = capture.batches()[Symbol.iterator]();
  // What a capture brings along for its decryption stands before its first batch.
  const first = batches.next();
  const given = [...credentials, ...secretsIn(capture.secrets)];
  const reader = readConnections({ crypto: bulkCrypto, credentials: given }, (connection) => tell(readConnection(connection)));
  let frames = 0;
  for (let next = first; next.done !== true; next = batches.next()) {
    frames += next.value.count;
    listen(next.value);
    reader.take(next.value);
  }
  reader.finish();
  return { frames, damages: capture.damages };
};

/** The bytes of an event are views of a batch, which is soon another. */
const kept = (event: AirEvent): AirEvent => {
  if ('packet' in event) return { ...event, packet: event.packet.slice() };
  return 'body' in event ? { ...event, body: event.body.slice() } : { ...event };
};

/** A capture that is in memory, read through, with all that was found kept. */
export const readingOf = (file: Uint8Array, credentials: ReadonlyArray<Credential> = []): CaptureRead => {
  const ear = createEar({ isWatched: () => false });
  const [events, connections]: [AirEvent[], ConnectionRead[]] = [[], []];
  const hear = (batch: RecordBatch): void => ear.hear(batch, (event) => events.push(kept(event)));
  const read = readThrough(bytesOf(file), credentials, (connection) => connections.push(connection), hear);
  return { ...read, connections, events };
};

const text = new TextEncoder();

/** A secret as lists of captures have it. */
export const credentialOf = ({
  type,
  value,
  ssid,
}: {
  readonly type: string;
  readonly value: string;
  readonly ssid?: string | null;
}): ReadonlyArray<Credential> => {
  const of = ssid ? { ssid: text.encode(ssid) } : {};
  if (type === 'passphrase') return [{ kind: 'passphrase', passphrase: Secret.of(text.encode(value)), ...of }];
  return type === 'pmk' ? [{ kind: 'pmk', pmk: Secret.of(hex(value)), ...of }] : [];
};

/** Station and access point, in whichever order two analysers name them. */
export const pairOf = (a: string, b: string): string => [a, b].toSorted().join(' ');

/** Who spoke with whom in an event. */
export const pairOfEvent = (event: AirEvent): string =>
  'station' in event ? pairOf(mac48ToAddress(event.station), mac48ToAddress(event.ap)) : '';
