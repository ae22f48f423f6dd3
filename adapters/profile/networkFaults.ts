import type { CertificateProfile, EapProfile, MethodProfile, NetworkProfile, ServerProfile } from './Profile.js';
import type { SecretReference } from './secretReference.js';

/** What is wrong, or worth a word, and where. */
export interface Finding {
  readonly path: ReadonlyArray<string>;
  readonly message: string;
}

const USES_TLS = new Set(['TLS', 'PEAP', 'TTLS']);
const GIVES_NO_KEYS = new Set(['MD5', 'GTC']);

const at = (path: ReadonlyArray<string>, isSo: boolean, message: string): ReadonlyArray<Finding> =>
  isSo ? [{ path, message }] : [];

const serverFaults = (path: ReadonlyArray<string>, server: ServerProfile): ReadonlyArray<Finding> => {
  const { caFile, system, names, pinSha256 = [], insecureNoVerify } = server;
  const isTrusting = caFile !== undefined || system === true;
  return [
    ...at(
      path,
      !isTrusting && pinSha256.length === 0 && insecureNoVerify !== true,
      'says nobody to trust; give caFile, system: true, or pinSha256',
    ),
    ...at([...path, 'system'], caFile !== undefined && system === true, 'stands beside caFile; give one of the two'),
    ...at(
      [...path, 'names'],
      system === true && names === undefined && pinSha256.length === 0,
      'is missing; a certificate of any site would do, so name the server',
    ),
    ...at(
      [...path, 'insecureNoVerify'],
      insecureNoVerify === true && (isTrusting || names !== undefined || pinSha256.length > 0),
      'would make what stands beside it vain; take one or the other away',
    ),
    ...pinSha256.flatMap((pin, i) =>
      at(
        [...path, 'pinSha256', String(i)],
        !/^[0-9a-f]{64}$/i.test(pin.replaceAll(':', '')),
        'expected a SHA-256: 64 hex digits, with colons or without',
      ),
    ),
  ];
};

const certificateFaults = (path: ReadonlyArray<string>, certificate: CertificateProfile): ReadonlyArray<Finding> => {
  const { certFile, keyFile, pkcs12File } = certificate;
  const isPem = certFile !== undefined || keyFile !== undefined;
  return [
    ...at(path, !isPem && pkcs12File === undefined, 'names no file; give certFile with keyFile, or pkcs12File'),
    ...at([...path, 'pkcs12File'], isPem && pkcs12File !== undefined, 'stands beside certFile or keyFile; give one or the other'),
    ...at(
      [...path, certFile === undefined ? 'certFile' : 'keyFile'],
      isPem && (certFile === undefined || keyFile === undefined),
      'is missing',
    ),
  ];
};

const tunnelled = (method: MethodProfile): ReadonlyArray<string> => {
  if (method.method === 'PEAP') return method.inner ?? ['MSCHAPv2'];
  if (method.method !== 'TTLS') return [];
  const inner = method.inner ?? { password: 'PAP' };
  return 'eap' in inner ? inner.eap : [inner.password];
};

const wantsHash = (name: string): boolean => name === 'MSCHAPv2' || name === 'MSCHAP';

const methodFaults = (eap: EapProfile): ReadonlyArray<Finding> => {
  const path = ['eap'];
  const names = eap.methods.map(({ method }) => method);
  const inner = eap.methods.flatMap(tunnelled);
  const hasInnerCertificate = (eap.innerCertificate ?? eap.certificate) !== undefined;
  const hashed = eap.methods.flatMap((method) => [...tunnelled(method), ...(USES_TLS.has(method.method) ? [] : [method.method])]);
  return [
    ...at(
      [...path, 'certificate'],
      names.includes('TLS') && eap.certificate === undefined,
      'is missing; TLS shows a certificate',
    ),
    ...at(
      [...path, 'innerCertificate'],
      inner.includes('TLS') && !hasInnerCertificate,
      'is missing; TLS shows a certificate inside of the tunnel too',
    ),
    ...at(
      [...path, 'server'],
      names.some((name) => USES_TLS.has(name)) && eap.server === undefined,
      'is missing; say whom to trust, by caFile, system or pinSha256',
    ),
    ...at(
      [...path, 'ntHash'],
      eap.ntHash !== undefined && eap.password !== undefined,
      'stands beside password; give one of the two',
    ),
    ...at(
      [...path, 'ntHash'],
      eap.ntHash !== undefined && !hashed.some((name) => wantsHash(name) || name === 'PWD'),
      'is no use to these methods; they want password',
    ),
  ];
};

const eapFaults = (eap: EapProfile): ReadonlyArray<Finding> => [
  ...at(['eap', 'identity'], eap.identity === undefined, 'is missing'),
  ...methodFaults(eap),
  ...(eap.server ? serverFaults(['eap', 'server'], eap.server) : []),
  ...(eap.innerServer ? serverFaults(['eap', 'innerServer'], eap.innerServer) : []),
  ...(eap.certificate ? certificateFaults(['eap', 'certificate'], eap.certificate) : []),
  ...(eap.innerCertificate ? certificateFaults(['eap', 'innerCertificate'], eap.innerCertificate) : []),
  ...at(
    ['eap', 'tlsMin'],
    (eap.tlsMin === '1.0' || eap.tlsMin === '1.1') && eap.insecureObsoleteTls !== true,
    'is obsolete (RFC 8996), and is not used unless insecureObsoleteTls is true',
  ),
  ...at(['eap', 'tlsMax'], (eap.tlsMax ?? '1.3') < (eap.tlsMin ?? '1.2'), 'is older than the oldest version that is allowed'),
];

const WITHOUT_PASSPHRASE: ReadonlySet<string> = new Set(['wired', 'open', 'owe']);

/** Fields of a radio that go with some kinds of networks only. */
const radioFaults = (network: NetworkProfile): ReadonlyArray<Finding> => {
  const { security = '', pmf, insecureWpa1, opportunisticKeyCaching, passwordIdentifier, eap } = network;
  const is192 = security === 'wpa3-enterprise-192';
  return [
    ...at(
      ['passwordIdentifier'],
      passwordIdentifier !== undefined && security !== 'wpa3-personal',
      'takes security: wpa3-personal; no other kind of network has a place for it',
    ),
    ...at(
      ['opportunisticKeyCaching'],
      opportunisticKeyCaching === true && (eap === undefined || security === 'wired'),
      'goes with eap, in a network that is not wired',
    ),
    ...at(['pmf'], pmf === 'required' && (security === 'open' || security === 'wired'), `has no place in ${security}`),
    ...at(
      ['insecureWpa1'],
      insecureWpa1 === true && (!/^(?:wpa2.*)?$/.test(security) || pmf === 'required'),
      'goes with security: wpa2-personal or wpa2-enterprise, and without pmf: required',
    ),
    ...at(
      ['eap', 'methods'],
      is192 && eap?.methods.some(({ method }) => method !== 'TLS') === true,
      `expected TLS alone; ${security} takes certificates on both sides`,
    ),
    ...at(['eap', 'suiteB192'], is192 && eap?.suiteB192 === false, `cannot be false; ${security} is made of it`),
  ];
};

/** Fields that each are well and do not go together. */
export const networkFaults = (network: NetworkProfile): ReadonlyArray<Finding> => {
  const { security, ssid, passphrase, eap } = network;
  const wantsEap = security === 'wired' || security?.includes('enterprise') === true;
  const wantsPassphrase = security?.includes('personal') === true;
  return [
    ...at(['eap'], wantsEap && eap === undefined, `is missing; ${security} has EAP`),
    ...at(['passphrase'], wantsPassphrase && passphrase === undefined, `is missing; ${security} has a passphrase`),
    ...at(
      ['security'],
      eap === undefined && passphrase === undefined && security === undefined,
      'is missing, and there is neither eap nor passphrase',
    ),
    ...at(
      ['eap'],
      (wantsPassphrase || security === 'open' || security === 'owe') && eap !== undefined,
      `has no place in ${security}`,
    ),
    ...at(
      ['passphrase'],
      passphrase !== undefined && (wantsEap || WITHOUT_PASSPHRASE.has(security ?? '')),
      `has no place in ${security}`,
    ),
    ...radioFaults(network),
    ...at(
      ['ssid'],
      ssid?.some((one) => new TextEncoder().encode(one).length > 32) === true,
      'expected at most 32 octets (IEEE 802.11-2020 9.4.2.2)',
    ),
    ...(eap ? eapFaults(eap) : []),
  ];
};

const isLiteral = (reference: SecretReference | undefined): boolean => reference?.from === 'profile';

/** What is not wrong, and should still be known. */
export const networkRemarks = ({ security, passphrase, insecureWpa1, eap }: NetworkProfile): ReadonlyArray<Finding> => {
  const literal = 'stands in the file as it is; { file }, { env }, { prompt } or { command } keep it elsewhere';
  const isRadio = security !== undefined && security !== 'wired';
  return [
    ...at(['passphrase'], isLiteral(passphrase), literal),
    ...at(['insecureWpa1'], insecureWpa1 === true, 'WPA of the first kind and TKIP can be broken by whoever is near'),
    ...at(['eap', 'password'], isLiteral(eap?.password), literal),
    ...at(['eap', 'ntHash'], isLiteral(eap?.ntHash), literal),
    ...at(
      ['eap', 'server', 'insecureNoVerify'],
      eap?.server?.insecureNoVerify === true,
      'anybody can be the server, and learn what the methods tell it',
    ),
    ...at(
      ['eap', 'anonymousIdentity'],
      eap !== undefined &&
        eap.anonymousIdentity === undefined &&
        eap.methods.some(({ method }) => method === 'PEAP' || method === 'TTLS'),
      'is missing, so the identity is shown to whoever listens',
    ),
    ...at(
      ['eap', 'methods'],
      isRadio && eap?.methods.some(({ method }) => GIVES_NO_KEYS.has(method)) === true,
      'there are methods without keys, which no radio link can use',
    ),
  ];
};
