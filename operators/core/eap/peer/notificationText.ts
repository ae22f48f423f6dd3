const MAX_LENGTH = 1024;
/** Controls, marks that turn the direction of what stands around them, and more than one space. */
const UNFIT = /[\s\p{Cc}\p{Cf}]+/gu;

/** What a Notification says (RFC 3748 5.2), fit to be shown in one line of a terminal. */
export const notificationText = (data: Uint8Array): string =>
  new TextDecoder().decode(data.subarray(0, MAX_LENGTH)).replaceAll(UNFIT, ' ').trim();
