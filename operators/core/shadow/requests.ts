import { copyBytes, equalBytes } from '../../../streams/events/index.js';
import { requestElements } from '../../../streams/frames/index.js';
import { type Offer, offerIn } from './offer.js';

/** What a station asks for when it associates. */
export interface Asked {
  readonly body: Uint8Array;
  readonly isReassociation: boolean;
  readonly offer: Offer;
}

/** The requests met last. Stations of one make say the same octet for octet, so each is copied and read once for many of them. */
export interface Requests {
  read(body: Uint8Array, isReassociation: boolean): Asked;
}

const REMEMBERED = 8;

/** Capability Information, of which the privacy bit counts. */
const PRIVACY = 0x0010;

const readRequest = (body: Uint8Array, isReassociation: boolean): Asked => {
  const own = copyBytes(body);
  const privacy = ((own[0] ?? 0) & PRIVACY) !== 0;
  return { body: own, isReassociation, offer: offerIn(requestElements(own, isReassociation), privacy) };
};

export const createRequests = (): Requests => {
  const latest: Asked[] = [];
  let next = 0;
  return {
    read(body, isReassociation) {
      for (const asked of latest) if (asked.isReassociation === isReassociation && equalBytes(asked.body, body)) return asked;
      const asked = readRequest(body, isReassociation);
      latest[next] = asked;
      next = (next + 1) % REMEMBERED;
      return asked;
    },
  };
};
