import { codeSpace } from '../events/index.js';

/**
 * EAP method types (IANA "Extensible Authentication Protocol Registry"). Up to NAK they are no methods (RFC 3748 5).
 *
 * @since 0.2.0
 */
export const EapMethod = codeSpace(
  'EAP method type',
  {
    IDENTITY: 1,
    NOTIFICATION: 2,
    NAK: 3,
    MD5_CHALLENGE: 4,
    OTP: 5,
    GTC: 6,
    RSA_PUBLIC_KEY: 9,
    DSS_UNILATERAL: 10,
    KEA: 11,
    KEA_VALIDATE: 12,
    TLS: 13,
    DEFENDER_TOKEN: 14,
    SECURID: 15,
    ARCOT: 16,
    LEAP: 17,
    SIM: 18,
    SRP_SHA1: 19,
    TTLS: 21,
    REMOTE_ACCESS: 22,
    AKA: 23,
    '3COM_WIRELESS': 24,
    PEAP: 25,
    MSCHAPV2: 26,
    MAKE: 27,
    CRYPTOCARD: 28,
    MSCHAPV2_CISCO: 29,
    DYNAMID: 30,
    ROB: 31,
    POTP: 32,
    TLV: 33,
    SENTRINET: 34,
    ACTIONTEC: 35,
    COGENT_BIOMETRICS: 36,
    AIRFORTRESS: 37,
    HTTP_DIGEST: 38,
    SECURESUITE: 39,
    DEVICECONNECT: 40,
    SPEKE: 41,
    MOBAC: 42,
    FAST: 43,
    ZLXEAP: 44,
    LINK: 45,
    PAX: 46,
    PSK: 47,
    SAKE: 48,
    IKEV2: 49,
    AKA_PRIME: 50,
    GPSK: 51,
    PWD: 52,
    EKE: 53,
    PT: 54,
    TEAP: 55,
    NOOB: 56,
    EXPANDED: 254,
    EXPERIMENTAL: 255,
  },
  [],
  2,
);

/** A method of a vendor's own: the enterprise number of the vendor, and what the vendor calls the method (RFC 3748 5.7). */
export interface EapVendorType {
  readonly vendor: number;
  readonly type: number;
}

/** The vendor of what the IETF named: its types are those of one octet. */
export const EAP_VENDOR_IETF = 0;
/** The Wi-Fi Alliance, whose method 1 is Wi-Fi Simple Configuration. */
export const EAP_VENDOR_WFA = 14122;
const WFA_SIMPLE_CONFIGURATION = 1;
const MICROSOFT = 311;

const WRITTEN: Readonly<Record<number, string>> = {
  [EapMethod.codes.MD5_CHALLENGE]: 'MD5-Challenge',
  [EapMethod.codes.AKA_PRIME]: "AKA'",
  [EapMethod.codes.MSCHAPV2]: 'MSCHAPv2',
  [EapMethod.codes.IKEV2]: 'IKEv2',
  [EapMethod.codes.IDENTITY]: 'Identity',
  [EapMethod.codes.NOTIFICATION]: 'Notification',
  [EapMethod.codes.NAK]: 'Nak',
};

const vendorName = ({ vendor, type }: EapVendorType): string => {
  if (vendor === EAP_VENDOR_WFA && type === WFA_SIMPLE_CONFIGURATION) return 'WSC';
  return vendor === MICROSOFT ? `Microsoft type ${type}` : `vendor ${vendor} type ${type}`;
};

/**
 * What people call a method: `TLS`, `PEAP`, `WSC`.
 *
 * @example
 * eapMethodName(25);                              // 'PEAP'
 * eapMethodName(254, { vendor: 14122, type: 1 }); // 'WSC'
 *
 * @since 0.2.0
 */
export const eapMethodName = (type: number, vendor?: EapVendorType): string => {
  if (vendor?.vendor === EAP_VENDOR_IETF) return eapMethodName(vendor.type);
  if (vendor !== undefined) return vendorName(vendor);
  return WRITTEN[type] ?? EapMethod.nameOf(type)?.replaceAll('_', '-') ?? `type ${type}`;
};
