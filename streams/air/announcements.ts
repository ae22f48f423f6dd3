import { BEACON_FIELDS, saysTheSame, whatMatters } from './announced.js';
import type { Hearing } from './Hearing.js';
import { mac48At } from './Mac48.js';
import type { Memory } from './Memory.js';
import { ADDRESS3_AT } from './macHeader.js';

/**
 * A beacon or probe response is told of if it is the first of its access point, or says something else than the last. The two are
 * compared each with their own kind: an access point that hides its name tells it in probe responses only.
 */
export const takeAnnouncement = (memory: Memory, hearing: Hearing, isProbeResponse: boolean): void => {
  const { accessPoints } = memory;
  const { bytes, body, frame, time } = hearing;
  const at = hearing.start + ADDRESS3_AT;
  const slot = accessPoints.hear(hearing, at);
  if (!isProbeResponse) accessPoints.beacon(slot, time);
  if (hearing.end - body < BEACON_FIELDS) return;
  const remembered = isProbeResponse ? accessPoints.probeResponses : accessPoints.beacons;
  const last = remembered[slot];
  if (last !== undefined && saysTheSame(bytes, body, hearing.end, last)) return;
  memory.trim(hearing);
  remembered[slot] = whatMatters(bytes, body, hearing.end);
  const ap = mac48At(bytes, at);
  hearing.tell({ kind: 'announcement', frame, time, ap, isProbeResponse, body: bytes.subarray(body, hearing.end) });
};
