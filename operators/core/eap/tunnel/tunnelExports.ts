import type { TlsExports } from '../tls/Tls.js';

/** The MSK and the EMSK, 64 octets each. */
export const KEY_MATERIAL_SIZE = 128;
const METHOD_ID_SIZE = 64;

/** What a method derives from its session. */
export interface TunnelKeys {
  readonly type: number;
  /** Of its key material up to TLS 1.2; in TLS 1.3 all methods have the same label and their type as context (RFC 9427 2.1). */
  readonly label: string;
  /** Of the implicit challenge, for a method that has one (RFC 5281 11.1, RFC 9427 2.4). */
  readonly challenge?: { readonly label: string; readonly octets: number };
}

/** The exports of a method, by the names the tunnel reads them by. */
export const tunnelExports = ({ type, label, challenge }: TunnelKeys): TlsExports => {
  const context = Uint8Array.of(type);
  const challenges = challenge === undefined ? {} : { challenge };
  return {
    upTo12: { keyMaterial: { label, octets: KEY_MATERIAL_SIZE }, ...challenges },
    from13: {
      keyMaterial: { label: 'EXPORTER_EAP_TLS_Key_Material', context, octets: KEY_MATERIAL_SIZE },
      methodId: { label: 'EXPORTER_EAP_TLS_Method-Id', context, octets: METHOD_ID_SIZE },
      ...challenges,
    },
  };
};
