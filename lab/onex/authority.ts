import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scene } from '../Scene.js';
import { certificate } from './certificates.js';

const VALID = 'V\t21200101000000Z\t';
const REVOKED = 'R\t21200101000000Z\t200601000000Z,keyCompromise';
const DAYS = '36500';

const openssl = (...args: ReadonlyArray<string>): void => {
  execFileSync('openssl', args, { stdio: 'pipe' });
};

/** The books of an authority, in which there is this certificate. */
const books = (scene: Scene, state: string, { serialNumber }: X509Certificate): string =>
  scene.file('index.txt', `${state}\t${serialNumber}\tunknown\t/CN=somebody\n`);

const read = (file: string): X509Certificate => new X509Certificate(readFileSync(certificate(file)));

/** An authority of the clients with the list of those it has revoked, which is this one, in a file of its own. */
export const withRevocation = (scene: Scene, issuer: string, revoked: string): string => {
  const index = books(scene, REVOKED, read(revoked));
  const configuration = scene.file('ca.cnf', `[ca]\ndefault_ca=here\n[here]\ndatabase=${index}\ndefault_md=sha256\n`);
  const list = join(scene.folder, 'revoked.pem');
  const [cert, key] = [certificate(`${issuer}.pem`), certificate(`${issuer}.key`)];
  openssl('ca', '-config', configuration, '-gencrl', '-crldays', DAYS, '-cert', cert, '-keyfile', key, '-out', list);
  return scene.file('clients.pem', readFileSync(cert, 'utf8') + readFileSync(list, 'utf8'));
};

/** What another authority says of a certificate that is not its own: that it is good. */
export const responseOfAnother = (scene: Scene, issuer: string, about: string): string => {
  const shown = read(about);
  const index = books(scene, VALID, shown);
  const response = join(scene.folder, 'another.der');
  const [cert, key] = [certificate(`${issuer}.pem`), certificate(`${issuer}.key`)];
  const signing = ['-CA', cert, '-rsigner', cert, '-rkey', key, '-issuer', cert, '-serial', `0x${shown.serialNumber}`];
  openssl('ocsp', '-index', index, ...signing, '-ndays', DAYS, '-no_nonce', '-respout', response);
  return response;
};
