import type { Mac48 } from '../../../streams/air/index.js';
import { copyBytes, equalBytes, Secret, toHex } from '../../../streams/events/index.js';
import type { Crypto } from '../crypto/index.js';
import { type Akm, akmOf, usesOneX } from '../rsn/akm.js';
import { xxKeyOfMsk } from '../rsn/keys/ft.js';
import { passphraseToPmk } from '../rsn/keys/psk.js';
import type { Credential, TlsSecrets } from './Credential.js';
import { type AgreementMemory, agreementMemory } from './handshake/agreementMemory.js';

/** A key that may be the PMK of a network, and which kind of credential it comes from. */
export interface CandidateKey {
  readonly kind: 'passphrase' | 'pmk' | 'msk';
  readonly pmk: Secret;
}

/**
 * The credentials given, ready for use: the PMKs of a network, computed once.
 *
 * @since 0.2.0
 */
export interface KeyRing {
  /** What the handshakes of a network may be keyed with. An unknown SSID is that of each passphrase that names one. */
  pmksOf(ssid: Uint8Array | undefined, akm: number): ReadonlyArray<CandidateKey>;
  tks(): ReadonlyArray<Secret>;
  msks(): ReadonlyArray<Secret>;
  tls(): TlsSecrets | undefined;
  /** Whether there is a credential that makes keys only when more is known: the network's name, or a TLS session. */
  readonly waits: boolean;
  /** Keeps a PMK that a connection proved or learnt, for the later ones of the same station. */
  remember(station: Mac48, key: CandidateKey): void;
  rememberedOf(station: Mac48): ReadonlyArray<CandidateKey>;
  /** What associations agreed on, so that equal ones are read once. */
  readonly agreements: AgreementMemory;
  /** Destroys every key. */
  release(): void;
}

type Of<Kind extends Credential['kind']> = Extract<Credential, { kind: Kind }>;
const ofKind = <Kind extends Credential['kind']>(credentials: ReadonlyArray<Credential>, kind: Kind): ReadonlyArray<Of<Kind>> =>
  credentials.filter((each): each is Of<Kind> => each.kind === kind);

/** Whether a credential for one network, or for any, is for this one. */
const isFor = ({ ssid: named }: { readonly ssid?: Uint8Array }, ssid: Uint8Array | undefined): boolean =>
  named === undefined || ssid === undefined || equalBytes(named, ssid);

const tlsOf = (credentials: ReadonlyArray<Of<'tls'>>): TlsSecrets | undefined => {
  if (credentials.length === 0) return undefined;
  return {
    find: (label, clientRandom) => {
      for (const { secrets } of credentials) {
        const found = secrets.find(label, clientRandom);
        if (found !== undefined) return found;
      }
      return;
    },
  };
};

/** The PMK of a master session key, or of a mobility domain the XXKey (IEEE 802.11-2020 12.7.1.3, 12.7.1.6.3). */
export const pmkOfMsk = (akm: Akm, msk: Secret): CandidateKey | undefined => {
  const [length = 32] = akm.pmkLengths;
  const bytes = akm.fastTransition ? xxKeyOfMsk(akm, msk.reveal()) : msk.reveal().subarray(0, length);
  return bytes === undefined || bytes.length < length ? undefined : { kind: 'msk', pmk: Secret.of(bytes) };
};

/** As many networks, and stations, as are remembered; the one that was met first is forgotten first. */
const MOST_NETWORKS = 1024;
const MOST_STATIONS = 4096;
const MOST_OF_A_STATION = 4;

const forgetOldest = <V>(map: Map<unknown, V>, most: number): V | undefined => {
  if (map.size <= most) return undefined;
  const [oldest] = map;
  if (oldest === undefined) return undefined;
  map.delete(oldest[0]);
  return oldest[1];
};

const zeroiseAll = (keys: ReadonlyArray<CandidateKey> = []): void => {
  for (const { pmk } of keys) pmk.zeroise();
};

type PskOf = (credential: Of<'passphrase'>, ssid: Uint8Array | undefined) => CandidateKey | undefined;

/** Passphrases as PMKs: each is computed once for each SSID, for that is slow on purpose. */
const pskMemory = (crypto: Crypto): { readonly of: PskOf; release(): void } => {
  const known = new Map<string, Map<Of<'passphrase'>, CandidateKey | undefined>>();
  return {
    of: (credential, ssid = credential.ssid) => {
      if (ssid === undefined) return;
      const name = toHex(ssid);
      const ofNetwork = known.get(name) ?? new Map<Of<'passphrase'>, CandidateKey | undefined>();
      known.set(name, ofNetwork);
      forgetOldest(known, MOST_NETWORKS);
      if (ofNetwork.has(credential)) return ofNetwork.get(credential);
      const bytes = passphraseToPmk(crypto, credential.passphrase.reveal(), ssid);
      const key = bytes && ({ kind: 'passphrase', pmk: Secret.of(bytes) } as const);
      bytes?.fill(0);
      ofNetwork.set(credential, key);
      return key;
    },
    release: () => {
      for (const ofNetwork of known.values()) for (const key of ofNetwork.values()) key?.pmk.zeroise();
      known.clear();
    },
  };
};

/** What was learnt of stations. */
const stationMemory = () => {
  const known = new Map<Mac48, ReadonlyArray<CandidateKey>>();
  return {
    remember: (station: Mac48, key: CandidateKey): void => {
      const before = known.get(station) ?? [];
      if (before.some(({ pmk }) => pmk.equals(key.pmk))) return;
      const all = [{ kind: key.kind, pmk: key.pmk.copy() }, ...before];
      zeroiseAll(all.slice(MOST_OF_A_STATION));
      known.set(station, all.slice(0, MOST_OF_A_STATION));
      zeroiseAll(forgetOldest(known, MOST_STATIONS));
    },
    of: (station: Mac48): ReadonlyArray<CandidateKey> => known.get(station) ?? [],
    release: (): void => {
      for (const keys of known.values()) zeroiseAll(keys);
      known.clear();
    },
  };
};

/**
 * Makes the keys of the credentials ready. The secrets stay the caller's; what is computed from them dies with `release`.
 *
 * @example
 * const passphrase = Secret.of(new TextEncoder().encode('Induction'));
 * const ring = (crypto: Crypto): KeyRing => createKeyRing(crypto, [{ kind: 'passphrase', passphrase }]);
 *
 * @since 0.2.0
 */
export const createKeyRing = (crypto: Crypto, credentials: ReadonlyArray<Credential>): KeyRing => {
  const passphrases = ofKind(credentials, 'passphrase');
  const pmks = ofKind(credentials, 'pmk').map(({ ssid, pmk }) => ({
    ...(ssid && { ssid: copyBytes(ssid) }),
    key: { kind: 'pmk', pmk } as const,
  }));
  const msks = ofKind(credentials, 'msk').map(({ msk }) => msk);
  const tks = ofKind(credentials, 'tk').map(({ tk }) => tk);
  const tls = tlsOf(ofKind(credentials, 'tls'));
  const psks = pskMemory(crypto);
  const stations = stationMemory();
  const ofMsks = new Map<number, ReadonlyArray<CandidateKey>>();

  const fromMsks = (akm: Akm): ReadonlyArray<CandidateKey> => {
    const known = ofMsks.get(akm.selector) ?? msks.flatMap((msk) => pmkOfMsk(akm, msk) ?? []);
    ofMsks.set(akm.selector, known);
    return known;
  };

  return {
    pmksOf: (ssid, selector) => {
      const akm = akmOf(selector);
      if (akm === undefined) return [];
      const given = pmks.flatMap((each) => (isFor(each, ssid) && akm.pmkLengths.includes(each.key.pmk.length) ? [each.key] : []));
      if (akm.source === 'psk') {
        const derived = passphrases.flatMap((each) => (isFor(each, ssid) ? (psks.of(each, ssid) ?? []) : []));
        return [...derived, ...given];
      }
      return usesOneX(akm) ? [...given, ...fromMsks(akm)] : given;
    },
    tks: () => tks,
    msks: () => msks,
    tls: () => tls,
    waits: passphrases.length > 0 || pmks.length > 0 || tls !== undefined,
    remember: stations.remember,
    rememberedOf: stations.of,
    agreements: agreementMemory(),
    release: () => {
      psks.release();
      stations.release();
      for (const keys of ofMsks.values()) zeroiseAll(keys);
      ofMsks.clear();
    },
  };
};
