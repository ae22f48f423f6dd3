import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type LogEvents, type ReadLogEventsOptions, readLogEvents } from '../../../../adapters/capture/logs/index.js';
import { bytesOf } from '../../../../adapters/event-log/index.js';
import { type AirEvent, type EapolHeard, mac48ToAddress } from '../../../../streams/air/index.js';
import { type KeyMaterial, Secret, toHex } from '../../../../streams/events/index.js';
import { hex } from '../../../streams/frames/hex.js';
import {
  type AirFrame,
  airFrames,
  eapolIn,
  eapolOf,
  hasData,
  MANAGEMENT,
  PROTECTED,
  RETRY,
  TO_DS,
  wiredEapolOf,
} from '../../../support/airFrames.js';
import { openData } from '../../../support/dataProtection.js';
import { readCapture } from '../../../support/pcap.js';

/** Real exchanges lie beside a checkout, with what both ends wrote about them. */
const folder = fileURLToPath(new URL('../../../../../shared/lab/cases/', import.meta.url));

export const hasLabLogs = existsSync(folder);

const OF_STATION = /^station\d*\.log$/;

/** The cases with a capture, and the logs of each. */
export const labLogs = (wanted: 'station' | 'ap'): ReadonlyArray<readonly [name: string, file: string]> =>
  (hasLabLogs ? readdirSync(folder).sort() : []).flatMap((name) =>
    readdirSync(`${folder}${name}`)
      .filter((file) => (wanted === 'ap' ? file === 'ap.log' : OF_STATION.test(file)))
      .filter(() => ['air.pcap', 'wire.pcap'].some((capture) => existsSync(`${folder}${name}/${capture}`)))
      .map((file) => [name, file] as const),
  );

export const labFile = (name: string, file: string): Uint8Array => readFileSync(`${folder}${name}/${file}`);

export const readAll = (
  bytes: Uint8Array,
  options: ReadLogEventsOptions = {},
): { events: ReadonlyArray<AirEvent>; log: LogEvents } => {
  const log = readLogEvents(bytesOf(bytes), options);
  return { events: [...log].flat(), log };
};

export const eventsOf = (text: string, options: ReadLogEventsOptions = {}): ReadonlyArray<AirEvent> =>
  readAll(new TextEncoder().encode(text), options).events;

interface Leave {
  readonly sa: string;
  readonly da: string;
  readonly subtype: string;
  readonly reason: string;
  readonly protected: string;
}

interface LabCase {
  readonly bssids?: Readonly<Record<string, string>>;
  readonly captures: Readonly<Record<string, { readonly deauth_disassoc?: ReadonlyArray<Leave> }>>;
  readonly security: { readonly pairwise: string };
  readonly stations: Readonly<Record<string, { readonly mac?: string; readonly keys: { readonly tk?: ReadonlyArray<string> } }>>;
  readonly ap?: { readonly tk?: ReadonlyArray<string> };
}

export const labCase = (name: string): LabCase => JSON.parse(new TextDecoder().decode(labFile(name, 'case.json'))) as LabCase;

/** An EAPOL packet, and who sent it. */
export interface Packet {
  readonly station: string;
  readonly from: string;
  readonly octets: string;
}

/** Without what may follow its announced length on a wire. */
const octetsOf = (packet: Uint8Array): string => toHex(packet.subarray(0, 4 + (((packet[2] ?? 0) << 8) | (packet[3] ?? 0))));

const materialOf = (pairwise: string, tk: string): KeyMaterial => {
  const [key, counter] = [hex(tk), new Uint8Array(6)];
  if (pairwise === 'TKIP') return { form: 'tkip', counter, key: Secret.of(key, 0, 16), mic: Secret.of(key, 16, 32) };
  return pairwise.startsWith('GCMP')
    ? { form: 'gcmp', counter, key: Secret.of(key) }
    : { form: 'ccmp', counter, key: Secret.of(key) };
};

const withoutRetries = (frames: ReadonlyArray<AirFrame>): ReadonlyArray<AirFrame> => {
  const latest = new Map<string, string>();
  return frames.filter(({ header, address1, address2, flags }) => {
    const [queue, sequence] = [`${header[0]} ${address2} ${address1}`, `${header[22]} ${header[23]}`];
    const isAgain = (flags & RETRY) !== 0 && latest.get(queue) === sequence;
    latest.set(queue, sequence);
    return !isAgain;
  });
};

/** The EAPOL packets of a case that were on the air, opened with the keys the two ends wrote down; or on the wire. */
export const capturedPackets = (name: string): ReadonlyArray<Packet> => {
  if (!existsSync(`${folder}${name}/air.pcap`)) {
    const station = Object.values(labCase(name).stations)[0]?.mac ?? '';
    return [...readCapture(labFile(name, 'wire.pcap'))].flatMap((frame) => {
      const packet = wiredEapolOf(frame);
      const isStation = toHex(frame.bytes.subarray(6, 12)) === station.replaceAll(':', '');
      return packet === undefined ? [] : [{ station, from: isStation ? 'station' : 'ap', octets: octetsOf(packet) }];
    });
  }
  const { security, stations, ap } = labCase(name);
  const tks = new Set([...Object.values(stations).flatMap(({ keys }) => keys.tk ?? []), ...(ap?.tk ?? [])]);
  const keys = [...tks].map((tk) => materialOf(security.pairwise, tk));
  const packetIn = (frame: AirFrame): Uint8Array | undefined => {
    if ((frame.flags & PROTECTED) === 0) return eapolOf(frame);
    for (const key of keys) {
      const plain = openData(frame, key);
      if (plain !== undefined) return eapolIn(plain);
    }
    return undefined;
  };
  return withoutRetries(airFrames(labFile(name, 'air.pcap')))
    .filter(hasData)
    .flatMap((frame) => {
      const packet = packetIn(frame);
      const isStation = (frame.flags & TO_DS) !== 0;
      const station = isStation ? frame.address2 : frame.address1;
      return packet === undefined ? [] : [{ station, from: isStation ? 'station' : 'ap', octets: octetsOf(packet) }];
    });
};

const isEapol = (event: AirEvent): event is EapolHeard => event.kind === 'eapol';

/** The EAPOL packets of a log. */
export const loggedPackets = (events: ReadonlyArray<AirEvent>): ReadonlyArray<Packet> =>
  events
    .filter(isEapol)
    .map(({ station, from, packet }) => ({ station: mac48ToAddress(station), from, octets: octetsOf(packet) }));

/** Who took leave of whom by the case's own account, and why, as far as that was in the clear. */
export const labFarewells = (name: string) => {
  const { bssids = {}, captures } = labCase(name);
  const accessPoints = Object.values(bssids);
  const leaves = (captures['air.pcap']?.deauth_disassoc ?? []).filter(({ da }) => da !== 'ff:ff:ff:ff:ff:ff');
  return leaves.map(({ sa, da, subtype, reason, ...leave }) => ({
    station: accessPoints.includes(sa) ? da : sa,
    from: accessPoints.includes(sa) ? 'ap' : 'station',
    reason: leave.protected === '1' ? undefined : Number(reason),
    isDeauthentication: subtype === '0x000c',
  }));
};

const AUTHENTICATION = 11;

/** The authentication frames of a case that were on the air. */
export const capturedAuthentications = (name: string): Packet[] =>
  existsSync(`${folder}${name}/air.pcap`)
    ? withoutRetries(airFrames(labFile(name, 'air.pcap')))
        .filter(({ type, subtype }) => type === MANAGEMENT && subtype === AUTHENTICATION)
        .map(({ address1, address2, address3, body }) => {
          const isAp = address2 === address3;
          return { station: isAp ? address1 : address2, from: isAp ? 'ap' : 'station', octets: toHex(body) };
        })
    : [];
