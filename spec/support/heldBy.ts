import { Secret } from '../../streams/events/index.js';

/** How many octets of buffers hang on a value, each buffer counted once and whole. */
export const heldBy = (value: unknown): number => {
  const seen = new Set<unknown>();
  const open = [value];
  let octets = 0;
  for (let one = open.pop(); open.length > 0 || one !== undefined; one = open.pop()) {
    if (typeof one !== 'object' || one === null || seen.has(one)) continue;
    seen.add(one);
    if (one instanceof Uint8Array || one instanceof Secret) {
      const { buffer } = one instanceof Secret ? one.reveal() : one;
      if (!seen.has(buffer)) octets += buffer.byteLength;
      seen.add(buffer);
    } else open.push(...Object.values(one));
  }
  return octets;
};
