import type { CertificateProfile, ServerNameProfile, ServerProfile } from './Profile.js';
import type { SupplicantDraft } from './SupplicantDraft.js';

const PIN = /^hash:\/\/server\/sha256\/([0-9a-f]{64})$/i;
const ALTERNATIVE = /^(DNS|EMAIL|URI|IP):(.+)$/i;
const KINDS: Readonly<Record<string, ServerNameProfile['kind']>> = { dns: 'dns', email: 'email', uri: 'uri', ip: 'ip' };

const parts = (text: string | undefined): ReadonlyArray<string> =>
  (text ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');

const alternatives = (draft: SupplicantDraft, name: string): ReadonlyArray<ServerNameProfile> =>
  parts(draft.text(name)).flatMap((part) => {
    const [, type = '', value = ''] = ALTERNATIVE.exec(part) ?? [];
    const kind = KINDS[type.toLowerCase()];
    if (kind === undefined) draft.fault(name, 'expected DNS:…, EMAIL:…, URI:… or IP:…, with ; between them');
    return kind === undefined ? [] : [{ kind, value }];
  });

/** wpa_supplicant wants each of them met; here one name is enough, so they cannot stand together. */
const namesOf = (draft: SupplicantDraft, suffix: string): ReadonlyArray<ServerNameProfile> => {
  const [whole, below, alternative] = [`domain_match${suffix}`, `domain_suffix_match${suffix}`, `altsubject_match${suffix}`];
  const lists: ReadonlyArray<ReadonlyArray<ServerNameProfile>> = [
    parts(draft.text(whole)).map((value) => ({ kind: 'dns', value })),
    parts(draft.text(below)).map((value) => ({ kind: 'suffix', value })),
    alternatives(draft, alternative),
  ];
  const stated = lists.filter((list) => list.length > 0);
  if (stated.length > 1)
    draft.fault(below, `${whole}, ${below} and ${alternative} do not stand together here; keep the strictest`);
  return stated[0] ?? [];
};

const trustOf = (draft: SupplicantDraft, name: string): Pick<ServerProfile, 'caFile' | 'pinSha256'> => {
  const authority = draft.text(name);
  if (authority === undefined) return {};
  const pin = PIN.exec(authority)?.[1];
  if (pin !== undefined) return { pinSha256: [pin] };
  if (/^[a-z0-9]+:\/\//i.test(authority))
    draft.fault(name, 'expected the name of a file in PEM, or hash://server/sha256/ and 64 hex digits');
  return { caFile: authority };
};

const OCSP = ['off', 'try', 'require', 'require'] as const;

/** Whom to trust; `suffix` is `2` for what is inside of a tunnel. */
export const supplicantServer = (draft: SupplicantDraft, suffix: '' | '2'): ServerProfile | undefined => {
  const [subject, path] = [`subject_match${suffix}`, `ca_path${suffix}`];
  if (draft.text(subject) !== undefined)
    draft.fault(subject, 'it is met by any certificate with these letters in its subject; use domain_match');
  if (draft.text(path) !== undefined)
    draft.fault(path, 'directories of hashed certificates are not read; give one file by ca_cert');
  const trust = trustOf(draft, `ca_cert${suffix}`);
  const names = namesOf(draft, suffix);
  const stated = draft.word('ocsp');
  const ocsp = suffix === '' && stated !== undefined ? OCSP[Number(stated)] : undefined;
  if (trust.caFile === undefined && trust.pinSha256 === undefined) {
    if (names.length > 0) draft.fault(`ca_cert${suffix}`, 'is missing; names say nothing where no authority is trusted');
    return undefined;
  }
  return { ...trust, ...(names.length > 0 && { names }), ...(ocsp !== undefined && { ocsp }) };
};

export const supplicantCertificate = (draft: SupplicantDraft, suffix: '' | '2'): CertificateProfile | undefined => {
  const [certFile, keyFile] = [draft.text(`client_cert${suffix}`), draft.text(`private_key${suffix}`)];
  const passphrase = draft.secret(`private_key${suffix}_passwd`);
  const keyPassphrase = passphrase && { keyPassphrase: passphrase };
  if (certFile === undefined && keyFile === undefined) return undefined;
  if (certFile === undefined && keyFile !== undefined) return { pkcs12File: keyFile, ...keyPassphrase };
  return { ...(certFile !== undefined && { certFile }), ...(keyFile !== undefined && { keyFile }), ...keyPassphrase };
};
