import type { Mark, Speaker } from '../../../../streams/air/index.js';
import { EapCode } from '../../../../streams/frames/index.js';
import type { Connection, EapSeen, GroupHandshake, Handshake } from '../../shadow/Connection.js';
import type { ConnectionStep } from '../Explanation.js';

/** One thing one of the two said. */
export interface Said extends Mark {
  readonly from: Speaker;
}

/** One exchange between the two, in the order of the capture. */
export interface Exchange {
  readonly step: ConnectionStep;
  readonly said: ReadonlyArray<Said>;
  readonly isThrough: boolean;
  /** Something was said in between that was not kept, so that no silence can be measured. */
  readonly hasHole?: boolean;
}

const SPEAKERS = ['ap', 'station', 'ap', 'station'] as const;

const say = ({ frame, time }: Mark, from: Speaker): Said => ({ frame, time, from });

const inOrder = (said: Said[]): ReadonlyArray<Said> => said.sort((a, b) => a.frame - b.frame);

const ofMessages = (messages: Handshake['messages'] | GroupHandshake['messages']): ReadonlyArray<Said> =>
  inOrder(messages.flatMap((sightings, at) => sightings.map((seen) => say(seen, SPEAKERS[at] ?? 'ap'))));

interface EapTurn extends Said {
  readonly isEnd: boolean;
}

const { SUCCESS, FAILURE } = EapCode.codes;

const eapTurns = ({ rounds, starts, logoffs }: EapSeen): ReadonlyArray<EapTurn> => {
  const turns = [
    ...rounds.map(({ frame, time, from, code }) => ({ frame, time, from, isEnd: code === SUCCESS || code === FAILURE })),
    ...starts.map((mark) => ({ ...say(mark, 'station'), isEnd: false })),
    ...logoffs.map((mark) => ({ ...say(mark, 'station'), isEnd: true })),
  ];
  return turns.sort((a, b) => a.frame - b.frame);
};

/** What followed the rounds that were kept: what was said again, or more of them. */
const eapRest = ({ first, last, lastFrom, unanswered, resultMark }: EapSeen, after: number): ReadonlyArray<Said> => {
  const said = [say(first, 'ap'), say(last, lastFrom)];
  if (unanswered !== undefined) said.push(say(unanswered, 'ap'));
  if (resultMark !== undefined) said.push(say(resultMark, 'ap'));
  return inOrder(said).filter(({ frame }, at, all) => frame > after && frame !== all[at - 1]?.frame);
};

/** Who authenticates again begins another exchange, however long after: nobody was waited for meanwhile. */
const eapExchanges = ({ eap }: Connection): ReadonlyArray<Exchange> => {
  if (eap === undefined) return [];
  const turns = eapTurns(eap);
  const exchanges: Exchange[] = [];
  let said: Said[] = [];
  for (const { isEnd, frame, time, from } of turns) {
    said.push({ frame, time, from });
    if (!isEnd) continue;
    exchanges.push({ step: 'eap', said, isThrough: true });
    said = [];
  }
  const rest = eapRest(eap, turns.at(-1)?.frame ?? -1);
  const hasHole = eap.packets > eap.rounds.length + eap.retransmissions.length;
  const isThrough = eap.result !== 'none';
  if (!hasHole) return [...exchanges, { step: 'eap', said: [...said, ...rest], isThrough: isThrough && said.length === 0 }];
  return [...exchanges, { step: 'eap', said, isThrough }, { step: 'eap', said: rest, isThrough, hasHole }];
};

const associationOf = ({ association }: Connection): ReadonlyArray<Said> => {
  const said: Said[] = [];
  if (association?.request !== undefined) said.push(say(association.request, 'station'));
  if (association?.response !== undefined) said.push(say(association.response, 'ap'));
  return said;
};

/** What a connection consisted of. */
export const exchangesOf = (connection: Connection): ReadonlyArray<Exchange> => {
  const { authentications, association, handshakes, groupHandshakes } = connection;
  const all: ReadonlyArray<Exchange> = [
    { step: 'authentication', said: authentications, isThrough: association !== undefined },
    { step: 'association', said: associationOf(connection), isThrough: association?.response !== undefined },
    ...eapExchanges(connection),
    ...handshakes.map(({ messages, isComplete }) => ({
      step: 'fourWay' as const,
      said: ofMessages(messages),
      isThrough: isComplete,
    })),
    ...groupHandshakes.map(({ messages, isComplete }) => ({
      step: 'group' as const,
      said: ofMessages(messages),
      isThrough: isComplete,
    })),
  ];
  return all.filter(({ said }) => said.length > 0);
};
