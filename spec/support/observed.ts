import { nodeCrypto } from '../../adapters/crypto/index.js';
import { type Connection, createObserver, type ObserverOptions } from '../../operators/core/shadow/index.js';
import { type AirEvent, createEar, type Mac48, mac48At, type RecordBatch } from '../../streams/air/index.js';
import { hex } from '../streams/frames/hex.js';
import { type CapturedFrame, readCapture } from './pcap.js';

const batchOf = (frames: ReadonlyArray<CapturedFrame>): RecordBatch => {
  const size = frames.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const batch = {
    bytes: new Uint8Array(size),
    count: frames.length,
    first: frames[0]?.number ?? 1,
    starts: new Uint32Array(frames.length),
    ends: new Uint32Array(frames.length),
    times: new Float64Array(frames.length),
    linkTypes: new Uint16Array(frames.length),
    lost: 0,
  };
  let at = 0;
  for (const [i, { bytes, time, linkType }] of frames.entries()) {
    batch.bytes.set(bytes, at);
    batch.starts[i] = at;
    at += bytes.length;
    batch.ends[i] = at;
    batch.times[i] = Math.round(time * 1e6);
    batch.linkTypes[i] = linkType;
  }
  return batch;
};

const BATCH = 256;

/** The frames of a capture file in batches, as a reader of captures hands them out. */
export const batchesOf = (file: Uint8Array, size = BATCH): ReadonlyArray<RecordBatch> => {
  const frames = [...readCapture(file)];
  return Array.from({ length: Math.ceil(frames.length / size) }, (_, i) => batchOf(frames.slice(i * size, (i + 1) * size)));
};

type Given = Partial<Omit<ObserverOptions, 'crypto'>>;

/** The connections of a capture, heard and observed as the product does; `tell` sees every event on its way. */
export const connectionsIn = (
  file: Uint8Array,
  given: Given = {},
  { size = BATCH, tell = (_: AirEvent) => {} } = {},
): ReadonlyArray<Connection> => {
  const observer = createObserver({ crypto: nodeCrypto, credentials: [], ...given, lastHeard: (ap) => ear.lastHeard(ap) });
  const ear = createEar({ isWatched: observer.isWatched });
  const connections: Connection[] = [];
  let mark = { frame: 0, time: 0 };
  for (const batch of batchesOf(file, size)) {
    ear.hear(batch, (event) => {
      tell(event);
      observer.take(event);
    });
    mark = { frame: batch.first + batch.count - 1, time: batch.times[batch.count - 1] ?? 0 };
    observer.reach(mark);
    connections.push(...observer.ended());
  }
  observer.finish(mark);
  connections.push(...observer.ended());
  return connections.sort((a, b) => a.began.frame - b.began.frame);
};

/** All that can be heard in a capture file, each event with bytes of its own. */
export const eventsIn = (file: Uint8Array): ReadonlyArray<AirEvent> => {
  const events: AirEvent[] = [];
  const ear = createEar({ isWatched: () => true });
  for (const batch of batchesOf(file)) ear.hear(batch, (event) => events.push(structuredClone(event)));
  return events;
};

/** The connections of a list of events. */
export const connectionsOf = (events: ReadonlyArray<AirEvent>, given: Given = {}): ReadonlyArray<Connection> => {
  const observer = createObserver({ crypto: nodeCrypto, credentials: [], ...given });
  for (const event of events) observer.take(event);
  observer.finish(events.at(-1) ?? { frame: 0, time: 0 });
  return observer.ended();
};

/** An address as a number, from what a person writes. */
export const mac = (text: string): Mac48 => mac48At(hex(text.replaceAll(':', '')), 0);
