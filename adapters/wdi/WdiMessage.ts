import { codeSpace } from '../../streams/events/index.js';

/** Identifiers are those of the WiFiCx header; that the WDI header has the same is not documented, and assumed. */
const OID = 0xe4400000;
const INDICATION = 0x40050000;

const numbered = <Name extends string>(base: number, ids: Readonly<Record<Name, number>>): Record<Name, number> =>
  Object.fromEntries(Object.entries<number>(ids).map(([name, id]) => [name, base + id])) as Record<Name, number>;

/** What a WDI driver reports, NDIS_STATUS_WDI_INDICATION_*. */
export const WdiIndicationId = codeSpace(
  'WDI indication',
  numbered(INDICATION, {
    DISCONNECT_COMPLETE: 0x15,
    DISASSOCIATION: 0x33,
    ROAMING_NEEDED: 0x34,
    LINK_STATE_CHANGE: 0x35,
    PMKID_CANDIDATE_LIST_UPDATE: 0x3a,
    TKIP_MIC_FAILURE: 0x3b,
    DOT11_RESET_COMPLETE: 0x3f,
    CONNECT_COMPLETE: 0x40,
    RADIO_STATUS: 0x43,
    ASSOCIATION_RESULT: 0x4c,
    IHV_EVENT: 0x5e,
    ROAM_COMPLETE: 0x65,
    IHV_TASK_REQUEST: 0x6e,
    IHV_TASK_COMPLETE: 0x6f,
    CIPHER_KEY_UPDATED: 0x84,
    SAE_AUTH_PARAMS_NEEDED: 0x86,
  }),
);

/** What a WDI driver is asked to do, OID_WDI_*. */
export const WdiOid = codeSpace(
  'WDI OID',
  numbered(OID, {
    TASK_CONNECT: 0x06,
    TASK_DOT11_RESET: 0x07,
    TASK_DISCONNECT: 0x08,
    SET_PRIVACY_EXEMPTION_LIST: 0x1c,
    SET_ADD_CIPHER_KEYS: 0x1d,
    SET_DELETE_CIPHER_KEYS: 0x1e,
    SET_DEFAULT_KEY_ID: 0x1f,
    IHV_REQUEST: 0x5d,
    TASK_ROAM: 0x64,
    TASK_IHV: 0x6d,
  }),
);
