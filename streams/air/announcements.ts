import { BEACON_FIELDS, saysTheSame, whatMatters } from './announced.js';
import type { Hearing } from './Hearing.js';
import type { Mac48 } from './Mac48.js';
import type { Memory } from './Memory.js';

/**
 * A beacon or probe response is told of if it is the first of its access point, or says something else than the last. The two are
 * compared each with their own kind: an access point that hides its name tells it in probe responses only.
 */
export const takeAnnouncement = (memory: Memory, hearing: Hearing, ap: Mac48, isProbeResponse: boolean): void => {
  const { accessPoints } = memory;
  const { bytes, body, frame, time } = hearing;
  const slot = accessPoints.hear(ap, frame, time);
  if (hearing.end - body < BEACON_FIELDS) return;
  const remembered = isProbeResponse ? accessPoints.probeResponses : accessPoints.beacons;
  const last = remembered[slot];
  if (last !== undefined && saysTheSame(bytes, body, hearing.end, last)) return;
  memory.trim(hearing);
  remembered[slot] = whatMatters(bytes, body, hearing.end);
  hearing.tell({ kind: 'announcement', frame, time, ap, isProbeResponse, body: bytes.subarray(body, hearing.end) });
};
