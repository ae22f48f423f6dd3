import { type Either, left, map, mapLeft, right } from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { AirBatch, Credential } from '../../../operators/core/index.js';
import type { Damage } from '../../capture/Capture.js';
import { readSecretsBlock } from '../../capture/credentials/index.js';
import { readLogEvents, recogniseLog } from '../../capture/logs/index.js';
import { openCapture } from '../../capture/openCapture.js';
import type { ByteSource } from '../../event-log/ByteSource.js';
import type { Io } from '../Io.js';

/** A capture or a log, opened, to be pulled through once. */
export interface Input {
  readonly batches: Iterable<AirBatch>;
  /** What it brings along itself, as far as its beginning tells. */
  readonly credentials: ReadonlyArray<Credential>;
  readonly size: number | undefined;
  octets(): number;
  damages(): ReadonlyArray<Damage>;
  damageCount(): number;
}

const ENOUGH_TO_TELL = 65_536;

/** How a source begins, and the source as if nobody had looked. */
const peeked = (source: ByteSource): readonly [Uint8Array, ByteSource] => {
  const buffer = new Uint8Array(ENOUGH_TO_TELL);
  let end = 0;
  for (let size = source.read(buffer); size > 0; size = end < buffer.length ? source.read(buffer.subarray(end)) : 0) end += size;
  const beginning = buffer.subarray(0, end);
  let at = 0;
  const read = (into: Uint8Array): number => {
    if (at === end) return source.read(into);
    const held = beginning.subarray(at, at + into.length);
    into.set(held);
    at += held.length;
    return held.length;
  };
  return [beginning, { ...source, read }];
};

/** Pulls the first batch at once: what a capture brings along for its decryption stands before it. */
const begun = (batches: Iterable<AirBatch>): Iterable<AirBatch> => {
  const iterator = batches[Symbol.iterator]();
  let first: IteratorResult<AirBatch> | undefined = iterator.next();
  return {
    [Symbol.iterator]: () => ({
      next: () => {
        const next = first ?? iterator.next();
        first = undefined;
        return next;
      },
      return: () => iterator.return?.() ?? { done: true, value: undefined },
    }),
  };
};

/** A log that was written with its keys (`-K`) shows them somewhere: it is read once for them, if it can be read twice. */
const keysIn = (path: string, io: Pick<Io, 'open'>): ReadonlyArray<Credential> => {
  const source = path === '-' ? undefined : io.open(path);
  if (source?._tag !== 'Right') return [];
  const credentials: Credential[] = [];
  for (const _ of readLogEvents(source.right, { onCredential: (credential) => credentials.push(credential) }));
  return credentials;
};

const openAsLog = (source: ByteSource, credentials: ReadonlyArray<Credential>): Input => {
  let octets = 0;
  const read = (into: Uint8Array): number => {
    const size = source.read(into);
    octets += size;
    return size;
  };
  return {
    batches: readLogEvents({ ...source, read }),
    credentials,
    size: source.size,
    octets: () => octets,
    damages: () => [],
    damageCount: () => 0,
  };
};

const openAsCapture = (source: ByteSource): Either<string, Input> =>
  pipe(
    openCapture(source),
    mapLeft(({ message }) => message),
    map((capture) => {
      const batches = begun(capture.batches());
      return {
        batches,
        credentials: capture.secrets.flatMap((secrets) => readSecretsBlock(secrets, 'a decryption secrets block').credentials),
        size: source.size,
        octets: () => capture.offset,
        damages: () => capture.damages,
        damageCount: () => capture.damageCount,
      };
    }),
  );

/** Opens whatever `explain` can read; its content tells what it is. What is wrong with it comes back as a sentence. */
export const openInput = (path: string, io: Pick<Io, 'open'>): Either<string, Input> => {
  const opened = io.open(path);
  if (opened._tag === 'Left') return left(opened.left);
  const [beginning, source] = peeked(opened.right);
  if (recogniseLog(beginning) !== undefined) return right(openAsLog(source, keysIn(path, io)));
  return pipe(
    openAsCapture(source),
    mapLeft((message) => `cannot read ${path === '-' ? 'standard input' : path}: ${message}`),
  );
};
