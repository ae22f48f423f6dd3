import { withoutItems } from '../../../../support/authenticator/modifiers.js';
import { checkAll } from './badFrame.js';
import { inPlaceOf, item, kde } from './changes.js';
import { networks } from './setups.js';

const OCI = 13;
const KEY_ID = 10;

/** hwsim's `wpa2_ocv_ap_override_eapol_m3` and `…_g1`: who is in the middle relays from another channel. */
describe('Operating Channel Validation with one field changed', () => {
  checkAll({ at: 'message 3', setup: networks.channelValidated, code: 'CHANNEL', outcome: 'MSMSEC_SEC_IE_MATCHING' }, [
    { name: 'ocv_no_oci', modify: withoutItems('operatingChannel') },
    { name: 'ocv_override_class', modify: item('operatingChannel', { operatingClass: 115 }) },
    { name: 'ocv_override_channel', modify: item('operatingChannel', { primaryChannel: 40 }) },
    { name: 'ocv_override_unknown_class', modify: item('operatingChannel', { operatingClass: 250 }) },
    {
      name: 'ocv_override_segment',
      ...{ setup: networks.channelOfTwoSegments, modify: item('operatingChannel', { frequencySegment1: 106 }) },
    },
    {
      name: 'ocv_oci_too_short',
      modify: inPlaceOf('operatingChannel', kde(OCI, 128, 36)),
      ...{ code: 'KEY_DATA', outcome: 'MSMSEC_KEY_FORMAT' },
    },
    {
      name: 'ocv_oci_too_long',
      modify: inPlaceOf('operatingChannel', kde(OCI, 128, 36, 0, 0)),
      ...{ code: 'KEY_DATA', outcome: 'MSMSEC_KEY_FORMAT' },
    },
  ]);

  checkAll({ at: 'group message 1', setup: networks.channelValidated, code: 'CHANNEL', outcome: 'MSMSEC_SEC_IE_MATCHING' }, [
    { name: 'ocv_no_oci_in_group_msg', modify: withoutItems('operatingChannel') },
    { name: 'ocv_override_class_in_group_msg', modify: item('operatingChannel', { operatingClass: 115 }) },
    { name: 'ocv_override_channel_in_group_msg', modify: item('operatingChannel', { primaryChannel: 40 }) },
    {
      name: 'ocv_override_segment_in_group_msg',
      ...{ setup: networks.channelOfTwoSegments, modify: item('operatingChannel', { frequencySegment1: 106 }) },
    },
  ]);

  checkAll({ at: 'message 3 again', setup: networks.channelValidated, code: 'CHANNEL', outcome: 'MSMSEC_SEC_IE_MATCHING' }, [
    { name: 'ocv_retransmit_msg3_no_oci', modify: withoutItems('operatingChannel') },
    { name: 'ocv_retransmit_msg3_override_channel', modify: item('operatingChannel', { primaryChannel: 40 }) },
  ]);
});

describe('Extended Key ID with one field changed', () => {
  checkAll({ at: 'message 3', setup: networks.extendedKeyId, code: 'KEY_ID', outcome: 'MSMSEC_KEY_FORMAT' }, [
    { name: 'ext_key_id_missing', modify: withoutItems('keyId') },
    { name: 'ext_key_id_2', modify: item('keyId', { keyId: 2 }) },
    { name: 'ext_key_id_3', modify: item('keyId', { keyId: 3 }) },
    { name: 'ext_key_id_too_short', modify: inPlaceOf('keyId', kde(KEY_ID, 0)), code: 'KEY_DATA' },
  ]);

  checkAll({ at: 'message 3 of a rekey', setup: networks.extendedKeyId, code: 'KEY_ID', outcome: 'MSMSEC_KEY_FORMAT' }, [
    { name: 'ext_key_id_missing_in_rekey', modify: withoutItems('keyId') },
    { name: 'ext_key_id_2_in_rekey', modify: item('keyId', { keyId: 2 }) },
  ]);
});
