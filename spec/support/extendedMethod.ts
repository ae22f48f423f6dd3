import { emit, type KeyDownload, type MethodCommand, type SecurityMethod, stay } from '../../operators/core/index.js';
import { Cipher, EtherType, type KeyMaterial, type MacAddress, Secret } from '../../streams/events/index.js';
import { eapol, symbolOf } from './symbolicMethod.js';

/** The access points of two links. */
export const LINK_APS: ReadonlyArray<MacAddress> = ['02:00:00:00:00:11' as MacAddress, '02:00:00:00:00:12' as MacAddress];

interface Rounds {
  readonly round: number;
  readonly peer: MacAddress;
  readonly sawThird: boolean;
}

type Commands = ReadonlyArray<MethodCommand>;

const { CCMP, BIP } = Cipher.codes;
const send = (tag: string): MethodCommand => ({ do: 'send', tag, etherType: EtherType.codes.EAPOL, payload: eapol(tag) });

/** The keys of one round, made anew each time they are wanted; every one is reported. */
const keysOf = (round: number, onKey: (key: Secret) => void) => {
  const key = (fill: number, length = 16): Secret => {
    const made = Secret.of(new Uint8Array(length).fill((fill + 16 * round) & 0xff || 1));
    onKey(made);
    return made;
  };
  const material = (form: 'ccmp' | 'bip', fill: number): KeyMaterial => ({ form, counter: new Uint8Array(6), key: key(fill) });
  return {
    pairwise: (): KeyDownload => ({ slot: 'pairwise', keyId: round & 1, algorithm: CCMP, material: material('ccmp', 1) }),
    transmit: (): KeyDownload => ({ slot: 'pairwiseTransmit', keyId: round & 1 }),
    /** One key for both links, which is no way to run a network. */
    groups: (): ReadonlyArray<KeyDownload> =>
      LINK_APS.map((ap, id) => ({
        ...{ slot: 'group', keyIndex: 1, algorithm: CCMP, material: material('ccmp', 2) },
        link: { id, ap },
      })),
    management: (): KeyDownload => ({ slot: 'management', keyIndex: 4, algorithm: BIP, material: material('bip', 3) }),
    beacon: (): KeyDownload => ({ slot: 'beacon', keyIndex: 6, algorithm: BIP, material: material('bip', 4) }),
    pmk: (): Secret => key(5, 32),
  };
};

const third = ({ round, peer }: Rounds, onKey: (key: Secret) => void): Commands => {
  const { pairwise, transmit, groups, management, beacon, pmk } = keysOf(round, onKey);
  const pmkid = new Uint8Array(16).fill(round);
  return [
    { do: 'install', keys: [pairwise()] },
    send('4'),
    { do: 'install', keys: [beacon(), ...groups(), transmit(), management()], after: '4' },
    { do: 'rememberPmk', entry: { peer, ssid: Uint8Array.of(0x61), akm: 0x000fac08, pmkid, pmk: pmk(), lifetime: 60 } },
    { do: 'succeed' },
  ];
};

/**
 * A handshake in the shape of `symbolic` with everything that is beyond the documented interface: two pairwise keys, links,
 * beacon keys, adopted keys, remembered PMKs. It destroys nothing itself: the engine owns all it hands over.
 */
export const extended = (
  onKey: (key: Secret) => void,
  changes: Partial<SecurityMethod<Rounds>> = {},
): SecurityMethod<Rounds> => ({
  name: 'extended',
  etherTypes: [EtherType.codes.EAPOL],
  usesOneX: false,
  serves: () => true,
  begin: ({ peer }) => stay({ round: 0, peer, sawThird: false }),
  step: (state, input) => {
    if (input.kind === 'indicated' && input.indication.kind === 'cipherKeyUpdated') {
      const { management, beacon } = keysOf(state.round, onKey);
      return emit(state, { do: 'adopt', keys: [beacon(), management()] });
    }
    switch (input.kind === 'packet' ? symbolOf(input.payload) : '') {
      case '1':
        return emit(state.sawThird ? { ...state, round: state.round + 1, sawThird: false } : state, send('2'));
      case '3':
        return emit({ ...state, sawThird: true }, ...third(state, onKey));
      case 'g':
        return emit(state, { do: 'forgetPmk', peer: state.peer, pmkid: new Uint8Array(16).fill(state.round) });
      default:
        return stay(state);
    }
  },
  ...changes,
});
