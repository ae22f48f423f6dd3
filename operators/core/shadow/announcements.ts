import type { Announcement, Mac48 } from '../../../streams/air/index.js';
import { copyBytes } from '../../../streams/events/index.js';
import { beaconElements } from '../../../streams/frames/index.js';
import { type Offer, offerIn, ssidIn } from './offer.js';

/** What an access point last said of itself; shared by all its connections of that time. */
export interface Announced {
  readonly body: Uint8Array;
  readonly isProbeResponse: boolean;
  /** Its security, read when it is first asked for. */
  readonly offer: Offer;
  /** The name that a hidden network tells in its probe responses only. */
  hiddenName: Uint8Array | undefined;
}

export interface Announcements {
  /** Whether it was the first of its access point, or the first that names a hidden network. */
  take(announcement: Announcement): boolean;
  /** A beacon, or else a probe response. */
  of(ap: Mac48): Announced | undefined;
}

/** Of more access points than these the ones that changed least recently are forgotten. */
const MOST_ACCESS_POINTS = 10_000;
/** A body is as long as a frame may be; one that is longer is nobody's. */
const LONGEST_BODY = 2_304;

const PRIVACY = 0x0010;
const CAPABILITIES_AT = 10;

/** A beacon follows a probe response as what is known of an access point, but hides what that one told. */
const announcedBy = ({ body, isProbeResponse }: Announcement, known: Announced | undefined): Announced => {
  const own = copyBytes(body, 0, Math.min(body.length, LONGEST_BODY));
  let offer: Offer | undefined;
  return {
    body: own,
    isProbeResponse,
    hiddenName: known?.hiddenName ?? (known?.isProbeResponse === true ? known.offer.ssid : undefined),
    get offer() {
      offer ??= offerIn(beaconElements(own), ((own[CAPABILITIES_AT] ?? 0) & PRIVACY) !== 0);
      return offer;
    },
  };
};

const forgetOldest = (latest: Map<Mac48, Announced>): void => {
  for (const oldest of latest.keys()) {
    latest.delete(oldest);
    return;
  }
};

export const createAnnouncements = (): Announcements => {
  const latest = new Map<Mac48, Announced>();
  return {
    take(announcement) {
      const { ap, isProbeResponse } = announcement;
      const known = latest.get(ap);
      if (known !== undefined && isProbeResponse && !known.isProbeResponse) {
        const wasNamed = (known.hiddenName ?? known.offer.ssid) !== undefined;
        known.hiddenName ??= ssidIn(beaconElements(announcement.body));
        return !wasNamed && known.hiddenName !== undefined;
      }
      // Set anew, it stands last: the first is the one that changed least recently.
      latest.delete(ap);
      latest.set(ap, announcedBy(announcement, known));
      if (latest.size > MOST_ACCESS_POINTS) forgetOldest(latest);
      return known === undefined;
    },
    of: (ap) => latest.get(ap),
  };
};
