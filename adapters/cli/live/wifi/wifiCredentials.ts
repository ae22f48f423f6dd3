import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { passphraseToPmk } from '../../../../operators/core/index.js';
import type { EapPeerDeps } from '../../../../operators/index.js';
import { Secret } from '../../../../streams/events/index.js';
import { nodeCrypto } from '../../../crypto/index.js';
import type { WantedNetwork } from '../../../linux/index.js';
import { nodeProfileIo, peerOf, type ResolvedProfile, readProfile, resolveProfile } from '../../../profile/index.js';
import { personToAsk, withQuestions } from '../../personToAsk.js';
import { givenFile } from '../../radius/given.js';
import type { WifiRequest } from './WifiRequest.js';

/** The network, and what is to be shown there. */
export interface WifiCredentials {
  readonly network: WantedNetwork;
  readonly passphrase?: Secret;
  readonly peer?: () => EapPeerDeps;
  readonly cachesOpportunistically?: boolean;
  readonly remarks: ReadonlyArray<string>;
  readonly release: () => void;
}

type Problems = ReadonlyArray<string>;

const NEWLINE = /\r?\n$/;
const RULE = 'it takes 8 to 63 printable ASCII characters, or the 64 hex digits of a key';
const NO_NETWORK = 'it needs to know the network: --ssid NAME';
/** Any network's name will do to see whether a passphrase is one. */
const ANY_NAME = Uint8Array.of(0);

/** A password of SAE may be anything; others become a key by themselves. */
const isUsable = (passphrase: Secret, security: string | undefined): boolean => {
  if (security === 'wpa3-personal') return passphrase.length > 0;
  const pmk = passphraseToPmk(nodeCrypto, passphrase.reveal(), ANY_NAME);
  pmk?.fill(0);
  return pmk !== undefined;
};

const where = ({ bssid, frequency, security, requiresPmf, insecureWpa1 }: WifiRequest) => ({
  ...(security !== undefined && { security }),
  ...(requiresPmf === true && { requiresPmf }),
  ...(insecureWpa1 === true && { insecureWpa1 }),
  ...(bssid !== undefined && { bssid }),
  ...(frequency !== undefined && { frequency }),
});

const encoded = (text: string): Uint8Array => new TextEncoder().encode(text);

const passphraseIn = async (path: string, security: string | undefined): Promise<Either<Problems, Secret>> => {
  const file = await givenFile('--passphrase-file', path);
  if (file._tag === 'Left') return left([file.left]);
  const passphrase = Secret.of(encoded(new TextDecoder().decode(file.right).replace(NEWLINE, '')));
  file.right.fill(0);
  return isUsable(passphrase, security) ? right(passphrase) : left([`--passphrase-file: ${path} holds no passphrase: ${RULE}`]);
};

const byOptions = async (request: WifiRequest, ssid: string): Promise<Either<Problems, WifiCredentials>> => {
  const { passphraseFile } = request;
  const network = { ssid: encoded(ssid), ...where(request) };
  if (passphraseFile === undefined)
    return right({ network: { ...network, credentials: 'none' }, remarks: [], release: () => undefined });
  const passphrase = await passphraseIn(passphraseFile, request.security);
  if (passphrase._tag === 'Left') return passphrase;
  const secret = passphrase.right;
  return right({
    network: { ...network, credentials: 'passphrase' },
    ...{ passphrase: secret, remarks: [], release: () => secret.zeroise() },
  });
};

const demandsOf = ({ security, requiresPmf, insecureWpa1, passwordIdentifier }: ResolvedProfile) => ({
  ...(security !== undefined && security !== 'wired' && { security }),
  ...(requiresPmf === true && { requiresPmf }),
  ...(insecureWpa1 === true && { insecureWpa1 }),
  ...(passwordIdentifier !== undefined && { passwordIdentifier: encoded(passwordIdentifier) }),
});

/** What an option says of a network and its profile does not. */
const contradiction = ({
  security = 'open',
  requiresPmf,
  insecureWpa1,
}: Omit<WantedNetwork, 'credentials'>): string | undefined =>
  insecureWpa1 === true && (requiresPmf === true || security.startsWith('wpa3'))
    ? 'it keeps out what --insecure-wpa1 lets in'
    : undefined;

const ofProfile = (request: WifiRequest, resolved: ResolvedProfile, remarks: Problems): Either<Problems, WifiCredentials> => {
  const { eap, passphrase, ssids, security, cachesOpportunistically = false } = resolved;
  const release = (): void => resolved.release();
  const [ssid = request.ssid] = request.ssid === undefined ? ssids : [request.ssid];
  const fail = (problem: string): Either<Problems, never> => {
    release();
    return left([`${request.profileFile}: ${problem}`]);
  };
  if (ssid === undefined) return fail('the profile names no network; give it a field ssid, or say --ssid');
  if (security === 'wired') return fail('the network is wired, and this is Wi-Fi: see live wired');
  if (passphrase !== undefined && !isUsable(passphrase, security)) return fail(`the passphrase is none: ${RULE}`);
  const network = { ssid: encoded(ssid), ...demandsOf(resolved), ...where(request) };
  const objection = contradiction(network);
  if (objection !== undefined) return fail(objection);
  if (eap !== undefined) {
    const peer = (): EapPeerDeps => peerOf({ ...resolved, eap }, withQuestions(personToAsk()));
    return right({ network: { ...network, credentials: 'eap' }, peer, cachesOpportunistically, remarks, release });
  }
  const credentials = passphrase === undefined ? 'none' : 'passphrase';
  return right({ network: { ...network, credentials }, ...(passphrase && { passphrase }), remarks, release });
};

const byProfile = async (request: WifiRequest, path: string): Promise<Either<Problems, WifiCredentials>> => {
  const text = await givenFile('--profile', path);
  if (text._tag === 'Left') return left([text.left]);
  const profile = readProfile(new TextDecoder().decode(text.right), path, request.network);
  if (profile._tag === 'Left') return profile;
  const resolved = await resolveProfile(profile.right, nodeProfileIo(personToAsk()));
  return resolved._tag === 'Left'
    ? resolved
    : ofProfile(request, resolved.right, [...profile.right.remarks, ...resolved.right.remarks]);
};

/** Reads what the options name, and fetches its secrets; whatever is wrong is told by field, and shows no secret. */
export const wifiCredentials = (request: WifiRequest): Promise<Either<Problems, WifiCredentials>> => {
  const { profileFile, ssid } = request;
  if (profileFile !== undefined) return byProfile(request, profileFile);
  return ssid === undefined ? Promise.resolve(left([NO_NETWORK])) : byOptions(request, ssid);
};
