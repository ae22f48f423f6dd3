import {
  withBadMic,
  withInformation,
  withoutAck,
  withoutInstall,
  withoutMic,
  withoutSecure,
} from '../../../../support/authenticator/modifiers.js';
import { setups } from '../../../../support/stages.js';
import { checkAll } from './badFrame.js';
import { descriptor, eapolType, keyLength, mic, nonce, replayCounter } from './changes.js';
import { networks } from './setups.js';

/** Tests `ap_wpa2_psk_supp_proto*` of hostap's tests/hwsim, as far as they are about the header of message 3. */
describe('message 3 with one field of its header changed', () => {
  describe('what anybody could have sent is dropped', () => {
    checkAll({ at: 'message 3', outcome: 'dropped' }, [
      { name: 'eapol_packet_type_eap', modify: eapolType(0) },
      { name: 'eapol_packet_type_start', modify: eapolType(1) },
      { name: 'descriptor_type_0', modify: descriptor(0), code: 'MALFORMED' },
      { name: 'descriptor_type_rc4', modify: descriptor(1), code: 'MALFORMED' },
      { name: 'descriptor_type_253', modify: descriptor(253), code: 'MALFORMED' },
      { name: 'descriptor_type_wpa', modify: descriptor(254), code: 'DESCRIPTOR' },
      {
        name: 'key_descriptor_version_0',
        modify: withInformation({ descriptorVersion: 0 }),
        code: 'DESCRIPTOR',
      },
      {
        name: 'key_descriptor_version_1_without_tkip',
        modify: withInformation({ descriptorVersion: 1 }),
        ...{ code: 'DESCRIPTOR' },
      },
      {
        name: 'key_descriptor_version_3_mic_of_2',
        modify: withInformation({ descriptorVersion: 3 }),
        code: 'MIC',
      },
      {
        name: 'key_descriptor_version_4',
        modify: withInformation({ descriptorVersion: 4 }),
        code: 'DESCRIPTOR',
      },
      {
        name: 'key_descriptor_version_7',
        modify: withInformation({ descriptorVersion: 7 }),
        code: 'DESCRIPTOR',
      },
      {
        name: 'key_descriptor_version_2_with_tkip',
        ...{ setup: networks.tkip, modify: withInformation({ descriptorVersion: 2 }) },
        ...{ code: 'DESCRIPTOR' },
      },
      {
        name: 'key_descriptor_version_2_with_psk_sha256',
        ...{ setup: networks.pskSha256, modify: withInformation({ descriptorVersion: 2 }) },
        ...{ code: 'DESCRIPTOR' },
      },
      {
        name: 'key_descriptor_version_3_with_sae',
        ...{ setup: setups.sae, modify: withInformation({ descriptorVersion: 3 }) },
        ...{ code: 'DESCRIPTOR' },
      },
      { name: 'no_ack', modify: withoutAck, code: 'OUT_OF_PLACE' },
      { name: 'request_bit', modify: withInformation({ request: true }), code: 'OUT_OF_PLACE' },
      { name: 'error_bit', modify: withInformation({ error: true }), code: 'OUT_OF_PLACE' },
      { name: 'smk_bit', modify: withInformation({ smk: true }), code: 'UNSUPPORTED' },
      { name: 'unexpected_group_msg', modify: withInformation({ pairwise: false }), code: 'OUT_OF_PLACE' },
      { name: 'no_mic', modify: withoutMic, code: 'MIC' },
      { name: 'mic_zero', modify: mic(0), code: 'MIC' },
      { name: 'mic_invalid', modify: mic(0xff), code: 'MIC' },
      { name: 'mic_one_bit', modify: withBadMic, code: 'MIC' },
      { name: 'mic_of_another_kck', modify: (draft) => ({ ...draft, kck: new Uint8Array(16) }), code: 'MIC' },
      {
        name: 'replay_counter_not_increasing',
        modify: replayCounter((counter) => counter - 1n),
        code: 'REPLAYED',
      },
      { name: 'replay_counter_0', modify: replayCounter(() => 0n), code: 'REPLAYED' },
      { name: 'anonce_change', modify: nonce(0x33), code: 'ANONCE' },
      { name: 'anonce_zero', modify: nonce(0), code: 'ANONCE' },
      {
        name: 'anonce_change_and_mic',
        modify: (draft) => mic(0xff)(nonce(0x33)(draft)),
        ...{ code: 'MIC' },
      },
    ]);
  });

  describe('what the access point proves to have sent ends the handshake', () => {
    checkAll({ at: 'message 3' }, [
      { name: 'no_install', modify: withoutInstall, code: 'NO_INSTALL', outcome: 'MSMSEC_NO_PAIRWISE_KEY' },
      { name: 'no_secure', modify: withoutSecure, code: 'NOT_SECURE', outcome: 'MSMSEC_PEER_INDICATED_INSECURE' },
      { name: 'wrong_pairwise_key_len', modify: keyLength(15), code: 'KEY_LENGTH', outcome: 'MSMSEC_KEY_FORMAT' },
      { name: 'pairwise_key_len_0', modify: keyLength(0), code: 'KEY_LENGTH', outcome: 'MSMSEC_KEY_FORMAT' },
      { name: 'pairwise_key_len_of_tkip', modify: keyLength(32), code: 'KEY_LENGTH', outcome: 'MSMSEC_KEY_FORMAT' },
      {
        name: 'pairwise_key_len_of_ccmp_with_tkip',
        ...{ setup: networks.tkip, modify: keyLength(16), code: 'KEY_LENGTH', outcome: 'MSMSEC_KEY_FORMAT' },
      },
    ]);
  });
});
