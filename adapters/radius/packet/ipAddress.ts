import { isIPv4 } from 'node:net';

const fromIpv4 = (text: string): Uint8Array => Uint8Array.from(text.split('.'), Number);

const groupsOf = (text: string): ReadonlyArray<number> =>
  text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));

/** The last two groups may be written as an IPv4 address (RFC 4291 2.2). */
const withoutDots = (text: string): string => {
  const [dotted] = /[\d.]+$/.exec(text) ?? [];
  if (dotted === undefined || !dotted.includes('.')) return text;
  const [a = 0, b = 0, c = 0, d = 0] = fromIpv4(dotted);
  return `${text.slice(0, -dotted.length)}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
};

const fromIpv6 = (text: string): Uint8Array => {
  const [address = ''] = text.split('%', 1);
  const [left = '', right] = withoutDots(address).split('::');
  const [head, tail] = [groupsOf(left), groupsOf(right ?? '')];
  const groups = [...head, ...new Array<number>(Math.max(0, 8 - head.length - tail.length)).fill(0), ...tail];
  return Uint8Array.from(groups.flatMap((group) => [group >>> 8, group & 0xff]));
};

/** The octets of an address that `node:net` takes for one. */
export const ipAddress = (text: string): Uint8Array => (isIPv4(text) ? fromIpv4(text) : fromIpv6(text));
