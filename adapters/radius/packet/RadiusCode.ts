import { codeSpace } from '../../../streams/events/index.js';

/**
 * What a RADIUS packet is (RFC 2865 3, RFC 5997 3).
 *
 * @since 0.2.0
 */
export const RadiusCode = codeSpace(
  'RADIUS code',
  {
    ACCESS_REQUEST: 1,
    ACCESS_ACCEPT: 2,
    ACCESS_REJECT: 3,
    ACCOUNTING_REQUEST: 4,
    ACCOUNTING_RESPONSE: 5,
    ACCESS_CHALLENGE: 11,
    STATUS_SERVER: 12,
    STATUS_CLIENT: 13,
    PROTOCOL_ERROR: 52,
  },
  [],
  2,
);

/** As the standards write it: `Access-Accept`. */
export const radiusCodeName = (code: number): string =>
  RadiusCode.nameOf(code)
    ?.split('_')
    .map((word) => `${word[0]}${word.slice(1).toLowerCase()}`)
    .join('-') ?? `code ${code}`;
