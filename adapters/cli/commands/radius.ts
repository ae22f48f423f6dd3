import type { Command } from '../Command.js';
import { run } from '../radius/run.js';

/** `postassoc radius`: authenticates to a RADIUS server, without an access point. */
export const radius: Command = {
  usage: '--server HOST[:PORT]... (--secret-file FILE | --secret-env VARIABLE) --profile FILE [OPTION]...',
  options: {
    server: { type: 'string', multiple: true },
    'secret-file': { type: 'string' },
    'secret-env': { type: 'string' },
    profile: { type: 'string' },
    network: { type: 'string' },
    repeat: { type: 'string' },
    concurrency: { type: 'string' },
    jobs: { type: 'string' },
    timeout: { type: 'string' },
    retries: { type: 'string' },
    radsec: { type: 'boolean' },
    'radsec-ca': { type: 'string' },
    'radsec-cert': { type: 'string' },
    'radsec-key': { type: 'string' },
    'radsec-name': { type: 'string' },
    json: { type: 'boolean' },
    verbose: { type: 'boolean' },
    'show-secrets': { type: 'boolean' },
    'nas-identifier': { type: 'string' },
    'nas-address': { type: 'string' },
    'calling-station': { type: 'string' },
    'called-station': { type: 'string' },
    'framed-mtu': { type: 'string' },
    ethernet: { type: 'boolean' },
    attribute: { type: 'string', multiple: true },
  },
  details: `Authenticates by EAP as a station would, inside of RADIUS as its access point would: neither a radio nor root is needed. Every answer
has to have a Message-Authenticator. The MS-MPPE keys of the server are compared with those of the station.

Options:
  --server HOST[:PORT]   where to ask; the port is 1812 without one. May be repeated: the next is tried when one is silent
  --secret-file FILE     the shared secret; a line break at the end is no part of it
  --secret-env VARIABLE  the same from the environment
  --profile FILE         who authenticates, by which methods, and whom to trust: a profile, or a configuration of wpa_supplicant
  --network NAME         which network of the profile, where there are several
  --repeat N             authenticate N times, and report latencies
  --concurrency M        M of them at the same time
  --jobs N               divide them among N threads; without it, among as many as there are processors if there are thousands of them
  --timeout SECONDS      how long to wait for an answer to one request (10)
  --retries N            how often to repeat a request meanwhile (5)
  --json                 one object; with --repeat and --verbose one a line, the summary last
  --verbose              with --repeat each result; with --json the timeline
  --show-secrets         show the keys

RADIUS over TLS (RFC 6614):
  --radsec               the port is 2083 then, and the secret "radsec" where none is given
  --radsec-ca FILE       the authority of the server's certificate, in PEM; without it those of the system
  --radsec-cert FILE, --radsec-key FILE   the certificate to show, and its key
  --radsec-name NAME     the name in the server's certificate, where it is not HOST

What the access point says of itself:
  --nas-identifier TEXT, --nas-address ADDRESS, --called-station TEXT, --calling-station TEXT, --framed-mtu N
  --ethernet             it is a switch
  --attribute NAME=VALUE more, or in place of another; NAME may be a number, VALUE 0x and hex. May be repeated

Exit status:
  0  authenticated, each time
  1  not
  2  it was called wrongly, or a file could not be read
  130  with --repeat: interrupted; what there was until then is told

Examples:
  postassoc radius --server 192.0.2.1 --secret-file secret --profile office.yaml
  postassoc radius --server 192.0.2.1 --secret-env SECRET --profile office.yaml --repeat 1000 --concurrency 100
  postassoc radius --server radius.example.org --radsec --radsec-cert nas.pem --radsec-key nas.key --profile office.yaml`,
  run,
};
