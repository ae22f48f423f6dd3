/** What a link layer turned out to hold. */
export const Layer = { NOTHING: 0, AIR: 1, WIRE: 2 } as const;

export type Layer = (typeof Layer)[keyof typeof Layer];

/** Octets of the frame check sequence at the end of an 802.11 frame. */
export const FCS_SIZE = 4;
