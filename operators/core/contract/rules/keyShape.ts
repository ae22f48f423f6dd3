import { Cipher, Direction, type EffectOf, isUnicast, type KeyMaterial, ZERO_MAC } from '../../../../streams/events/index.js';
import type { KeyCall } from '../fold/keys.js';
import { type CallRule, clause } from './Rule.js';
import { livePort, portName } from './words.js';

type DefaultKey = EffectOf<'setDefaultKey'>;

const isVendorCipher = (cipher: number): boolean => cipher >= 0x80000000;

export const R121: CallRule<DefaultKey> = {
  ...clause('R121', 'direction INBOUND or BOTH', 'A default key is for reception, or for both; OUTBOUND is forbidden.'),
  broken: ({ call }) =>
    call.direction === Direction.codes.OUTBOUND
      ? { message: `default key with direction ${Direction.show(call.direction)}` }
      : undefined,
};

export const R122: CallRule<EffectOf<'setDefaultKeyId'>> = {
  ...clause('R122', 'a transmit index from 0 to 3', 'Standard ciphers have four default keys to transmit with.'),
  broken: (scene) => {
    const { unicastCipher = 0, multicastCipher = 0 } = livePort(scene)?.association ?? {};
    const isStandard = !isVendorCipher(unicastCipher) && !isVendorCipher(multicastCipher);
    return isStandard && !isIndexOf(scene.call.keyIndex, 0, 3) ? { message: `default key id ${scene.call.keyIndex}` } : undefined;
  },
};

const isIndexOf = (index: number, first: number, last: number): boolean => index >= first && index <= last;

const MANAGEMENT_CIPHERS: ReadonlySet<number> = new Set([
  Cipher.codes.BIP,
  Cipher.codes.BIP_GMAC_128,
  Cipher.codes.BIP_GMAC_256,
  Cipher.codes.BIP_CMAC_256,
]);

/** The rule is worded for 4 and 5; 6 and 7 are the BIGTK's, which only WDI (key type 4) and Linux know how to take. */
export const R123: CallRule<DefaultKey> = {
  ...clause('R123', 'key index 0 to 3 for data, 4 or 5 for BIP', 'Data keys and management keys have indexes of their own.'),
  broken: ({ call: { keyIndex, algorithm } }) => {
    const [first, last] = MANAGEMENT_CIPHERS.has(algorithm) ? [4, 7] : [0, 3];
    return isVendorCipher(algorithm) || isIndexOf(keyIndex, first, last)
      ? undefined
      : { message: `key index ${keyIndex} for ${Cipher.show(algorithm)}` };
  },
};

export const R128: CallRule<DefaultKey> = {
  ...clause(
    'R128',
    "the AP's address, or zeros for a static key",
    'In an infrastructure network a key obtained from the AP carries the address of the AP.',
  ),
  broken: (scene) => {
    const port = livePort(scene);
    const { peer, link } = scene.call;
    // In a multi-link association it is the AP of the link, which need not be the peer.
    if (link !== undefined && isUnicast(peer)) return;
    return port !== undefined && peer !== port.peer && peer !== ZERO_MAC
      ? { message: `default key with address ${peer} at ${portName(port)}`, related: [port.openedBy] }
      : undefined;
  },
};

const { TKIP, CCMP, CCMP_256, GCMP, GCMP_256, WEP40, WEP104, BIP, BIP_GMAC_128, BIP_GMAC_256, BIP_CMAC_256 } = Cipher.codes;

/** The form and the length in octets each algorithm takes; the vendor's and WEP of any length are open. */
const MATERIAL: ReadonlyMap<number, { readonly form: KeyMaterial['form']; readonly length: number }> = new Map([
  [TKIP, { form: 'tkip', length: 16 }],
  [CCMP, { form: 'ccmp', length: 16 }],
  [CCMP_256, { form: 'ccmp', length: 32 }],
  [GCMP, { form: 'gcmp', length: 16 }],
  [GCMP_256, { form: 'gcmp', length: 32 }],
  [WEP40, { form: 'raw', length: 5 }],
  [WEP104, { form: 'raw', length: 13 }],
  [BIP, { form: 'bip', length: 16 }],
  [BIP_GMAC_128, { form: 'bip', length: 16 }],
  [BIP_GMAC_256, { form: 'bip', length: 32 }],
  [BIP_CMAC_256, { form: 'bip', length: 32 }],
] as const);

const COUNTER = 6;
const TKIP_MIC = 16;

const fits = (material: KeyMaterial, { form, length }: { readonly form: string; readonly length: number }): boolean =>
  material.form === form &&
  material.key.length === length &&
  (material.form === 'raw' || material.counter.length === COUNTER) &&
  (material.form !== 'tkip' || material.mic.length === TKIP_MIC);

export const R124: CallRule<KeyCall> = {
  ...clause('R124', 'the structure and the key length of the algorithm', 'Each algorithm has its own structure around its key.'),
  broken: ({ call: { algorithm, material, delete: isDelete } }) => {
    const wanted = MATERIAL.get(algorithm);
    return isDelete || wanted === undefined || fits(material, wanted)
      ? undefined
      : { message: `${Cipher.show(algorithm)} key in form ${material.form} with ${material.key.length} octets` };
  },
};

/** Ciphers that are sure of their number: not "the group's", not WEP of any length, not the vendor's. */
const isDefinite = (cipher: number): boolean => MATERIAL.has(cipher) && cipher !== WEP40 && cipher !== WEP104;

export const R41: CallRule<KeyCall> = {
  ...clause(
    'R41',
    'a key for the cipher that the association negotiated',
    'The association completion says which ciphers were agreed; what the profile wished for is past.',
  ),
  broken: (scene) => {
    const { call } = scene;
    const association = livePort(scene)?.association;
    if (association === undefined || call.delete || MANAGEMENT_CIPHERS.has(call.algorithm)) return;
    const agreed = call.kind === 'setKeyMappingKey' ? association.unicastCipher : association.multicastCipher;
    return isDefinite(agreed) && isDefinite(call.algorithm) && agreed !== call.algorithm
      ? { message: `${call.kind} for ${Cipher.show(call.algorithm)}, negotiated was ${Cipher.show(agreed)}` }
      : undefined;
  },
};

export const R130: CallRule<KeyCall> = {
  ...clause(
    'R130',
    'a non-static key',
    'Keys of a handshake are dropped by the miniport when the connection ends; static ones are not.',
  ),
  broken: ({ call }) =>
    call.static && !call.delete && call.material.form !== 'raw' && !isVendorCipher(call.algorithm)
      ? { message: `${Cipher.show(call.algorithm)} key marked static` }
      : undefined,
};
