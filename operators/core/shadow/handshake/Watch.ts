import type { EapolHeard, Mac48, Mark, Speaker } from '../../../../streams/air/index.js';
import type { Secret } from '../../../../streams/events/index.js';
import type { Crypto } from '../../crypto/index.js';
import type { Fault } from '../../rsn/fault.js';
import type { KeyFrame } from '../../rsn/keyFrame.js';
import type { GroupKeySeen, PacketNumberReuse } from '../Connection.js';
import type { KeyRing } from '../KeyRing.js';
import { lengthened } from '../lengthened.js';
import type { KeyUse } from '../protection/KeyUse.js';
import type { Candidate } from './Candidate.js';
import type { GrowingGroup, GrowingHandshake, ProvenKeys } from './Growing.js';
import type { Terms } from './terms.js';

/** What key handshakes are watched with. */
export interface KeyWatchDeps {
  readonly crypto: Crypto;
  readonly keys: KeyRing;
}

/** What is known of a connection before its first key handshake. */
export interface KeyWatchContext {
  readonly station: Mac48;
  readonly ap: Mac48;
  readonly ssid?: Uint8Array;
  /** Bodies of the frames of the association, where they were seen, and of the beacon or probe response. */
  readonly request?: Uint8Array;
  readonly isReassociation: boolean;
  readonly response?: Uint8Array;
  readonly announcement?: Uint8Array;
  readonly medium: 'air' | 'wire' | 'log';
}

/** A key packet, read. */
export interface Heard {
  readonly frame: KeyFrame;
  /** Good until the next event, as the packet is: whoever keeps it copies it. */
  readonly mark: Mark;
  readonly isProtected: boolean;
  /** The temporal key it was protected by, where it was opened here. */
  readonly under?: Uint8Array;
}

/** Everything that is known of the key handshakes of one connection. It changes with every message, its lists are replaced. */
export interface Watch {
  readonly deps: KeyWatchDeps;
  context: KeyWatchContext;
  /** Packets that no key proved so far, as long as one may come that does. */
  said: ReadonlyArray<EapolHeard> | undefined;
  /** What the association agreed on: of its frames, or of what message 2 repeats of them. */
  terms: Terms | undefined;
  /** Keys that were learnt on the way. */
  learnt: ReadonlyArray<Candidate>;
  /** Keys that were learnt before the terms were known. */
  early: ReadonlyArray<Secret>;
  handshakes: ReadonlyArray<GrowingHandshake>;
  /** Message 1s that came when all was done, and which nobody has answered so far. */
  unanswered: GrowingHandshake | undefined;
  groups: ReadonlyArray<GrowingGroup>;
  groupKeys: ReadonlyArray<GroupKeySeen>;
  strays: ReadonlyArray<Mark & { readonly from: Speaker; readonly fault: Fault }>;
  requests: ReadonlyArray<Mark & { readonly isError: boolean }>;
  /** Keys of frames that no handshake here made. */
  adoptedKeys: ReadonlyArray<Secret>;
  adopted: ReadonlyArray<KeyUse>;
  /** Keys of key packets that came with them. */
  transferred: ReadonlyArray<ProvenKeys>;
  /** Of the group keys; made when the first frame for all is heard. */
  groupUses: Map<GroupKeySeen, KeyUse> | undefined;
  reuses: ReadonlyArray<PacketNumberReuse>;
  /** Of the frames of the pair; `blind` are those that no key was found for, though there are keys. */
  readonly traffic: { heard: number; tried: number; opened: number; blind: number; frame: number; time: number };
  /** The last protected frame of each that nobody could read, and those that tell all the same that both are through. */
  unread: Partial<Record<Speaker, Mark & { readonly from: Speaker }>> | undefined;
  proofs: ReadonlyArray<Mark & { readonly from: Speaker }>;
  /** The highest replay counter that the access point proved. */
  counter: bigint;
}

/** Of each list of what was seen. */
export const MOST = 64;

/** Where nothing was seen, all lists are this one. */
export const NONE: readonly never[] = [];

/** The first of a list explains the most, so it is the second that makes room. */
export const leaving = <T>(list: ReadonlyArray<T>): T | undefined => (list.length < MOST ? undefined : list[1]);

/** A new list with one more in it, in which the second makes room for it where there is none. */
export const withOne = <T>(list: ReadonlyArray<T>, one: T): ReadonlyArray<T> =>
  lengthened(list.length < MOST ? list : list.toSpliced(1, 1), one);

/** Notes a message that is none of any handshake. */
export const stray = (watch: Watch, { frame, time }: Mark, from: Speaker, fault: Fault): void => {
  watch.strays = withOne(watch.strays, { frame, time, from, fault });
};

/** The keys to try, those of this very connection first. */
export const candidatesOf = ({ terms, learnt }: Watch): ReadonlyArray<Candidate> => {
  const given = terms?.candidates ?? [];
  return learnt.length === 0 ? given : [...learnt, ...given];
};
