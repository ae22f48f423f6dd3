import type { Command } from '../Command.js';
import { run } from '../live/run.js';

/** `postassoc live`: the engine at work. */
export const live: Command = {
  usage: 'wired|wifi --interface NAME [--profile FILE] [--ssid NAME] [--once] [--record OUT] [--metrics PORT] [--json]',
  options: {
    interface: { type: 'string', short: 'i' },
    profile: { type: 'string', short: 'p' },
    network: { type: 'string' },
    ssid: { type: 'string' },
    'passphrase-file': { type: 'string' },
    bssid: { type: 'string' },
    freq: { type: 'string' },
    security: { type: 'string' },
    'require-pmf': { type: 'boolean' },
    'insecure-wpa1': { type: 'boolean' },
    okc: { type: 'boolean' },
    capabilities: { type: 'boolean' },
    record: { type: 'string' },
    metrics: { type: 'string' },
    'start-period': { type: 'string' },
    'retry-after': { type: 'string' },
    promiscuous: { type: 'boolean' },
    'packet-socket': { type: 'boolean' },
    once: { type: 'boolean' },
    json: { type: 'boolean' },
    calls: { type: 'boolean' },
    'show-secrets': { type: 'boolean' },
  },
  details: `Authenticates this machine by 802.1X at the port of a switch, and keeps it authenticated: it answers when the switch asks anew, begins
again when the link comes back, and rests after a refusal. Ctrl-C logs off; twice, and it is gone at once. It works on Linux, and needs
the capability CAP_NET_RAW; docs/linux.md tells more.

live wifi connects this machine to a Wi-Fi network, runs its handshakes, and stays connected: open networks and OWE, WPA3 and
WPA2 by passphrase, and 802.1X. SIGUSR2 has it look for another access point of the network, and go there. Ctrl-C leaves the
network. It needs the capability CAP_NET_ADMIN.

Options of live wifi:
  --interface NAME        the interface, e.g. wlan0 (-i)
  --ssid NAME             the network; by default the one of the profile
  --passphrase-file FILE  its passphrase, alone in a file
  --profile FILE          or a profile with a passphrase or with EAP (-p)
  --security KIND         nothing weaker than this: open, owe, wpa2-personal or wpa3-personal; a profile says its own
  --require-pmf           not without protected management frames
  --insecure-wpa1         WPA of the first kind and TKIP will do, which can be broken
  --bssid ADDRESS         only this access point
  --freq MHZ              only this channel, e.g. 2412
  --okc                   offer a key of 802.1X to other access points of the network, too (opportunistic key caching)
  --capabilities          show what the radio can do, and end
  --show-secrets          with --record: write keys and nonces, too, without which postassoc replay OUT --method rsn cannot repeat it
  --packet-socket         send EAPOL by a packet socket, as is done where the driver leaves no other way; takes CAP_NET_RAW
  --once, --record, --metrics, --calls, --json as below

Options of live wired:
  --interface NAME        the interface, e.g. eth0 (-i)
  --profile FILE          who authenticates, and how: YAML, JSON, or the configuration of wpa_supplicant (-p)
  --network NAME          which of several networks in that file
  --once                  log off and end after the first verdict
  --record OUT            write an event log; it holds no keys. postassoc replay OUT --method wired repeats it,
                          and with --retry-after 10 it is --method wired:10
  --metrics [HOST:]PORT   serve metrics for Prometheus at /metrics; on 127.0.0.1 unless there is a host
  --start-period SECONDS  how long each of three EAPOL-Starts waits for an answer; 5 by default
  --retry-after SECONDS   how long to rest after a refusal; 60 by default
  --promiscuous           have the interface let in everything, if it lets in no packet of 802.1X
  --calls                 show the calls between the engine and its host, too
  --json                  an object a line: link, packet, note, port, verdict; times in microseconds
  --show-secrets          show the keys an authentication yields

Exit status:
  0  the last verdict was: authenticated
  1  it was another, or there was none
  2  it could not begin

Examples:
  postassoc live wired --interface eth0 --profile office.yaml
  postassoc live wired -i eth0 -p office.yaml --once --json | jq 'select(.kind == "verdict")'
  postassoc live wired -i eth0 -p office.yaml --record run.ndjson --metrics 9100`,
  run,
};
