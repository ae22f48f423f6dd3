import type { Attempt } from './Attempt.js';
import type { Connection } from './Connection.js';
import type { KeyFacts } from './KeyWatch.js';
import { associationMismatches } from './mismatches.js';
import { securityOfAttempt, ssidOf } from './Scene.js';
import type { Tape } from './Tape.js';

/** Where no key packet was seen. */
const NO_KEYS: KeyFacts = {
  handshakes: [],
  groupHandshakes: [],
  groupKeys: [],
  traffic: { heard: 0, tried: 0, opened: 0 },
  reuses: [],
  strays: [],
  requests: [],
  credential: 'none',
};

type Draft = { -readonly [K in keyof Connection]: Connection[K] };

/** EAP-WSC: Wi-Fi Protected Setup, for which a station associates without the security of the network. */
const EAP_WSC = 254;

const mismatchesOf = (attempt: Attempt): Connection['mismatches'] => {
  const { asked, announced, association, hashedToElement, eapWatch } = attempt;
  if (asked === undefined || announced === undefined || association?.request === undefined) return [];
  if (eapWatch?.facts()?.offered.includes(EAP_WSC) === true) return [];
  const here = announced.isProbeResponse ? 'probe response' : 'beacon';
  return associationMismatches({ offered: announced.offer, asked, hashedToElement }, association.request, here);
};

const addOptional = (draft: Draft, attempt: Attempt, keys: KeyFacts): void => {
  const { association, apHeard, stationHeard, eapWatch, asked, cut, acknowledgements } = attempt;
  const ssid = ssidOf(attempt);
  // What message 2 repeats is proven, but only a request tells of a station that never came so far.
  const security = (asked === undefined ? keys.security : undefined) ?? securityOfAttempt(attempt) ?? keys.security;
  const eap = eapWatch?.facts();
  if (ssid !== undefined) draft.ssid = ssid;
  if (security !== undefined) draft.security = security;
  if (association !== undefined) draft.association = association;
  if (eap !== undefined) draft.eap = eap;
  if (apHeard !== undefined) draft.apHeard = apHeard;
  if (stationHeard === undefined && attempt.medium === 'air') draft.isStationUnheard = true;
  if (cut !== undefined) draft.cut = cut;
  if (acknowledgements !== undefined) draft.acknowledgements = acknowledgements;
};

const tapeOf = ({ tape, request, response, announced, keyWatch }: Attempt): Tape | undefined => {
  if (tape === undefined) return undefined;
  const pmk = keyWatch?.provenPmk();
  return {
    packets: tape,
    ...(request && { request }),
    ...(response && { response }),
    ...(announced && { announcement: announced.body }),
    ...(pmk && { pmk }),
  };
};

/** The facts of a connection that is handed out. */
export const connectionOf = (attempt: Attempt): Connection => {
  const { end, keyWatch } = attempt;
  const tape = tapeOf(attempt);
  const keys = keyWatch?.conclude() ?? NO_KEYS;
  // One literal without spreads: there may be a hundred thousand of them.
  const draft: Draft = {
    medium: attempt.medium,
    station: attempt.station,
    ap: attempt.ap,
    began: attempt.began,
    ended: end?.mark ?? attempt.last,
    beginning: attempt.beginning,
    ending: end?.how ?? 'open',
    authentications: attempt.authentications,
    offeredPmkids: attempt.asked?.rsn?.pmkids.length ?? 0,
    mismatches: mismatchesOf(attempt),
    handshakes: keys.handshakes,
    groupHandshakes: keys.groupHandshakes,
    groupKeys: keys.groupKeys,
    traffic: keys.traffic,
    farewells: attempt.farewells,
    reuses: keys.reuses,
    strays: keys.strays,
    requests: keys.requests,
    saQueries: attempt.saQueries,
    credential: keys.credential,
    lostFrames: attempt.lostAtLast - attempt.lostBefore,
    told: attempt.told,
  };
  addOptional(draft, attempt, keys);
  if (tape !== undefined) draft.tape = tape;
  return draft;
};
