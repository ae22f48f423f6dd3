import {
  type ClientCredential,
  clientRemarks,
  type ServerTrust,
  settingsProblems,
  type TlsSettings,
  type TlsVersionName,
} from '../tls/index.js';
import type { Gathering } from './gathering.js';
import type { CertificateProfile, EapProfile, ServerProfile } from './Profile.js';

const VERSIONS: Readonly<Record<string, TlsVersionName>> = {
  '1.0': 'TLSv1',
  '1.1': 'TLSv1.1',
  '1.2': 'TLSv1.2',
  '1.3': 'TLSv1.3',
};

const trustOf = async (field: string, server: ServerProfile, gather: Gathering): Promise<ServerTrust> => {
  if (server.insecureNoVerify === true) return { kind: 'insecureNoVerify' };
  if (server.system === true) return { kind: 'system' };
  if (server.caFile === undefined) return { kind: 'pinned' };
  const pem = await gather.file(`${field}.caFile`, server.caFile);
  return { kind: 'authorities', pem: Buffer.from(pem ?? []).toString('latin1') };
};

const clientOf = async (field: string, certificate: CertificateProfile, gather: Gathering): Promise<ClientCredential> => {
  const { certFile, keyFile, pkcs12File, keyPassphrase } = certificate;
  const passphrase = await gather.secret(`${field}.keyPassphrase`, keyPassphrase);
  const opened = passphrase && { passphrase };
  if (pkcs12File !== undefined) {
    return { kind: 'pkcs12', bundle: await gather.secretFile(`${field}.pkcs12File`, pkcs12File), ...opened };
  }
  const pem = certFile === undefined ? undefined : await gather.file(`${field}.certFile`, certFile);
  const key = await gather.secretFile(`${field}.keyFile`, keyFile ?? '');
  return { kind: 'pem', certificates: Buffer.from(pem ?? []).toString('latin1'), key, ...opened };
};

const optionsOf = (eap: EapProfile): Partial<TlsSettings> => {
  const [min, max] = [VERSIONS[eap.tlsMin ?? ''], VERSIONS[eap.tlsMax ?? '']];
  return {
    ...(min !== undefined && { minVersion: min }),
    ...(max !== undefined && { maxVersion: max }),
    ...(eap.insecureObsoleteTls !== undefined && { insecureObsoleteTls: eap.insecureObsoleteTls }),
    ...(eap.suiteB192 !== undefined && { suiteB192: eap.suiteB192 }),
    ...(eap.resumption !== undefined && { resumes: eap.resumption }),
  };
};

/** The fields a session of TLS is made of: those of the method itself, or those of the one inside of its tunnel. */
export interface TlsFields {
  readonly server: ServerProfile;
  readonly serverField: string;
  readonly certificate?: CertificateProfile;
  readonly certificateField: string;
}

/** Fetches what the fields refer to, and finds out whether OpenSSL can use it. */
export const tlsSettingsOf = async (eap: EapProfile, fields: TlsFields, gather: Gathering): Promise<TlsSettings> => {
  const { server, serverField, certificate, certificateField } = fields;
  const before = gather.faults.length;
  const trust = await trustOf(serverField, server, gather);
  const client = certificate && (await clientOf(certificateField, certificate, gather));
  const settings: TlsSettings = {
    trust,
    ...optionsOf(eap),
    ...(server.names && { names: server.names }),
    ...(server.acceptsCommonName !== undefined && { acceptsCommonName: server.acceptsCommonName }),
    ...(server.pinSha256 && { pins: server.pinSha256 }),
    ...(server.ocsp && { ocsp: server.ocsp }),
    ...(client && { client }),
  };
  // What could not be read need not be looked into.
  if (gather.faults.length === before)
    for (const problem of settingsProblems(settings)) gather.fault(serverField.split('.')[0] ?? '', problem);
  if (gather.faults.length === before) for (const remark of clientRemarks(settings)) gather.remark(certificateField, remark);
  return settings;
};
