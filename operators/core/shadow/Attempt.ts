import type { Mac48, Mark } from '../../../streams/air/index.js';
import type { Secret } from '../../../streams/events/index.js';
import type { Announced } from './announcements.js';
import type { Link } from './Chain.js';
import type { AuthenticationSeen, Connection, FarewellSeen } from './Connection.js';
import type { Expiring } from './ExpiryQueue.js';
import type { EapWatch } from './eapWatch.js';
import type { KeyWatch } from './KeyWatch.js';
import { lengthened } from './lengthened.js';
import type { Offer } from './offer.js';
import type { TapedPacket } from './Tape.js';

type Association = NonNullable<Connection['association']>;

/** One object for every frame there is to come. */
export type MovingMark = { -readonly [K in keyof Mark]: Mark[K] };

/** How far a connection has come in being one. `over`: it has ended, and what still trickles in is kept from beginning another. */
export type Phase = 'authenticating' | 'associated' | 'over';

/** A connection as it grows. */
export interface Attempt extends Expiring<Attempt> {
  /** Its places among all that are not handed out, and among the connections of its access point. */
  presence: Link<Attempt> | undefined;
  membership: Link<Attempt> | undefined;
  /** Where it stands among the newcomers. */
  place: number;
  readonly medium: Connection['medium'];
  /** On a wire either end is a group address until it speaks. */
  station: Mac48;
  ap: Mac48;
  phase: Phase;
  readonly began: Mark;
  readonly beginning: Connection['beginning'];
  /** The last frame of its own, and the last one the station sent: each a mark of its own that moves on. */
  last: MovingMark;
  stationHeard: MovingMark | undefined;
  /** In the time of the capture's clock; it ends when it was silent for longer than its patience. */
  heardAt: number;
  patience: number;
  end: { readonly mark: Mark; readonly how: Connection['ending'] } | undefined;
  apHeard: Mark | undefined;
  /** It is over, and nothing that others say can add to what is known of it: its network has a name, and its access point was heard. */
  isSettled: boolean;

  authentications: ReadonlyArray<AuthenticationSeen>;
  /** Whether the access point has answered the authentication, and said no to it or to the association. */
  isAnswered: boolean;
  isRefused: boolean;
  hashedToElement: boolean;
  association: { -readonly [K in keyof Association]: Association[K] } | undefined;
  request: Uint8Array | undefined;
  response: Uint8Array | undefined;
  /** The frames that last said once more what the association's first request, and first response, had said; 0 if none did. */
  requestAgain: number;
  responseAgain: number;
  asked: Offer | undefined;
  announced: Announced | undefined;
  ssid: Uint8Array | undefined;

  keyWatch: KeyWatch | undefined;
  /** Everything that was said, if somebody wants to have it said again. */
  readonly tape: TapedPacket[] | undefined;
  eapWatch: EapWatch | undefined;
  /** The MSK that was handed on last: who authenticates again has another. */
  msk: Secret | undefined;
  /** The station itself has sent EAPOL, so that it is associated for certain. */
  hasSpoken: boolean;
  hadEapol: boolean;
  /** Whether a handshake is through, as far as was looked. */
  isComplete: boolean;

  farewells: ReadonlyArray<FarewellSeen>;
  /** EAPOL packets of which the capture has the beginning only. */
  cut: ReadonlyArray<Mark> | undefined;
  saQueries: Connection['saQueries'];
  told: Connection['told'];
  /** Frames the whole capture had lost when it began, and when it was last heard of. */
  lostBefore: number;
  lostAtLast: number;
  acknowledgements: Connection['acknowledgements'];
}

/** How many of each kind of fact are kept: a flood is a flood. */
export const MOST_FACTS = 64;

export const keep = <A>(facts: ReadonlyArray<A>, fact: A): ReadonlyArray<A> =>
  facts.length < MOST_FACTS ? lengthened(facts, fact) : facts;

const NONE: readonly never[] = [];

/** The first frame of a new attempt. */
export interface First extends Mark {
  readonly station: Mac48;
  readonly ap: Mac48;
}

/** How it begins. */
export type Opening = Pick<Connection, 'medium' | 'beginning'>;

export const markOf = ({ frame, time }: Mark): MovingMark => ({ frame, time });

/** What the books say at that time. */
export interface Circumstances {
  readonly announced: Announced | undefined;
  readonly elapsed: number;
  readonly lost: number;
  readonly isTaped: boolean;
}

export const createAttempt = (
  first: First,
  { medium, beginning }: Opening,
  { announced, elapsed, lost, isTaped }: Circumstances,
): Attempt => {
  const began = markOf(first);
  return {
    bucket: undefined,
    turn: undefined,
    presence: undefined,
    membership: undefined,
    place: 0,
    medium,
    station: first.station,
    ap: first.ap,
    phase: beginning === 'authentication' && medium !== 'wire' ? 'authenticating' : 'associated',
    began,
    beginning,
    last: markOf(first),
    stationHeard: undefined,
    heardAt: elapsed,
    patience: 0,
    end: undefined,
    apHeard: undefined,
    isSettled: false,
    authentications: NONE,
    isAnswered: false,
    isRefused: false,
    hashedToElement: false,
    association: undefined,
    request: undefined,
    response: undefined,
    requestAgain: 0,
    responseAgain: 0,
    asked: undefined,
    announced,
    ssid: undefined,
    keyWatch: undefined,
    tape: isTaped ? [] : undefined,
    eapWatch: undefined,
    msk: undefined,
    hasSpoken: false,
    hadEapol: false,
    isComplete: false,
    farewells: NONE,
    cut: undefined,
    saQueries: NONE,
    told: NONE,
    lostBefore: lost,
    lostAtLast: lost,
    acknowledgements: undefined,
  };
};
