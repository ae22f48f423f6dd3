import { type Either, left, right } from 'fp-ts/lib/Either.js';
import type { PeerPassword } from '../../operators/core/index.js';
import { fromHex, Secret } from '../../streams/events/index.js';
import { type NodeTls, nodeTls } from '../tls/index.js';
import { type Gathering, gathering } from './gathering.js';
import type { EapProfile, MethodProfile, Profile, SECURITIES } from './Profile.js';
import type { ProfileIo } from './ProfileIo.js';
import { tlsSettingsOf } from './tlsSettingsOf.js';

/** EAP with everything there that it needs. */
export interface ResolvedEap {
  readonly methods: ReadonlyArray<MethodProfile>;
  readonly identity: Secret;
  readonly shownIdentity: Secret;
  readonly password?: PeerPassword;
  /** TLS of the method, and of the one inside of its tunnel. Their sessions are kept for as long as the profile is. */
  readonly tls?: NodeTls;
  readonly innerTls?: NodeTls;
  /** How many octets of type data a response may have. */
  readonly room: number;
}

/** A profile with its files read and its secrets fetched. */
export interface ResolvedProfile {
  readonly name: string;
  readonly ssids: ReadonlyArray<string>;
  readonly security?: (typeof SECURITIES)[number];
  readonly passphrase?: Secret;
  /** Names the password among several. */
  readonly passwordIdentifier?: string;
  /** Not without protected management frames. */
  readonly requiresPmf?: boolean;
  /** WPA of the first kind and TKIP will do. */
  readonly insecureWpa1?: boolean;
  /** A key of 802.1X is offered to other access points of the network too. */
  readonly cachesOpportunistically?: boolean;
  readonly eap?: ResolvedEap;
  /** What is not wrong with what the profile refers to, and should still be known. */
  readonly remarks: ReadonlyArray<string>;
  /** Destroys the secrets, and forgets the sessions of TLS. */
  release(): void;
}

/** What fits into a frame of 1500 octets and into what lies between here and a server, as a rule. */
const DEFAULT_ROOM = 1398;
const NT_HASH_OCTETS = 16;

const passwordOf = async (eap: EapProfile, gather: Gathering): Promise<PeerPassword | undefined> => {
  if (eap.ntHash === undefined) {
    const secret = await gather.secret('eap.password', eap.password);
    return secret && { form: 'text', secret };
  }
  const hex = await gather.secret('eap.ntHash', eap.ntHash);
  const octets = hex && fromHex(new TextDecoder().decode(hex.reveal()).trim());
  hex?.zeroise();
  if (hex !== undefined && octets?.length !== NT_HASH_OCTETS)
    gather.fault('eap.ntHash', `expected ${2 * NT_HASH_OCTETS} hex digits`);
  return octets?.length === NT_HASH_OCTETS ? { form: 'ntHash', secret: Secret.of(octets) } : undefined;
};

const tlsOf = async (eap: EapProfile, gather: Gathering): Promise<Pick<ResolvedEap, 'tls' | 'innerTls'>> => {
  const { server, certificate } = eap;
  const outer = server && {
    server,
    serverField: 'eap.server',
    certificateField: 'eap.certificate',
    ...(certificate && { certificate }),
  };
  const [innerServer, innerCertificate] = [eap.innerServer ?? server, eap.innerCertificate ?? certificate];
  const hasInner = eap.innerServer !== undefined || eap.innerCertificate !== undefined;
  const inner = innerServer && {
    server: innerServer,
    serverField: 'eap.innerServer',
    certificateField: 'eap.innerCertificate',
    ...(innerCertificate && { certificate: innerCertificate }),
  };
  return {
    ...(outer && { tls: nodeTls(await tlsSettingsOf(eap, outer, gather)) }),
    ...(hasInner && inner && { innerTls: nodeTls(await tlsSettingsOf(eap, inner, gather)) }),
  };
};

const eapOf = async (eap: EapProfile, gather: Gathering): Promise<ResolvedEap> => {
  const identity = (await gather.secret('eap.identity', eap.identity)) ?? Secret.of(new Uint8Array(0));
  const password = await passwordOf(eap, gather);
  const { anonymousIdentity, fragmentSize } = eap;
  return {
    methods: eap.methods,
    identity,
    shownIdentity: anonymousIdentity === undefined ? identity.copy() : Secret.of(new TextEncoder().encode(anonymousIdentity)),
    ...(password && { password }),
    ...(await tlsOf(eap, gather)),
    room: fragmentSize ?? DEFAULT_ROOM,
  };
};

const released = (secrets: ReadonlyArray<Secret | undefined>, eap: ResolvedEap | undefined): void => {
  for (const secret of [...secrets, eap?.identity, eap?.shownIdentity, eap?.password?.secret]) secret?.zeroise();
  eap?.tls?.forget();
  eap?.innerTls?.forget();
};

/**
 * Reads the files a profile names and fetches its secrets, one after the other, since a person may be asked. What cannot be had or used is
 * told by field.
 *
 * @since 0.2.0
 */
export const resolveProfile = async (
  profile: Profile,
  io: ProfileIo,
): Promise<Either<ReadonlyArray<string>, ResolvedProfile>> => {
  const gather = gathering(profile.source, io);
  const passphrase = await gather.secret('passphrase', profile.passphrase);
  const suite = profile.security === 'wpa3-enterprise-192' ? { suiteB192: true } : {};
  const eap = profile.eap && (await eapOf({ ...profile.eap, ...suite }, gather));
  const release = (): void => {
    gather.release();
    released([passphrase], eap);
  };
  if (gather.faults.length > 0) {
    release();
    return left(gather.faults);
  }
  const { name, ssid = [], security, pmf, insecureWpa1, opportunisticKeyCaching, passwordIdentifier } = profile;
  return right({
    ...{ name, ssids: ssid },
    ...(security && { security }),
    ...(pmf === 'required' && { requiresPmf: true }),
    ...(insecureWpa1 === true && { insecureWpa1 }),
    ...(opportunisticKeyCaching === true && { cachesOpportunistically: true }),
    ...(passwordIdentifier !== undefined && { passwordIdentifier }),
    ...(passphrase && { passphrase }),
    ...(eap && { eap }),
    remarks: gather.remarks,
    release,
  });
};
