import type { Decoded } from './DecodeError.js';
import { decode, type Reader } from './Reader.js';

/** Versions of TLS as the protocol writes them. */
export const TlsVersion = { SSL_3_0: 0x0300, TLS_1_0: 0x0301, TLS_1_1: 0x0302, TLS_1_2: 0x0303, TLS_1_3: 0x0304 } as const;

/** `TLS 1.2`, or hex for what is no version. */
export const tlsVersionName = (version: number): string => {
  if (version === TlsVersion.SSL_3_0) return 'SSL 3.0';
  const minor = version - TlsVersion.TLS_1_0;
  return minor >= 0 && minor <= 3 ? `TLS 1.${minor}` : `0x${version.toString(16).padStart(4, '0')}`;
};

/**
 * What a client opens a TLS handshake with (RFC 8446 4.1.2, RFC 5246 7.4.1.2).
 *
 * @since 0.2.0
 */
export interface ClientHello {
  readonly random: Uint8Array;
  /** What it can do, best first: of the extension where there is one, else the one version of the field. */
  readonly versions: ReadonlyArray<number>;
  readonly cipherSuites: ReadonlyArray<number>;
  /** A session it would take up again, by the field or by a ticket of TLS 1.3. */
  readonly resumes: boolean;
}

/**
 * What a server answers: the version and the cipher suite in force.
 *
 * @since 0.2.0
 */
export interface ServerHello {
  readonly random: Uint8Array;
  readonly version: number;
  readonly cipherSuite: number;
  /** A hello of TLS 1.3 that only asks for another client hello. */
  readonly isRetryRequest: boolean;
}

const RANDOM_SIZE = 32;
const SESSION_ID_MAX_SIZE = 32;
const SUPPORTED_VERSIONS = 43;
const PRE_SHARED_KEY = 41;

/** RFC 8446 4.1.3: the random of a HelloRetryRequest, the SHA-256 of its name. */
const RETRY_REQUEST = Uint8Array.of(
  ...[0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91],
  ...[0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c],
);

const readSessionId = (reader: Reader): Uint8Array => {
  const size = { field: 'session_id', at: reader.at, value: reader.u8('session_id') };
  reader.check(size.value <= SESSION_ID_MAX_SIZE, 'LENGTH', size, `at most ${SESSION_ID_MAX_SIZE} bytes`);
  return reader.bytes('session_id', size.value);
};

/** Extensions by their type; a hello may end without any. */
const readExtensions = (reader: Reader, take: (type: number, body: Reader) => void): void => {
  if (reader.remaining === 0) return;
  reader.nested('TLS extensions', 'extensions', reader.u16be('extensions'), (extensions) =>
    extensions.repeat((extension) => {
      const type = extension.u16be('extension_type');
      extension.nested('TLS extension', 'extension_data', extension.u16be('extension_data'), (body) => take(type, body));
    }),
  );
};

const u16s = (reader: Reader, field: string, size: number): ReadonlyArray<number> =>
  reader.nested('TLS', field, size, (list) => list.repeat((item) => item.u16be(field)));

/**
 * Reads the body of a ClientHello, behind the four octets of the handshake header.
 *
 * @since 0.2.0
 */
export const readClientHello = (body: Uint8Array): Decoded<ClientHello> =>
  decode('ClientHello', body, (reader) => {
    const legacy = reader.u16be('legacy_version');
    const random = reader.bytes('random', RANDOM_SIZE);
    const sessionId = readSessionId(reader);
    const cipherSuites = u16s(reader, 'cipher_suites', reader.u16be('cipher_suites'));
    reader.skip(reader.u8('compression_methods'), 'compression_methods');
    let versions: ReadonlyArray<number> = [legacy];
    let hasTicket = false;
    readExtensions(reader, (type, extension) => {
      if (type === SUPPORTED_VERSIONS) versions = u16s(extension, 'versions', extension.u8('versions'));
      hasTicket ||= type === PRE_SHARED_KEY;
    });
    // Of a client of TLS 1.3 the field is filled for the sake of old boxes and says nothing.
    const isOld = !versions.includes(TlsVersion.TLS_1_3);
    return { random, versions, cipherSuites, resumes: hasTicket || (isOld && sessionId.length > 0) };
  });

/**
 * Reads the body of a ServerHello.
 *
 * @since 0.2.0
 */
export const readServerHello = (body: Uint8Array): Decoded<ServerHello> =>
  decode('ServerHello', body, (reader) => {
    const legacy = reader.u16be('legacy_version');
    const random = reader.bytes('random', RANDOM_SIZE);
    readSessionId(reader);
    const cipherSuite = reader.u16be('cipher_suite');
    reader.skip(1, 'legacy_compression_method');
    let version = legacy;
    readExtensions(reader, (type, extension) => {
      if (type === SUPPORTED_VERSIONS) version = extension.u16be('selected_version');
    });
    const isRetryRequest = RETRY_REQUEST.every((octet, i) => random[i] === octet);
    return { random, version, cipherSuite, isRetryRequest };
  });
