import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { certificateFields } from '../../../adapters/tls/certificateFields.js';
import { type DerValue, generalizedTime, objectIdentifier, readDer } from '../../../adapters/tls/der.js';
import { ocspVerdict } from '../../../adapters/tls/ocspResponse.js';
import { carriesName } from '../../../adapters/tls/serverNames.js';
import type { ServerName } from '../../../adapters/tls/TlsSettings.js';
import { equalBytes } from '../../../streams/events/index.js';
import { observe } from '../features.js';
import { demand, type Target } from '../target.js';
import { oneOf, type Reading, seedOf } from './readers.js';

const folder = `${process.cwd()}/spec/fixtures/eap/certs/`;
const file = (name: string): Uint8Array => new Uint8Array(readFileSync(folder + name));
const certificate = (name: string): X509Certificate => new X509Certificate(file(`${name}.pem`));

const [server, issuer] = [certificate('server-ec'), certificate('ca')];
const fields = certificateFields(server.raw);
const NOW = Date.parse('2026-01-01');

const lengthOf = (values: ReadonlyArray<DerValue>): number => values.reduce((sum, { raw }) => sum + raw.length, 0);

/** What is read stands side by side, to the last octet, at every depth. */
const dumps = (bytes: Uint8Array, depth = 0): void => {
  const values = readDer(bytes);
  if (depth === 0) observe(`DER ${values?.length}`);
  if (values === undefined) return;
  demand(lengthOf(values) === bytes.length, 'values that leave something out');
  for (const value of values) {
    demand(value.content.length < value.raw.length, 'a value without a head');
    observe(`DER ${value.tag} ${depth} ${objectIdentifier(value)?.length} ${generalizedTime(value) === undefined}`);
    if ((value.tag & 0x20) !== 0 && depth < 40) dumps(value.content, depth + 1);
  }
};

const NAMES: ReadonlyArray<ServerName> = [
  { kind: 'dns', value: 'radius.example.org' },
  { kind: 'suffix', value: 'example.org' },
  { kind: 'ip', value: '192.0.2.1' },
  { kind: 'ip', value: '2001:db8::1' },
  { kind: 'email', value: 'a@example.org' },
  { kind: 'uri', value: 'urn:x' },
];

/** A certificate that names nobody is nobody's. */
const reads: Reading = (bytes) => {
  const read = certificateFields(bytes);
  observe(`certificate ${read?.names.length} ${read?.commonNames.length} ${read?.uses?.length}`);
  if (read === undefined) return;
  for (const name of NAMES) {
    const isIts = carriesName(read, name, false);
    observe(`${name.kind} ${isIts}`);
    demand(!isIts || read.names.length > 0, 'a name out of nothing');
  }
};

/** Nobody but the responder has signed a response; what is changed is not believed, unless nothing that counts was changed. */
const GOOD = file('ocsp-good.der');
const REVOKED = file('ocsp-revoked.der');
const known = [GOOD, REVOKED, file('ocsp-good-delegated.der')];

const weighs: Reading = (bytes) => {
  if (fields === undefined) return;
  const verdict = ocspVerdict(bytes, { certificate: fields, issuer, now: NOW });
  observe(`OCSP ${verdict.status} ${verdict.status === 'unusable' ? verdict.why : ''}`);
  if (verdict.status === 'unusable') return;
  // All that counts is signed, so that it has to be there as it was.
  const isSigned = known.some((response) => {
    const signed = signedPartOf(response);
    return signed !== undefined && equalBytes(signed, signedPartOf(bytes) ?? new Uint8Array(0));
  });
  demand(isSigned, `a response that nobody signed is ${verdict.status}`);
};

/** The third value in: OCSPResponse, its bytes, the basic response, what is signed. */
const signedPartOf = (bytes: Uint8Array): Uint8Array | undefined => {
  const inside = (value: DerValue | undefined): ReadonlyArray<DerValue> =>
    value === undefined ? [] : (readDer(value.content) ?? []);
  const held = inside(inside(inside(readDer(bytes)?.[0])[1])[0]);
  return inside(inside(held[1])[0])[0]?.raw;
};

const readings: ReadonlyArray<Reading> = [(bytes) => dumps(bytes), reads, weighs];

export const fuzz = oneOf(readings);

const seeds = (): ReadonlyArray<Uint8Array> => [
  ...['server-ec', 'ca', 'responder', 'server-common-name'].flatMap((name) => {
    const { raw } = certificate(name);
    return [seedOf(0, raw), seedOf(1, raw)];
  }),
  ...known.flatMap((response) => [seedOf(0, response), seedOf(2, response)]),
  ...['ocsp-stale.der', 'ocsp-other-certificate.der', 'ocsp-good-usurped.der'].map((name) => seedOf(2, file(name))),
  seedOf(0, Uint8Array.of(0x18, 15, ...new TextEncoder().encode('20260101000000Z'))),
  seedOf(0, Uint8Array.of(6, 3, 0x2a, 0x86, 0x48)),
];

export const certificates: Target = { name: 'certificates', slice: 500, fuzz, seeds };
