import {
  inTheClear,
  withBadMic,
  withInformation,
  withMore,
  withoutAck,
  withoutEncrypted,
  withoutItems,
  withoutMic,
  withoutSecure,
} from '../../../../support/authenticator/modifiers.js';
import { setups } from '../../../../support/stages.js';
import { checkAll } from './badFrame.js';
import {
  bodyLength,
  descriptor,
  eapolType,
  field,
  inPlaceOf,
  item,
  kde,
  keyData,
  mic,
  octets,
  replayCounter,
  wrappedKeyData,
  zeros,
} from './changes.js';
import { networks } from './setups.js';

const KEY_DATA_LENGTH_AT = 97;
const GTK = 1;
const KEY = octets(16, 0x77);
/** What hwsim sends in `no_gtk_in_group_msg`. */
const PADDING = new Array(8).fill([0xdd, 0]).flat();

describe('group message 1 with one field changed', () => {
  describe('what anybody could have sent is dropped', () => {
    checkAll({ at: 'group message 1', outcome: 'dropped' }, [
      { name: 'group_msg_eapol_packet_type', modify: eapolType(0) },
      { name: 'group_msg_descriptor_type_0', modify: descriptor(0), code: 'MALFORMED' },
      { name: 'group_msg_descriptor_type_wpa', modify: descriptor(254), code: 'DESCRIPTOR' },
      { name: 'group_msg_descriptor_version_1', modify: withInformation({ descriptorVersion: 1 }), code: 'DESCRIPTOR' },
      { name: 'group_msg_no_ack', modify: withoutAck, code: 'OUT_OF_PLACE' },
      { name: 'group_msg_request_bit', modify: withInformation({ request: true }), code: 'OUT_OF_PLACE' },
      { name: 'group_msg_smk_bit', modify: withInformation({ smk: true }), code: 'UNSUPPORTED' },
      { name: 'group_msg_pairwise_bit', modify: withInformation({ pairwise: true }), code: 'OUT_OF_PLACE' },
      { name: 'group_msg_no_mic', modify: withoutMic, code: 'MIC' },
      { name: 'group_msg_mic_zero', modify: mic(0), code: 'MIC' },
      { name: 'group_msg_mic_one_bit', modify: withBadMic, code: 'MIC' },
      { name: 'group_msg_replay_counter_not_increasing', modify: replayCounter((counter) => counter - 1n), code: 'REPLAYED' },
      { name: 'group_msg_replay_counter_0', modify: replayCounter(() => 0n), code: 'REPLAYED' },
      { name: 'group_msg_key_data_overflow', modify: bodyLength(-1), code: 'MALFORMED' },
      { name: 'group_msg_key_data_length_0', modify: field(KEY_DATA_LENGTH_AT, 0), code: 'MIC' },
      {
        name: 'group_msg_error_bit_unproven',
        modify: (draft) => mic(0)(withInformation({ error: true })(draft)),
        code: 'OUT_OF_PLACE',
      },
      { name: 'group_msg_in_the_clear', modify: (draft) => draft, isProtected: false, code: 'IN_THE_CLEAR' },
    ]);
  });

  describe('what the access point proves to have sent ends the connection', () => {
    checkAll({ at: 'group message 1', outcome: 'MSMSEC_KEY_FORMAT' }, [
      { name: 'group_msg_no_secure', modify: withoutSecure, code: 'NOT_SECURE', outcome: 'MSMSEC_PEER_INDICATED_INSECURE' },
      {
        name: 'group_msg_error_bit',
        modify: withInformation({ error: true }),
        ...{ code: 'PEER_ERROR', outcome: 'MSMSEC_PEER_INDICATED_INSECURE' },
      },
      { name: 'group_msg_gtk_not_encrypted', modify: inTheClear, code: 'NOT_ENCRYPTED' },
      { name: 'group_msg_encrypted_bit_clear', modify: withoutEncrypted, code: 'NOT_ENCRYPTED' },
      {
        name: 'group_msg_aes_wrap_len_0',
        ...{ modify: wrappedKeyData(), code: 'KEY_DATA', outcome: 'MSMSEC_G1_MISSING_KEY_DATA' },
      },
      { name: 'group_msg_aes_wrap_len_9', modify: wrappedKeyData(...octets(9, 0x31)), code: 'KEY_DATA' },
      { name: 'group_msg_aes_unwrap_failure', modify: wrappedKeyData(...octets(24, 0x31)), code: 'KEY_DATA' },
      { name: 'group_msg_invalid_plaintext', modify: keyData(...octets(16, 0x7a)), code: 'KEY_DATA' },
      {
        name: 'no_gtk_in_group_msg',
        ...{ modify: keyData(...PADDING), code: 'GROUP_KEY', outcome: 'MSMSEC_G1_MISSING_GRP_KEY' },
      },
      { name: 'too_long_gtk_in_group_msg', modify: inPlaceOf('gtk', kde(GTK, 1, 0, ...octets(33, 0xff))), code: 'KEY_DATA' },
      { name: 'wrong_group_key_len_in_group_msg', modify: inPlaceOf('gtk', kde(GTK, 1, 0, ...KEY.slice(1))), code: 'KEY_DATA' },
      {
        name: 'group_key_len_of_tkip_in_group_msg',
        modify: item('gtk', { key: Uint8Array.from(octets(32, 7)) }),
        code: 'KEY_LENGTH',
      },
      { name: 'gtk_keyidx_0_in_group_msg', modify: item('gtk', { keyId: 0 }), code: 'KEY_INDEX', rules: 'R123' },
      { name: 'gtk_zero_in_group_msg', modify: item('gtk', { key: zeros(16) }), code: 'ZERO_KEY' },
      { name: 'gtk_kde_twice_in_group_msg_one_zero', modify: withMore(kde(GTK, 2, 0, ...octets(16, 0))), code: 'ZERO_KEY' },
    ]);
  });

  describe('with protected management frames', () => {
    checkAll({ at: 'group message 1', setup: setups.protectedPsk, outcome: 'MSMSEC_KEY_FORMAT' }, [
      {
        name: 'no_gtk_beside_an_igtk_in_group_msg',
        ...{ modify: withoutItems('gtk'), code: 'GROUP_KEY', outcome: 'MSMSEC_G1_MISSING_GRP_KEY' },
      },
      { name: 'igtk_keyid_unexpected_in_group_msg', modify: item('igtk', { keyId: 6 }), code: 'KEY_INDEX', rules: 'R123' },
      { name: 'igtk_len_of_256_in_group_msg', modify: item('igtk', { key: Uint8Array.from(octets(32, 7)) }), code: 'KEY_LENGTH' },
      { name: 'igtk_zero_in_group_msg', modify: item('igtk', { key: zeros(16) }), code: 'ZERO_KEY' },
      {
        name: 'bigtk_keyid_unexpected_in_group_msg',
        ...{ setup: networks.protectedBeacons, modify: item('bigtk', { keyId: 4 }), code: 'KEY_INDEX', rules: 'R123' },
      },
    ]);
  });
});
