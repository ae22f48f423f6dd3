import type { EapolKey, KeyDataItem } from '../../../streams/frames/index.js';
import type { TestNetwork } from '../associationFor.js';
import type { MessageName, Modifier } from './draft.js';
import type { GroupKeys, Master, PlainPtk } from './keys.js';
import { allGroupKeys, drawn } from './keys.js';

export interface ApOptions {
  readonly network: TestNetwork;
  /** The PMK; in a mobility domain what its PMK-R0 is made of (PSK, PMK of SAE), and where 802.1X made it the whole MSK. */
  readonly secret: Uint8Array;
  /** Other seeds draw other nonces and group keys. */
  readonly seed?: string;
  /** Faults: what becomes of each message before it is protected. */
  readonly modify?: Partial<Readonly<Record<MessageName, Modifier>>>;
  /** A PMKID in message 1. */
  readonly namesPmk?: Uint8Array;
  readonly transitionDisable?: Uint8Array;
  /** The replay counter of the first message. */
  readonly firstCounter?: bigint;
}

export type ReplyName = 'message 2' | 'message 4' | 'group message 2' | 'request';

/** What the access point has to say of a frame it got, and of how it stands. */
export type ApEvent =
  | { readonly kind: 'took'; readonly reply: ReplyName; readonly key: EapolKey; readonly items: ReadonlyArray<KeyDataItem> }
  | { readonly kind: 'refused'; readonly reply: ReplyName | 'packet'; readonly why: string }
  /** Every handshake is through. */
  | { readonly kind: 'up' };

export interface Turn {
  readonly ap: Ap;
  readonly packets: ReadonlyArray<Uint8Array>;
  readonly events: ReadonlyArray<ApEvent>;
}

/** An access point's end of the handshakes, as a value. */
export interface Ap {
  readonly options: ApOptions;
  readonly network: TestNetwork;
  readonly master: Master;
  readonly awaits: ReplyName | 'nothing';
  /** The replay counter of the next message. */
  readonly counter: bigint;
  /** Counters of the message that was sent, and of its repetitions. */
  readonly outstanding: ReadonlyArray<bigint>;
  readonly draws: number;
  readonly anonce: Uint8Array;
  /** Message 1 had its Secure bit set, as that of a rekey has: message 2 is to have it too. */
  readonly isSecure: boolean;
  /** Of the handshake under way. */
  readonly pending?: PlainPtk;
  /** In force since message 4. */
  readonly ptk?: PlainPtk;
  /** Extended Key ID: which of the two keys is being made, or was made last. */
  readonly keyId: number;
  /** Which of them is in force. */
  readonly keyIdInForce: number;
  readonly groups: ReadonlyArray<GroupKeys>;
  readonly generation: number;
  /** The next counter of a request. */
  readonly requests: bigint;
}

/** Octets of the access point's own randomness, and the state in which they are used up. */
export const draw = (ap: Ap, octets: number): readonly [Uint8Array, Ap] => [
  drawn(ap.options.seed ?? 'authenticator', ap.draws, octets),
  { ...ap, draws: ap.draws + 1 },
];

/** New group keys, under the other index. */
export const renewGroupKeys = (ap: Ap): Ap => {
  let { draws } = ap;
  const generation = ap.generation + 1;
  const next = (octets: number) => drawn(ap.options.seed ?? 'authenticator', draws++, octets);
  const groups = allGroupKeys(ap.network, next, generation);
  return { ...ap, groups, generation, draws };
};

/** 1 with TKIP as the pairwise cipher and 2 with any other, unless the suite has it (IEEE 802.11-2020 12.7.2 b). */
export const versionOf = ({ network, master }: Ap): number => {
  const { descriptorVersion } = master.parameters;
  if (descriptorVersion !== 'byCipher') return descriptorVersion;
  return network.pairwise.form === 'tkip' ? 1 : 2;
};
