import { codeSpace } from './namedCode.js';

const IHV = { name: 'IHV', first: 0x80000000, last: 0xffffffff };
const numbered = <Name extends string>(base: number, names: ReadonlyArray<Name>): Record<Name, number> =>
  Object.fromEntries(names.map((name, i) => [name, base + i])) as Record<Name, number>;

/** Win32 error codes (winerror.h): the four the interface pages name, and those this engine answers with. */
export const Win32 = codeSpace('Win32 code', {
  ERROR_SUCCESS: 0,
  ERROR_ACCESS_DENIED: 5,
  ERROR_INVALID_HANDLE: 6,
  ERROR_NOT_ENOUGH_MEMORY: 8,
  ERROR_INVALID_DATA: 13,
  ERROR_OUTOFMEMORY: 14,
  ERROR_NOT_READY: 21,
  ERROR_BAD_LENGTH: 24,
  ERROR_GEN_FAILURE: 31,
  ERROR_NOT_SUPPORTED: 50,
  ERROR_INVALID_PARAMETER: 87,
  ERROR_INSUFFICIENT_BUFFER: 122,
  ERROR_BUSY: 170,
  ERROR_ALREADY_EXISTS: 183,
  ERROR_OPERATION_ABORTED: 995,
  ERROR_DEVICE_NOT_CONNECTED: 1167,
  ERROR_NOT_FOUND: 1168,
  ERROR_CANCELLED: 1223,
  ERROR_CONNECTION_ABORTED: 1236,
  ERROR_NOT_AUTHENTICATED: 1244,
  ERROR_LOGON_FAILURE: 1326,
  ERROR_TIMEOUT: 1460,
  ERROR_INVALID_STATE: 5023,
});

/** The reasons of the security module, WLAN_REASON_CODE_MSMSEC_*, connect group. */
export const MSMSEC = numbered(0x48001, [
  'MSMSEC_UI_REQUEST_FAILURE',
  'MSMSEC_AUTH_START_TIMEOUT',
  'MSMSEC_AUTH_SUCCESS_TIMEOUT',
  'MSMSEC_KEY_START_TIMEOUT',
  'MSMSEC_KEY_SUCCESS_TIMEOUT',
  'MSMSEC_M3_MISSING_KEY_DATA',
  'MSMSEC_M3_MISSING_IE',
  'MSMSEC_M3_MISSING_GRP_KEY',
  'MSMSEC_PR_IE_MATCHING',
  'MSMSEC_SEC_IE_MATCHING',
  'MSMSEC_NO_PAIRWISE_KEY',
  'MSMSEC_G1_MISSING_KEY_DATA',
  'MSMSEC_G1_MISSING_GRP_KEY',
  'MSMSEC_PEER_INDICATED_INSECURE',
  'MSMSEC_NO_AUTHENTICATOR',
  'MSMSEC_NIC_FAILURE',
  'MSMSEC_CANCELLED',
  'MSMSEC_KEY_FORMAT',
  'MSMSEC_DOWNGRADE_DETECTED',
  'MSMSEC_PSK_MISMATCH_SUSPECTED',
  'MSMSEC_FORCED_FAILURE',
  'MSMSEC_M3_TOO_MANY_RSNIE',
  'MSMSEC_M2_MISSING_KEY_DATA',
  'MSMSEC_M2_MISSING_IE',
  'MSMSEC_AUTH_WCN_COMPLETED',
  'MSMSEC_M3_MISSING_MGMT_GRP_KEY',
  'MSMSEC_G1_MISSING_MGMT_GRP_KEY',
]);

/** The reasons of the 802.1X module, ONEX_REASON_CODE. */
export const ONEX = numbered(0x50001, [
  'ONEX_UNABLE_TO_IDENTIFY_USER',
  'ONEX_IDENTITY_NOT_FOUND',
  'ONEX_UI_DISABLED',
  'ONEX_UI_FAILURE',
  'ONEX_EAP_FAILURE_RECEIVED',
  'ONEX_AUTHENTICATOR_NO_LONGER_PRESENT',
  'ONEX_NO_RESPONSE_TO_IDENTITY',
  'ONEX_PROFILE_VERSION_NOT_SUPPORTED',
  'ONEX_PROFILE_INVALID_LENGTH',
  'ONEX_PROFILE_DISALLOWED_EAP_TYPE',
  'ONEX_PROFILE_INVALID_EAP_TYPE_OR_FLAG',
  'ONEX_PROFILE_INVALID_ONEX_FLAGS',
  'ONEX_PROFILE_INVALID_TIMER_VALUE',
  'ONEX_PROFILE_INVALID_SUPPLICANT_MODE',
  'ONEX_PROFILE_INVALID_AUTH_MODE',
  'ONEX_PROFILE_INVALID_EAP_CONNECTION_PROPERTIES',
  'ONEX_UI_CANCELLED',
  'ONEX_PROFILE_INVALID_EXPLICIT_CREDENTIALS',
  'ONEX_PROFILE_EXPIRED_EXPLICIT_CREDENTIALS',
  'ONEX_UI_NOT_PERMITTED',
]);

/** L2_REASON_CODE: the one space every completion reason lives in (groups of 0x10000, l2cmn.h). */
export const L2Reason = codeSpace(
  'L2 reason',
  { SUCCESS: 0, PROFILE_MISSING: 1, UNKNOWN: 0x10001, ...MSMSEC, ONEX_SUCCESS: 0x50000, ...ONEX },
  [
    { name: 'DOT11_AC', first: 0x20000, last: 0x2ffff },
    { name: 'DOT11_MSM', first: 0x30000, last: 0x3ffff },
    { name: 'MSMSEC', first: 0x40000, last: 0x4ffff },
    { name: 'ONEX', first: 0x50000, last: 0x5ffff },
    { name: 'PROFILE', first: 0x80000, last: 0x8ffff },
    { name: 'IHV_REASON', first: 0x90000, last: 0x9ffff },
  ],
);

export const isIhvReason = (reason: number): boolean => reason >= 0x90000 && reason <= 0x9ffff;
export const isOneXReason = (reason: number): boolean => reason > 0x50000 && reason <= 0x5ffff;

/** DOT11_ASSOC_STATUS (windot11.h); the low 16 bits of the ranges are an 802.11 reason or status code. */
export const AssocStatus = codeSpace(
  'association status',
  {
    SUCCESS: 0,
    FAILURE: 1,
    UNREACHABLE: 2,
    RADIO_OFF: 3,
    PHY_DISABLED: 4,
    CANCELLED: 5,
    CANDIDATE_LIST_EXHAUSTED: 6,
    DISASSOCIATED_BY_OS: 7,
    DISASSOCIATED_BY_ROAMING: 8,
    DISASSOCIATED_BY_RESET: 9,
    SYSTEM_ERROR: 0xa,
    ROAMING_BETTER_AP_FOUND: 0xb,
    ROAMING_ASSOCIATION_LOST: 0xc,
    ROAMING_ADHOC: 0xd,
  },
  [
    { name: 'PEER_DEAUTHENTICATED', first: 0x10000, last: 0x1ffff },
    { name: 'PEER_DISASSOCIATED', first: 0x20000, last: 0x2ffff },
    { name: 'ASSOCIATION_RESPONSE', first: 0x30000, last: 0x3ffff },
    IHV,
  ],
);

export const AuthAlgorithm = codeSpace(
  'authentication algorithm',
  {
    OPEN: 1,
    SHARED_KEY: 2,
    WPA: 3,
    WPA_PSK: 4,
    WPA_NONE: 5,
    RSNA: 6,
    RSNA_PSK: 7,
    WPA3_ENT_192: 8,
    WPA3_SAE: 9,
    OWE: 10,
    WPA3_ENT: 11,
  },
  [IHV],
  2,
);

export const Cipher = codeSpace(
  'cipher',
  {
    NONE: 0,
    WEP40: 1,
    TKIP: 2,
    CCMP: 4,
    WEP104: 5,
    BIP: 6,
    GCMP: 8,
    GCMP_256: 9,
    CCMP_256: 0xa,
    BIP_GMAC_128: 0xb,
    BIP_GMAC_256: 0xc,
    BIP_CMAC_256: 0xd,
    USE_GROUP: 0x100,
    WEP: 0x101,
  },
  [IHV],
  2,
);

export const Direction = codeSpace('key direction', { INBOUND: 1, OUTBOUND: 2, BOTH: 3 }, [], 1);
export const OneXResult = codeSpace('802.1X result', { SUCCESS: 0, FAILURE: 1, IN_PROGRESS: 2 }, [], 1);
export const OneXAuthStatus = codeSpace(
  '802.1X authentication status',
  { NOT_STARTED: 0, IN_PROGRESS: 1, NO_AUTHENTICATOR_FOUND: 2, SUCCESS: 3, FAILURE: 4, INVALID: 5 },
  [],
  1,
);
export const IndicationType = codeSpace(
  'indication type',
  { NIC_SPECIFIC: 0, PMKID_CANDIDATES: 1, TKIP_MIC_FAILURE: 2, PHY_STATE: 3, LINK_QUALITY: 4 },
  [],
  1,
);
export const ConnectionPhase = codeSpace('connection phase', { ANY: 0, INITIAL: 1, POST_L3: 2 }, [], 1);
export const ExemptionAction = codeSpace('exemption action', { NONE: 0, ALWAYS: 1, ON_KEY_MAPPING_KEY_UNAVAILABLE: 2 }, [], 1);
export const ExemptionPacket = codeSpace('exemption packet type', { UNICAST: 1, MULTICAST: 2, BOTH: 3 }, [], 1);
export const DsInfo = codeSpace('distribution system information', { CHANGED: 0, UNCHANGED: 1, UNKNOWN: 2 }, [], 1);
export const SessionEvent = codeSpace(
  'session event',
  {
    CONSOLE_CONNECT: 1,
    CONSOLE_DISCONNECT: 2,
    REMOTE_CONNECT: 3,
    REMOTE_DISCONNECT: 4,
    LOGON: 5,
    LOGOFF: 6,
    LOCK: 7,
    UNLOCK: 8,
    REMOTE_CONTROL: 9,
  },
  [],
  1,
);

/** EtherTypes as plain numbers in host order; whoever writes them to memory writes them big-endian (R61). */
export const EtherType = codeSpace('EtherType', { EAPOL: 0x888e, RSN_PREAUTHENTICATION: 0x88c7, WAPI: 0x88b4 }, [], 4);
