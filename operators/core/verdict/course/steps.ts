import type { Mark, Speaker } from '../../../../streams/air/index.js';
import type { Connection, GroupHandshake, Handshake } from '../../shadow/Connection.js';
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
}

const SPEAKERS = ['ap', 'station', 'ap', 'station'] as const;

const say = ({ frame, time }: Mark, from: Speaker): Said => ({ frame, time, from });

const inOrder = (said: Said[]): ReadonlyArray<Said> => said.sort((a, b) => a.frame - b.frame);

const ofMessages = (messages: Handshake['messages'] | GroupHandshake['messages']): ReadonlyArray<Said> =>
  inOrder(messages.flatMap((sightings, at) => sightings.map((seen) => say(seen, SPEAKERS[at] ?? 'ap'))));

const eapOf = ({ eap }: Connection): ReadonlyArray<Said> => {
  if (eap === undefined) return [];
  const { first, last, lastFrom, resultMark, unanswered } = eap;
  const said = [say(first, 'ap'), say(last, lastFrom)];
  if (unanswered !== undefined) said.push(say(unanswered, 'ap'));
  if (resultMark !== undefined) said.push(say(resultMark, 'ap'));
  return inOrder(said).filter(({ frame }, at, all) => frame !== all[at - 1]?.frame);
};

const associationOf = ({ association }: Connection): ReadonlyArray<Said> => {
  const said: Said[] = [];
  if (association?.request !== undefined) said.push(say(association.request, 'station'));
  if (association?.response !== undefined) said.push(say(association.response, 'ap'));
  return said;
};

/** What a connection consisted of. */
export const exchangesOf = (connection: Connection): ReadonlyArray<Exchange> => {
  const { authentications, association, eap, handshakes, groupHandshakes } = connection;
  const all: ReadonlyArray<Exchange> = [
    { step: 'authentication', said: authentications, isThrough: association !== undefined },
    { step: 'association', said: associationOf(connection), isThrough: association?.response !== undefined },
    { step: 'eap', said: eapOf(connection), isThrough: eap !== undefined && eap.result !== 'none' },
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
