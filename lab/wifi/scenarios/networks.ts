/** What the scenarios' access points offer, in lines of hostapd's configuration. */
export const SSID = 'lab';
export const PASSPHRASE = 'correct horse battery';
export const PSK = [`ssid=${SSID}`, 'wpa=2', 'rsn_pairwise=CCMP', `wpa_passphrase=${PASSPHRASE}`];
export const WPA2 = [...PSK, 'wpa_key_mgmt=WPA-PSK'];
export const SAE = [
  `ssid=${SSID}`,
  'wpa=2',
  'wpa_key_mgmt=SAE',
  'rsn_pairwise=CCMP',
  'ieee80211w=2',
  `sae_password=${PASSPHRASE}`,
];
