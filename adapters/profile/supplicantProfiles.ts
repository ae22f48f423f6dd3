import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { fromHex, Secret } from '../../streams/events/index.js';
import { type SupplicantBlock, supplicantBlocks } from '../configuration/supplicantBlocks.js';
import { networkFaults, networkRemarks } from './networkFaults.js';
import type { EapProfile, NetworkProfile, Profile, SECURITIES } from './Profile.js';
import { SupplicantDraft } from './SupplicantDraft.js';
import type { SecretReference } from './secretReference.js';
import { supplicantMethods, supplicantTls } from './supplicantMethods.js';
import { supplicantCertificate, supplicantServer } from './supplicantServer.js';

type Security = (typeof SECURITIES)[number];

/** Kinds of credentials, and in each the strongest first. */
const KEY_MANAGEMENT: ReadonlyArray<ReadonlyArray<readonly [string, Security]>> = [
  [
    ['WPA-EAP-SUITE-B-192', 'wpa3-enterprise-192'],
    ['WPA-EAP-SHA256', 'wpa3-enterprise'],
    ['FT-EAP', 'wpa2-enterprise'],
    ['WPA-EAP', 'wpa2-enterprise'],
  ],
  [
    ['FT-SAE', 'wpa3-personal'],
    ['SAE', 'wpa3-personal'],
    ['FT-PSK', 'wpa2-personal'],
    ['WPA-PSK-SHA256', 'wpa2-personal'],
    ['WPA-PSK', 'wpa2-personal'],
  ],
  [['IEEE8021X', 'wired']],
  [
    ['OWE', 'owe'],
    ['NONE', 'open'],
  ],
];

/** What is about radio, scanning and choosing among networks, and means nothing here. */
const ELSEWHERE = new Set(
  'ap_scan auth_alg beacon_int bssid disabled eapol_flags eap_workaround freq_list group group_mgmt id_str mesh_fwding mode pairwise priority proto scan_freq scan_ssid sae_pwe'.split(
    ' ',
  ),
);

const securityOf = (draft: SupplicantDraft): Security | undefined => {
  const allowed = new Set(draft.words('key_mgmt'));
  if (allowed.size === 0) return draft.isStated('eap') ? 'wpa2-enterprise' : draft.isStated('psk') ? 'wpa2-personal' : undefined;
  const [kind = []] = KEY_MANAGEMENT.map((rows) => rows.filter(([name]) => allowed.has(name))).filter(({ length }) => length > 0);
  // What is stronger is taken where it is offered; the weakest that is allowed is the least that is demanded.
  const found = kind.at(-1)?.[1];
  if (found === undefined)
    draft.fault('key_mgmt', `expected one of ${KEY_MANAGEMENT.flatMap((rows) => rows.map(([name]) => name)).join(', ')}`);
  return found;
};

const HASH = /^hash:([0-9a-f]{32})$/i;

const passwordOf = (draft: SupplicantDraft): Pick<EapProfile, 'password' | 'ntHash'> => {
  const hash = HASH.exec(draft.word('password') ?? '')?.[1];
  const octets = hash === undefined ? undefined : fromHex(hash);
  if (octets !== undefined) return { ntHash: { from: 'profile', secret: Secret.of(new TextEncoder().encode(hash)) } };
  const password = draft.secret('password');
  return password === undefined ? {} : { password };
};

const passphraseOf = (draft: SupplicantDraft): SecretReference | undefined => {
  const sae = draft.secret('sae_password');
  if (sae !== undefined) return sae;
  const isHex = /^[0-9a-f]{64}$/i.test(draft.word('psk') ?? '');
  if (isHex) draft.fault('psk', 'it is a key and not a passphrase; give the passphrase in quotes');
  return isHex ? undefined : draft.secret('psk');
};

const eapOf = (draft: SupplicantDraft): EapProfile => {
  const methods = supplicantMethods(draft);
  const [server, innerServer] = [supplicantServer(draft, ''), supplicantServer(draft, '2')];
  const [certificate, innerCertificate] = [supplicantCertificate(draft, ''), supplicantCertificate(draft, '2')];
  const [identity, anonymousIdentity] = [draft.secret('identity'), draft.text('anonymous_identity')];
  const hasTls = methods.some(({ method }) => method === 'TLS' || method === 'PEAP' || method === 'TTLS');
  if (hasTls && server === undefined && draft.faults.length === 0) {
    draft.fault('ca_cert', 'is missing; wpa_supplicant then takes anybody for the server, and this does not');
  }
  return {
    methods,
    ...(identity && { identity }),
    ...(anonymousIdentity !== undefined && { anonymousIdentity }),
    ...passwordOf(draft),
    ...(certificate && { certificate }),
    ...(server && { server }),
    ...(innerCertificate && { innerCertificate }),
    ...(innerServer && { innerServer }),
    ...supplicantTls(draft),
  };
};

const networkOf = (draft: SupplicantDraft, number: number): NetworkProfile => {
  const security = securityOf(draft);
  const ssid = draft.text('ssid');
  const hasEap = security === 'wired' || security?.includes('enterprise') === true;
  const passphrase = security?.includes('personal') === true ? passphraseOf(draft) : undefined;
  const passwordIdentifier = security === 'wpa3-personal' ? draft.text('sae_password_id') : undefined;
  const isOpportunistic = draft.word('proactive_key_caching') === '1' && hasEap && security !== 'wired';
  const requiresPmf = [draft.word('pmf'), draft.word('ieee80211w')].includes('2') && security !== 'open';
  return {
    name: ssid ?? `network ${number}`,
    ...(ssid !== undefined && { ssid: [ssid] }),
    ...(security !== undefined && { security }),
    ...(passphrase && { passphrase }),
    ...(passwordIdentifier !== undefined && { passwordIdentifier }),
    ...(requiresPmf && { pmf: 'required' as const }),
    ...(isOpportunistic && { opportunisticKeyCaching: true }),
    ...(hasEap && { eap: eapOf(draft) }),
  };
};

/** Which setting a field was made of, for the line. */
const ORIGIN: Readonly<Record<string, string>> = {
  'eap.identity': 'identity',
  'eap.certificate': 'private_key',
  'eap.password': 'password',
  'eap.ntHash': 'password',
  'eap.anonymousIdentity': 'anonymous_identity',
  passphrase: 'psk',
  passwordIdentifier: 'sae_password_id',
  pmf: 'ieee80211w',
  security: 'key_mgmt',
};

const profileOf = (block: SupplicantBlock, number: number, file: string): Either<ReadonlyArray<string>, Profile> => {
  const draft = new SupplicantDraft(file, block);
  const network = networkOf(draft, number);
  const origin = (path: ReadonlyArray<string>): string => ORIGIN[path.join('.')] ?? path.join('.');
  if (draft.faults.length === 0) for (const { path, message } of networkFaults(network)) draft.fault(origin(path), message);
  if (!block.isClosed) draft.faults.push(`${file}, line ${block.line}: the block that begins here has no end`);
  for (const { path, message } of networkRemarks(network)) draft.remark(origin(path), message);
  for (const name of draft.unread()) if (!ELSEWHERE.has(name)) draft.remark(name, 'is not used');
  return draft.faults.length > 0 ? left(draft.faults) : right({ ...network, source: file, remarks: draft.remarks });
};

/** The networks of a configuration of wpa_supplicant. */
export const supplicantProfiles = (
  lines: ReadonlyArray<string>,
  file: string,
): Either<ReadonlyArray<string>, ReadonlyArray<Profile>> => {
  const read = supplicantBlocks(lines)
    .filter(({ name }) => name === 'network')
    .map((block, i) => profileOf(block, i + 1, file));
  const faults = read.flatMap((one) => (one._tag === 'Left' ? one.left : []));
  return faults.length > 0 ? left(faults) : right(read.flatMap((one) => (one._tag === 'Right' ? [one.right] : [])));
};
