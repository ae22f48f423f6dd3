/**
 * Frames of a capture as they lie in a buffer, without an object for each. It is good until the next one is pulled.
 *
 * @since 0.2.0
 */
export interface RecordBatch {
  readonly bytes: Uint8Array;
  readonly count: number;
  /** The number of the first frame, counted from 1 through the whole capture. */
  readonly first: number;
  /** Where each frame's octets begin and end in `bytes`; only the first `count` of each array count. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** Microseconds since 1970. */
  readonly times: Float64Array;
  /** The `LINKTYPE_` numbers of tcpdump.org. */
  readonly linkTypes: Uint16Array;
  /** Frames the capture says were lost right before this batch. */
  readonly lost: number;
}
