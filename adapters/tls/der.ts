/** A value of DER (ITU-T X.690 10): its tag, what it holds, and all of it. */
export interface DerValue {
  readonly tag: number;
  readonly content: Uint8Array;
  readonly raw: Uint8Array;
}

export const DerTag = {
  BOOLEAN: 0x01,
  INTEGER: 0x02,
  BIT_STRING: 0x03,
  OCTET_STRING: 0x04,
  OBJECT_IDENTIFIER: 0x06,
  ENUMERATED: 0x0a,
  GENERALIZED_TIME: 0x18,
  SEQUENCE: 0x30,
  SET: 0x31,
} as const;

/** The tag of a context's own kind: `[0]` that holds values, or that is one. */
export const heldTag = (number: number): number => 0xa0 | number;
export const plainTag = (number: number): number => 0x80 | number;

const LONG_TAG = 0x1f;
const LONG_LENGTH = 0x80;
const MAX_LENGTH_OCTETS = 3;

interface Extent {
  readonly length: number;
  readonly start: number;
}

/** Of a length DER allows one form only: the shortest. */
const extentAt = (bytes: Uint8Array, at: number): Extent | undefined => {
  const first = bytes[at];
  if (first === undefined || first === LONG_LENGTH) return undefined;
  if (first < LONG_LENGTH) return { length: first, start: at + 1 };
  const octets = first - LONG_LENGTH;
  if (octets > MAX_LENGTH_OCTETS || at + octets >= bytes.length) return undefined;
  const length = bytes.subarray(at + 1, at + 1 + octets).reduce((sum, octet) => sum * 256 + octet, 0);
  const isShortest = length >= LONG_LENGTH && length >= 256 ** (octets - 1);
  return isShortest ? { length, start: at + 1 + octets } : undefined;
};

/** The values that stand one behind the other, to the last octet; nothing if the octets are no DER. */
export const readDer = (bytes: Uint8Array): ReadonlyArray<DerValue> | undefined => {
  const values: DerValue[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = bytes[at] ?? 0;
    const extent = extentAt(bytes, at + 1);
    if ((tag & LONG_TAG) === LONG_TAG || extent === undefined) return undefined;
    const end = extent.start + extent.length;
    if (end > bytes.length) return undefined;
    values.push({ tag, content: bytes.subarray(extent.start, end), raw: bytes.subarray(at, end) });
    at = end;
  }
  return values;
};

/** What a value of this tag holds. */
export const within = (value: DerValue | undefined, tag: number): ReadonlyArray<DerValue> | undefined =>
  value?.tag === tag ? readDer(value.content) : undefined;

/** The only value there is, and what it holds. */
export const whole = (bytes: Uint8Array, tag: number): ReadonlyArray<DerValue> | undefined => {
  const values = readDer(bytes);
  return values?.length === 1 ? within(values[0], tag) : undefined;
};

export const contentOf = (value: DerValue | undefined, tag: number): Uint8Array | undefined =>
  value?.tag === tag ? value.content : undefined;

/** `1.2.840.10045.4.3.2` */
export const objectIdentifier = (value: DerValue | undefined): string | undefined => {
  const content = contentOf(value, DerTag.OBJECT_IDENTIFIER);
  // The last octet of the last number has no successor (X.690 8.19.2); without an octet there is no number.
  if ((content?.at(-1) ?? 0x80) >= 0x80 || content === undefined) return undefined;
  const arcs: number[] = [];
  let arc = 0;
  for (const octet of content) {
    arc = arc * 128 + (octet & 0x7f);
    if (!Number.isSafeInteger(arc)) return undefined;
    if (octet < 0x80) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const [first = 0, ...rest] = arcs;
  const root = Math.min(2, Math.floor(first / 40));
  return [root, first - root * 40, ...rest].join('.');
};

/** The octets of a bit string that has no spare bits. */
export const bitString = (value: DerValue | undefined): Uint8Array | undefined => {
  const content = contentOf(value, DerTag.BIT_STRING);
  return content?.[0] === 0 ? content.subarray(1) : undefined;
};

/** RFC 5280 4.1.2.5.2: to the second, in Greenwich. In milliseconds since 1970. */
export const generalizedTime = (value: DerValue | undefined): number | undefined => {
  const content = contentOf(value, DerTag.GENERALIZED_TIME);
  const text = content && Buffer.from(content).toString('latin1');
  const parts = text && /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? undefined : time;
};
