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
  details: `live wired authenticates this machine by 802.1X at the port of a switch, and keeps it authenticated: it answers when the switch asks
anew, begins again when the link comes back, and rests after a refusal. Ctrl-C logs off; twice, and it is gone at once. It needs the
capability CAP_NET_RAW.

live wifi connects this machine to a Wi-Fi network, runs its handshakes, and stays connected: open networks and OWE, WPA3 and
WPA2 by passphrase, and 802.1X. SIGUSR2 has it look for another access point of the network, and go there. Ctrl-C leaves the
network. It needs the capability CAP_NET_ADMIN.

Both work on Linux; docs/linux.md tells more.

Options of both:
  --interface NAME        the interface, e.g. eth0 or wlan0 (-i)
  --profile FILE          who authenticates, and how: YAML, JSON, or the configuration of wpa_supplicant (-p)
  --network NAME          which of several networks in that file
  --once                  end after the first verdict
  --record OUT            write an event log, which holds no keys unless that is wanted
  --metrics [HOST:]PORT   serve metrics for Prometheus at /metrics; on 127.0.0.1 unless there is a host
  --calls                 show the calls between the engine and its host, too
  --json                  an object a line, times in microseconds; docs/cli.md says which kinds there are

Options of live wired:
  --start-period SECONDS  how long each of three EAPOL-Starts waits for an answer; 5 by default
  --retry-after SECONDS   how long to rest after a refusal; 60 by default. postassoc replay OUT --method wired repeats a log, and
                          with --retry-after 10 it is --method wired:10
  --promiscuous           have the interface let in everything, if it lets in no packet of 802.1X
  --show-secrets          show the keys an authentication yields

Options of live wifi:
  --ssid NAME             the network; by default the one of the profile
  --passphrase-file FILE  its passphrase, alone in a file; or none, and a profile has it
  --security KIND         nothing weaker than this: open, owe, wpa2-personal or wpa3-personal; a profile says its own
  --require-pmf           not without protected management frames
  --insecure-wpa1         WPA of the first kind and TKIP will do, which can be broken
  --bssid ADDRESS         only this access point
  --freq MHZ              only this channel, e.g. 2412
  --okc                   offer a key of 802.1X to other access points of the network, too (opportunistic key caching)
  --capabilities          show what the radio can do, and end; it needs no capability
  --show-secrets          with --record: write keys and nonces, too, without which postassoc replay OUT --method rsn cannot repeat it
  --packet-socket         send EAPOL by a packet socket, as is done where the driver leaves no other way; takes CAP_NET_RAW

Exit status:
  0  the last verdict was: authenticated, or connected
  1  it was another, or there was none
  2  it could not begin

Examples:
  postassoc live wired --interface eth0 --profile office.yaml
  postassoc live wired -i eth0 -p office.yaml --once --json | jq 'select(.kind == "verdict")'
  postassoc live wifi --interface wlan0 --capabilities
  postassoc live wifi -i wlan0 --ssid home --passphrase-file passphrase
  postassoc live wifi -i wlan0 -p office.yaml --record run.ndjson --metrics 9100`,
  run,
};
