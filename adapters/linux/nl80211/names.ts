/** Commands and events of nl80211 (linux/nl80211.h), those that are used here. */
export const Command = {
  GET_WIPHY: 1,
  NEW_WIPHY: 3,
  DEL_WIPHY: 4,
  GET_INTERFACE: 5,
  NEW_INTERFACE: 7,
  DEL_INTERFACE: 8,
  SET_KEY: 10,
  NEW_KEY: 11,
  DEL_KEY: 12,
  SET_STATION: 18,
  GET_SCAN: 32,
  TRIGGER_SCAN: 33,
  NEW_SCAN_RESULTS: 34,
  SCAN_ABORTED: 35,
  AUTHENTICATE: 37,
  ASSOCIATE: 38,
  DEAUTHENTICATE: 39,
  DISASSOCIATE: 40,
  MICHAEL_MIC_FAILURE: 41,
  CONNECT: 46,
  ROAM: 47,
  DISCONNECT: 48,
  SET_PMKSA: 52,
  DEL_PMKSA: 53,
  FLUSH_PMKSA: 54,
  SET_REKEY_OFFLOAD: 79,
  REGISTER_FRAME: 58,
  FRAME: 59,
  UNPROT_DEAUTHENTICATE: 70,
  UNPROT_DISASSOCIATE: 71,
  CH_SWITCH_NOTIFY: 88,
  ABORT_SCAN: 114,
  EXTERNAL_AUTH: 127,
  CONTROL_PORT_FRAME: 129,
  CONTROL_PORT_FRAME_TX_STATUS: 139,
} as const;

export const Attribute = {
  WIPHY: 1,
  WIPHY_NAME: 2,
  IFINDEX: 3,
  IFNAME: 4,
  IFTYPE: 5,
  MAC: 6,
  KEY_IDX: 8,
  KEY_SEQ: 10,
  BSS: 47,
  SUPPORTED_COMMANDS: 50,
  FRAME: 51,
  SSID: 52,
  AUTH_TYPE: 53,
  REASON_CODE: 54,
  KEY_TYPE: 55,
  CIPHER_SUITES: 57,
  SCAN_FREQUENCIES: 44,
  SCAN_SSIDS: 45,
  IE: 42,
  WIPHY_FREQ: 38,
  TIMED_OUT: 65,
  USE_MFP: 66,
  STA_FLAGS2: 67,
  CONTROL_PORT: 68,
  PRIVACY: 70,
  DISCONNECTED_BY_AP: 71,
  STATUS_CODE: 72,
  CIPHER_SUITES_PAIRWISE: 73,
  CIPHER_SUITE_GROUP: 74,
  WPA_VERSIONS: 75,
  AKM_SUITES: 76,
  REQ_IE: 77,
  RESP_IE: 78,
  PREV_BSSID: 79,
  KEY: 80,
  PMKID: 85,
  COOKIE: 88,
  FRAME_MATCH: 91,
  ACK: 92,
  FRAME_TYPE: 101,
  CONTROL_PORT_ETHERTYPE: 102,
  CONTROL_PORT_NO_ENCRYPT: 103,
  WIPHY_BANDS: 22,
  WOWLAN_TRIGGERS_SUPPORTED: 118,
  REKEY_DATA: 122,
  FEATURE_FLAGS: 143,
  WDEV: 153,
  SPLIT_WIPHY_DUMP: 174,
  AUTH_DATA: 156,
  SOCKET_OWNER: 204,
  EXT_FEATURES: 217,
  CONTROL_PORT_OVER_NL80211: 264,
  MLO_SUPPORT: 315,
} as const;

/** Within `KEY`. */
export const KeyAttribute = { DATA: 1, IDX: 2, CIPHER: 3, SEQ: 4, TYPE: 7, MODE: 9 } as const;

/** Within a band of `WIPHY_BANDS`, and within one of its frequencies. */
export const BandAttribute = { FREQS: 1 } as const;
export const FrequencyAttribute = { FREQ: 1, DISABLED: 2 } as const;

/** Within `WOWLAN_TRIGGERS_SUPPORTED`: no trigger, but the only word of it there is. */
export const WakeTrigger = { GTK_REKEY_SUPPORTED: 5 } as const;

/** Within `REKEY_DATA`. */
export const RekeyAttribute = { KEK: 1, KCK: 2, REPLAY_CTR: 3, AKM: 4 } as const;

/** Within `BSS`. */
export const BssAttribute = {
  BSSID: 1,
  FREQUENCY: 2,
  TSF: 3,
  BEACON_INTERVAL: 4,
  CAPABILITY: 5,
  INFORMATION_ELEMENTS: 6,
  SIGNAL_MBM: 7,
  STATUS: 9,
  SEEN_MS_AGO: 10,
  BEACON_IES: 11,
} as const;

/** Whether a pairwise key receives and sends, only receives, or is to send from now on. */
export const KeyMode = { RX_TX: 0, NO_TX: 1, SET_TX: 2 } as const;
export const KeyType = { GROUP: 0, PAIRWISE: 1 } as const;
export const InterfaceType = { STATION: 2 } as const;
export const AuthType = { OPEN_SYSTEM: 0, FAST_TRANSITION: 2, SAE: 4 } as const;
export const WpaVersion = { WPA1: 1, WPA2: 2 } as const;
export const ManagementProtection = { NO: 0, REQUIRED: 1 } as const;
export const BssStatus = { ASSOCIATED: 1 } as const;
export const StationFlag = { AUTHORIZED: 1 } as const;

/** Bits of `FEATURE_FLAGS`. */
export const Feature = { SAE: 1 << 5 } as const;

/** Numbers of bits in `EXT_FEATURES`. */
export const ExtendedFeature = {
  FILS_STA: 9,
  HANDSHAKE_OFFLOAD_PSK: 15,
  HANDSHAKE_OFFLOAD_1X: 16,
  MFP_OPTIONAL: 21,
  CONTROL_PORT_OVER_NL80211: 26,
  CAN_REPLACE_PTK0: 31,
  EXT_KEY_ID: 36,
  SAE_OFFLOAD: 38,
  BEACON_PROTECTION: 41,
  BEACON_PROTECTION_CLIENT: 46,
  CONTROL_PORT_TX_STATUS: 48,
  OPERATING_CHANNEL_VALIDATION: 49,
} as const;
