import type { AirEvent } from './AirEvent.js';
import type { LastHeard } from './accessPoints.js';
import { takeData } from './dataFrames.js';
import type { EarOptions } from './EarOptions.js';
import { createHearing, type Hearing } from './Hearing.js';
import { findFrame } from './link/findFrame.js';
import { Layer } from './link/Layer.js';
import type { Mac48 } from './Mac48.js';
import { createMemory, type Memory } from './Memory.js';
import {
  ADDRESS2_AT,
  ADDRESS3_AT,
  CONTROL,
  DATA,
  LEAST_CONTROL,
  LEAST_HEADER,
  MANAGEMENT,
  VERSION_AND_TYPE,
} from './macHeader.js';
import { takeManagement } from './management.js';
import type { RecordBatch } from './RecordBatch.js';
import { createWire } from './wire.js';

/**
 * Makes events of the records of a capture.
 *
 * @since 0.2.0
 */
export interface Ear {
  /** Tells at once of each frame that matters; the bytes of an event are good until the next. */
  hear(batch: RecordBatch, tell: (event: AirEvent) => void): void;
  /** The last sign of life of an access point: beacons count. */
  lastHeard(ap: Mac48): LastHeard | undefined;
}

/** An 802.11 frame: control frames that acknowledge nothing, and frames of a version or a type that nobody knows, end here. */
const takeAir = (memory: Memory, hearing: Hearing): void => {
  const { bytes, start, end } = hearing;
  const type = (bytes[start] ?? 0) & VERSION_AND_TYPE;
  const size = end - start;
  if (type === CONTROL && size >= LEAST_CONTROL) memory.acknowledgements.take(hearing);
  if (size < LEAST_HEADER) return;
  if (type === DATA) takeData(memory, hearing);
  else if (type === MANAGEMENT) takeManagement(memory, hearing);
};

/** The octets of a batch are gone when the next one is heard. A frame that says not who sent it was sent by nobody who is waited for. */
const keepSender = ({ start, sentBefore }: Hearing, bytes: Uint8Array, end: number): void => {
  sentBefore.fill(0);
  if (start + ADDRESS3_AT <= Math.min(end, bytes.length))
    sentBefore.set(bytes.subarray(start + ADDRESS2_AT, start + ADDRESS3_AT));
};

const tellOfLoss = ({ first, lost, times }: RecordBatch, tell: (event: AirEvent) => void): void => {
  if (lost > 0) tell({ kind: 'lost', frame: first, time: times[0] ?? 0, frames: lost });
};

/**
 * An ear for the records of one capture, in their order. Frames are looked at where they lie; only of those that matter an event is
 * made: announcements that are new, conversations of stations with access points, EAPOL, and encrypted frames where they are wanted.
 * What a transmitter repeated because it was not acknowledged is told of once. Any bytes are fine.
 *
 * @example
 * const ear = createEar({ isWatched: () => false });
 * const batch: RecordBatch = {
 *   ...{ bytes: Uint8Array.of(0xd4, 0, 0, 0), count: 1, first: 1, lost: 0 },
 *   ...{ starts: Uint32Array.of(0), ends: Uint32Array.of(4), times: Float64Array.of(0), linkTypes: Uint16Array.of(105) },
 * };
 * ear.hear(batch, (event) => event.kind); // an acknowledgement: nothing to tell
 *
 * @since 0.2.0
 */
export const createEar = (options: EarOptions): Ear => {
  const memory = createMemory(options);
  const hearing = createHearing();
  const takeWired = createWire(memory);

  return {
    hear(batch, tell) {
      const { bytes, count, first, starts, ends, times, linkTypes } = batch;
      tellOfLoss(batch, tell);
      hearing.tell = tell;
      hearing.before = -1;
      for (let index = 0; index < count; index += 1) {
        hearing.bytes = bytes;
        hearing.frame = first + index;
        hearing.first = hearing.frame;
        hearing.time = times[index] ?? 0;
        hearing.start = starts[index] ?? 0;
        hearing.end = Math.min(ends[index] ?? 0, bytes.length);
        hearing.rate = 0;
        hearing.isPadded = false;
        hearing.isTrimmed = false;
        const layer = findFrame(linkTypes[index] ?? 0, hearing);
        if (layer === Layer.AIR) takeAir(memory, hearing);
        else if (layer === Layer.WIRE) takeWired(hearing);
        else memory.acknowledgements.pass(hearing);
        hearing.before = hearing.start;
      }
      if (count > 0) keepSender(hearing, bytes, ends[count - 1] ?? 0);
    },
    lastHeard: (ap) => memory.accessPoints.lastHeard(ap),
  };
};
