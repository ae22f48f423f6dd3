import type { Command } from '../Command.js';
import { run } from '../explain/run.js';

/** `postassoc explain`: what happened in a capture or a log, and why. */
export const explain: Command = {
  usage: 'FILE... [--keys FILE]... [--json] [--sta ADDRESS] [--bssid ADDRESS] [--ssid NAME] [--since TIME]',
  options: {
    keys: { type: 'string', multiple: true },
    key: { type: 'string', multiple: true },
    json: { type: 'boolean' },
    sta: { type: 'string' },
    bssid: { type: 'string' },
    ssid: { type: 'string' },
    since: { type: 'string' },
    'show-secrets': { type: 'boolean' },
    annotate: { type: 'string' },
    events: { type: 'string' },
    jobs: { type: 'string' },
  },
  details: `FILE is a capture (pcap or pcapng, also compressed by gzip or zstd; of Wi-Fi or of a wire), a debug log of wpa_supplicant or hostapd,
or an event export of Windows (WLAN AutoConfig, XML); or - for standard input. Its content tells which. It may be of any size.

Without keys everything is said that can be said: who waited for whom, what was repeated, refused, or lost. With them every message
is checked, and what is encrypted is read.

Options:
  --keys FILE       passphrases and keys: lines as Wireshark takes them (wpa-pwd:PASSPHRASE:SSID, wpa-psk:HEX, msk:HEX, tk:HEX),
                    pmk:HEX, Wireshark's 80211_keys, a TLS key log, or the configuration of wpa_supplicant or hostapd
  --key KEY         one such line. Others on this machine can see it
  --sta ADDRESS     only this station
  --bssid ADDRESS   only this access point
  --ssid NAME       only this network
  --since TIME      only connections that ended at this time or later: 2026-11-21T14:05:00Z, or seconds since 1970
  --json            one object a line: a connection each, damages, and a summary; docs/explain-json.md describes them
  --show-secrets    show keys and identities
  --annotate OUT    copy the capture as pcapng, with what was found as comments on its frames
  --events OUT      write the event log of the engine that stood in for the stations; postassoc replay OUT --method rsn repeats it
  --jobs N          use N threads, or auto: as many as there are processors. The answers are the same

Exit status:
  0  explained
  2  a file could not be read, or the keys
  3  a capture is damaged: what could be read was explained

Examples:
  postassoc explain air.pcapng
  postassoc explain air.pcapng --keys office.keys --sta 02:00:00:00:01:00
  postassoc explain *.pcap.gz --json | jq 'select(.outcome == "failed")'
  tcpdump -i wlan0mon -w - | postassoc explain -`,
  run,
};
