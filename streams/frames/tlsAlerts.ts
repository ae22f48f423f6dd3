import { codeSpace } from '../events/index.js';

/** How bad an alert is (RFC 5246 7.2). TLS 1.3 keeps the octet and lets the description decide. */
export const TlsAlertLevel = codeSpace('TLS alert level', { WARNING: 1, FATAL: 2 }, [], 2);

/**
 * What a TLS alert says (RFC 8446 6, RFC 5246 7.2, and the registry of IANA).
 *
 * @since 0.2.0
 */
export const TlsAlert = codeSpace(
  'TLS alert',
  {
    close_notify: 0,
    unexpected_message: 10,
    bad_record_mac: 20,
    decryption_failed: 21,
    record_overflow: 22,
    decompression_failure: 30,
    handshake_failure: 40,
    no_certificate: 41,
    bad_certificate: 42,
    unsupported_certificate: 43,
    certificate_revoked: 44,
    certificate_expired: 45,
    certificate_unknown: 46,
    illegal_parameter: 47,
    unknown_ca: 48,
    access_denied: 49,
    decode_error: 50,
    decrypt_error: 51,
    too_many_cids_requested: 52,
    export_restriction: 60,
    protocol_version: 70,
    insufficient_security: 71,
    internal_error: 80,
    inappropriate_fallback: 86,
    user_canceled: 90,
    no_renegotiation: 100,
    missing_extension: 109,
    unsupported_extension: 110,
    certificate_unobtainable: 111,
    unrecognized_name: 112,
    bad_certificate_status_response: 113,
    bad_certificate_hash_value: 114,
    unknown_psk_identity: 115,
    certificate_required: 116,
    general_error: 117,
    no_application_protocol: 120,
    ech_required: 121,
  },
  [],
  2,
);
