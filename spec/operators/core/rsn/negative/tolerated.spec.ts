import { rsnxWith, writeKeyData, writeRsnxElement } from '../../../../../streams/frames/index.js';
import { hex } from '../../../../streams/frames/hex.js';
import { made, type TestNetwork } from '../../../../support/associationFor.js';
import type { Modifier } from '../../../../support/authenticator/authenticator.js';
import {
  all,
  withFields,
  withInformation,
  withMore,
  withoutItems,
  withoutSecure,
} from '../../../../support/authenticator/modifiers.js';
import { setups } from '../../../../support/stages.js';
import { type At, type Scene, tolerate } from './badFrame.js';
import {
  addedElement,
  bare,
  eapolVersion,
  element,
  item,
  kde,
  keyLength,
  linkRsne,
  octets,
  precededBy,
  RSNX,
  zeros,
} from './changes.js';
import { announcing, asking, networks, withRsne } from './setups.js';

const KEY = octets(16, 0x77);
const PN = octets(6, 0);
const WPA_ELEMENT = hex('dd160050f20101000050f20201000050f20201000050f202');
const OTHER_RSNE = hex('30140100000fac040100000fac020100000fac020000');

const RSNXE_OF_H2E = made(writeRsnxElement(rsnxWith(5)));
const NO_RSNXE = Uint8Array.of(RSNX, 0);

/** What hwsim's `rsn_eapol_m1_extra` and `rsn_eapol_m3_extra` add: an element and a KDE that nobody knows. */
const EXTRA = [bare(0x02, 5, 0x11, 0x22, 0x33, 0x44, 0x55), kde(0xff, 0x11)];
const EXTRA_LONG = Array.from({ length: 6 }, () => bare(0xdd, 0xff, 0, 0x11, 0x22, ...octets(252, 0x33)));

/** Octets behind the end that the packet tells, as drivers of old leave them there. */
const trailing: Modifier = withFields({ touch: (packet) => Uint8Array.from([...packet, 0, 0, 0, 0, 0xff]) });

const EVERYWHERE: ReadonlyArray<At> = [
  'message 1',
  'message 3',
  'group message 1',
  'message 1 of a rekey',
  'message 3 of a rekey',
  'message 3 again',
];

const everywhere = (name: string, scene: Omit<Scene, 'at'>): void => {
  for (const at of EVERYWHERE) tolerate(name, { ...scene, at });
};

/** The GTK KDE as bare octets, with bits set that are reserved (12.7.2, Figure 12-35). */
const reservedBitsOfGtk: Modifier = (draft) => ({
  ...draft,
  items: draft.items.map((each) => (each.kind === 'gtk' ? kde(1, 0xf8 | each.keyId, 0xff, ...each.key) : each)),
});

/** Some access points fill up with zeros alone. */
const paddedWithZeros: Modifier = (draft) => {
  const written = made(writeKeyData(draft.items));
  const plain = new Uint8Array(8 * Math.ceil((written.length + 1) / 8));
  plain.set(written);
  return { ...draft, plain };
};

const byNetwork = (name: string, network: (network: TestNetwork) => TestNetwork): void =>
  tolerate(name, { at: 'message 3', network, modify: (draft) => draft });

describe('what is odd and does no harm', () => {
  describe('nothing at all', () => {
    const { withoutGroup, ...others } = networks;
    for (const [name, setup] of Object.entries({ ...setups, ...others }))
      everywhere(`${name}_ok`, { setup, modify: (draft) => draft });
    tolerate('withoutGroup_ok', { at: 'message 3', setup: withoutGroup, modify: (draft) => draft });
  });

  describe('in every frame', () => {
    everywhere('eapol_key_reserved_random', { modify: withFields({ reserved: Uint8Array.from(octets(8, 0xa5)) }) });
    everywhere('key_iv_random', { modify: withFields({ iv: Uint8Array.from(octets(16, 0xa5)) }) });
    everywhere('eapol_version_1', { modify: eapolVersion(1) });
    everywhere('eapol_version_3', { modify: eapolVersion(3) });
    everywhere('trailing_octets', { modify: trailing });
    everywhere('key_index_in_rsn', { modify: withInformation({ index: 2 }) });
  });

  describe('in message 1', () => {
    const at = 'message 1';
    tolerate('rsn_eapol_m1_extra', { at, modify: withMore(...EXTRA) });
    tolerate('msg_1_invalid_kde', { at, modify: withFields({ plain: Uint8Array.of(0x55, 0x55) }) });
    tolerate('msg_1_key_len_0', { at, modify: keyLength(0) });
    tolerate('msg_1_pmkid_of_another_pmk', { at, modify: withMore({ kind: 'pmkid', pmkid: Uint8Array.from(KEY) }) });
    tolerate('msg_1_pmkid_of_zeros', { at, modify: withMore({ kind: 'pmkid', pmkid: zeros(16) }) });
    tolerate('rekey_msg_1_no_secure', { at: 'message 1 of a rekey', modify: withoutSecure });
  });

  describe('in message 3', () => {
    const at = 'message 3';
    tolerate('rsn_eapol_m3_extra', { at, modify: withMore(...EXTRA) });
    tolerate('rsn_eapol_m3_extra_first', { at, modify: precededBy(...EXTRA) });
    tolerate('rsn_eapol_m3_extra_long', { at, modify: withMore(...EXTRA_LONG) });
    tolerate('gtk_tx_bit_workaround', { at, modify: item('gtk', { transmit: true }) });
    tolerate('gtk_reserved_bits', { at, modify: reservedBitsOfGtk });
    tolerate('padding_more_than_needed', { at, modify: withMore(bare(0xdd, 0), bare(0xdd, 0)) });
    tolerate('padding_of_zeros', { at, modify: paddedWithZeros });
    tolerate('wpa_ie_beside_rsne', { at, modify: addedElement(WPA_ELEMENT) });
    tolerate('rsne_twice_second_for_another_cipher', { at, modify: addedElement(OTHER_RSNE) });
    tolerate('error_and_lifetime_kde', {
      at,
      modify: withMore({ kind: 'error', mui: 1, errorType: 2 }, { kind: 'lifetime', seconds: 60 }),
    });
    tolerate('mac_address_kde_without_links', { at, modify: withMore(kde(3, 2, 0, 0, 0, 0, 9)) });
    tolerate('igtk_without_protected_management_frames', { at, modify: withMore(kde(9, 4, 0, ...PN, ...KEY)) });
    tolerate('bigtk_without_beacon_protection', { at, setup: setups.sae, modify: withMore(kde(14, 6, 0, ...PN, ...KEY)) });
    tolerate('bigtk_without_protected_management_frames', {
      ...{ at, setup: { ...setups.psk, beaconProtection: true }, modify: withMore(kde(14, 6, 0, ...PN, ...KEY)) },
    });
    tolerate('gtk_without_group_traffic', { at, setup: networks.withoutGroup, modify: withMore(kde(1, 1, 0, ...KEY)) });
    tolerate('key_id_without_extended_key_id', { at, modify: withMore({ kind: 'keyId', keyId: 1 }) });
    tolerate('oci_without_ocv', { at, modify: withMore(kde(13, 81, 1, 0)) });
    tolerate('ocv_wider_than_we_are', {
      at,
      setup: networks.narrowChannel,
      modify: item('operatingChannel', { operatingClass: 128 }),
    });
    tolerate('ocv_segment_of_one_segment', {
      at,
      setup: networks.channelValidated,
      modify: item('operatingChannel', { frequencySegment1: 155 }),
    });
    tolerate('ssid_without_ssid_protection', { at, modify: withMore({ kind: 'ssid', ssid: Uint8Array.from(KEY) }) });
    tolerate('ssid_protection_of_the_access_point_alone', {
      ...{ at, setup: networks.named, modify: withoutItems('ssid') },
      network: ({ ownRsnxe: _, ...network }) => asking(network.ownElement)(network),
    });
    tolerate('ssid_protection_of_the_station_alone', {
      ...{
        at,
        setup: networks.named,
        modify: all(
          withoutItems('ssid'),
          element(RSNX, () => RSNXE_OF_H2E),
        ),
      },
      network: (network) => announcing(network.apElement, RSNXE_OF_H2E)(network),
    });
    tolerate('rsnxe_that_cannot_be_read', {
      ...{
        at,
        setup: networks.named,
        modify: all(
          withoutItems('ssid'),
          element(RSNX, () => NO_RSNXE),
        ),
      },
      network: (network) => announcing(network.apElement, NO_RSNXE)(network),
    });
    tolerate('mlo_kdes_without_links', { at, modify: withMore(kde(16, 1, ...PN, ...KEY), kde(19, 1, 2, 0, 0, 0, 0, 9)) });
    tolerate('wpa_without_beacon', { at, setup: { ...setups.wpa, withoutBeacon: true }, modify: (draft) => draft });
    tolerate('wpa_msg_3_encrypted_bit', { at, setup: setups.wpa, modify: withInformation({ encrypted: true }) });
    tolerate('wpa_rsne_that_was_announced', {
      ...{ at, setup: setups.wpa, modify: addedElement(OTHER_RSNE) },
      network: (network) => announcing(network.apElement, OTHER_RSNE)(network),
    });
    tolerate('without_beacon_rsnxe', {
      ...{ at, setup: { ...setups.psk, withoutBeacon: true } },
      modify: addedElement(RSNXE_OF_H2E),
    });
    tolerate('mlo_gtk_of_a_strange_link', {
      at,
      setup: networks.multiLink,
      modify: withMore(kde(16, 0x51, ...PN, ...octets(32, 0))),
    });
  });

  describe('in message 3 of multi-link devices', () => {
    const at = 'message 3';
    const setup = networks.multiLink;
    const reversed: Modifier = (draft) => ({ ...draft, items: draft.items.toReversed() });
    tolerate('mlo_kdes_in_another_order', { at, setup, modify: reversed });
    tolerate('mlo_rsne_of_a_link_nobody_heard', { at, setup, modify: all(linkRsne(2), reversed) });
  });

  describe('in a group message 1', () => {
    const at = 'group message 1';
    tolerate('group_msg_extra', { at, modify: withMore(...EXTRA) });
    tolerate('group_msg_gtk_tx_bit_workaround', { at, modify: item('gtk', { transmit: true }) });
    tolerate('group_msg_install_bit', { at, modify: withInformation({ install: true }) });
    tolerate('group_msg_nonce', { at, modify: withFields({ nonce: Uint8Array.from(octets(32, 9)) }) });
    tolerate('group_msg_key_len', { at, modify: keyLength(16) });
  });

  /** hwsim's `rsn_ie_proto_psk_sta`: an access point may announce what nobody has heard of, if message 3 repeats it. */
  describe('in the RSNE that is announced', () => {
    const RSNES = {
      'No RSN Capabilities field': '30120100000fac040100000fac040100000fac02',
      'Reserved RSN Capabilities bits set': '30140100000fac040100000fac040100000fac023cff',
      'Truncated RSN Capabilities field': '30130100000fac040100000fac040100000fac023c',
      'Extra pairwise cipher suite (unsupported)': '30180100000fac040200ffffffff000fac040100000fac020c00',
      'Extra AKM suite (unsupported)': '30180100000fac040100000fac040200ffffffff000fac020c00',
      'PMKIDCount field included': '30160100000fac040100000fac040100000fac020c000000',
      'Truncated PMKIDCount field': '30150100000fac040100000fac040100000fac020c0000',
      'Unexpected Group Management Cipher Suite with PMF disabled': '301a0100000fac040100000fac040100000fac020c000000000fac06',
      'Extra octet after defined fields (future extensibility)': '301b0100000fac040100000fac040100000fac020c000000000fac0600',
    };
    for (const [name, bytes] of Object.entries(RSNES)) byNetwork(`rsn_ie_proto_psk_sta, ${name}`, withRsne(hex(bytes)));
  });
});
