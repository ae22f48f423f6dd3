/** What the kernel tells of a switch for radios (linux/rfkill.h, struct rfkill_event). */
export interface RfkillEvent {
  readonly index: number;
  readonly isGone: boolean;
  /** By a program, or by a switch somebody can touch. */
  readonly isBlocked: boolean;
}

/** Newer kernels know of a longer one, which is told to those who leave room for it. */
export const RFKILL_EVENT_SIZE = 8;

const AT = { index: 0, operation: 5, soft: 6, hard: 7 } as const;
const DELETE = 1;

export const readRfkillEvent = (bytes: Uint8Array): RfkillEvent | undefined => {
  if (bytes.length < RFKILL_EVENT_SIZE) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return {
    index: view.getUint32(AT.index, true),
    isGone: view.getUint8(AT.operation) === DELETE,
    isBlocked: view.getUint8(AT.soft) !== 0 || view.getUint8(AT.hard) !== 0,
  };
};
