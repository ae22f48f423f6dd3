import type { Netns } from '../Netns.js';
import type { Running } from '../start.js';
import type { ServerCertificate } from './certificates.js';
import type { KeptPassword } from './keptPassword.js';

/** What a server is to be like. */
export interface AuthServerSettings {
  /** A folder of its own to write into. */
  readonly folder: string;
  readonly certificate: ServerCertificate;
  readonly tls: '1.2' | '1.3';
  /** How many octets of TLS go into a packet. */
  readonly fragmentSize?: number;
  /** The group of PWD (RFC 5931 4.1). */
  readonly group?: number;
  /** Of the user inside of a tunnel, if it is another than that of all. */
  readonly innerPassword?: string;
  /** How it keeps the password of the user of PWD. */
  readonly pwdPassword?: KeptPassword;
  /** A response to staple to the certificate (OCSP, in DER); FreeRADIUS staples none. */
  readonly staple?: string;
  /** Who vouches for the clients, with the list of those who are revoked behind it; it is looked at then. */
  readonly clients?: ClientAuthority;
  readonly resumes?: boolean;
  /** At ::1 rather than at 127.0.0.1. */
  readonly isIpv6?: boolean;
  /** RADIUS over TLS at port 2083 as well. */
  readonly isRadsec?: boolean;
  /** For RADIUS, if it is another than 1812. */
  readonly port?: number;
}

export interface AuthServerOptions extends AuthServerSettings {
  readonly netns: Netns;
}

export interface ClientAuthority {
  /** In PEM. */
  readonly file: string;
  readonly hasRevocations?: boolean;
}

/** A RADIUS server at port 1812 of 127.0.0.1 in its namespace. */
export interface AuthServer extends Running {
  readonly kind: AuthServerKind;
}

export type AuthServerKind = 'hostapd' | 'freeradius';
export type StartAuthServer = (options: AuthServerOptions) => Promise<AuthServer>;
