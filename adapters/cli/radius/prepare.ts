import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { defer, finalize, type Observable } from 'rxjs';
import type { Crypto } from '../../../operators/core/index.js';
import type { Secret } from '../../../streams/events/index.js';
import { busyCrypto, drawRandom, nodeCrypto } from '../../crypto/index.js';
import { nodeProfileIo, type Profile, peerOf, type ResolvedProfile, readProfile, resolveProfile } from '../../profile/index.js';
import {
  type AuthenticationEvent,
  authenticate,
  createRadiusClient,
  nasAttributes,
  type RadiusClient,
  type RadiusServer,
  RFC_5080,
} from '../../radius/index.js';
import { type Ask, withQuestions } from '../personToAsk.js';
import type { Errand } from './Errand.js';
import type { RadiusRequest } from './RadiusRequest.js';
import { channelsFor } from './radsecChannels.js';

/** All it takes to begin. */
export interface Prepared {
  readonly request: RadiusRequest;
  readonly profile: ResolvedProfile;
  readonly servers: readonly [RadiusServer, ...ReadonlyArray<RadiusServer>];
  readonly client: RadiusClient;
  readonly crypto: Crypto;
  /** Whom to ask for what the profile leaves out. */
  readonly ask?: Ask;
  /** Somebody was asked, or will be. */
  readonly needsPerson: boolean;
}

/** Of somebody who authenticates by EAP. */
const profileOf = ({ request: { profileFile, network }, profile: text }: Errand): Either<ReadonlyArray<string>, Profile> => {
  const profile = readProfile(new TextDecoder().decode(text), profileFile, network);
  const isLacking = profile._tag === 'Right' && profile.right.eap === undefined;
  return isLacking ? left([`${profileFile}: the profile says nothing of EAP; give it a field eap`]) : profile;
};

/** From so many authentications on, what V8 has to compile first is worth it. */
const MANY = 500;

const asksLater = ({ eap }: ResolvedProfile): boolean =>
  eap !== undefined && eap.password === undefined && eap.methods.some(({ method }) => method !== 'TLS');

/** Makes ready, in whichever thread; the first alone has somebody to ask. */
export const prepare = async (errand: Errand, secret: Secret, person?: Ask): Promise<Either<ReadonlyArray<string>, Prepared>> => {
  const { request } = errand;
  const channels = await channelsFor(request.radsec);
  if (channels._tag === 'Left') return left([channels.left]);
  const read = profileOf(errand);
  if (read._tag === 'Left') return read;
  let hasAsked = false;
  const ask: Ask | undefined =
    person &&
    ((question) => {
      hasAsked = true;
      return person(question);
    });
  const profile = await resolveProfile(read.right, nodeProfileIo(ask));
  if (profile._tag === 'Left') return profile;
  const policy = { ...RFC_5080, repetitions: request.retries, durationMs: request.timeoutMs };
  const crypto = request.repeat < MANY ? nodeCrypto : busyCrypto;
  const client = createRadiusClient({ crypto, draw: drawRandom, channels: channels.right, policy });
  const [first, ...others] = errand.servers;
  const servers = [{ ...first, secret }, ...others.map((other) => ({ ...other, secret }))] as const;
  const needsPerson = hasAsked || (ask !== undefined && asksLater(profile.right));
  return right({ request, profile: profile.right, servers, client, crypto, needsPerson, ...(ask && { ask }) });
};

/** One authentication, whose copies of the secrets are destroyed with it. */
export const authentication = (
  { request, profile, servers, client, crypto, ask }: Prepared,
  now: () => number,
): Observable<AuthenticationEvent> => {
  const [ssid] = profile.ssids;
  const { attributes, calledStation = ssid === undefined ? undefined : `02-00-00-00-00-00:${ssid}`, ...nas } = request.nas;
  const own = nasAttributes({ ...nas, more: attributes, ...(calledStation !== undefined && { calledStation }) });
  return defer(() => {
    const peer = peerOf(profile, { ...withQuestions(ask), crypto });
    const { identity, shownIdentity, password } = peer.options;
    return authenticate({ client, servers, peer, nas: own, now }).pipe(
      finalize(() => {
        for (const secret of [identity, shownIdentity, password?.secret]) secret?.zeroise();
      }),
    );
  });
};

/** Closes the sockets, and destroys what the profile holds. */
export const release = ({ client, profile }: Prepared): void => {
  client.close();
  profile.release();
};
