import { isGroup, type Mac48 } from '../../../streams/air/index.js';

/** How an address stands in the patterns of lines. */
export const MAC = '[0-9a-fA-F]{2}(?:[:-][0-9a-fA-F]{2}){5}';

/** The address a log does not tell. */
export const UNTOLD: Mac48 = 0;

const WHOLE = new RegExp(`^${MAC}$`);

/** `02:00:00:00:01:00`, or with hyphens, as a number. */
export const mac48Of = (text: string | undefined): Mac48 | undefined =>
  text !== undefined && WHOLE.test(text) ? Number.parseInt(text.replaceAll(/[:-]/g, ''), 16) : undefined;

/** The address of one peer: that of a group, to which a wire's EAPOL goes, is nobody's. */
export const peerOf = (text: string | undefined): Mac48 | undefined => {
  const mac = mac48Of(text);
  return mac === undefined || mac === UNTOLD || isGroup(mac) ? undefined : mac;
};
