import {
  all,
  inTheClear,
  withBadMic,
  withFields,
  withInformation,
  withMore,
  withoutElement,
  withoutInstall,
  withoutItems,
  withoutSecure,
} from '../../../../support/authenticator/modifiers.js';
import { checkAll } from './badFrame.js';
import { item, kde, keyLength, mic, nonce, octets, RSN, replayCounter, wrappedKeyData, zeros } from './changes.js';

const forgedMic = all(withInformation({ mic: true }), withFields({ kck: new Uint8Array(16).fill(9) }));
const KEY = octets(16, 0x77);

/** A connection that is up survives whatever anybody can send; what its access point proves to have sent can end it. */
describe('a pairwise rekey with one field changed', () => {
  describe('in its message 1', () => {
    checkAll({ at: 'message 1 of a rekey', outcome: 'dropped' }, [
      { name: 'rekey_msg_1_replay_counter_of_message_3', modify: replayCounter((counter) => counter - 1n), code: 'REPLAYED' },
      { name: 'rekey_msg_1_replay_counter_0', modify: replayCounter(() => 0n), code: 'REPLAYED' },
      { name: 'rekey_msg_1_mic_of_another_kck', modify: forgedMic, code: 'MIC' },
      { name: 'rekey_msg_1_anonce_zero', modify: nonce(0), code: 'ANONCE' },
      { name: 'rekey_msg_1_with_gtk', modify: withMore(kde(1, 1, 0, ...KEY)), code: 'KEY_IN_MESSAGE_1' },
      { name: 'rekey_msg_1_install_bit', modify: withInformation({ install: true }), code: 'OUT_OF_PLACE' },
      { name: 'rekey_msg_1_encrypted_bit', modify: withInformation({ encrypted: true }), code: 'OUT_OF_PLACE' },
      { name: 'rekey_msg_1_error_bit', modify: withInformation({ error: true }), code: 'OUT_OF_PLACE' },
      { name: 'rekey_msg_1_in_the_clear', modify: (draft) => draft, isProtected: false, code: 'IN_THE_CLEAR' },
    ]);
  });

  describe('in its message 3', () => {
    checkAll({ at: 'message 3 of a rekey', outcome: 'dropped' }, [
      { name: 'rekey_msg_3_mic_one_bit', modify: withBadMic, code: 'MIC' },
      { name: 'rekey_msg_3_mic_zero', modify: mic(0), code: 'MIC' },
      { name: 'rekey_msg_3_anonce_change', modify: nonce(0x33), code: 'ANONCE' },
      { name: 'rekey_msg_3_replay_counter_of_message_1', modify: replayCounter((counter) => counter - 1n), code: 'REPLAYED' },
      { name: 'rekey_msg_3_replay_counter_of_the_first_handshake', modify: replayCounter(() => 2n), code: 'REPLAYED' },
      { name: 'rekey_msg_3_in_the_clear', modify: (draft) => draft, isProtected: false, code: 'IN_THE_CLEAR' },
      { name: 'rekey_msg_3_no_install', modify: withoutInstall, code: 'NO_INSTALL', outcome: 'MSMSEC_NO_PAIRWISE_KEY' },
      { name: 'rekey_msg_3_no_secure', modify: withoutSecure, code: 'NOT_SECURE', outcome: 'MSMSEC_PEER_INDICATED_INSECURE' },
      { name: 'rekey_msg_3_wrong_pairwise_key_len', modify: keyLength(32), code: 'KEY_LENGTH', outcome: 'MSMSEC_KEY_FORMAT' },
      { name: 'rekey_msg_3_no_gtk', modify: withoutItems('gtk'), code: 'GROUP_KEY', outcome: 'MSMSEC_M3_MISSING_GRP_KEY' },
      { name: 'rekey_msg_3_no_ie', modify: withoutElement(RSN), code: 'RSNE', outcome: 'MSMSEC_M3_MISSING_IE' },
      { name: 'rekey_msg_3_gtk_not_encrypted', modify: inTheClear, code: 'NOT_ENCRYPTED', outcome: 'MSMSEC_KEY_FORMAT' },
      {
        name: 'rekey_msg_3_aes_unwrap_failure',
        modify: wrappedKeyData(...octets(24, 1)),
        code: 'KEY_DATA',
        outcome: 'MSMSEC_KEY_FORMAT',
      },
      {
        name: 'rekey_msg_3_error_bit_under_the_new_key',
        modify: withInformation({ error: true }),
        code: 'OUT_OF_PLACE',
      },
    ]);
  });

  describe('in a message 3 that came before (R135)', () => {
    checkAll({ at: 'message 3 again', outcome: 'dropped', rules: 'R135' }, [
      { name: 'msg_3_again_mic_one_bit', modify: withBadMic, code: 'MIC' },
      { name: 'msg_3_again_mic_zero', modify: mic(0), code: 'MIC' },
      { name: 'msg_3_again_replay_counter_not_increasing', modify: replayCounter((counter) => counter - 1n), code: 'REPLAYED' },
      { name: 'msg_3_again_anonce_change', modify: nonce(0x33), code: 'OUT_OF_PLACE' },
      { name: 'msg_3_again_no_install', modify: withoutInstall, code: 'NO_INSTALL', outcome: 'MSMSEC_NO_PAIRWISE_KEY' },
      { name: 'msg_3_again_no_gtk', modify: withoutItems('gtk'), code: 'GROUP_KEY', outcome: 'MSMSEC_M3_MISSING_GRP_KEY' },
      { name: 'msg_3_again_gtk_zero', modify: item('gtk', { key: zeros(16) }), code: 'ZERO_KEY', outcome: 'MSMSEC_KEY_FORMAT' },
      {
        name: 'msg_3_again_error_bit',
        modify: withInformation({ error: true }),
        ...{ code: 'PEER_ERROR', outcome: 'MSMSEC_PEER_INDICATED_INSECURE' },
      },
    ]);
  });
});
