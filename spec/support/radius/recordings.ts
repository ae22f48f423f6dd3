import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { hex } from '../../streams/frames/hex.js';
import { udpPayloads } from './udp.js';

/** A recorded authentication, with what its packets were made with. */
export interface RadiusRecording {
  readonly name: string;
  readonly packets: ReadonlyArray<Uint8Array>;
  readonly secret: Uint8Array;
  /** Both halves, from the log of the station. */
  readonly msk: Uint8Array;
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

const fixture = (name: string): Uint8Array =>
  readFileSync(fileURLToPath(new URL(`../../fixtures/radius/${name}.pcap`, import.meta.url)));

/** eapol_test against FreeRADIUS 3.2.1 and hostapd 2.10, on the loopback interface; the keys are those in its log. */
export const fixtures: ReadonlyArray<RadiusRecording> = [
  {
    name: 'FreeRADIUS, PEAP',
    packets: udpPayloads(fixture('freeradius-peap')),
    secret: text('testing123'),
    msk: hex(
      'cbb3cf726cb95dd5524441bf1fb9e52e9128f7117bf3ff09b1e14986025f02c23d79a6c7c74222c094dd3d290ac29c68b25bbad7e34da8fc782750d81db6a274',
    ),
  },
  {
    name: 'hostapd, EAP-TLS',
    packets: udpPayloads(fixture('hostapd-tls')),
    secret: text('testing123'),
    msk: hex(
      'ec161bdea9dda3d24ebafa9efffd7dd6b4a7e9e685728c7960182bf206f5934535dee91d8ce1d529d85d465e177bb7b07e28957801f8b60fe19f5678d3dc6b7a',
    ),
  },
];

const folder = fileURLToPath(new URL('../../../../shared/lab/cases/', import.meta.url));

export const hasLab = existsSync(folder);

const SECRETS = /testing123|radius-secret-\d/;
const KEY = /(?:MS-MPPE-(?<half>Send|Recv)-Key)[^\n]*hexdump\(len=32\): (?<octets>[0-9a-f ]+)/g;

/** The station of a wired case has no RADIUS in its log; its access point has. */
const keysIn = (log: string): ReadonlyMap<string, string> =>
  new Map([...log.matchAll(KEY)].map(({ groups }) => [groups?.['half'] ?? '', groups?.['octets'] ?? '']));

const recordingOf = (name: string): RadiusRecording => {
  const read = (file: string): string =>
    existsSync(`${folder}${name}/${file}`) ? readFileSync(`${folder}${name}/${file}`, 'utf8') : '';
  const keys = keysIn(read('station.log') + read('ap.log'));
  const [secret = ''] = SECRETS.exec(read('case.json')) ?? [];
  return {
    name,
    packets: udpPayloads(readFileSync(`${folder}${name}/radius.pcap`)),
    secret: text(secret),
    msk: hex(`${keys.get('Recv') ?? ''}${keys.get('Send') ?? ''}`),
  };
};

/** What was recorded beside a checkout. */
export const labRecordings: ReadonlyArray<RadiusRecording> = hasLab
  ? readdirSync(folder)
      .filter((name) => existsSync(`${folder}${name}/radius.pcap`))
      .sort()
      .map(recordingOf)
  : [];
