import { isIPv4, isIPv6 } from 'node:net';
import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { fromHex } from '../../../streams/events/index.js';
import { ipAddress } from './ipAddress.js';
import { RadiusAttributeType } from './RadiusAttributeType.js';
import { MAX_VALUE, type RadiusAttribute } from './RadiusPacket.js';

const { codes } = RadiusAttributeType;

type Form = (text: string) => Uint8Array | undefined;

const MAX_U32 = 0xffffffff;

const number: Form = (text) => {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : MAX_U32 + 1;
  return value <= MAX_U32 ? Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value) : undefined;
};
const ipv4: Form = (text) => (isIPv4(text) ? ipAddress(text) : undefined);
const ipv6: Form = (text) => (isIPv6(text) ? ipAddress(text) : undefined);
const string: Form = (text) => (text.startsWith('0x') ? fromHex(text.slice(2)) : new TextEncoder().encode(text));

interface Written {
  readonly form: Form;
  readonly expected: string;
}

const NUMBER: Written = { form: number, expected: 'a number' };
const IPV4: Written = { form: ipv4, expected: 'an IPv4 address' };
const TEXT: Written = { form: string, expected: 'a text, or 0x and hex' };

const WRITTEN: Readonly<Record<number, Written>> = {
  [codes['NAS-Port']]: NUMBER,
  [codes['Service-Type']]: NUMBER,
  [codes['Framed-Protocol']]: NUMBER,
  [codes['Framed-MTU']]: NUMBER,
  [codes['Session-Timeout']]: NUMBER,
  [codes['Idle-Timeout']]: NUMBER,
  [codes['NAS-Port-Type']]: NUMBER,
  [codes['Event-Timestamp']]: NUMBER,
  [codes['Acct-Interim-Interval']]: NUMBER,
  [codes['WLAN-Pairwise-Cipher']]: NUMBER,
  [codes['WLAN-Group-Cipher']]: NUMBER,
  [codes['WLAN-AKM-Suite']]: NUMBER,
  [codes['WLAN-Group-Mgmt-Cipher']]: NUMBER,
  [codes['WLAN-RF-Band']]: NUMBER,
  [codes['NAS-IP-Address']]: IPV4,
  [codes['Framed-IP-Address']]: IPV4,
  [codes['NAS-IPv6-Address']]: { form: ipv6, expected: 'an IPv6 address' },
};

/** What the tester writes itself, and nobody else may. */
const RESERVED: ReadonlySet<number> = new Set([
  codes['User-Name'],
  codes['User-Password'],
  codes['CHAP-Password'],
  codes.State,
  codes['EAP-Message'],
  codes['Message-Authenticator'],
]);

const HINT = 'NAME is a name such as NAS-Port-Id or a number from 1 to 255, VALUE a text, a number, an address, or 0x and hex';

/**
 * Reads `NAME=VALUE` as a person writes an attribute.
 *
 * @example
 * namedAttribute('NAS-Port=7'); // right({ type: 5, value: 00 00 00 07 })
 *
 * @since 0.2.0
 */
export const namedAttribute = (written: string): Either<string, RadiusAttribute> => {
  const [name = ''] = written.split('=', 1);
  if (name.length === written.length) return left(`"${written}" is no NAME=VALUE: ${HINT}`);
  const type = RadiusAttributeType.parse(name);
  if (type === undefined || type < 1 || type > 255) return left(`there is no attribute "${name}" here: ${HINT}`);
  if (RESERVED.has(type)) return left(`${name} is written by the tester itself`);
  const { form, expected } = WRITTEN[type] ?? TEXT;
  const value = form(written.slice(name.length + 1));
  if (value === undefined) return left(`${name} is ${expected}, not "${written.slice(name.length + 1)}"`);
  if (value.length === 0) return left(`${name} has no value: an attribute holds at least one octet`);
  if (value.length > MAX_VALUE) return left(`${name} has ${value.length} octets; an attribute holds at most ${MAX_VALUE}`);
  return right({ type, value });
};
