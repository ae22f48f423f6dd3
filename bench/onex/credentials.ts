import { fileURLToPath } from 'node:url';

const folder = new URL('../../spec/fixtures/eap/certs/', import.meta.url);

export const certificate = (file: string): string => fileURLToPath(new URL(file, folder));

export const RADIUS_SECRET = 'bench-secret';
export const PASSWORD = 'correct horse battery';
export const IDENTITIES = {
  outer: 'anonymous@example.org',
  inner: 'bob',
  holder: 'user@example.org',
  mschapv2: 'mschapv2-user',
  pwd: 'pwd-user',
} as const;
