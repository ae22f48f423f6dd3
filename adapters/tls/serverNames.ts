import { isIP } from 'node:net';
import type { CertificateFields } from './certificateFields.js';
import type { ServerName } from './TlsSettings.js';

/** Names of hosts compare without regard to case (RFC 4343), and a dot at the end says nothing. */
const canonical = (name: string): string => name.toLowerCase().replace(/\.$/, '');

/** RFC 6125 6.4.3: a wildcard is the whole leftmost label, and stands for one label. */
const matchesHost = (pattern: string, name: string): boolean => {
  const [offered, wanted] = [canonical(pattern), canonical(name)];
  if (offered === wanted) return true;
  const rest = wanted.slice(wanted.indexOf('.'));
  return offered.startsWith('*.') && wanted.includes('.') && !wanted.startsWith('.') && offered.slice(1) === rest;
};

/** By labels: `example.org` is a suffix of `a.example.org`, and not of `badexample.org`. */
const isBelow = (name: string, domain: string): boolean => {
  const [offered, wanted] = [canonical(name), canonical(domain).replace(/^\./, '')];
  return wanted !== '' && (offered === wanted || offered.endsWith(`.${wanted}`));
};

const octetsOfGroups = (groups: string): ReadonlyArray<number> =>
  (groups === '' ? [] : groups.split(':')).flatMap((group) => {
    if (group.includes('.')) return group.split('.').map(Number);
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });

const octetsOfAddress = (address: string): ReadonlyArray<number> => {
  if (isIP(address) === 4) return address.split('.').map(Number);
  if (isIP(address) !== 6) return [];
  const [head = [], tail] = address.split('::').map(octetsOfGroups);
  if (tail === undefined) return head;
  return [...head, ...Array.from({ length: 16 - head.length - tail.length }, () => 0), ...tail];
};

const matchesMail = (offered: string, wanted: string): boolean => {
  const [at, wantedAt] = [offered.lastIndexOf('@'), wanted.lastIndexOf('@')];
  return offered.slice(0, at) === wanted.slice(0, wantedAt) && canonical(offered.slice(at)) === canonical(wanted.slice(wantedAt));
};

const hostsOf = (fields: CertificateFields, acceptsCommonName: boolean): ReadonlyArray<string> => {
  const hosts = fields.names.filter(({ kind }) => kind === 'dns').map(({ text }) => text);
  return hosts.length === 0 && acceptsCommonName ? fields.commonNames : hosts;
};

/** Whether a certificate carries the name. */
export const carriesName = (fields: CertificateFields, name: ServerName, acceptsCommonName: boolean): boolean => {
  switch (name.kind) {
    case 'dns':
      return hostsOf(fields, acceptsCommonName).some((host) => matchesHost(host, name.value));
    case 'suffix':
      return hostsOf(fields, acceptsCommonName).some((host) => isBelow(host, name.value));
    case 'ip': {
      const wanted = Uint8Array.from(octetsOfAddress(name.value));
      return wanted.length > 0 && fields.names.some(({ kind, octets }) => kind === 'ip' && Buffer.from(octets).equals(wanted));
    }
    case 'email':
      return fields.names.some(({ kind, text }) => kind === 'email' && matchesMail(text, name.value));
    case 'uri':
      return fields.names.some(({ kind, text }) => kind === 'uri' && text === name.value);
  }
};
