import { fromHex } from '../../../../streams/events/index.js';
import { type EapFault, type EapFaultCode, eapFault } from '../EapFault.js';
import { notificationText } from '../peer/notificationText.js';

/** What an authenticator says of a refusal (RFC 2759 6). */
export interface MschapFailure {
  readonly error: number;
  /** Whether another password may be tried at once. */
  readonly mayRetry: boolean;
  /** What that would have to answer. */
  readonly challenge?: Uint8Array;
  /** In the authenticator's words, fit to be shown. */
  readonly message: string;
}

const MEANINGS: ReadonlyMap<number, readonly [EapFaultCode, string]> = new Map([
  [646, ['accountRestricted', 'the account may not be used at this hour']],
  [647, ['accountRestricted', 'the account is disabled']],
  [648, ['accountRestricted', 'the password has expired']],
  [649, ['accountRestricted', 'the account may not be used for remote access']],
  [691, ['wrongPassword', 'the server knows no such user with this password']],
  [709, ['rejected', 'the password could not be changed']],
]);

const fieldOf = (text: string, pattern: RegExp): string | undefined => pattern.exec(text)?.[1];

/** Reads `E=691 R=1 C=… V=3 M=…`; `undefined` where there is not even an error number. */
export const readMschapFailure = (octets: Uint8Array): MschapFailure | undefined => {
  const text = notificationText(octets);
  const [fields = ''] = text.split(/ ?M=/, 1);
  const error = fieldOf(fields, /(?:^| )E=(\d{1,10})(?: |$)/);
  if (error === undefined) return undefined;
  const challenge = fromHex(fieldOf(fields, /(?:^| )C=([0-9A-Fa-f]{32})(?: |$)/) ?? '');
  return {
    error: Number(error),
    mayRetry: /(?:^| )R=1(?: |$)/.test(fields),
    ...(challenge === undefined || challenge.length === 0 ? {} : { challenge }),
    message: fieldOf(text, /(?:^| )M=(.*)$/)?.trim() ?? '',
  };
};

/** What such a refusal means, as the fault of a method. */
export const mschapFault = (method: string, { error }: Pick<MschapFailure, 'error'>): EapFault => {
  const [code, message] = MEANINGS.get(error) ?? ['rejected', `the server refused with error ${error}`];
  return eapFault(code, message, { method, serverCode: error });
};
