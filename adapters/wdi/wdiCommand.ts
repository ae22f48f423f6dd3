import type { Effect, EffectOf } from '../../streams/events/index.js';
import { WdiOid } from './WdiMessage.js';

/** WDI_CIPHER_KEY_TYPE */
export const WdiKeyType = { PAIRWISE: 1, GROUP: 2, IGTK: 3, BIGTK: 4 } as const;

/** The OID an effect becomes, and for key downloads the type of the key. */
export interface WdiCommand {
  readonly oid: number;
  readonly keyType?: number;
}

const { codes } = WdiOid;

const IGTK_FIRST = 4;
const BIGTK_FIRST = 6;

/** Indices 4 and 5 are those of BIP (R123), 6 and 7 those of beacon protection (IEEE 802.11-2020 12.7.2). */
const defaultKeyType = ({ keyIndex }: EffectOf<'setDefaultKey'>): number => {
  if (keyIndex >= BIGTK_FIRST) return WdiKeyType.BIGTK;
  return keyIndex >= IGTK_FIRST ? WdiKeyType.IGTK : WdiKeyType.GROUP;
};

const keyOid = (isDelete: boolean): number => (isDelete ? codes.SET_DELETE_CIPHER_KEYS : codes.SET_ADD_CIPHER_KEYS);

/**
 * The WDI command that carries out an effect, or `undefined` where WDI has none: exclusion of unencrypted frames, for one, is
 * fixed by the connect task and cannot be changed after association.
 */
export const wdiCommand = (effect: Effect): WdiCommand | undefined => {
  switch (effect.kind) {
    case 'setKeyMappingKey':
      return { oid: keyOid(effect.delete), keyType: WdiKeyType.PAIRWISE };
    case 'setDefaultKey':
      return { oid: keyOid(effect.delete), keyType: defaultKeyType(effect) };
    case 'setDefaultKeyId':
      return { oid: codes.SET_DEFAULT_KEY_ID };
    case 'setEtherTypeHandling':
      return { oid: codes.SET_PRIVACY_EXEMPTION_LIST };
    case 'nicSpecificExtension':
      return { oid: codes.IHV_REQUEST };
    default:
      return undefined;
  }
};
