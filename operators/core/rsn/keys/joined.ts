/** Bytes, or text that stands for its ASCII octets, without a terminating zero. */
export type Part = Uint8Array | string;

export const octetsOf = (parts: ReadonlyArray<Part>): number => {
  let octets = 0;
  for (const { length } of parts) octets += length;
  return octets;
};

/** Writes parts end to end, from the beginning on. */
export const writeParts = (into: Uint8Array, parts: ReadonlyArray<Part>): void => {
  let at = 0;
  for (const part of parts) {
    if (typeof part === 'string') for (let i = 0; i < part.length; i++) into[at + i] = part.charCodeAt(i);
    else into.set(part, at);
    at += part.length;
  }
};

/** Parts end to end, the `‖` of the standard. */
export const joined = (...parts: ReadonlyArray<Part>): Uint8Array => {
  const whole = new Uint8Array(octetsOf(parts));
  writeParts(whole, parts);
  return whole;
};
