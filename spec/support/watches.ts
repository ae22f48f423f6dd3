import type { Crypto } from '../../operators/core/index.js';
import {
  type Credential,
  createKeyRing,
  createKeyWatch,
  type KeyFacts,
  type KeyWatch,
} from '../../operators/core/shadow/index.js';
import { type AirEvent, BROADCAST, isGroup, type Mac48 } from '../../streams/air/index.js';
import { leadingElements } from '../../streams/frames/index.js';

/** A connection that was watched, and what the watch tells. */
export interface Watched {
  readonly station: Mac48;
  readonly ap: Mac48;
  readonly facts: KeyFacts;
}

interface Association {
  readonly station: Mac48;
  readonly ap: Mac48;
  request?: Uint8Array;
  isReassociation: boolean;
  response?: Uint8Array;
  watch?: KeyWatch;
}

const BEACON_FIELDS = 12;

const ssidIn = (body: Uint8Array | undefined): Uint8Array | undefined => {
  const element = body && leadingElements(body.subarray(BEACON_FIELDS)).find(({ id }) => id === 0);
  return element?.body.some((octet) => octet !== 0) ? element.body : undefined;
};

/**
 * One `KeyWatch` for each association of a capture, without any of the judgement of an observer: an association request or a
 * farewell in the clear ends what was before.
 */
export const watchAll = (
  crypto: Crypto,
  credentials: ReadonlyArray<Credential>,
  events: ReadonlyArray<AirEvent>,
): ReadonlyArray<Watched> => {
  const keys = createKeyRing(crypto, credentials);
  const beacons = new Map<Mac48, Uint8Array>();
  const open = new Map<string, Association>();
  const watched: Watched[] = [];
  for (const event of events)
    if (
      event.kind === 'announcement' &&
      (!beacons.has(event.ap) || !event.isProbeResponse) &&
      (!beacons.has(event.ap) || ssidIn(beacons.get(event.ap)) === undefined)
    )
      beacons.set(event.ap, event.body);

  const nameOf = (station: Mac48, ap: Mac48): string => `${station} ${ap}`;
  const close = (name: string): void => {
    const association = open.get(name);
    open.delete(name);
    if (association?.watch === undefined) return;
    const { station, ap, watch } = association;
    watched.push({ station, ap, facts: watch.facts() });
    watch.release();
  };
  const associationOf = (station: Mac48, ap: Mac48): Association => {
    const name = nameOf(station, ap);
    const known = open.get(name) ?? { station, ap, isReassociation: false };
    open.set(name, known);
    return known;
  };
  const watchOf = (association: Association, medium: 'air' | 'wire'): KeyWatch => {
    const { station, ap, request, isReassociation, response } = association;
    const announcement = beacons.get(ap);
    const ssid = ssidIn(announcement);
    association.watch ??= createKeyWatch(
      { crypto, keys },
      {
        ...{ station, ap, isReassociation, medium },
        ...(ssid && { ssid }),
        ...(request && { request }),
        ...(response && { response }),
        ...(announcement && { announcement }),
      },
    );
    return association.watch;
  };

  const take = (event: AirEvent): void => {
    switch (event.kind) {
      case 'associationRequest': {
        close(nameOf(event.station, event.ap));
        const association = associationOf(event.station, event.ap);
        association.request = event.body;
        association.isReassociation = event.isReassociation;
        return;
      }
      case 'associationResponse': {
        const association = associationOf(event.station, event.ap);
        association.response = event.body;
        if (association.request !== undefined && event.status === 0) watchOf(association, 'air');
        return;
      }
      case 'farewell':
        if (event.sealed !== undefined) return;
        close(nameOf(event.station, event.ap));
        return;
      case 'eapol':
        watchOf(associationOf(event.station, event.ap), event.medium === 'wire' ? 'wire' : 'air').take(event);
        return;
      case 'sealed':
        if (event.station === BROADCAST || isGroup(event.station)) {
          for (const each of open.values()) if (each.ap === event.ap) each.watch?.open(event);
        } else open.get(nameOf(event.station, event.ap))?.watch?.open(event);
        return;
      default:
    }
  };
  for (const event of events) take(event);
  for (const name of [...open.keys()]) close(name);
  keys.release();
  return watched;
};
