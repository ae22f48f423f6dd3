import { ElementId } from '../../../../../streams/frames/index.js';
import {
  withBadMic,
  withFields,
  withInformation,
  withoutInstall,
  withoutSecure,
} from '../../../../support/authenticator/modifiers.js';
import { setups } from '../../../../support/stages.js';
import { checkAll } from './badFrame.js';
import {
  addedElement,
  descriptor,
  element,
  keyData,
  keyLength,
  mic,
  nonce,
  octets,
  replayCounter,
  wrappedKeyData,
} from './changes.js';
import { networks } from './setups.js';

const { VENDOR } = ElementId.codes;
const RSNE = Uint8Array.of(0x30, 20, 1, 0, 0, 0xf, 0xac, 2, 1, 0, 0, 0xf, 0xac, 4, 1, 0, 0, 0xf, 0xac, 2, 0, 0);
const OTHER_VENDOR = Uint8Array.of(0xdd, 6, 0x00, 0x50, 0xf2, 4, 0, 0);
const index = (value: number) => withInformation({ index: value });

describe('WPA1 with one field changed', () => {
  describe('in message 1', () => {
    checkAll({ at: 'message 1', setup: setups.wpa, outcome: 'dropped' }, [
      { name: 'wpa_msg_1_descriptor_type_rsn', modify: descriptor(2), code: 'DESCRIPTOR' },
      { name: 'wpa_msg_1_descriptor_version_2', modify: withInformation({ descriptorVersion: 2 }), code: 'DESCRIPTOR' },
      { name: 'wpa_msg_1_anonce_zero', modify: nonce(0), code: 'ANONCE' },
      {
        name: 'wpa_ccmp_msg_1_descriptor_version_3',
        ...{ setup: networks.wpaOfCcmp, modify: withInformation({ descriptorVersion: 3 }), code: 'DESCRIPTOR' },
      },
    ]);
  });

  describe('in message 3', () => {
    checkAll({ at: 'message 3', setup: setups.wpa, outcome: 'dropped' }, [
      { name: 'wpa_descriptor_type_rsn', modify: descriptor(2), code: 'DESCRIPTOR' },
      { name: 'wpa_descriptor_version_2', modify: withInformation({ descriptorVersion: 2 }), code: 'DESCRIPTOR' },
      { name: 'wpa_mic_zero', modify: mic(0), code: 'MIC' },
      { name: 'wpa_mic_one_bit', modify: withBadMic, code: 'MIC' },
      { name: 'wpa_anonce_change', modify: nonce(0x33), code: 'ANONCE' },
      { name: 'wpa_replay_counter_not_increasing', modify: replayCounter((counter) => counter - 1n), code: 'REPLAYED' },
      { name: 'wpa_no_install', modify: withoutInstall, code: 'NO_INSTALL', outcome: 'MSMSEC_NO_PAIRWISE_KEY' },
      { name: 'wpa_wrong_pairwise_key_len', modify: keyLength(16), code: 'KEY_LENGTH', outcome: 'MSMSEC_KEY_FORMAT' },
      { name: 'wpa_no_ie', modify: element(VENDOR, () => OTHER_VENDOR), code: 'RSNE', outcome: 'MSMSEC_M3_MISSING_IE' },
      { name: 'wpa_no_key_data', modify: keyData(), code: 'KEY_DATA', outcome: 'MSMSEC_M3_MISSING_KEY_DATA' },
      {
        name: 'wpa_ie_mismatch',
        modify: element(VENDOR, (bytes) => bytes.with(-1, 1)),
        ...{ code: 'RSNE', outcome: 'MSMSEC_PR_IE_MATCHING' },
      },
      {
        name: 'wpa_rsn_ie_in_the_place_of_wpa_ie',
        modify: element(VENDOR, () => RSNE),
        ...{ code: 'RSNE', outcome: 'MSMSEC_M3_MISSING_IE' },
      },
      {
        name: 'wpa_possible_downgrade',
        modify: addedElement(RSNE),
        ...{ code: 'DOWNGRADE', outcome: 'MSMSEC_DOWNGRADE_DETECTED' },
      },
      { name: 'wpa_msg_3_encrypted', modify: withFields({ isWrapped: true }), code: 'KEY_DATA', outcome: 'MSMSEC_KEY_FORMAT' },
      { name: 'wpa_invalid_key_data', modify: keyData(...octets(16, 0x7a)), code: 'KEY_DATA', outcome: 'MSMSEC_KEY_FORMAT' },
    ]);
  });

  describe('in group message 1', () => {
    checkAll({ at: 'group message 1', setup: setups.wpa, outcome: 'dropped' }, [
      { name: 'wpa_group_msg_descriptor_type_rsn', modify: descriptor(2), code: 'DESCRIPTOR' },
      { name: 'wpa_group_msg_in_the_clear', modify: (draft) => draft, isProtected: false, code: 'IN_THE_CLEAR' },
      { name: 'wpa_group_msg_mic_zero', modify: mic(0), code: 'MIC' },
      { name: 'wpa_group_msg_replay_counter_not_increasing', modify: replayCounter((counter) => counter - 1n), code: 'REPLAYED' },
      { name: 'wpa_group_msg_no_secure', modify: withoutSecure, code: 'NOT_SECURE', outcome: 'MSMSEC_PEER_INDICATED_INSECURE' },
      { name: 'wpa_group_key_idx_0', modify: index(0), code: 'KEY_INDEX', outcome: 'MSMSEC_KEY_FORMAT', rules: 'R123' },
      { name: 'wpa_group_key_len_of_ccmp', modify: keyLength(16), code: 'KEY_LENGTH', outcome: 'MSMSEC_KEY_FORMAT' },
      { name: 'wpa_group_key_len_0', modify: keyLength(0), code: 'GROUP_KEY', outcome: 'MSMSEC_G1_MISSING_GRP_KEY' },
      {
        name: 'wpa_group_key_len_beyond_key_data',
        modify: keyLength(33),
        code: 'GROUP_KEY',
        outcome: 'MSMSEC_G1_MISSING_GRP_KEY',
      },
      { name: 'wpa_group_key_zero', modify: keyData(...octets(32, 0)), code: 'ZERO_KEY', outcome: 'MSMSEC_KEY_FORMAT' },
      { name: 'wpa_group_msg_no_key_data', modify: wrappedKeyData(), code: 'KEY_DATA', outcome: 'MSMSEC_G1_MISSING_KEY_DATA' },
      {
        name: 'wpa_group_key_too_short',
        modify: wrappedKeyData(...octets(31, 1)),
        code: 'GROUP_KEY',
        outcome: 'MSMSEC_G1_MISSING_GRP_KEY',
      },
    ]);
    checkAll({ at: 'group message 1', setup: networks.wpaOfCcmp, outcome: 'MSMSEC_KEY_FORMAT' }, [
      { name: 'wpa_ccmp_group_msg_aes_wrap_len_9', modify: wrappedKeyData(...octets(9, 1)), code: 'KEY_DATA' },
      { name: 'wpa_ccmp_group_msg_aes_unwrap_failure', modify: wrappedKeyData(...octets(40, 1)), code: 'KEY_DATA' },
    ]);
  });
});
