import { type AirEvent, createEar, type EarOptions, type RecordBatch } from '../../../streams/air/index.js';
import { type CapturedFrame, readCapture } from '../../support/pcap.js';

/** Frames as a reader of captures delivers them, with a few octets of something else between them. */
export const batchOf = (frames: ReadonlyArray<CapturedFrame>, lost = 0): RecordBatch => {
  const gap = 16;
  const size = frames.reduce((sum, { bytes }) => sum + gap + bytes.length, gap);
  const [bytes, starts, ends] = [new Uint8Array(size).fill(0xa5), new Uint32Array(frames.length), new Uint32Array(frames.length)];
  let at = gap;
  for (const [index, frame] of frames.entries()) {
    bytes.set(frame.bytes, at);
    starts[index] = at;
    ends[index] = at + frame.bytes.length;
    at += frame.bytes.length + gap;
  }
  const times = Float64Array.from(frames, ({ time }) => Math.round(time * 1e6));
  const linkTypes = Uint16Array.from(frames, ({ linkType }) => linkType);
  return { bytes, count: frames.length, first: frames[0]?.number ?? 1, starts, ends, times, linkTypes, lost };
};

const withOwnBytes = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return value.slice();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withOwnBytes(inner)]));
};

/** An event with bytes of its own. */
export const kept = (event: AirEvent): AirEvent => withOwnBytes(event) as AirEvent;

export const watchingAll: EarOptions = { isWatched: () => true };

/** What an ear tells of some frames that follow each other. */
export const hearFrames = (
  frames: ReadonlyArray<CapturedFrame>,
  options: EarOptions = watchingAll,
  chunk = 1000,
): ReadonlyArray<AirEvent> => {
  const ear = createEar(options);
  const events: AirEvent[] = [];
  for (let at = 0; at < frames.length; at += chunk) {
    ear.hear(batchOf(frames.slice(at, at + chunk)), (event) => events.push(kept(event)));
  }
  return events;
};

export const hearFile = (file: Uint8Array, options?: EarOptions, chunk?: number): ReadonlyArray<AirEvent> =>
  hearFrames([...readCapture(file)], options, chunk);

/** Without what tells of acknowledgements. */
export const saidIn = (events: ReadonlyArray<AirEvent>): ReadonlyArray<AirEvent> =>
  events.filter(({ kind }) => kind !== 'acknowledgement');

/** One frame after the other, a millisecond apart. */
export const captured = (linkType: number, ...frames: ReadonlyArray<Uint8Array>): ReadonlyArray<CapturedFrame> =>
  frames.map((bytes, index) => ({ number: index + 1, time: 1000 + index / 1000, linkType, bytes }));
