import type { Either } from 'fp-ts/lib/Either.js';
import type { GenericRequest } from '../genetlink/GenericMessage.js';
import type { LinuxFault } from '../LinuxFault.js';
import { deletePmkRequest, flushPmksRequest, type PmkName, setPmkRequest } from '../nl80211/requests.js';
import type { Wiphy } from '../nl80211/Wiphy.js';
import type { RadioStation } from './stepRadio.js';

/** The name of a PMK that an access point can be offered from now on, or no more. */
export interface PmkNews extends PmkName {
  readonly kind: 'known' | 'forgotten';
}

export interface DriverPmksWorld {
  readonly station: RadioStation;
  readonly wiphy: Wiphy;
  readonly ask: (request: GenericRequest, purpose: string) => Either<LinuxFault, void>;
  readonly trouble: (fault: LinuxFault) => void;
}

/** The kernel has the first one for user space, and drivers answer with the second all the same. */
const CANNOT: ReadonlySet<string> = new Set(['EOPNOTSUPP', 'ENOTSUPP']);
/** It is gone in any case. */
const UNKNOWN = 'ENOENT';

/** What a driver that roams by itself offers to access points: the names of PMKs alone, for the handshake is ours. */
export class DriverPmks {
  readonly #world: DriverPmksWorld;

  constructor(world: DriverPmksWorld) {
    this.#world = world;
  }

  /** It has none of another process, nor keeps ours. */
  flush(): void {
    const { wiphy, station, ask } = this.#world;
    if (wiphy.keepsPmks === true) ask(flushPmksRequest(station.index), 'have the driver forget PMKs');
  }

  /** A driver that cannot do it is none the worse: a request of ours says the name itself. */
  tell({ kind, ...name }: PmkNews): void {
    const { wiphy, station, ask, trouble } = this.#world;
    if (wiphy.keepsPmks !== true) return;
    const isKnown = kind === 'known';
    const request = isKnown ? setPmkRequest(station.index, name) : deletePmkRequest(station.index, name);
    const asked = ask(request, `have the driver ${isKnown ? 'keep' : 'forget'} the name of a PMK`);
    if (asked._tag === 'Right' || CANNOT.has(asked.left.code) || (!isKnown && asked.left.code === UNKNOWN)) return;
    trouble(asked.left);
  }
}
