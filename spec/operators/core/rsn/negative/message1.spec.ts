import { all, withFields, withInformation, withMore, withoutAck } from '../../../../support/authenticator/modifiers.js';
import { setups } from '../../../../support/stages.js';
import { checkAll } from './badFrame.js';
import { bodyLength, descriptor, eapolType, field, kde, nonce, octets } from './changes.js';
import { networks } from './setups.js';

const KEY_DATA_LENGTH_AT = 97;
const KEY = octets(16, 0x77);
const PN = octets(6, 0);
/** Nobody has a KCK before message 2; a forger makes one up. */
const withMadeUpMic = all(withInformation({ mic: true }), withFields({ kck: new Uint8Array(16).fill(9) }));

describe('message 1 with one field changed', () => {
  checkAll({ at: 'message 1', outcome: 'dropped' }, [
    { name: 'msg_1_eapol_packet_type', modify: eapolType(0) },
    { name: 'msg_1_descriptor_type_0', modify: descriptor(0), code: 'MALFORMED' },
    { name: 'msg_1_descriptor_type_wpa', modify: descriptor(254), code: 'DESCRIPTOR' },
    { name: 'msg_1_descriptor_version_0', modify: withInformation({ descriptorVersion: 0 }), code: 'DESCRIPTOR' },
    { name: 'msg_1_descriptor_version_1', modify: withInformation({ descriptorVersion: 1 }), code: 'DESCRIPTOR' },
    { name: 'msg_1_descriptor_version_7', modify: withInformation({ descriptorVersion: 7 }), code: 'DESCRIPTOR' },
    {
      name: 'msg_1_descriptor_version_2_with_sae',
      ...{ setup: setups.sae, modify: withInformation({ descriptorVersion: 2 }), code: 'DESCRIPTOR' },
    },
    {
      name: 'msg_1_descriptor_version_2_with_tkip',
      ...{ setup: networks.tkip, modify: withInformation({ descriptorVersion: 2 }), code: 'DESCRIPTOR' },
    },
    { name: 'msg_1_no_ack', modify: withoutAck, code: 'OUT_OF_PLACE' },
    { name: 'msg_1_request_bit', modify: withInformation({ request: true }), code: 'OUT_OF_PLACE' },
    { name: 'msg_1_error_bit', modify: withInformation({ error: true }), code: 'OUT_OF_PLACE' },
    { name: 'msg_1_smk_bit', modify: withInformation({ smk: true }), code: 'UNSUPPORTED' },
    { name: 'msg_1_pairwise_bit_clear', modify: withInformation({ pairwise: false }), code: 'OUT_OF_PLACE' },
    { name: 'msg_1_install_bit', modify: withInformation({ install: true }), code: 'OUT_OF_PLACE' },
    { name: 'msg_1_encrypted_bit', modify: withInformation({ encrypted: true }), code: 'OUT_OF_PLACE' },
    { name: 'msg_1_with_mic', modify: withMadeUpMic, code: 'OUT_OF_PLACE' },
    { name: 'msg_1_anonce_zero', modify: nonce(0), code: 'ANONCE' },
    { name: 'msg_1_with_gtk', modify: withMore(kde(1, 1, 0, ...KEY)), code: 'KEY_IN_MESSAGE_1' },
    { name: 'msg_1_with_igtk', modify: withMore(kde(9, 4, 0, ...PN, ...KEY)), code: 'KEY_IN_MESSAGE_1' },
    { name: 'msg_1_with_bigtk', modify: withMore(kde(14, 6, 0, ...PN, ...KEY)), code: 'KEY_IN_MESSAGE_1' },
    { name: 'msg_1_with_mlo_gtk', modify: withMore(kde(16, 1, ...PN, ...KEY)), code: 'KEY_IN_MESSAGE_1' },
    { name: 'msg_1_with_mlo_igtk', modify: withMore(kde(17, 4, 0, ...PN, 0, ...KEY)), code: 'KEY_IN_MESSAGE_1' },
    { name: 'msg_1_with_mlo_bigtk', modify: withMore(kde(18, 6, 0, ...PN, 0, ...KEY)), code: 'KEY_IN_MESSAGE_1' },
    { name: 'msg_1_key_data_overflow', modify: field(KEY_DATA_LENGTH_AT, 1), code: 'MALFORMED' },
    { name: 'msg_1_body_one_octet_short', modify: bodyLength(-1), code: 'MALFORMED' },
    { name: 'msg_1_body_longer_than_the_packet', modify: bodyLength(1) },
  ]);
});
