import {
  type AirEvent,
  BROADCAST,
  bytesOfMac48,
  createEar,
  type Mac48,
  type Mark,
  mac48At,
  type RecordBatch,
} from '../../../streams/air/index.js';
import { type MacAddress, macToBytes } from '../../../streams/events/index.js';
import type { Crypto } from '../crypto/index.js';
import { type Connection, type Credential, createObserver, type ObserverOptions } from '../shadow/index.js';
import { ssidText } from './json/ssidText.js';

/** Frames as they lie in a buffer, or the events of a log that was read as text. */
export type AirBatch = RecordBatch | ReadonlyArray<AirEvent>;

/** Which connections are wanted. */
export interface Wanted {
  readonly station?: MacAddress;
  readonly ap?: MacAddress;
  /** As the explanation shows it. */
  readonly ssid?: string;
  /** Microseconds since 1970: connections that ended earlier are left out. */
  readonly since?: number;
}

export interface CaptureOptions extends Wanted, Pick<ObserverOptions, 'timeouts' | 'mostOpen' | 'isTaped'> {
  readonly crypto: Crypto;
  readonly credentials?: ReadonlyArray<Credential>;
  /**
   * Whether connections are read as they end, and not in the order in which they began. What is made of them is in that order all the
   * same; but less is in memory meanwhile.
   */
  readonly readsAtOnce?: boolean;
  /** One of several workers looks after one share of the stations. */
  readonly share?: { readonly index: number; readonly count: number };
}

/** Reads a capture batch by batch, without a stream: what a worker runs. */
export interface ConnectionReader<A> {
  take(batch: AirBatch): ReadonlyArray<A>;
  /** The capture ends here, and with it whatever is open. */
  finish(): ReadonlyArray<A>;
  /** Destroys the keys of what was never asked for. */
  release(): void;
}

const isRecords = (batch: AirBatch): batch is RecordBatch => 'linkTypes' in batch;

const numberOf = (address: MacAddress | undefined): Mac48 | undefined =>
  address === undefined ? undefined : mac48At(macToBytes(address), 0);

/** Addresses are given out in sequence, so their digits are mixed before they are divided (Knuth's multiplicative hash). */
const shareOf = (station: Mac48, count: number): number => {
  const bytes = bytesOfMac48(station);
  let mixed = 0;
  for (const byte of bytes) mixed = Math.imul(mixed ^ byte, 0x9e3779b1);
  return ((mixed >>> 16) ^ (mixed & 0xffff)) % count;
};

/** Whether a station is looked after here. */
const ownership = ({ station, share }: CaptureOptions): ((station: Mac48) => boolean) | undefined => {
  const only = numberOf(station);
  if (only === undefined && share === undefined) return undefined;
  return (each) => (only === undefined || each === only) && (share === undefined || shareOf(each, share.count) === share.index);
};

const wanted = ({ ap, ssid, since }: Wanted): ((connection: Connection) => boolean) => {
  const at = numberOf(ap);
  return (connection) =>
    (at === undefined || connection.ap === at) &&
    (ssid === undefined || (connection.ssid !== undefined && ssidText(connection.ssid) === ssid)) &&
    (since === undefined || connection.ended.time >= since);
};

/** The secrets of a connection are copies, for whoever has it to destroy. */
const destroy = ({ handshakes, groupKeys, eap, tape }: Connection): void => {
  tape?.pmk?.zeroise();
  for (const { tk } of handshakes) tk?.zeroise();
  for (const { key } of groupKeys) key.zeroise();
  eap?.identity?.zeroise();
  eap?.msk?.zeroise();
};

/** What was made of a connection, and what decides where that has its place. */
interface Made<A> extends Pick<Connection, 'began' | 'station'> {
  readonly of: A;
}

type Placed = Pick<Connection, 'began' | 'station'>;

const byBeginning = (a: Placed, b: Placed): number => a.began.frame - b.began.frame || a.station - b.station;

const lastOf = (batch: AirBatch): Mark | undefined => {
  if (!isRecords(batch)) return batch.at(-1);
  const { count, first, times } = batch;
  return count === 0 ? undefined : { frame: first + count - 1, time: times[count - 1] ?? 0 };
};

/** What is said to all, and to nobody in particular, is everybody's. */
const concerns = (event: AirEvent, isOurs: (station: Mac48) => boolean): boolean =>
  !('station' in event) || event.station === BROADCAST || isOurs(event.station);

/**
 * Reads a capture, and makes something of each connection that ended. What is made must not hold on to the connection: its keys are
 * destroyed right afterwards.
 *
 * @param read is also given how many connections came before
 */
export const readConnections = <A>(
  options: CaptureOptions,
  read: (connection: Connection, nth: number) => A,
): ConnectionReader<A> => {
  const { crypto, credentials = [], timeouts, mostOpen, isTaped = false, readsAtOnce = false } = options;
  const isOurs = ownership(options);
  const isWanted = wanted(options);
  let made: Made<A>[] = [];
  let nth = 0;
  let isReleased = false;

  const readOne = (connection: Connection): void => {
    const { began, station } = connection;
    if (!isReleased && isWanted(connection)) made.push({ began, station, of: read(connection, nth++) });
    destroy(connection);
  };

  const observer = createObserver({
    ...{ crypto, credentials, isTaped, lastHeard: (ap) => ear.lastHeard(ap) },
    ...(timeouts && { timeouts }),
    ...(mostOpen !== undefined && { mostOpen }),
    ...(readsAtOnce && { handOut: readOne }),
  });
  const isWatched = (station: Mac48, ap: Mac48): boolean => observer.isWatched(station, ap);
  const ear = createEar({ isWatched, ...(isOurs && { isOurs }) });
  const tell = (event: AirEvent): void => observer.take(event);
  let last: Mark = { frame: 0, time: 0 };
  let isFinished = false;

  const readEnded = (): ReadonlyArray<A> => {
    for (const connection of observer.ended().toSorted(byBeginning)) readOne(connection);
    const ended = made.sort(byBeginning).map(({ of }) => of);
    made = [];
    return ended;
  };

  return {
    take(batch) {
      if (isRecords(batch)) ear.hear(batch, tell);
      else for (const event of batch) if (isOurs === undefined || concerns(event, isOurs)) tell(event);
      last = lastOf(batch) ?? last;
      observer.reach(last);
      return readEnded();
    },
    finish() {
      if (isFinished) return [];
      isFinished = true;
      observer.finish(last);
      return readEnded();
    },
    release() {
      if (isFinished) return;
      isFinished = true;
      isReleased = true;
      observer.finish(last);
      readEnded();
    },
  };
};
