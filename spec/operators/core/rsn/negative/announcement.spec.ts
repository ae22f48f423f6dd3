import { RsnCapability, rsnxWith, writeRsnxElement } from '../../../../../streams/frames/index.js';
import { made } from '../../../../support/associationFor.js';
import { all, withoutElement, withoutItems } from '../../../../support/authenticator/modifiers.js';
import { setups } from '../../../../support/stages.js';
import { checkAll } from './badFrame.js';
import { addedElement, bare, element, item, octetOf, precededBy, RSN, RSNX, rsne, whole } from './changes.js';
import { announcing, networks } from './setups.js';

const CIPHER_SUITE = 0x000fac;
const suite = (type: number): number => CIPHER_SUITE * 0x100 + type;

/** RSNEs as an access point could have them, if it were another one. */
const RSNE_OF_WPA3 = Uint8Array.of(0x30, 20, 1, 0, 0, 0xf, 0xac, 4, 1, 0, 0, 0xf, 0xac, 4, 1, 0, 0, 0xf, 0xac, 8, 0, 0);
const rsnxe = (...bits: ReadonlyArray<number>): Uint8Array => made(writeRsnxElement(rsnxWith(...bits)));

/** `ap_wpa2_psk_supp_proto_no_ie`, `…_ie_mismatch`, and hostapd's `rsne_override_eapol` and `rsnxe_override_eapol`. */
describe('message 3 that does not repeat what was announced', () => {
  describe('its RSNE', () => {
    checkAll({ at: 'message 3', code: 'RSNE', outcome: 'MSMSEC_PR_IE_MATCHING' }, [
      { name: 'no_ie', modify: withoutElement(RSN), outcome: 'MSMSEC_M3_MISSING_IE' },
      { name: 'rsne_mismatch_version', modify: rsne((rsn) => ({ ...rsn, version: 2 })) },
      { name: 'rsne_mismatch_group_cipher', modify: rsne((rsn) => ({ ...rsn, group: suite(2) })) },
      { name: 'rsne_mismatch_pairwise_cipher', modify: rsne((rsn) => ({ ...rsn, pairwise: [suite(2)] })) },
      { name: 'rsne_mismatch_another_pairwise_cipher', modify: rsne((rsn) => ({ ...rsn, pairwise: [suite(4), suite(2)] })) },
      { name: 'rsne_mismatch_akm', modify: rsne((rsn) => ({ ...rsn, akms: [suite(8)] })) },
      { name: 'rsne_mismatch_another_akm', modify: rsne((rsn) => ({ ...rsn, akms: [suite(2), suite(8)] })) },
      { name: 'rsne_mismatch_mfpc', modify: rsne((rsn) => ({ ...rsn, capabilities: RsnCapability.MFPC })) },
      {
        name: 'rsne_mismatch_preauthentication',
        modify: rsne((rsn) => ({ ...rsn, capabilities: RsnCapability.PREAUTHENTICATION })),
      },
      { name: 'rsne_mismatch_no_capabilities', modify: rsne(({ capabilities: _, ...rsn }) => rsn) },
      { name: 'rsne_mismatch_pmkid_count', modify: rsne((rsn) => ({ ...rsn, pmkids: [] })) },
      {
        name: 'rsne_mismatch_rest',
        modify: rsne((rsn) => ({ ...rsn, pmkids: [], groupManagement: suite(6), rest: Uint8Array.of(1) })),
      },
      { name: 'rsne_of_two_octets', modify: element(RSN, () => Uint8Array.of(RSN, 2, 1, 0)) },
      { name: 'rsne_without_octets', modify: element(RSN, () => Uint8Array.of(RSN, 0)) },
      { name: 'first_rsne_of_two_mismatch', modify: precededBy(whole(RSNE_OF_WPA3)) },
      {
        name: 'rsne_thrice',
        modify: all(addedElement(RSNE_OF_WPA3), addedElement(RSNE_OF_WPA3)),
        outcome: 'MSMSEC_M3_TOO_MANY_RSNIE',
      },
      {
        name: 'rsne_mismatch_group_management_cipher',
        setup: setups.protectedPsk,
        modify: rsne((rsn) => ({ ...rsn, groupManagement: suite(12) })),
      },
    ]);
  });

  describe('its RSNXE', () => {
    checkAll({ at: 'message 3', code: 'RSNXE', outcome: 'MSMSEC_PR_IE_MATCHING' }, [
      { name: 'rsnxe_added', modify: addedElement(rsnxe(5)) },
      { name: 'rsnxe_added_without_bits', modify: addedElement(Uint8Array.of(RSNX, 1, 0)) },
      { name: 'rsnxe_added_without_octets', modify: precededBy(bare(RSNX, 0)) },
      { name: 'rsnxe_removed', setup: networks.extended, modify: withoutElement(RSNX) },
      { name: 'rsnxe_changed', setup: networks.extended, modify: octetOf(RSNX, 2, 0) },
      { name: 'rsnxe_longer', setup: networks.extended, modify: element(RSNX, () => rsnxe(5, 21)) },
    ]);
  });

  describe('its SSID', () => {
    checkAll({ at: 'message 3', setup: networks.named, code: 'SSID', outcome: 'MSMSEC_SEC_IE_MATCHING' }, [
      { name: 'ssid_protection_no_ssid', modify: withoutItems('ssid') },
      { name: 'ssid_protection_ssid_mismatch', modify: item('ssid', { ssid: new TextEncoder().encode('loopbacc') }) },
      { name: 'ssid_protection_ssid_longer', modify: item('ssid', { ssid: new TextEncoder().encode('loopback5') }) },
      { name: 'ssid_protection_ssid_shorter', modify: item('ssid', { ssid: new TextEncoder().encode('loop') }) },
    ]);
  });

  describe('because the beacon was another (a downgrade)', () => {
    checkAll({ at: 'message 3', modify: (draft) => draft }, [
      {
        name: 'beacon_without_rsne',
        ...{ network: announcing(), code: 'DOWNGRADE', outcome: 'MSMSEC_DOWNGRADE_DETECTED' },
      },
      {
        name: 'beacon_with_another_akm',
        ...{ network: announcing(RSNE_OF_WPA3), code: 'RSNE', outcome: 'MSMSEC_PR_IE_MATCHING' },
      },
      {
        name: 'beacon_without_rsnxe',
        ...{ setup: networks.extended, network: (network) => announcing(network.apElement)(network) },
        ...{ code: 'RSNXE', outcome: 'MSMSEC_PR_IE_MATCHING' },
      },
      {
        name: 'beacon_with_rsnxe',
        ...{ network: (network) => announcing(network.apElement, rsnxe(5))(network) },
        ...{ code: 'RSNXE', outcome: 'MSMSEC_PR_IE_MATCHING' },
      },
    ]);
  });
});
