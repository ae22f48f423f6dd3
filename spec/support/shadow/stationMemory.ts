import type { KeyDownload } from '../../../operators/core/method/commands.js';
import { equalBytes, Secret, type SecretRequest } from '../../../streams/events/index.js';
import type { EapolKey, MicLength } from '../../../streams/frames/index.js';
import { eapolOfHappening } from './ear.js';
import { type Exchange, isMessage1, keyOf, type Spoken, stationMessage } from './exchange.js';

export interface KnownPmk {
  readonly pmk: Uint8Array;
  readonly pmkid?: Uint8Array;
}

/** What a station knew. */
export interface Knowledge {
  readonly credential?: string;
  readonly pmks?: ReadonlyArray<KnownPmk>;
  /** What 802.1X yielded, each time it was through: an MSK, or no more of it than the PMK. */
  readonly masters?: ReadonlyArray<Uint8Array>;
  /** Nonces of messages 2 that were never seen. */
  readonly nonces?: ReadonlyArray<Uint8Array>;
}

/** Of a station that never sent a message 2, any nonce will do. */
const ANY_NONCE = new Uint8Array(32).fill(0x5a);

/** Answers the questions of a method as the station it stands in for would have. */
export interface StationMemory {
  answer(request: SecretRequest, keys: ReadonlyArray<KeyDownload>): Secret | undefined;
  /** The exchange has come as far as this happening. */
  reach(position: number): void;
}

interface Heard {
  readonly from: Spoken['from'];
  readonly key: EapolKey;
}

export const stationMemory = ({ happenings }: Exchange, micLength: MicLength, knowledge: Knowledge): StationMemory => {
  const { credential, pmks = [], nonces = [] } = knowledge;
  const used: Uint8Array[] = [];
  const isNew = (nonce: Uint8Array): boolean => !used.some((each) => equalBytes(each, nonce));
  let position = 0;

  const toCome = (keys: ReadonlyArray<KeyDownload>): ReadonlyArray<Heard> =>
    happenings.slice(position).flatMap((happening) => {
      const spoken = eapolOfHappening(happening, keys);
      if (spoken === undefined) return [];
      const key = keyOf(spoken.packet, micLength);
      return key === undefined ? [] : [{ from: spoken.from, key }];
    });

  /** The nonce of the message 2 that answers the next message 1, or else of any that is to come. */
  const nextNonce = (keys: ReadonlyArray<KeyDownload>): Uint8Array => {
    const heard = toCome(keys);
    const asked = heard.findIndex(({ from, key }) => from === 'accessPoint' && isMessage1(key));
    const counter = heard[asked]?.key.replayCounter;
    const messages2 = heard
      .slice(asked + 1)
      .filter(({ from, key }) => from === 'station' && stationMessage(key) === 'message 2' && isNew(key.nonce));
    const answer = messages2.find(({ key }) => key.replayCounter === counter) ?? messages2[0];
    return answer?.key.nonce ?? nonces.find(isNew) ?? ANY_NONCE;
  };

  const pmkOf = (pmkid: Uint8Array | undefined): Uint8Array | undefined =>
    pmkid === undefined ? pmks[0]?.pmk : pmks.find((known) => known.pmkid !== undefined && equalBytes(known.pmkid, pmkid))?.pmk;

  const known = (request: SecretRequest, keys: ReadonlyArray<KeyDownload>): Uint8Array | undefined => {
    switch (request.want) {
      case 'entropy': {
        const nonce = nextNonce(keys);
        used.push(nonce);
        return nonce;
      }
      case 'credential':
        return credential === undefined ? undefined : new TextEncoder().encode(credential);
      case 'pmk':
        return pmkOf(request.pmkid);
      default:
        return undefined;
    }
  };

  return {
    answer: (request, keys) => {
      const bytes = known(request, keys);
      return bytes && Secret.of(bytes);
    },
    reach: (reached) => {
      position = reached;
    },
  };
};
