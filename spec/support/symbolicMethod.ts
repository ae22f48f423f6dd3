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
 */
export interface Handshake {
  readonly round: number;
  readonly sawFirst: boolean;
  readonly group: number;
}

/** An EAPOL packet for one character: a Key packet (type 3) unless told otherwise (type 0 carries EAP). */
export const eapol = (symbol: string, type = 3): Uint8Array => Uint8Array.of(2, type, 0, 1, symbol.charCodeAt(0));

export const symbolOf = (payload: Uint8Array): string => String.fromCharCode(payload.at(-1) ?? 0);

const key = (fill: number): KeyMaterial => ({
  form: 'ccmp',
  counter: new Uint8Array(6),
  key: Secret.of(new Uint8Array(16).fill(fill)),
});
const send = (tag: string): MethodCommand => ({ do: 'send', tag, etherType: EtherType.codes.EAPOL, payload: eapol(tag) });

const keysOf = ({ round, group }: Handshake): ReadonlyArray<KeyDownload> => [
  { slot: 'pairwise', algorithm: Cipher.codes.CCMP, material: key(0x10 + round) },
  { slot: 'group', keyIndex: 1, algorithm: Cipher.codes.CCMP, material: key(0x80 + group) },
  { slot: 'excludeUnencrypted', exclude: true },
];

const groupOf = ({ group }: Handshake): ReadonlyArray<KeyDownload> => [
  { slot: 'group', keyIndex: 2, algorithm: Cipher.codes.CCMP, material: key(0x80 + group) },
];

const onPacket = (state: Handshake, symbol: string, usesOneX: boolean) => {
  switch (symbol) {
    case '1':
      return emit<Handshake, MethodCommand>({ ...state, sawFirst: true }, send('2'));
    case '3':
      return state.sawFirst
        ? emit<Handshake, MethodCommand>(state, send('4'), { do: 'install', keys: keysOf(state), after: '4' }, { do: 'succeed' })
        : stay(state);
    case 'g': {
      const next = { ...state, group: 1 };
      return state.sawFirst
        ? emit<Handshake, MethodCommand>(next, send('h'), { do: 'install', keys: groupOf(next), after: 'h' })
        : stay(state);
    }
    case 'e':
      return usesOneX ? emit<Handshake, MethodCommand>({ ...state, round: state.round + 1 }, { do: 'startOneX' }) : stay(state);
    default:
      return stay(state);
  }
};

export const symbolic = (usesOneX = false): SecurityMethod<Handshake> => ({
  name: usesOneX ? 'symbolic 802.1X' : 'symbolic',
  etherTypes: [EtherType.codes.EAPOL],
  usesOneX,
  serves: ({ unicastCipher }) => unicastCipher === Cipher.codes.CCMP,
  offers: () => ({ authAlgorithm: 7, unicastCipher: Cipher.codes.CCMP, multicastCipher: Cipher.codes.CCMP }),
  begin: () => {
    const state: Handshake = { round: 0, sawFirst: false, group: 0 };
    return usesOneX ? emit<Handshake, MethodCommand>(state, { do: 'startOneX' }) : stay(state);
  },
  step: (state: Handshake, input: MethodInput) =>
    input.kind === 'packet' ? onPacket(state, symbolOf(input.payload), usesOneX) : stay(state),
});
