import { inTheClear, withInformation, withMore, withoutEncrypted } from '../../../../support/authenticator/modifiers.js';
import { setups } from '../../../../support/stages.js';
import { checkAll } from './badFrame.js';
import { bodyLength, field, kde, keyData, octets, wrappedKeyData } from './changes.js';

const KEY_DATA_LENGTH_AT = 97;
const bodyOfNothing = field(2, 0);
const OTHER_KEK = new Uint8Array(16).fill(0x5a);

describe('message 3 with its key data changed', () => {
  describe('under a MIC that is right', () => {
    checkAll({ at: 'message 3' }, [
      { name: 'gtk_not_encrypted', modify: inTheClear, code: 'NOT_ENCRYPTED', outcome: 'MSMSEC_KEY_FORMAT' },
      { name: 'encrypted_bit_clear', modify: withoutEncrypted, code: 'NOT_ENCRYPTED', outcome: 'MSMSEC_KEY_FORMAT' },
      {
        name: 'encrypted_bit_set_on_clear_data',
        modify: (draft) => ({ ...draft, isWrapped: false }),
        ...{ code: 'KEY_DATA', outcome: 'MSMSEC_KEY_FORMAT' },
      },
      { name: 'aes_wrap_len_0', modify: wrappedKeyData(), code: 'KEY_DATA', outcome: 'MSMSEC_M3_MISSING_KEY_DATA' },
      { name: 'aes_wrap_len_1', modify: wrappedKeyData(1), code: 'KEY_DATA', outcome: 'MSMSEC_KEY_FORMAT' },
      { name: 'aes_wrap_len_8', modify: wrappedKeyData(...octets(8, 0x31)), code: 'KEY_DATA', outcome: 'MSMSEC_KEY_FORMAT' },
      { name: 'aes_wrap_len_9', modify: wrappedKeyData(...octets(9, 0x31)), code: 'KEY_DATA', outcome: 'MSMSEC_KEY_FORMAT' },
      { name: 'aes_unwrap_failure', modify: wrappedKeyData(...octets(24, 0x31)), code: 'KEY_DATA', outcome: 'MSMSEC_KEY_FORMAT' },
      {
        name: 'wrapped_with_another_kek',
        modify: (draft) => ({ ...draft, kek: OTHER_KEK }),
        code: 'KEY_DATA',
        outcome: 'MSMSEC_KEY_FORMAT',
      },
      { name: 'invalid_plaintext', modify: keyData(...octets(16, 0x7a)), code: 'KEY_DATA', outcome: 'MSMSEC_KEY_FORMAT' },
      { name: 'plaintext_of_zeros', modify: keyData(...octets(16, 0)), code: 'RSNE', outcome: 'MSMSEC_M3_MISSING_IE' },
      { name: 'plaintext_of_padding', modify: keyData(0xdd, ...octets(15, 0)), code: 'RSNE', outcome: 'MSMSEC_M3_MISSING_IE' },
      { name: 'truncated_element', modify: keyData(0x30, 20, ...octets(14, 1)), code: 'KEY_DATA', outcome: 'MSMSEC_KEY_FORMAT' },
      { name: 'gtk_kde_without_key_id', modify: withMore(kde(1)), code: 'KEY_DATA', outcome: 'MSMSEC_KEY_FORMAT' },
      { name: 'gtk_kde_without_key', modify: withMore(kde(1, 1, 0)), code: 'KEY_DATA', outcome: 'MSMSEC_KEY_FORMAT' },
      {
        name: 'mac_address_kde_too_short',
        modify: withMore(kde(3, 1, 2, 3, 4, 5)),
        code: 'KEY_DATA',
        outcome: 'MSMSEC_KEY_FORMAT',
      },
      { name: 'lifetime_kde_too_short', modify: withMore(kde(7, 0, 0, 1)), code: 'KEY_DATA', outcome: 'MSMSEC_KEY_FORMAT' },
      { name: 'key_id_kde_too_long', modify: withMore(kde(10, 1, 0, 0)), code: 'KEY_DATA', outcome: 'MSMSEC_KEY_FORMAT' },
    ]);
  });

  describe('behind the MIC', () => {
    checkAll({ at: 'message 3', outcome: 'dropped' }, [
      { name: 'key_data_overflow', modify: bodyLength(-1), code: 'MALFORMED' },
      { name: 'body_longer_than_the_packet', modify: bodyLength(1) },
      { name: 'body_of_no_octets', modify: bodyOfNothing, code: 'MALFORMED' },
      { name: 'key_data_length_beyond_the_body', modify: field(KEY_DATA_LENGTH_AT, 0xffff), code: 'MALFORMED' },
      { name: 'key_data_length_too_short', modify: field(KEY_DATA_LENGTH_AT, 8), code: 'MIC' },
      { name: 'key_data_length_0', modify: field(KEY_DATA_LENGTH_AT, 0), code: 'MIC' },
    ]);
  });

  describe('with other wrappings', () => {
    checkAll({ at: 'message 3' }, [
      {
        name: 'suite_b_192_aes_unwrap_failure',
        ...{
          setup: setups.suiteB192,
          modify: wrappedKeyData(...octets(24, 0x31)),
          code: 'KEY_DATA',
          outcome: 'MSMSEC_KEY_FORMAT',
        },
      },
      {
        name: 'suite_b_192_encrypted_bit_clear',
        ...{ setup: setups.suiteB192, modify: withInformation({ encrypted: false }) },
        ...{ code: 'NOT_ENCRYPTED', outcome: 'MSMSEC_KEY_FORMAT' },
      },
    ]);
  });
});
