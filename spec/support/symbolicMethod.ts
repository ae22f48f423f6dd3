import {
  emit,
  type KeyDownload,
  type MethodCommand,
  type MethodInput,
  type SecurityMethod,
  stay,
} from '../../operators/core/index.js';
import { Cipher, EtherType, type KeyMaterial, Secret } from '../../streams/events/index.js';

/**
 * The shape of a key handshake without its cryptography, so that a marble diagram can show it: a packet is one character,
 * messages 1 and 3 are answered by 2 and 4, group message `g` by `h`, and the keys follow the send completion of 4 or h.
 * A message 1 after a message 3 begins another round, with new keys.
 */
export interface Handshake {
  readonly round: number;
  readonly sawFirst: boolean;
  readonly sawThird: boolean;
  /** Every key it made, to be destroyed with it. */
  readonly keys: ReadonlyArray<Secret>;
}

export interface SymbolicOptions {
  /** Told of every key that is made. */
  readonly onKey?: (key: Secret) => void;
  /** Whether the handshake ends with SetExcludeUnencrypted: a WDI host has done so itself (S18). */
  readonly excludesUnencrypted?: boolean;
  /** After how many milliseconds a failed 802.1X run is followed by another; never by default. */
  readonly retryAfter?: number;
  /** What StartOneX is given. */
  readonly attributes?: Uint8Array;
  readonly completionTimeout?: number;
}

/** An EAPOL packet for one character: a Key packet (type 3) unless told otherwise (type 0 carries EAP). */
export const eapol = (symbol: string, type = 3): Uint8Array => Uint8Array.of(2, type, 0, 1, symbol.charCodeAt(0));

export const symbolOf = (payload: Uint8Array): string => String.fromCharCode(payload.at(-1) ?? 0);

type Done = ReturnType<SecurityMethod<Handshake>['step']>;

const material = (key: Secret): KeyMaterial => ({ form: 'ccmp', counter: new Uint8Array(6), key });
const send = (tag: string): MethodCommand => ({ do: 'send', tag, etherType: EtherType.codes.EAPOL, payload: eapol(tag) });

const FIRST: Handshake = { round: 0, sawFirst: false, sawThird: false, keys: [] };

const key = (fill: number, { onKey }: SymbolicOptions): Secret => {
  const made = Secret.of(new Uint8Array(16).fill(fill & 0xff || 1));
  onKey?.(made);
  return made;
};

const startOneX = ({ attributes }: SymbolicOptions): MethodCommand =>
  attributes === undefined ? { do: 'startOneX' } : { do: 'startOneX', attributes };

const install = (state: Handshake, options: SymbolicOptions): Done => {
  const pairwise = key(0x20 + 2 * state.round, options);
  const group = key(0x80 + 2 * state.round, options);
  const excluded: ReadonlyArray<KeyDownload> =
    options.excludesUnencrypted === false ? [] : [{ slot: 'excludeUnencrypted', exclude: true }];
  const keys: ReadonlyArray<KeyDownload> = [
    { slot: 'pairwise', algorithm: Cipher.codes.CCMP, material: material(pairwise) },
    { slot: 'group', keyIndex: 1, algorithm: Cipher.codes.CCMP, material: material(group) },
    ...excluded,
  ];
  const next: Handshake = { ...state, sawThird: true, keys: [...state.keys, pairwise, group] };
  return emit<Handshake, MethodCommand>(next, send('4'), { do: 'install', keys, after: '4' }, { do: 'succeed' });
};

const installGroup = (state: Handshake, options: SymbolicOptions): Done => {
  const group = key(0x81 + 2 * state.round, options);
  const keys: ReadonlyArray<KeyDownload> = [
    { slot: 'group', keyIndex: 2, algorithm: Cipher.codes.CCMP, material: material(group) },
  ];
  const next: Handshake = { ...state, keys: [...state.keys, group] };
  return emit<Handshake, MethodCommand>(next, send('h'), { do: 'install', keys, after: 'h' });
};

const restart = (state: Handshake, options: SymbolicOptions): Done =>
  emit<Handshake, MethodCommand>({ ...state, round: state.round + 1 }, startOneX(options));

const first = (state: Handshake): Done => {
  const next = state.sawThird ? { ...state, round: state.round + 1, sawThird: false } : state;
  return emit<Handshake, MethodCommand>({ ...next, sawFirst: true }, send('2'));
};

const receive = (state: Handshake, symbol: string, usesOneX: boolean, options: SymbolicOptions): Done => {
  switch (symbol) {
    case '1':
      return first(state);
    case '3':
      return state.sawFirst ? install(state, options) : stay(state);
    case 'g':
      return state.sawThird ? installGroup(state, options) : stay(state);
    case 'e':
      return usesOneX ? restart(state, options) : stay(state);
    default:
      return stay(state);
  }
};

export const symbolic = (usesOneX = false, options: SymbolicOptions = {}): SecurityMethod<Handshake> => ({
  name: usesOneX ? 'symbolic 802.1X' : 'symbolic',
  etherTypes: [EtherType.codes.EAPOL],
  usesOneX,
  ...(options.completionTimeout !== undefined && { completionTimeout: options.completionTimeout }),
  serves: ({ unicastCipher }) => unicastCipher === Cipher.codes.CCMP,
  offers: () => ({ authAlgorithm: 7, unicastCipher: Cipher.codes.CCMP, multicastCipher: Cipher.codes.CCMP }),
  begin: () => (usesOneX ? emit<Handshake, MethodCommand>(FIRST, startOneX(options)) : stay(FIRST)),
  step: (state: Handshake, input: MethodInput) => {
    switch (input.kind) {
      case 'packet':
        return receive(state, symbolOf(input.payload), usesOneX, options);
      case 'oneXSucceeded':
        input.sendKey?.zeroise();
        input.receiveKey?.zeroise();
        return stay(state);
      case 'oneXFailed':
        return options.retryAfter === undefined
          ? stay(state)
          : emit<Handshake, MethodCommand>(state, { do: 'setTimer', name: 'retry', ms: options.retryAfter });
      case 'timer':
        return restart(state, options);
      default:
        return stay(state);
    }
  },
  release: ({ keys }) => {
    for (const made of keys) made.zeroise();
  },
});
