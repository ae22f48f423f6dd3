import { codeSpace } from '../events/index.js';

/**
 * Cipher suite selectors, OUI and type as one number the way they stand on the air (IEEE 802.11-2020 Table 9-149). Those of
 * WPA1 have the OUI 00-50-F2.
 *
 * @example
 * CipherSuite.show(0x000fac04); // 'CCMP (0x000FAC04)'
 *
 * @since 0.2.0
 */
export const CipherSuite = codeSpace('cipher suite', {
  USE_GROUP: 0x000fac00,
  WEP40: 0x000fac01,
  TKIP: 0x000fac02,
  CCMP: 0x000fac04,
  WEP104: 0x000fac05,
  BIP_CMAC_128: 0x000fac06,
  NO_GROUP_TRAFFIC: 0x000fac07,
  GCMP: 0x000fac08,
  GCMP_256: 0x000fac09,
  CCMP_256: 0x000fac0a,
  BIP_GMAC_128: 0x000fac0b,
  BIP_GMAC_256: 0x000fac0c,
  BIP_CMAC_256: 0x000fac0d,
  WPA_USE_GROUP: 0x0050f200,
  WPA_WEP40: 0x0050f201,
  WPA_TKIP: 0x0050f202,
  WPA_CCMP: 0x0050f204,
  WPA_WEP104: 0x0050f205,
});

/**
 * Selectors of authentication and key management (IEEE 802.11-2020 Table 9-151; 22 to 25 by later amendments), those of WPA1
 * (OUI 00-50-F2) and two of the Wi-Fi Alliance (50-6F-9A).
 *
 * @since 0.2.0
 */
export const AkmSuite = codeSpace('AKM suite', {
  IEEE_802_1X: 0x000fac01,
  PSK: 0x000fac02,
  FT_802_1X: 0x000fac03,
  FT_PSK: 0x000fac04,
  IEEE_802_1X_SHA256: 0x000fac05,
  PSK_SHA256: 0x000fac06,
  TDLS: 0x000fac07,
  SAE: 0x000fac08,
  FT_SAE: 0x000fac09,
  AP_PEER_KEY: 0x000fac0a,
  SUITE_B: 0x000fac0b,
  SUITE_B_192: 0x000fac0c,
  FT_802_1X_SHA384: 0x000fac0d,
  FILS_SHA256: 0x000fac0e,
  FILS_SHA384: 0x000fac0f,
  FT_FILS_SHA256: 0x000fac10,
  FT_FILS_SHA384: 0x000fac11,
  OWE: 0x000fac12,
  FT_PSK_SHA384: 0x000fac13,
  PSK_SHA384: 0x000fac14,
  PASN: 0x000fac15,
  FT_802_1X_SHA384_UNRESTRICTED: 0x000fac16,
  IEEE_802_1X_SHA384: 0x000fac17,
  SAE_EXT_KEY: 0x000fac18,
  FT_SAE_EXT_KEY: 0x000fac19,
  WPA_802_1X: 0x0050f201,
  WPA_PSK: 0x0050f202,
  OSEN: 0x506f9a01,
  DPP: 0x506f9a02,
});
