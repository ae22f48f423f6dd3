import { codeSpace } from '../../../../streams/events/index.js';

type Row = readonly [code: number, name: string, sentence: string];

/** IEEE 802.11-2020 Table 9-49, in words of our own; 71 by 802.11az. */
const rows: ReadonlyArray<Row> = [
  [1, 'UNSPECIFIED_REASON', 'no reason is given'],
  [2, 'INVALID_AUTHENTICATION', 'the earlier authentication no longer counts'],
  [3, 'LEAVING_NETWORK_DEAUTH', 'the sender leaves the network'],
  [4, 'INACTIVITY', 'nothing was heard of the station for too long'],
  [5, 'NO_MORE_STATIONS', 'the access point cannot serve all its stations'],
  [6, 'INVALID_CLASS2_FRAME', 'a frame came that needs authentication, and there is none'],
  [7, 'INVALID_CLASS3_FRAME', 'a frame came that needs an association, and there is none'],
  [8, 'LEAVING_NETWORK_DISASSOC', 'the sender leaves this access point'],
  [9, 'NOT_AUTHENTICATED', 'an association was asked for before an authentication'],
  [10, 'UNACCEPTABLE_POWER_CAPABILITY', 'the power capability is not acceptable'],
  [11, 'UNACCEPTABLE_SUPPORTED_CHANNELS', 'the supported channels are not acceptable'],
  [12, 'BSS_TRANSITION_DISASSOC', 'the station is moved to another access point (BSS transition management)'],
  [13, 'INVALID_ELEMENT', 'an element breaks the standard'],
  [14, 'MIC_FAILURE', 'a message integrity code was wrong'],
  [15, 'FOURWAY_HANDSHAKE_TIMEOUT', 'the 4-way handshake did not come to an end in time'],
  [16, 'GROUP_KEY_HANDSHAKE_TIMEOUT', 'the group key handshake did not come to an end in time'],
  [17, 'HANDSHAKE_ELEMENT_MISMATCH', 'an element in the 4-way handshake is not the one of the association or the beacon'],
  [18, 'INVALID_GROUP_CIPHER', 'the group cipher is not valid'],
  [19, 'INVALID_PAIRWISE_CIPHER', 'the pairwise cipher is not valid'],
  [20, 'INVALID_AKMP', 'the key management (AKM) is not valid'],
  [21, 'UNSUPPORTED_RSNE_VERSION', 'the version of the RSN element is not supported'],
  [22, 'INVALID_RSNE_CAPABILITIES', 'the capabilities in the RSN element are not valid'],
  [23, 'IEEE_802_1X_AUTH_FAILED', 'the 802.1X authentication failed'],
  [24, 'CIPHER_REJECTED_PER_POLICY', 'policy forbids the cipher'],
  [25, 'TDLS_PEER_UNREACHABLE', 'the direct link was torn down: its peer cannot be reached'],
  [26, 'TDLS_UNSPECIFIED_REASON', 'the direct link was torn down, no reason is given'],
  [27, 'SSP_REQUESTED_DISASSOC', 'the service provider asked for it'],
  [28, 'NO_SSP_ROAMING_AGREEMENT', 'there is no roaming agreement'],
  [29, 'BAD_CIPHER_OR_AKM', 'the service needs another cipher or key management'],
  [30, 'NOT_AUTHORIZED_THIS_LOCATION', 'the service is not available at this place'],
  [31, 'SERVICE_CHANGE_PRECLUDES_TS', 'a change of service ends the traffic stream'],
  [32, 'UNSPECIFIED_QOS_REASON', 'quality of service; no reason is given'],
  [33, 'NOT_ENOUGH_BANDWIDTH', 'there is too little bandwidth for this station'],
  [34, 'MISSING_ACKS', 'too many frames were not acknowledged: the radio link is bad'],
  [35, 'EXCEEDED_TXOP', 'the station transmits outside its turns'],
  [36, 'STATION_LEAVING', 'the station leaves, or resets'],
  [37, 'END_TS_BA_DLS', 'a stream or session is no longer used'],
  [38, 'UNKNOWN_TS_BA', 'frames came for a stream that was never set up'],
  [39, 'TIMEOUT', 'the peer did not answer in time'],
  [45, 'PEERKEY_MISMATCH', 'the peer does not support the cipher'],
  [46, 'PEER_INITIATED', 'the peer asked for it, or the limit of access is reached'],
  [47, 'AP_INITIATED', 'the access point asked for it, or an external service requires it'],
  [48, 'INVALID_FT_ACTION_FRAME_COUNT', 'the count of FT action frames is wrong'],
  [49, 'INVALID_PMKID', 'the PMKID is not known'],
  [50, 'INVALID_MDE', 'the mobility domain element is not valid'],
  [51, 'INVALID_FTE', 'the fast BSS transition element is not valid'],
  [52, 'MESH_PEERING_CANCELED', 'mesh: the peering was cancelled'],
  [53, 'MESH_MAX_PEERS', 'mesh: there are too many peers'],
  [54, 'MESH_CONFIGURATION_POLICY_VIOLATION', 'mesh: the configuration does not fit'],
  [55, 'MESH_CLOSE_RCVD', 'mesh: the peer closed the peering'],
  [56, 'MESH_MAX_RETRIES', 'mesh: the peer did not answer'],
  [57, 'MESH_CONFIRM_TIMEOUT', 'mesh: the confirmation did not come in time'],
  [58, 'MESH_INVALID_GTK', 'mesh: the group key could not be unwrapped'],
  [59, 'MESH_INCONSISTENT_PARAMETERS', 'mesh: parameters changed while peering'],
  [60, 'MESH_INVALID_SECURITY_CAPABILITY', 'mesh: the security does not fit'],
  [61, 'MESH_PATH_ERROR_NO_PROXY_INFORMATION', 'mesh: no proxy is known'],
  [62, 'MESH_PATH_ERROR_NO_FORWARDING_INFORMATION', 'mesh: no way is known'],
  [63, 'MESH_PATH_ERROR_DESTINATION_UNREACHABLE', 'mesh: the destination cannot be reached'],
  [64, 'MAC_ADDRESS_ALREADY_EXISTS_IN_MBSS', 'mesh: the address is in use'],
  [65, 'MESH_CHANNEL_SWITCH_REGULATORY', 'mesh: regulation asks for another channel'],
  [66, 'MESH_CHANNEL_SWITCH_UNSPECIFIED', 'mesh: another channel is chosen'],
  [67, 'TRANSMISSION_LINK_ESTABLISHMENT_FAILED', 'the transmission link could not be set up'],
  [68, 'ALTERNATIVE_CHANNEL_OCCUPIED', 'the alternative channel is taken'],
  [71, 'POOR_RSSI_CONDITIONS', 'the signal is too weak'],
];

const sentences: ReadonlyMap<number, string> = new Map(rows.map(([code, , sentence]) => [code, sentence]));

/** Why somebody says farewell: the reason codes of disassociation and deauthentication. */
export const ReasonCode = codeSpace('reason code', Object.fromEntries(rows.map(([code, name]) => [name, code])), [], 4);

/** What a reason code means, as the rest of a sentence. */
export const meaningOfReason = (code: number): string => sentences.get(code) ?? 'a code the standard does not explain';

/** Name, number and hex, as people look for all three. */
export const showReason = (code: number): string => `reason ${code}, ${ReasonCode.show(code)}`;

/** The codes that are decided on. */
export const Reason = {
  unspecified: 1,
  invalidAuthentication: 2,
  leaving: 3,
  leavingThisAp: 8,
  transition: 12,
  mic: 14,
  fourWayTimeout: 15,
  groupTimeout: 16,
  elementMismatch: 17,
  oneXFailed: 23,
  stationLeaving: 36,
} as const;
