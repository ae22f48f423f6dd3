/** Categories of the action frames that touch keys (IEEE 802.11-2020 Table 9-51). */
export const KeyAction = { FAST_TRANSITION: 6, SA_QUERY: 8, WIRELESS_NETWORK_MANAGEMENT: 10 } as const;

const CATEGORIES: ReadonlyArray<number> = Object.values(KeyAction);

export const isKeyAction = (category: number): boolean => CATEGORIES.includes(category);
