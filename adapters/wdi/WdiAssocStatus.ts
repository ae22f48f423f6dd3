import { AssocStatus, codeSpace } from '../../streams/events/index.js';

/** WDI_ASSOC_STATUS, which resembles DOT11_ASSOC_STATUS up to 7 and then goes its own way. */
export const WdiAssocStatus = codeSpace('WDI association status', {
  SUCCESS: 0,
  FAILURE: 1,
  UNREACHABLE: 2,
  RADIO_OFF: 3,
  PHY_DISABLED: 4,
  ABORTED: 5,
  CANDIDATE_LIST_EXHAUSTED: 6,
  DISASSOCIATED_BY_HOST: 7,
  ROAMING_BETTER_AP_FOUND: 10,
  ROAMING_ASSOCIATION_LOST: 11,
  PEER_DEAUTHENTICATED: 13,
  PEER_DISASSOCIATED: 14,
  ROAMING_LOW_LINK_QUALITY: 15,
  PROBE_TX_FAILURE: 30,
  NO_BEACON_PROBE_RESPONSE: 31,
  AUTH_REQUEST_TX_NO_ACK: 40,
  NO_AUTH_RESPONSE: 41,
  AUTH_RESPONSE_CAPABILITY_MISMATCH: 42,
  BAD_AUTH_RESPONSE: 43,
  AUTH_FAILED_BY_PEER: 44,
  AUTH_EXCHANGE_FAILURE: 45,
  ASSOC_REQUEST_TX_NO_ACK: 50,
  NO_ASSOC_RESPONSE: 51,
  ASSOC_RESPONSE_CAPABILITY_MISMATCH: 52,
  BAD_ASSOC_RESPONSE: 53,
  ASSOC_FAILED_BY_PEER: 54,
  ASSOC_EXCHANGE_FAILURE: 55,
  DISASSOCIATE_BY_DEVICE_RESET: 60,
  DISASSOCIATE_UNABLE_TO_MAINTAIN: 61,
  DISASSOCIATE_NOT_VISIBLE: 62,
  DISASSOCIATE_NEEDED_REASSOC: 63,
});

const wdi = WdiAssocStatus.codes;
const dot11 = AssocStatus.codes;

const PEER_DEAUTHENTICATED = 0x10000;
const PEER_DISASSOCIATED = 0x20000;
const ASSOCIATION_RESPONSE = 0x30000;

/** Statuses that stand for a whole range: its base, to which the 802.11 reason or status code is added. */
const RANGES: ReadonlyMap<number, number> = new Map([
  [wdi.PEER_DEAUTHENTICATED, PEER_DEAUTHENTICATED],
  [wdi.PEER_DISASSOCIATED, PEER_DISASSOCIATED],
  [wdi.AUTH_FAILED_BY_PEER, ASSOCIATION_RESPONSE],
  [wdi.ASSOC_FAILED_BY_PEER, ASSOCIATION_RESPONSE],
]);

const RENUMBERED: ReadonlyMap<number, number> = new Map([
  [wdi.SUCCESS, dot11.SUCCESS],
  [wdi.FAILURE, dot11.FAILURE],
  [wdi.UNREACHABLE, dot11.UNREACHABLE],
  [wdi.RADIO_OFF, dot11.RADIO_OFF],
  [wdi.PHY_DISABLED, dot11.PHY_DISABLED],
  [wdi.ABORTED, dot11.CANCELLED],
  [wdi.CANDIDATE_LIST_EXHAUSTED, dot11.CANDIDATE_LIST_EXHAUSTED],
  [wdi.DISASSOCIATED_BY_HOST, dot11.DISASSOCIATED_BY_OS],
  [wdi.ROAMING_BETTER_AP_FOUND, dot11.ROAMING_BETTER_AP_FOUND],
  [wdi.ROAMING_ASSOCIATION_LOST, dot11.ROAMING_ASSOCIATION_LOST],
  [wdi.ROAMING_LOW_LINK_QUALITY, dot11.ROAMING_BETTER_AP_FOUND],
  [wdi.PROBE_TX_FAILURE, dot11.UNREACHABLE],
  [wdi.NO_BEACON_PROBE_RESPONSE, dot11.UNREACHABLE],
  [wdi.AUTH_REQUEST_TX_NO_ACK, dot11.UNREACHABLE],
  [wdi.NO_AUTH_RESPONSE, dot11.UNREACHABLE],
  [wdi.ASSOC_REQUEST_TX_NO_ACK, dot11.UNREACHABLE],
  [wdi.NO_ASSOC_RESPONSE, dot11.UNREACHABLE],
  [wdi.DISASSOCIATE_BY_DEVICE_RESET, dot11.DISASSOCIATED_BY_RESET],
  [wdi.DISASSOCIATE_NOT_VISIBLE, dot11.UNREACHABLE],
]);

/** IEEE 802.11-2020 9.4.1.7: reason 1, and 9.4.1.9: status 1; unspecified. */
const UNSPECIFIED = 1;

/**
 * A WDI status as the DOT11_ASSOC_STATUS the engine understands. `code` is the 802.11 reason of the frame that ended the
 * association, or the status code of the frame that refused it. Whatever has no counterpart, the reserved numbers and those
 * still unknown among it, is FAILURE: an end must never be lost because its cause is new.
 *
 * @example
 * assocStatusFromWdi(13, 7); // 0x10007: deauthenticated by the peer, reason 7
 *
 * @since 0.1.0
 */
export const assocStatusFromWdi = (status: number, code: number = UNSPECIFIED): number => {
  const base = RANGES.get(status);
  return base === undefined ? (RENUMBERED.get(status) ?? dot11.FAILURE) : base + (code & 0xffff);
};
