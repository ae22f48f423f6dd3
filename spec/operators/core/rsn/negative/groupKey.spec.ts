import { withoutItems } from '../../../../support/authenticator/modifiers.js';
import { setups } from '../../../../support/stages.js';
import { checkAll } from './badFrame.js';
import { inPlaceOf, item, kde, octets, zeros } from './changes.js';
import { networks } from './setups.js';

const GTK = 1;
const IGTK = 9;
const BIGTK = 14;
const KEY = octets(16, 0x77);
const PN = octets(6, 0);

describe('message 3 with a group key changed', () => {
  describe('the GTK', () => {
    checkAll({ at: 'message 3', outcome: 'MSMSEC_KEY_FORMAT' }, [
      { name: 'no_gtk', modify: withoutItems('gtk'), code: 'GROUP_KEY', outcome: 'MSMSEC_M3_MISSING_GRP_KEY' },
      { name: 'wrong_group_key_len', modify: inPlaceOf('gtk', kde(GTK, 1, 0, ...KEY.slice(1))), code: 'KEY_DATA' },
      { name: 'too_long_gtk_kde', modify: inPlaceOf('gtk', kde(GTK, 1, 0, ...octets(33, 0xff))), code: 'KEY_DATA' },
      { name: 'group_key_len_of_tkip', modify: item('gtk', { key: Uint8Array.from(octets(32, 7)) }), code: 'KEY_LENGTH' },
      { name: 'group_key_len_of_wep_104', modify: item('gtk', { key: Uint8Array.from(octets(13, 7)) }), code: 'KEY_LENGTH' },
      { name: 'group_key_len_of_wep_40', modify: item('gtk', { key: Uint8Array.from(octets(5, 7)) }), code: 'KEY_LENGTH' },
      {
        name: 'group_key_len_of_ccmp_with_tkip',
        ...{ setup: networks.tkipGroup, modify: item('gtk', { key: Uint8Array.from(KEY) }), code: 'KEY_LENGTH' },
      },
      {
        name: 'group_key_len_of_gcmp_128_with_256',
        ...{ setup: setups.suiteB192, modify: item('gtk', { key: Uint8Array.from(KEY) }), code: 'KEY_LENGTH' },
      },
      { name: 'gtk_keyidx_0', modify: item('gtk', { keyId: 0 }), code: 'KEY_INDEX', rules: 'R123' },
      { name: 'gtk_zero', modify: item('gtk', { key: zeros(16) }), code: 'ZERO_KEY' },
      {
        name: 'gtk_zero_with_tkip',
        ...{ setup: networks.tkipGroup, modify: item('gtk', { key: zeros(32) }), code: 'ZERO_KEY' },
      },
      {
        name: 'gtk_zero_beside_michael_keys',
        ...{ setup: networks.tkipGroup, modify: item('gtk', { key: zeros(32).fill(7, 16) }), code: 'ZERO_KEY' },
      },
      {
        name: 'gtk_in_an_mlo_gtk_kde',
        modify: inPlaceOf('gtk', kde(16, 1, ...PN, ...KEY)),
        ...{ code: 'GROUP_KEY', outcome: 'MSMSEC_M3_MISSING_GRP_KEY' },
      },
    ]);
  });

  describe('the IGTK', () => {
    checkAll({ at: 'message 3', setup: setups.protectedPsk, outcome: 'MSMSEC_KEY_FORMAT' }, [
      { name: 'no_igtk', modify: withoutItems('igtk'), code: 'MANAGEMENT_KEY', outcome: 'MSMSEC_M3_MISSING_MGMT_GRP_KEY' },
      { name: 'igtk_keyid_too_large', modify: item('igtk', { keyId: 0xffff }), code: 'KEY_INDEX', rules: 'R123' },
      { name: 'igtk_keyid_unexpected', modify: item('igtk', { keyId: 6 }), code: 'KEY_INDEX', rules: 'R123' },
      { name: 'igtk_keyid_of_a_group_key', modify: item('igtk', { keyId: 3 }), code: 'KEY_INDEX', rules: 'R123' },
      { name: 'igtk_keyid_swapped_and_unexpected', modify: item('igtk', { keyId: 0x0600 }), code: 'KEY_INDEX', rules: 'R123' },
      { name: 'igtk_len_of_256', modify: item('igtk', { key: Uint8Array.from(octets(32, 7)) }), code: 'KEY_LENGTH' },
      {
        name: 'igtk_len_of_128_with_256',
        ...{ setup: setups.suiteB192, modify: item('igtk', { key: Uint8Array.from(KEY) }), code: 'KEY_LENGTH' },
      },
      { name: 'igtk_too_short', modify: inPlaceOf('igtk', kde(IGTK, 4, 0, ...PN, ...KEY.slice(1))), code: 'KEY_DATA' },
      { name: 'igtk_without_packet_number', modify: inPlaceOf('igtk', kde(IGTK, 4, 0)), code: 'KEY_DATA' },
      { name: 'igtk_zero', modify: item('igtk', { key: zeros(16) }), code: 'ZERO_KEY' },
      { name: 'gtk_zero_beside_an_igtk', modify: item('gtk', { key: zeros(16) }), code: 'ZERO_KEY' },
    ]);
  });

  describe('the BIGTK', () => {
    checkAll({ at: 'message 3', setup: networks.protectedBeacons, outcome: 'MSMSEC_KEY_FORMAT' }, [
      { name: 'bigtk_keyid_unexpected', modify: item('bigtk', { keyId: 5 }), code: 'KEY_INDEX', rules: 'R123' },
      { name: 'bigtk_keyid_too_large', modify: item('bigtk', { keyId: 8 }), code: 'KEY_INDEX', rules: 'R123' },
      { name: 'bigtk_keyid_swap', modify: item('bigtk', { keyId: 0x0600 }), code: 'KEY_INDEX', rules: 'R123' },
      { name: 'bigtk_len_of_256', modify: item('bigtk', { key: Uint8Array.from(octets(32, 7)) }), code: 'KEY_LENGTH' },
      { name: 'bigtk_too_short', modify: inPlaceOf('bigtk', kde(BIGTK, 6, 0, ...PN, ...KEY.slice(1))), code: 'KEY_DATA' },
      { name: 'bigtk_zero', modify: item('bigtk', { key: zeros(16) }), code: 'ZERO_KEY' },
    ]);
  });
});
