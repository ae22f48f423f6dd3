import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { MacAddress } from '../../../streams/events/index.js';
import { hex } from '../../streams/frames/hex.js';
import { airFrames } from '../airFrames.js';
import { type Recording, recordingsIn } from './recording.js';
import type { Knowledge } from './stationMemory.js';

/** Exchanges of a real access point with real stations, and the logs of both with every key, lie beside a checkout. */
const folder = fileURLToPath(new URL('../../../../shared/lab/cases/', import.meta.url));

export const hasLab = existsSync(folder);

/** The cases that were recorded on the air. */
export const labNames: ReadonlyArray<string> = hasLab
  ? readdirSync(folder)
      .filter((name) => existsSync(`${folder}${name}/air.pcap`))
      .sort()
  : [];

const read = (name: string, file: string): string => readFileSync(`${folder}${name}/${file}`, 'utf8');

type Keys = Readonly<
  Partial<Record<'msk' | 'pmk' | 'sae_pmk' | 'sae_pmkid' | 'owe_pmk' | 'dpmkid' | 'snonce' | 'tk', ReadonlyArray<string>>>
>;

interface LabStation {
  readonly mac: MacAddress;
  readonly keys: Keys;
}

/** What a case says about itself. */
interface LabCase {
  readonly conf: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly credentials_ap?: { readonly wpa_passphrase?: string };
  readonly stations: Readonly<Record<string, LabStation>>;
  readonly ap?: { readonly tk: ReadonlyArray<string> };
}

/** A station of a case, with what was recorded of it. */
export interface LabMember {
  readonly name: string;
  /** What the station itself wrote, if it was a wpa_supplicant, or else the lines of its own log. */
  readonly log: string;
  readonly isSupplicant: boolean;
  readonly knowledge: Knowledge;
  readonly recordings: ReadonlyArray<Recording>;
}

const bytesOf = (texts: ReadonlyArray<string> = []): ReadonlyArray<Uint8Array> => texts.map(hex);

const unquoted = (text: string | undefined): string | undefined => text?.replace(/^"(.*)"$/, '$1');

const knowledgeOf = ({ keys }: LabStation, credential: string | undefined): Knowledge => {
  const [pmkid] = bytesOf(keys.sae_pmkid ?? keys.dpmkid);
  return {
    ...(credential !== undefined && { credential }),
    pmks: bytesOf(keys.sae_pmk ?? keys.owe_pmk ?? keys.pmk).map((pmk) => ({ pmk, ...(pmkid && { pmkid }) })),
    masters: bytesOf(keys.msk),
    nonces: bytesOf(keys.snonce),
  };
};

/** The stations of a case. */
export const labMembers = (name: string): ReadonlyArray<LabMember> => {
  const { stations, conf, credentials_ap } = JSON.parse(read(name, 'case.json')) as LabCase;
  const recordings = recordingsIn(airFrames(readFileSync(`${folder}${name}/air.pcap`)));
  const members = Object.entries(stations).map(([station, member]): LabMember => {
    const { psk } = conf[`${station.replace('station', 'sta')}.conf`] ?? {};
    return {
      name: station,
      log: read(name, `${station}.log`),
      isSupplicant: true,
      knowledge: knowledgeOf(member, unquoted(psk)),
      recordings: recordings.filter((recording) => recording.station === member.mac),
    };
  });
  if (members.length > 0) return members;
  const credential = credentials_ap?.wpa_passphrase;
  const knowledge = credential === undefined ? {} : { credential };
  return [{ name: 'station', log: read(name, 'node.log'), isSupplicant: false, knowledge, recordings }];
};

/** The keys of the pairwise handshakes an access point went through with, by its own log. */
export const labAccessPointKeys = (name: string): ReadonlyArray<string> =>
  (JSON.parse(read(name, 'case.json')) as LabCase).ap?.tk ?? [];
