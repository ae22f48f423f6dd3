import type { Mark } from '../../../../streams/air/index.js';
import { EapCode, eapMethodName, StatusCode } from '../../../../streams/frames/index.js';
import type { AuthenticationSeen, Connection, EapRound, MessageSeen } from '../../shadow/Connection.js';
import type { TimelineEntryJson } from '../codec/course.js';
import { ReasonCode } from '../codes/reasonCodes.js';
import { nameOfAlert } from '../codes/tlsAlerts.js';
import { isoTime } from '../json/isoTime.js';
import { unheardFrames } from '../judge/reception.js';
import { isRefusal } from '../judge/sae.js';

type Entry = TimelineEntryJson;

interface Manner {
  readonly isRepetition?: boolean;
  readonly isOdd?: boolean;
}

const PLAIN: Manner = {};
const ODD: Manner = { isOdd: true };

const entry = (
  { frame, time }: Mark,
  from: Entry['from'],
  what: string,
  { isRepetition = false, isOdd = false }: Manner = PLAIN,
): Entry => ({ frame, time: isoTime(time), from, what, isRepetition, isOdd });

const SAE = 3;
const algorithms: Readonly<Record<number, string>> = { 0: 'open', 1: 'shared key', 2: 'FT', 4: 'FILS', 5: 'FILS', 6: 'FILS' };

const statusWords = (status: number): string => (status === 0 ? '' : `, ${StatusCode.show(status)}`);

const authentication = (seen: AuthenticationSeen): Entry => {
  const { algorithm, transaction, status, from } = seen;
  const name =
    algorithm === SAE
      ? `SAE ${transaction === 1 ? 'commit' : 'confirm'}`
      : `authentication ${algorithms[algorithm] ?? algorithm}`;
  return entry(seen, from, `${name}${statusWords(status)}`, { isOdd: isRefusal(seen) });
};

const association = ({ association: seen }: Connection): ReadonlyArray<Entry> => {
  if (seen === undefined) return [];
  const { request, response, status = 0, isReassociation } = seen;
  const name = isReassociation ? 'reassociation' : 'association';
  const entries: Entry[] = [];
  if (request !== undefined) entries.push(entry(request, 'station', `${name} request`));
  if (response !== undefined) {
    entries.push(entry(response, 'ap', `${name} response${statusWords(status)}`, { isOdd: status !== 0 }));
  }
  return entries;
};

const { REQUEST, RESPONSE, SUCCESS } = EapCode.codes;

/** Types that are no methods (RFC 3748 5). */
const types: Readonly<Record<number, string>> = { 1: 'Identity', 2: 'Notification', 3: 'Nak' };

const round = (seen: EapRound): Entry => {
  const { from, code, identifier, type } = seen;
  if (code !== REQUEST && code !== RESPONSE) {
    return entry(seen, from, code === SUCCESS ? 'EAP-Success' : 'EAP-Failure', { isOdd: code !== SUCCESS });
  }
  const name = type === undefined ? '' : ` ${types[type] ?? eapMethodName(type)}`;
  return entry(seen, from, `EAP-${code === REQUEST ? 'Request' : 'Response'}${name}, identifier ${identifier}`);
};

const eap = ({ eap: seen }: Connection): ReadonlyArray<Entry> => {
  if (seen === undefined) return [];
  const { first, packets, rounds, result, resultMark, tlsAlert, starts, logoffs, retransmissions } = seen;
  const entries = starts.map((mark) => entry(mark, 'station', 'EAPOL-Start'));
  entries.push(...rounds.map(round));
  const left = packets - rounds.length - retransmissions.length;
  if (left > 0) entries.push(entry(rounds.at(-1) ?? first, 'none', `${left} more EAP packets`));
  if (tlsAlert !== undefined) entries.push(entry(tlsAlert, tlsAlert.from, `TLS alert ${nameOfAlert(tlsAlert.description)}`, ODD));
  for (const mark of retransmissions) entries.push(entry(mark, 'none', 'EAP packet', { isRepetition: true }));
  if (resultMark !== undefined && rounds.every(({ frame }) => frame !== resultMark.frame)) {
    const isSuccess = result === 'success';
    entries.push(entry(resultMark, 'ap', isSuccess ? 'EAP-Success' : 'EAP-Failure', { isOdd: !isSuccess }));
  }
  for (const mark of logoffs) entries.push(entry(mark, 'station', 'EAPOL-Logoff'));
  return entries;
};

const micWords = { valid: ', MIC right', invalid: ', MIC WRONG', unchecked: '', none: '' } as const;

const SPEAKERS = ['ap', 'station', 'ap', 'station'] as const;

const message = (name: string, number: number, seen: MessageSeen): Entry => {
  const { counter, mic, isProtected, isRepetition, faults } = seen;
  const what = `${name} ${number + 1}, counter ${counter}${micWords[mic]}${isProtected ? ', encrypted' : ''}`;
  return entry(seen, SPEAKERS[number] ?? 'ap', what, { isRepetition, isOdd: mic === 'invalid' || faults.length > 0 });
};

const messages = (name: string, sightings: ReadonlyArray<ReadonlyArray<MessageSeen>>): ReadonlyArray<Entry> =>
  sightings.flatMap((all, number) => all.map((seen) => message(name, number, seen)));

const farewells = ({ farewells: seen }: Connection): ReadonlyArray<Entry> =>
  seen.map((farewell) => {
    const { by, isDeauthentication, isForAll, reason, isProtected, isBelieved } = farewell;
    const kind = `${isDeauthentication ? 'deauthentication' : 'disassociation'}${isForAll ? ' of all' : ''}`;
    const why = reason === undefined ? '' : `, reason ${reason} ${ReasonCode.show(reason)}`;
    const how = `${isProtected ? (isForAll ? ', with a MIC' : ', encrypted') : ''}${isBelieved ? '' : ', not believed'}`;
    return entry(farewell, by, `${kind}${why}${how}`, { isOdd: !isBelieved });
  });

const others = ({ saQueries, reuses, strays, requests, told, cut = [] }: Connection): ReadonlyArray<Entry> => [
  ...saQueries.map((seen) => entry(seen, seen.from, `SA Query ${seen.isResponse ? 'response' : 'request'}`)),
  ...reuses.map((seen) => entry(seen, seen.from, `packet number ${seen.pn} again (was at ${seen.highest})`, ODD)),
  ...strays.map((seen) => entry(seen, seen.from, `EAPOL-Key of no handshake: ${seen.fault.detail}`, ODD)),
  ...requests.map((seen) => entry(seen, 'station', seen.isError ? 'Michael MIC failure report' : 'request for new keys')),
  ...cut.map((mark) => entry(mark, 'none', 'EAPOL packet, of which the capture has the beginning only', ODD)),
  ...told.map((seen) => entry(seen, 'none', seen.text, { isOdd: seen.outcome === 'failure' })),
];

const entriesOf = (connection: Connection): ReadonlyArray<Entry> =>
  [
    ...connection.authentications.map(authentication),
    ...association(connection),
    ...eap(connection),
    ...connection.handshakes.flatMap((one) => messages('message', one.messages)),
    ...connection.groupHandshakes.flatMap((one) => messages('group message', one.messages)),
    ...farewells(connection),
    ...others(connection),
  ].sort((a, b) => a.frame - b.frame);

/** What is proven not to have arrived says so. */
const withUnheard = (connection: Connection, entries: ReadonlyArray<Entry>): ReadonlyArray<Entry> => {
  const unheard = unheardFrames(connection);
  if (unheard.size === 0) return entries;
  return entries.map((one) => (unheard.has(one.frame) ? { ...one, what: `${one.what}, never acknowledged`, isOdd: true } : one));
};

const FIRST = 150;
const LAST = 50;

/** What was said, frame by frame; of a long story its beginning and its end. */
export const timelineOf = (
  connection: Connection,
): { readonly timeline: ReadonlyArray<Entry>; readonly timelineOmitted: number } => {
  const entries = withUnheard(connection, entriesOf(connection));
  const omitted = Math.max(0, entries.length - FIRST - LAST);
  return { timeline: omitted === 0 ? entries : [...entries.slice(0, FIRST), ...entries.slice(-LAST)], timelineOmitted: omitted };
};
