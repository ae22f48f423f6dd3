import { type MacAddress, toHex } from '../../../streams/events/index.js';
import { hex } from '../../streams/frames/hex.js';
import type { Exchange, Happening } from './exchange.js';
import type { InstalledKey } from './installedKeys.js';
import type { Knowledge } from './stationMemory.js';

/** What happened, with times from the beginning of the association in seconds. */
type Happened =
  | { readonly at: number; readonly from: 'station' | 'accessPoint'; readonly packet: string }
  | { readonly at: number; readonly event: 'oneXSucceeded' };

/** An exchange in JSON, octets in hex: all a station needed to know, what it heard and sent, and the keys it installed. */
export interface Fixture {
  readonly origin: string;
  readonly station: MacAddress;
  readonly accessPoint: MacAddress;
  readonly request: string;
  readonly response: string;
  readonly beacon: string;
  readonly credential?: string;
  readonly pmks: ReadonlyArray<{ readonly pmk: string; readonly pmkid?: string }>;
  readonly masters: ReadonlyArray<string>;
  readonly until: number;
  readonly happened: ReadonlyArray<Happened>;
  readonly installed: ReadonlyArray<InstalledKey>;
}

const MICROSECONDS = 1e6;

const happenedIn = (happening: Happening, since: number): ReadonlyArray<Happened> => {
  const at = Math.round((happening.time - since) * MICROSECONDS) / MICROSECONDS;
  switch (happening.kind) {
    case 'packet':
      return [{ at, from: happening.from, packet: toHex(happening.packet) }];
    case 'oneXSucceeded':
      return [{ at, event: 'oneXSucceeded' }];
    default:
      return [];
  }
};

const NOTHING = new Uint8Array(0);

/** Writes an exchange down; secrets that its suite has no use for stay out. */
export const fixtureOf = (
  origin: string,
  exchange: Exchange,
  { credential, pmks = [], masters = [] }: Knowledge,
  installed: ReadonlyArray<InstalledKey>,
): Fixture => {
  const { station, accessPoint, request = NOTHING, response = NOTHING, beacon = NOTHING, since, until, happenings } = exchange;
  const usesPassphrase = credential !== undefined;
  const named = usesPassphrase || masters.length > 0 ? [] : pmks;
  return {
    ...{ origin, station, accessPoint },
    ...{ request: toHex(request), response: toHex(response), beacon: toHex(beacon) },
    ...(usesPassphrase && { credential }),
    pmks: named.map(({ pmk, pmkid }) => ({ pmk: toHex(pmk), ...(pmkid && { pmkid: toHex(pmkid) }) })),
    masters: masters.map(toHex),
    until: Math.round((until - since) * MICROSECONDS) / MICROSECONDS,
    happened: happenings.flatMap((happening) => happenedIn(happening, since)),
    installed,
  };
};

/** The exchange of a fixture, at the beginning of time. */
export const exchangeOfFixture = ({ happened, until, ...fixture }: Fixture): Exchange => {
  const { station, accessPoint, request, response, beacon } = fixture;
  return {
    ...{ station, accessPoint, isReassociation: false, since: 0, until },
    ...{ request: hex(request), response: hex(response), beacon: hex(beacon) },
    happenings: happened.map(
      (each): Happening =>
        'event' in each
          ? { kind: each.event, time: each.at }
          : { kind: 'packet', from: each.from, packet: hex(each.packet), time: each.at },
    ),
  };
};

export const knowledgeOfFixture = ({ credential, pmks, masters }: Fixture): Knowledge => ({
  ...(credential !== undefined && { credential }),
  pmks: pmks.map(({ pmk, pmkid }) => ({ pmk: hex(pmk), ...(pmkid !== undefined && { pmkid: hex(pmkid) }) })),
  masters: masters.map(hex),
});
