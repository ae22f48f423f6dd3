export const FILE_HEADER = 24;
export const RECORD_HEADER = 16;
const SECTION = 0x0a0d0d0a;
const LEAST_BLOCK = 12;

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export const isPcapng = (capture: Uint8Array): boolean =>
  capture.length >= LEAST_BLOCK && viewOf(capture).getUint32(0) === SECTION;

/** Where the records of a capture, or its blocks, begin; as far as its lengths are to be trusted. Little-endian, as the seeds are. */
export const beginnings = (capture: Uint8Array): ReadonlyArray<number> => {
  const view = viewOf(capture);
  const isBlocks = isPcapng(capture);
  const [header, lengthAt, more] = isBlocks ? [LEAST_BLOCK, 4, 0] : [RECORD_HEADER, 8, RECORD_HEADER];
  const starts: number[] = [];
  for (let at = isBlocks ? 0 : FILE_HEADER; at + header <= capture.length; ) {
    starts.push(at);
    const size = view.getUint32(at + lengthAt, true) + more;
    if (size < header) break;
    at += size;
  }
  return starts;
};

export const joined = (parts: ReadonlyArray<Uint8Array>): Uint8Array => {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};

export interface Pieces {
  readonly head: Uint8Array;
  readonly records: ReadonlyArray<Uint8Array>;
}

/** The blocks in front of a pcapng's packets are records too, and its section header unless that belongs to the head. */
export const piecesOf = (capture: Uint8Array, keepsHeader: boolean): Pieces => {
  const starts = beginnings(capture).slice(keepsHeader ? 1 : 0);
  return {
    head: capture.subarray(0, starts[0] ?? capture.length),
    records: starts.map((start, at) => capture.subarray(start, starts[at + 1] ?? capture.length)),
  };
};
