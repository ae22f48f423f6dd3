import { type EapProfile, INNER_METHODS, METHODS, type MethodProfile, PASSWORD_FORMS } from './Profile.js';
import type { SupplicantDraft } from './SupplicantDraft.js';

const among = <W extends string>(words: ReadonlyArray<W>, word: string): W | undefined =>
  words.find((one) => one.toUpperCase() === word.toUpperCase());

/** `key=value key=value` */
const pairs = (draft: SupplicantDraft, name: string): ReadonlyArray<readonly [string, string]> =>
  draft.words(name).map((word) => {
    const [key = '', value = ''] = word.split('=');
    return [key, value];
  });

interface Inside {
  readonly eap: ReadonlyArray<(typeof INNER_METHODS)[number]>;
  readonly password: ReadonlyArray<(typeof PASSWORD_FORMS)[number]>;
}

/** For TTLS `auth=` is a way to show a password and `autheap=` an EAP; for PEAP both are an EAP. */
const insideOf = (draft: SupplicantDraft): Inside => {
  const inside = pairs(draft, 'phase2').filter(([key]) => key === 'auth' || key === 'autheap');
  for (const [key, value] of inside) {
    const isKnown = among(INNER_METHODS, value) !== undefined || (key === 'auth' && among(PASSWORD_FORMS, value) !== undefined);
    if (!isKnown)
      draft.fault('phase2', `${key}= names what is not done here; there is ${[...INNER_METHODS, ...PASSWORD_FORMS].join(', ')}`);
  }
  return {
    eap: inside.flatMap(([, value]) => among(INNER_METHODS, value) ?? []),
    password: inside.flatMap(([key, value]) => (key === 'auth' ? (among(PASSWORD_FORMS, value) ?? []) : [])),
  };
};

const BINDINGS = ['never', 'offer', 'require'] as const;

const profileOf = (
  method: (typeof METHODS)[number],
  { eap, password }: Inside,
  cryptobinding: string | undefined,
): MethodProfile => {
  if (method === 'PEAP') {
    const binding = cryptobinding === undefined ? undefined : BINDINGS[Number(cryptobinding)];
    return { method, ...(eap.length > 0 && { inner: eap }), ...(binding !== undefined && { cryptobinding: binding }) };
  }
  if (method !== 'TTLS') return { method };
  const [form] = password;
  if (form !== undefined) return { method, inner: { password: form } };
  return { method, ...(eap.length > 0 && { inner: { eap } }) };
};

/** The methods of a block; there is none without `eap=`, with which wpa_supplicant would do any it knows. */
export const supplicantMethods = (draft: SupplicantDraft): ReadonlyArray<MethodProfile> => {
  const wanted = draft.words('eap');
  if (wanted.length === 0) {
    draft.fault('eap', `is missing; name the methods, of ${METHODS.join(', ')}`);
    return [];
  }
  const inside = insideOf(draft);
  const binding = pairs(draft, 'phase1').find(([key]) => key === 'crypto_binding')?.[1];
  const methods = wanted.flatMap((word) => {
    const method = among(METHODS, word);
    if (method === undefined) draft.remark('eap', `one of the methods is not done here; there is ${METHODS.join(', ')}`);
    return method === undefined ? [] : [profileOf(method, inside, binding)];
  });
  if (methods.length === 0) draft.fault('eap', 'none of these methods is done here');
  return methods;
};

/** What `phase1` and the ciphers say of TLS. */
export const supplicantTls = (draft: SupplicantDraft): Partial<EapProfile> => {
  const said = new Map(pairs(draft, 'phase1'));
  if (said.get('peapver') === '1') draft.fault('phase1', 'peapver=1: of PEAP there is version 0 only');
  if (said.get('tls_disable_tlsv1_0') === '0' || said.get('tls_disable_tlsv1_1') === '0') {
    draft.remark(
      'phase1',
      'TLS 1.0 and 1.1 (RFC 8996) stay out; a profile in YAML can let them in, by tlsMin and insecureObsoleteTls',
    );
  }
  const ciphers = draft.text('openssl_ciphers');
  const isSuiteB = said.get('tls_suiteb') === '1' || ciphers === 'SUITEB192';
  if (ciphers !== undefined && !isSuiteB) draft.remark('openssl_ciphers', 'is not used; OpenSSL chooses');
  const size = draft.word('fragment_size');
  const fragmentSize = size === undefined ? undefined : Number(size);
  const isSize = fragmentSize === undefined || (Number.isInteger(fragmentSize) && fragmentSize >= 100 && fragmentSize <= 4000);
  if (!isSize) draft.fault('fragment_size', 'expected a whole number from 100 to 4000');
  return {
    ...(said.get('tls_disable_tlsv1_3') === '1' && { tlsMax: '1.2' }),
    ...(said.get('tls_disable_tlsv1_2') === '1' && { tlsMin: '1.3' }),
    ...(said.get('tls_disable_session_ticket') === '1' && { resumption: false }),
    ...(isSuiteB && { suiteB192: true }),
    ...(fragmentSize !== undefined && isSize && { fragmentSize }),
  };
};
