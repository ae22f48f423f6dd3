const ETHERNET = 1;
const IEEE_802_11 = 105;

/**
 * Whether the length of the frame check sequence which a file gives is to be believed for a link type. The headers that radios add
 * say themselves whether a frame has one.
 */
export const mayHaveFcs = (linkType: number): boolean => linkType === IEEE_802_11 || linkType === ETHERNET;

/** How many of the captured octets are frame check sequence: what was captured may have been cut before its end, or in it. */
export const fcsWithin = (captured: number, length: number, fcsLength: number): number =>
  Math.min(Math.max(captured + fcsLength - Math.max(length, captured), 0), captured);
