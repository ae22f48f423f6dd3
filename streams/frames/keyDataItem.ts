import { codeSpace, type MacAddress } from '../events/index.js';
import type { Element } from './element.js';

/** A key of one link of a multi-link association; `keyId` and `packetNumber` as in `igtk`. */
interface LinkKey {
  readonly linkId: number;
  readonly keyId: number;
  readonly packetNumber: Uint8Array;
  readonly key: Uint8Array;
}

/**
 * What the Key Data of an EAPOL-Key frame is made of: key data encapsulations (KDEs, IEEE 802.11-2020 Table 12-9; those of
 * several links IEEE 802.11be) and elements. Bytes that hold keys are the caller's to zeroise.
 *
 * @since 0.2.0
 */
export type KeyDataItem =
  | { readonly kind: 'gtk'; readonly keyId: number; readonly transmit: boolean; readonly key: Uint8Array }
  | { readonly kind: 'macAddress'; readonly address: MacAddress }
  | { readonly kind: 'pmkid'; readonly pmkid: Uint8Array }
  | { readonly kind: 'lifetime'; readonly seconds: number }
  | { readonly kind: 'error'; readonly mui: number; readonly errorType: number }
  /** The packet number is six octets, the least significant first. */
  | { readonly kind: 'igtk'; readonly keyId: number; readonly packetNumber: Uint8Array; readonly key: Uint8Array }
  | { readonly kind: 'bigtk'; readonly keyId: number; readonly packetNumber: Uint8Array; readonly key: Uint8Array }
  /** Which of two pairwise keys the handshake makes (Extended Key ID). */
  | { readonly kind: 'keyId'; readonly keyId: number }
  | {
      readonly kind: 'operatingChannel';
      readonly operatingClass: number;
      readonly primaryChannel: number;
      readonly frequencySegment1: number;
    }
  | { readonly kind: 'transitionDisable'; readonly bitmap: Uint8Array }
  /** An SSID element. */
  | { readonly kind: 'ssid'; readonly ssid: Uint8Array }
  | ({ readonly kind: 'mloGtk'; readonly transmit: boolean } & LinkKey)
  | ({ readonly kind: 'mloIgtk' } & LinkKey)
  | ({ readonly kind: 'mloBigtk' } & LinkKey)
  /** Of one affiliated access point: its address, and its RSNE and RSNXE as whole elements. */
  | {
      readonly kind: 'mloLink';
      readonly linkId: number;
      readonly address: MacAddress;
      readonly rsne?: Uint8Array;
      readonly rsnxe?: Uint8Array;
    }
  | { readonly kind: 'element'; readonly element: Element }
  /** A KDE nobody here knows, whole: ID, length, and what follows. */
  | { readonly kind: 'unknown'; readonly bytes: Uint8Array };

export type KeyDataKind = KeyDataItem['kind'];
/** The item of one kind. */
export type ItemOf<Kind extends KeyDataKind> = Extract<KeyDataItem, { readonly kind: Kind }>;

/**
 * KDE selectors, OUI and data type as one number. TRANSITION_DISABLE is of the Wi-Fi Alliance (WPA3 Specification).
 *
 * @since 0.2.0
 */
export const KdeSelector = codeSpace('KDE', {
  GTK: 0x000fac01,
  MAC_ADDRESS: 0x000fac03,
  PMKID: 0x000fac04,
  LIFETIME: 0x000fac07,
  ERROR: 0x000fac08,
  IGTK: 0x000fac09,
  KEY_ID: 0x000fac0a,
  OPERATING_CHANNEL: 0x000fac0d,
  BIGTK: 0x000fac0e,
  MLO_GTK: 0x000fac10,
  MLO_IGTK: 0x000fac11,
  MLO_BIGTK: 0x000fac12,
  MLO_LINK: 0x000fac13,
  TRANSITION_DISABLE: 0x506f9a20,
});

/** How errors call a KDE: `GTK KDE`. */
export const kdeName = (selector: number): string => `${KdeSelector.nameOf(selector) ?? 'unknown'} KDE`;

/** Octets of a group key, of WEP-40, WEP-104, CCMP or GCMP, and TKIP or one of 256 bits (Table 12-7). */
export const GROUP_KEY_SIZES = [5, 13, 16, 32];
/** Octets of a BIP key. */
export const INTEGRITY_KEY_SIZES = [16, 32];
export const PACKET_NUMBER_SIZE = 6;
export const PMKID_SIZE = 16;
export const SSID_MAX_SIZE = 32;

/** Bits of the first octet of a GTK KDE; an MLO GTK KDE has the link in its upper half (IEEE 802.11be 12.7.2). */
export const KEY_ID_MASK = 0x03;
export const TRANSMIT = 0x04;
export const LINK_ID_SHIFT = 4;
export const LINK_ID_MASK = 0x0f;

/** Bits of the first octet of an MLO Link KDE, whose lower half is the link. */
export const HAS_RSNE = 0x10;
export const HAS_RSNXE = 0x20;
