import { createHash } from 'node:crypto';
import { PASSWORD } from './identities.js';

/** How a server keeps the password of the user of PWD: RFC 5931 3.2.1, RFC 8146 3.1. */
export type KeptPassword = 'plain' | 'ntHash' | 'sha1' | 'sha256' | 'sha512';

type Salted = Exclude<KeptPassword, 'plain' | 'ntHash'>;

/** As if drawn at random, and with a zero octet in it. */
const SALT = Buffer.from('5ba1700c9e11d2004f', 'hex');
const PREPARATION: Readonly<Record<Salted, number>> = { sha1: 3, sha256: 4, sha512: 5 };

const salted = (hash: Salted): string =>
  createHash(hash)
    .update(Buffer.concat([Buffer.from(PASSWORD), SALT]))
    .digest('hex');

/** [MS-NLMP] NTOWFv1 of `PASSWORD`, by `printf … | iconv -t utf16le | openssl dgst -md4`: Node has no MD4. */
const NT_HASH = '3d211b74dd729be1e552b4727594f3eb';

/** The same for the user file of hostapd. */
export const keptByHostapd = (kept: KeptPassword): string => {
  if (kept === 'plain') return `"${PASSWORD}"`;
  if (kept === 'ntHash') return `hash:${NT_HASH}`;
  return `s${kept}:${salted(kept)}${SALT.toString('hex')}`;
};

/** The same for the user file of FreeRADIUS. */
export const keptByFreeradius = (kept: KeptPassword): string => {
  if (kept === 'plain') return `Cleartext-Password := "${PASSWORD}"`;
  if (kept === 'ntHash') return `NT-Password := 0x${NT_HASH}`;
  const salt = `EAP-Pwd-Password-Salt := 0x${SALT.toString('hex')}`;
  return `EAP-Pwd-Password-Prep := ${PREPARATION[kept]}, ${salt}, EAP-Pwd-Password-Hash := 0x${salted(kept)}`;
};
