/** What a TLS alert of a RADIUS server means to whoever has to put it right, by its name. */
export const alertMeanings: Readonly<Record<string, string>> = {
  handshake_failure:
    'the two sides have no cipher, curve or signature in common, or the server wants a client certificate and got none',
  bad_certificate: 'the client certificate is damaged, or its signature does not verify',
  unsupported_certificate:
    'the client certificate is of a kind the server does not take, or is not meant for client authentication',
  certificate_revoked: 'the client certificate was revoked',
  certificate_expired: 'the client certificate has expired, or is not valid yet',
  certificate_unknown: 'the server does not accept the client certificate, and does not say why',
  illegal_parameter: 'the server takes a field of the handshake for impossible',
  unknown_ca: 'the server does not trust the authority that issued the client certificate',
  access_denied: 'the certificate is good, and the server does not let it in',
  decode_error: 'the server could not read a message: something on the way may have cut it',
  decrypt_error: 'a signature or a check of the handshake failed: the key may not belong to the client certificate',
  protocol_version: 'the server does not speak the versions of TLS that were offered',
  insufficient_security: 'the server wants stronger ciphers than were offered',
  internal_error: 'something went wrong in the server; its log tells more',
  unrecognized_name: 'the server does not know the name it was asked by',
  certificate_required: 'the server wants a client certificate and got none',
  no_application_protocol: 'the server wants an application protocol that was not offered',
  unexpected_message: 'the server was waiting for another message',
  bad_record_mac: 'a record was changed on the way, or the keys of the two sides differ',
  user_canceled: 'the other side gave up',
};
