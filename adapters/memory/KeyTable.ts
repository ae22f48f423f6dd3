import { Direction, type EffectOf, type KeyMaterial, type MacAddress } from '../../streams/events/index.js';

type MappingCall = EffectOf<'setKeyMappingKey'>;
type DefaultCall = EffectOf<'setDefaultKey'>;
type TransmitCall = EffectOf<'setPairwiseTransmitKey'>;

/** A key as the hardware holds it: a copy, so that it outlives the effect that brought it. */
export interface StoredKey {
  readonly peer: MacAddress;
  readonly direction: number;
  readonly algorithm: number;
  readonly static: boolean;
  readonly material: KeyMaterial;
}

export interface StoredMappedKey extends StoredKey {
  /** Extended Key ID: a peer may have two keys at a time. */
  readonly keyId?: number;
}

export interface StoredDefaultKey extends StoredKey {
  readonly keyIndex: number;
  /** The link of a multi-link association whose key it is. */
  readonly link?: number;
}

const copyOf = (material: KeyMaterial): KeyMaterial =>
  material.form === 'tkip'
    ? { ...material, key: material.key.copy(), mic: material.mic.copy() }
    : { ...material, key: material.key.copy() };

const destroy = ({ material }: StoredKey): void => {
  material.key.zeroise();
  if (material.form === 'tkip') material.mic.zeroise();
};

const stored = ({ peer, direction, algorithm, static: isStatic, material }: MappingCall | DefaultCall): StoredKey => ({
  peer,
  direction,
  algorithm,
  static: isStatic,
  material: copyOf(material),
});

/** Both fields identify a key-mapping key; a call that differs in one of them is about another key (R120), as is another id. */
const nameOf = ({ peer, direction, keyId = 0 }: Pick<MappingCall, 'peer' | 'direction' | 'keyId'>): string =>
  `${peer} ${direction} ${keyId}`;

const defaultNameOf = ({ keyIndex, link }: Pick<DefaultCall, 'keyIndex' | 'link'>): string =>
  link === undefined ? `${keyIndex}` : `${keyIndex} of link ${link}`;

const replace = <N, K extends StoredKey>(keys: Map<N, K>, name: N, key: K | undefined): void => {
  const old = keys.get(name);
  if (old !== undefined) destroy(old);
  // R129: deleting what is not there succeeds.
  if (key === undefined) keys.delete(name);
  else keys.set(name, key);
};

const drop = <N, K extends StoredKey>(keys: Map<N, K>, leaves: (key: K) => boolean): void => {
  for (const [name, key] of keys) if (leaves(key)) replace(keys, name, undefined);
};

/** The key memory of one miniport. */
export class KeyTable {
  readonly #mapped = new Map<string, StoredMappedKey>();
  readonly #defaults = new Map<string, StoredDefaultKey>();
  /** Extended Key ID: which key frames to a peer are sent with. Whatever replaces that key is for receiving until it is named. */
  readonly #transmitKeys = new Map<MacAddress, StoredMappedKey>();
  /** The index frames are sent with that have no key-mapping key (R122). */
  defaultKeyId: number | undefined;

  get mapped(): ReadonlyArray<StoredMappedKey> {
    return [...this.#mapped.values()];
  }

  /** By index, of one link where there are several: the address in a default key only says where it came from (R128, C21). */
  get defaults(): ReadonlyArray<StoredDefaultKey> {
    return [...this.#defaults.values()];
  }

  map(effect: MappingCall): void {
    const { keyId } = effect;
    const named = keyId === undefined ? {} : { keyId };
    replace(this.#mapped, nameOf(effect), effect.delete ? undefined : { ...stored(effect), ...named });
  }

  /** Which of its keys frames to a peer are sent with, where somebody has said so. */
  transmitKeyIdFor(peer: MacAddress): number | undefined {
    const key = this.#transmitKeys.get(peer);
    return key !== undefined && this.mapped.includes(key) ? key.keyId : undefined;
  }

  /** Whether there is such a key to send with. */
  transmitWith({ peer, keyId }: TransmitCall): boolean {
    const named = this.mapped.find((key) => key.peer === peer && key.keyId === keyId);
    if (named !== undefined) this.#transmitKeys.set(peer, named);
    return named !== undefined;
  }

  setDefault(effect: DefaultCall): void {
    const { keyIndex, link } = effect;
    const named = link === undefined ? { keyIndex } : { keyIndex, link };
    replace(this.#defaults, defaultNameOf(effect), effect.delete ? undefined : { ...stored(effect), ...named });
  }

  /** Whether frames of this sender could be decrypted with a key of its own (R64). */
  hasKeyFor(sender: MacAddress): boolean {
    return this.mapped.some(({ peer, direction }) => peer === sender && direction !== Direction.codes.OUTBOUND);
  }

  /** R131: at each successful association the dynamic default keys go, and the dynamic key-mapping keys of that peer. */
  wipeFor(associated: MacAddress): void {
    drop(this.#defaults, (key) => !key.static);
    drop(this.#mapped, (key) => !key.static && key.peer === associated);
  }

  /** R130: at a disconnection or roam only what is static stays. */
  dropDynamic(): void {
    drop(this.#defaults, (key) => !key.static);
    drop(this.#mapped, (key) => !key.static);
  }

  clear(): void {
    drop(this.#defaults, () => true);
    drop(this.#mapped, () => true);
    this.#transmitKeys.clear();
    this.defaultKeyId = undefined;
  }
}
