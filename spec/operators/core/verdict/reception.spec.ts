import { expect } from 'chai';
import fc from 'fast-check';
import type { Connection } from '../../../../operators/core/shadow/index.js';
import { explainConnection } from '../../../../operators/core/verdict/index.js';
import { judge } from '../../../../operators/core/verdict/judge/judge.js';
import { isResponseUnheard, isUnheard, receptionOf } from '../../../../operators/core/verdict/judge/reception.js';
import { AkmSuite } from '../../../../streams/frames/index.js';
import { anyConnection } from '../../../support/anyConnection.js';
import { at, authentication, connection, eap, farewell, handshake, message, psk, without } from '../../../support/connections.js';

type Acknowledgements = NonNullable<Connection['acknowledgements']>;

/** All that is said; the response in three tries. */
const ALL = [1, 2, 3, 4, 4, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13];
const acks = (
  heard: ReadonlyArray<number>,
  doubtful: ReadonlyArray<number> = [],
  expected: ReadonlyArray<number> = ALL,
): Acknowledgements => ({ expected, heard, doubtful });

/** Of the station's authentication and request, and of the access point's answers. */
const BOTH_WAYS = [1, 2, 3, 4];
const refusedFourTimes = [
  [5, 7, 9, 11],
  [6, 8, 10, 12],
];
const deaf = (changes: Partial<Connection> = {}): Connection =>
  connection({
    handshakes: [handshake(refusedFourTimes)],
    farewells: [farewell(20)],
    acknowledgements: acks([...BOTH_WAYS, 5, 7, 9, 11]),
    ...changes,
  });
const byStation = farewell(20, { by: 'station', reason: 3 });
const sae = { ...psk, akm: AkmSuite.codes.SAE };
const oneX = { ...psk, akm: AkmSuite.codes.IEEE_802_1X };

const story = (seen: Connection): string => {
  const { outcome, step, cause, passphrase } = judge(seen);
  return [outcome, step, cause, passphrase].join(' ');
};

type Row = readonly [title: string, seen: Connection, verdict: string];

const LIKELY = 'failed fourWay likelyWrongPassphrase likelyWrong';
const LOST = 'failed fourWay messageLost unknown';

const message2s: ReadonlyArray<Row> = [
  ['sent four times and never acknowledged', deaf(), LOST],
  ['the same, and the station gave up', deaf({ farewells: [byStation] }), LOST],
  ['the same, and the access point is heard later', deaf({ ending: 'quiet', farewells: [] }), LOST],
  ['acknowledged once', deaf({ acknowledgements: acks([...BOTH_WAYS, 10]) }), LIKELY],
  ['acknowledged each time', deaf({ acknowledgements: acks([...BOTH_WAYS, 6, 8, 10, 12]) }), LIKELY],
  ['of one of which it cannot be told', deaf({ acknowledgements: acks(BOTH_WAYS, [12]) }), LIKELY],
  ['in a capture without acknowledgements', without(deaf(), 'acknowledgements'), LIKELY],
  [
    'where only the station’s acknowledgements are heard',
    deaf({ acknowledgements: acks([2, 4, 5, 7], [], [2, 4, 5, 7, 9, 11]) }),
    LIKELY,
  ],
  ['where as many of the access point’s are missing as are there', deaf({ acknowledgements: acks([3]) }), LIKELY],
  ['of one of which none would be heard', deaf({ acknowledgements: acks(BOTH_WAYS, [], ALL.slice(0, -2)) }), LIKELY],
  ['where others were heard before this connection', deaf({ acknowledgements: acks([], [1, 3]) }), LOST],
  [
    'where one was heard, and of another it cannot be told',
    deaf({ acknowledgements: acks([3, 2], [1]) }),
    'failed fourWay messageLost unknown',
  ],
  ['in a capture that has lost frames', deaf({ lostFrames: 1 }), LIKELY],
  [
    'where more was acknowledged than is kept',
    deaf({ acknowledgements: acks([1, 3, ...Array.from({ length: 62 }, (_, i) => i + 100)]) }),
    LIKELY,
  ],
  [
    'of which some were encrypted',
    deaf({
      handshakes: [
        handshake([
          [5, 7, 9, 11],
          [6, 8, 10, message(12, { isProtected: true })],
        ]),
      ],
    }),
    LIKELY,
  ],
  [
    'made with the passphrase given',
    deaf({ handshakes: [handshake(refusedFourTimes, { stationKey: 'given' })], credential: 'passphrase' }),
    'failed fourWay messageLost right',
  ],
  [
    'made with another passphrase than the one given',
    deaf({ handshakes: [handshake(refusedFourTimes, { stationKey: 'other' })], credential: 'passphrase' }),
    'failed fourWay messageLost likelyWrong',
  ],
  [
    'made with another passphrase than the access point’s own',
    deaf({
      handshakes: [handshake(refusedFourTimes, { stationKey: 'other', pmkid: new Uint8Array(16), pmkidMatches: true })],
      credential: 'passphrase',
    }),
    'failed fourWay messageLost wrong',
  ],
  [
    'once, and the station leaves at once',
    connection({ handshakes: [handshake([[5], [6]])], farewells: [byStation], acknowledgements: acks(BOTH_WAYS) }),
    'interrupted fourWay stationLeft unknown',
  ],
  ['and the capture ends', deaf({ ending: 'open', farewells: [] }), 'incomplete fourWay captureGap unknown'],
  [
    'and the access point leaves for another reason',
    deaf({ farewells: [farewell(20, { reason: 3 })] }),
    'interrupted fourWay deauthenticated unknown',
  ],
  ['of 802.1X', deaf({ security: oneX, eap: eap({ result: 'success' }) }), LOST],
  [
    'but message 3 came',
    deaf({ handshakes: [handshake([[5], [6], [7], [8]])], farewells: [byStation] }),
    'authorized none none excluded',
  ],
];

const accepted = (changes: Partial<Connection> = {}): Connection =>
  connection({ farewells: [byStation], acknowledgements: acks([1, 2, 3]), ...changes });
const LEFT = 'interrupted fourWay stationLeft unknown';
const NEVER_HEARD = 'failed association messageLost unknown';

const responses: ReadonlyArray<Row> = [
  ['never acknowledged, and the station gives up', accepted(), NEVER_HEARD],
  ['the same, and it associates anew', accepted({ ending: 'associatedAnew', farewells: [] }), NEVER_HEARD],
  ['the same, and it goes elsewhere', accepted({ ending: 'roamed', farewells: [] }), NEVER_HEARD],
  ['the same, and the access point is heard later', accepted({ ending: 'quiet', farewells: [] }), NEVER_HEARD],
  ['and the capture ends', accepted({ ending: 'open', farewells: [] }), 'incomplete association captureGap unknown'],
  ['and the access point vanishes', accepted({ ending: 'gone', farewells: [] }), 'failed association apVanished unknown'],
  [
    'and the access point throws it out',
    accepted({ farewells: [farewell(20, { reason: 3 })] }),
    'interrupted association deauthenticated unknown',
  ],
  ['of 802.1X', accepted({ security: oneX }), NEVER_HEARD],
  ['acknowledged', accepted({ acknowledgements: acks(BOTH_WAYS) }), LEFT],
  ['of which it cannot be told', accepted({ acknowledgements: acks([1, 2, 3], [4]) }), LEFT],
  ['where only the access point’s acknowledgements are heard', accepted({ acknowledgements: acks([1, 3], [], [1, 3]) }), LEFT],
  ['of which there was one only', accepted({ acknowledgements: acks([1, 2, 3], [], [1, 2, 3, 4]) }), LEFT],
  ['in a capture without acknowledgements', without(accepted(), 'acknowledgements'), LEFT],
  ['and message 1 came: who is not heard is not asked', accepted({ handshakes: [handshake([[5]])] }), LEFT],
  ['and data came', accepted({ traffic: { heard: 1, tried: 0, opened: 0, last: at(6) } }), 'authorized none none excluded'],
  [
    'of an open network, where data would not be seen',
    accepted({ security: { proto: 'open', pmf: 'none' } }),
    'authorized none none unknown',
  ],
  [
    'that refused',
    accepted({ association: { request: at(3), response: at(4), status: 17, isReassociation: false } }),
    'failed association associationRefused unknown',
  ],
];

const confirmed = (certain: ReadonlyArray<number>): Connection =>
  without(
    connection({
      security: sae,
      authentications: [
        authentication(1, { algorithm: 3 }),
        authentication(2, { algorithm: 3, transaction: 1 }),
        authentication(3, { algorithm: 3, transaction: 2 }),
        authentication(5, { algorithm: 3, transaction: 2 }),
        authentication(7, { algorithm: 3, transaction: 2 }),
      ],
      acknowledgements: acks(certain),
    }),
    'association',
  );

const confirms: ReadonlyArray<Row> = [
  ['never acknowledged', confirmed([1, 2]), 'failed authentication messageLost unknown'],
  ['acknowledged once', confirmed([1, 2, 5]), 'failed authentication saeFailure likelyWrong'],
  ['where none are heard', confirmed([2]), 'failed authentication saeFailure likelyWrong'],
];

const [ASKS, ANSWERS, SUCCEEDS, FAILS] = [1, 2, 3, 4];
const [IDENTITY, TLS] = [1, 13];
type EapFacts = NonNullable<Connection['eap']>;
type Round = EapFacts['rounds'][number];
const round = (frame: number, code: number, identifier: number, type = TLS): Round => ({
  ...{ ...at(frame), code, identifier, type },
  from: code === ANSWERS ? 'station' : 'ap',
});
const repeated = (from: 'station' | 'ap', ...frames: ReadonlyArray<number>): EapFacts['retransmissions'] =>
  frames.map((frame) => ({ ...at(frame), from }));

const identified: ReadonlyArray<Round> = [round(5, ASKS, 1, IDENTITY), round(6, ANSWERS, 1, IDENTITY), round(7, ASKS, 2)];
const STATION_HEARS = [2, 4, 5, 7, 9, 11];
/** The station answers the second request three times, and the access point asks on; what it does not hear is never acknowledged. */
const talking = (heardOfStation: ReadonlyArray<number>, changes: Partial<Connection> = {}, facts: Partial<EapFacts> = {}) =>
  connection({
    security: oneX,
    farewells: [farewell(20, { reason: 23 })],
    acknowledgements: acks([...STATION_HEARS, ...heardOfStation]),
    eap: eap({
      ...{ packets: 8, lastFrom: 'station', rounds: [...identified, round(8, ANSWERS, 2)] },
      retransmissions: [...repeated('ap', 9, 11), ...repeated('station', 10, 12)],
      ...facts,
    }),
    ...changes,
  });
const DEAF = [1, 3, 6];
/** Of the first frame none would be heard, of the third one was, and of the sixth not. */
const HALF_DEAF = acks([...STATION_HEARS, 3], [], ALL.slice(1));
const UNHEARD = 'failed eap messageLost unknown';
const REFUSED = 'failed eap eapFailure unknown';

const eapResponses: ReadonlyArray<Row> = [
  ['never acknowledged, and the access point gives up', talking(DEAF), UNHEARD],
  ['the same, for whatever reason', talking(DEAF, { farewells: [farewell(20, { reason: 3 })] }), UNHEARD],
  ['the same, and the station gives up', talking(DEAF, { farewells: [byStation] }), UNHEARD],
  ['the same, and the access point is heard later', talking(DEAF, { ending: 'quiet', farewells: [] }), UNHEARD],
  ['and the capture ends', talking(DEAF, { ending: 'open', farewells: [] }), 'incomplete eap captureGap unknown'],
  ['and the access point vanishes', talking(DEAF, { ending: 'gone', farewells: [] }), 'failed eap apVanished unknown'],
  ['acknowledged once', talking([...DEAF, 10]), REFUSED],
  ['of one of which it cannot be told', talking(DEAF, { acknowledgements: acks([...STATION_HEARS, ...DEAF], [12]) }), REFUSED],
  ['in a capture without acknowledgements', without(talking(DEAF), 'acknowledgements'), REFUSED],
  ['where only the station’s acknowledgements are heard', talking([]), REFUSED],
  [
    'where that of an answer to which there was another request is missing',
    talking([], { acknowledgements: HALF_DEAF }),
    REFUSED,
  ],
  ['in a capture that has lost frames', talking(DEAF, { lostFrames: 1 }), REFUSED],
  ['twice only', talking(DEAF, {}, { packets: 7, retransmissions: [...repeated('ap', 9), ...repeated('station', 10)] }), REFUSED],
  ['of which some were not captured, or more than are kept', talking(DEAF, {}, { packets: 9 }), REFUSED],
  [
    'and the access point went on',
    talking(DEAF, {}, { packets: 9, rounds: [...identified, round(8, ANSWERS, 2), round(13, ASKS, 3)], unanswered: at(13) }),
    REFUSED,
  ],
  [
    'and EAP-Failure came, which may be an answer',
    talking(DEAF, {}, { packets: 9, rounds: [...identified, round(8, ANSWERS, 2), round(13, FAILS, 2)], result: 'failure' }),
    REFUSED,
  ],
  [
    'with an alert of TLS in it',
    talking(DEAF, {}, { tlsAlert: { ...at(8), from: 'station', level: 2, description: 48 } }),
    'failed eap tlsAlert unknown',
  ],
];

const asking = (heardOfAp: ReadonlyArray<number>, changes: Partial<Connection> = {}): Connection =>
  connection({
    security: oneX,
    farewells: [farewell(20, { reason: 3 })],
    acknowledgements: acks([1, 3, 6, ...heardOfAp]),
    eap: eap({
      ...{ packets: 6, lastFrom: 'ap', rounds: identified, unanswered: at(7) },
      retransmissions: repeated('ap', 8, 9, 10),
    }),
    ...changes,
  });

const eapRequests: ReadonlyArray<Row> = [
  ['never acknowledged, and the access point gives up', asking([2, 4, 5]), UNHEARD],
  ['the same, and the station gives up', asking([2, 4, 5], { farewells: [byStation] }), UNHEARD],
  ['the same, and the access point is heard later', asking([2, 4, 5], { ending: 'quiet', farewells: [] }), UNHEARD],
  ['acknowledged once', asking([2, 4, 5, 9]), 'failed eap eapTimeout unknown'],
  ['acknowledged, and the station left', asking([2, 4, 5, 9], { farewells: [byStation] }), 'interrupted eap stationLeft unknown'],
  ['where none of the station’s acknowledgements is heard', asking([]), 'failed eap eapTimeout unknown'],
];

const withoutMethod = ({ method: _, ...facts }: EapFacts): EapFacts => facts;

const starting = (heardOfStation: ReadonlyArray<number>): Connection =>
  connection({
    security: oneX,
    ending: 'quiet',
    acknowledgements: acks([2, 4, ...heardOfStation]),
    eap: withoutMethod(eap({ packets: 0, rounds: [], starts: [at(5), at(6), at(7)], offered: [] })),
  });

const starts: ReadonlyArray<Row> = [
  ['never acknowledged', starting([1, 3]), UNHEARD],
  ['acknowledged once', starting([1, 3, 6]), 'failed eap eapTimeout unknown'],
];

describe('what was not acknowledged', () => {
  for (const [title, seen, verdict] of eapResponses)
    it(`a response of EAP, ${title}`, () => expect(story(seen)).to.equal(verdict));
  for (const [title, seen, verdict] of eapRequests) it(`a request of EAP, ${title}`, () => expect(story(seen)).to.equal(verdict));
  for (const [title, seen, verdict] of starts) it(`EAPOL-Start, ${title}`, () => expect(story(seen)).to.equal(verdict));

  it('a response of EAP behind which the access point began anew tells nothing of the ear', () => {
    const [asked, answered] = identified;
    if (asked === undefined || answered === undefined) throw new Error('there are three');
    const anew = [asked, answered, round(7, ASKS, 2, IDENTITY), round(8, ANSWERS, 2, IDENTITY)];
    expect(story(talking([], { acknowledgements: HALF_DEAF }, { rounds: anew }))).to.equal(UNHEARD);
    const through = [asked, answered, round(7, SUCCEEDS, 1), round(9, ASKS, 2, IDENTITY), round(10, ANSWERS, 2, IDENTITY)];
    const retransmissions = [...repeated('ap', 11), ...repeated('station', 12, 13)];
    expect(story(talking([], { acknowledgements: HALF_DEAF }, { rounds: through, retransmissions }))).to.equal(REFUSED);
    expect(story(talking(DEAF, {}, { rounds: through, retransmissions }))).to.equal(UNHEARD);
  });

  for (const [title, seen, verdict] of message2s) it(`message 2, ${title}`, () => expect(story(seen)).to.equal(verdict));
  for (const [title, seen, verdict] of responses)
    it(`an association response, ${title}`, () => expect(story(seen)).to.equal(verdict));
  for (const [title, seen, verdict] of confirms) it(`a confirm of SAE, ${title}`, () => expect(story(seen)).to.equal(verdict));

  it('is unknown where nothing was said', () => {
    expect(receptionOf(deaf(), 'station', [])).to.equal('unknown');
    expect(isResponseUnheard(without(deaf(), 'association'))).to.equal(false);
  });

  it('takes three of what was said', () => {
    const twice = handshake([
      [5, 7, 9],
      [6, 8],
    ]);
    expect(isUnheard(deaf({ handshakes: [twice] }), twice, 2)).to.equal(false);
    expect(receptionOf(deaf(), 'station', [at(6), at(8)])).to.equal('unknown');
    expect(receptionOf(deaf(), 'station', [at(6), at(8), at(10)])).to.equal('notHeard');
  });

  it('was heard where it was answered, whatever is missing', () => {
    const seen = handshake([[5], [6], [7], [8]]);
    for (const number of [1, 2, 3] as const) expect(isUnheard(deaf({ handshakes: [seen] }), seen, number)).to.equal(false);
  });

  it('of a renewal under keys was not looked for, and tells nothing of the ear', () => {
    const hidden = handshake([13, 14, 15, 16].map((frame) => [message(frame, { isProtected: true })]));
    const open = handshake(refusedFourTimes);
    const seen = deaf({ handshakes: [hidden, open], acknowledgements: acks([1], [3]) });
    expect(isUnheard(seen, open, 2)).to.equal(true);
    const unanswered = handshake([[], [message(14, { isProtected: true })]]);
    expect(isUnheard(deaf({ handshakes: [unanswered] }), unanswered, 2)).to.equal(false);
  });

  it('changes no verdict where nothing was acknowledged', () => {
    fc.assert(
      fc.property(anyConnection, (seen) => {
        const plain = without(seen, 'acknowledgements');
        expect(judge({ ...plain, acknowledgements: acks([], [], []) })).to.deep.equal(judge(plain));
      }),
      { numRuns: 300 },
    );
  });

  it('never makes a passphrase look worse', () => {
    const RANKS = ['right', 'excluded', 'unknown', 'likelyWrong', 'wrong'];
    const rankOf = (seen: Connection): number => RANKS.indexOf(judge(seen).passphrase);
    fc.assert(
      fc.property(anyConnection, fc.array(fc.boolean()), (seen, isThere) => {
        const said = [...seen.authentications, ...seen.handshakes.flatMap(({ messages }) => messages.flat())];
        const frames = said.map(({ frame }) => frame);
        const heard = frames.filter((_, nth) => isThere[nth]);
        const plain = without(seen, 'acknowledgements');
        expect(rankOf({ ...plain, acknowledgements: acks(heard, [], frames) })).to.be.at.most(rankOf(plain));
      }),
      { numRuns: 500 },
    );
  });
});

describe('the words for it', () => {
  const findingOf = (seen: Connection, id: string) => explainConnection(seen).findings.find((finding) => finding.id === id);

  it('message 2: who was deaf, the frames, and that the passphrase was not put to the test', () => {
    const { verdict, advice, windows } = explainConnection(deaf());
    expect(verdict).to.contain('the access point did not hear its message 2');
    expect(findingOf(deaf(), 'fourWay.message2NotHeard')).to.deep.equal({
      id: 'fourWay.message2NotHeard',
      severity: 'error',
      text: 'Message 2 was sent 4 times and never acknowledged: the access point did not hear it, so this says nothing about what it holds of the station’s key.',
      frames: [6, 8, 10, 12],
    });
    expect(findingOf(deaf(), 'fourWay.message1Repeated')?.text).to.contain('did not hear message 2');
    expect(findingOf(deaf(), 'passphrase.unknown')?.text).to.contain('did not hear message 2');
    expect(advice[0]).to.contain('closer');
    expect(advice.join(' ')).to.contain('Do not change the passphrase');
    expect(windows?.name).to.equal('MSMSEC_KEY_SUCCESS_TIMEOUT');
  });

  it('message 2 of another passphrase: what is proven of that is said all the same', () => {
    const other = deaf({ handshakes: [handshake(refusedFourTimes, { stationKey: 'other' })], credential: 'passphrase' });
    expect(findingOf(other, 'passphrase.likelyWrong')?.text).to.contain('did not hear it');
    expect(explainConnection(other).advice.join(' ')).to.contain('Enter the passphrase');
    const proven = handshake(refusedFourTimes, { stationKey: 'other', pmkid: new Uint8Array(16), pmkidMatches: true });
    expect(findingOf(deaf({ handshakes: [proven], credential: 'passphrase' }), 'passphrase.wrong')?.text).to.contain(
      'did not hear it',
    );
  });

  it('messages 1 and 3: the station', () => {
    const first = deaf({ handshakes: [handshake([[5, 7, 9, 11]])], acknowledgements: acks(BOTH_WAYS) });
    expect(story(first)).to.equal(LOST);
    expect(explainConnection(first).verdict).to.contain('it did not hear message 1');
    expect(findingOf(first, 'fourWay.message1NotHeard')?.frames).to.deep.equal([5, 7, 9, 11]);
    const third = deaf({ handshakes: [handshake([[5], [6], [7, 9, 11, 13]])], acknowledgements: acks([...BOTH_WAYS, 5, 6]) });
    expect(story(third)).to.equal('failed fourWay messageLost excluded');
    expect(explainConnection(third).verdict).to.contain('it did not hear message 3');
    expect(explainConnection(third).advice).to.have.length(1);
    expect(findingOf(third, 'fourWay.message3NotHeard')?.frames).to.deep.equal([7, 9, 11, 13]);
    const heard = { ...third, acknowledgements: acks([...BOTH_WAYS, 5, 6, 9]) };
    expect(explainConnection(heard).verdict).to.contain('message 4 of the 4-way handshake was lost');
    expect(findingOf(heard, 'fourWay.message3NotHeard')).to.equal(undefined);
  });

  it('the association response', () => {
    expect(explainConnection(accepted()).verdict).to.contain('it did not hear the association response');
    expect(findingOf(accepted(), 'association.responseNotHeard')).to.include({ severity: 'error' });
    expect(findingOf(accepted(), 'association.responseNotHeard')?.frames).to.deep.equal([4]);
    expect(explainConnection(accepted()).windows).to.equal(null);
    expect(findingOf(accepted({ acknowledgements: acks(BOTH_WAYS) }), 'association.responseNotHeard')).to.equal(undefined);
  });

  it('the response of EAP: who was deaf, the frames, and that nobody refused it', () => {
    const { verdict, advice, findings } = explainConnection(talking(DEAF));
    expect(verdict).to.contain('the access point did not hear its answer to 802.1X');
    expect(findings.find(({ id }) => id === 'eap.responseNotHeard')).to.deep.equal({
      id: 'eap.responseNotHeard',
      severity: 'error',
      text: 'The station’s last EAP response was sent 3 times and never acknowledged: the access point did not hear it, so this says nothing about what the server has against it.',
      frames: [8, 10, 12],
    });
    expect(advice).to.have.length(1);
    expect(advice[0]).to.contain('closer');
    expect(findingOf(talking([...DEAF, 10]), 'eap.responseNotHeard')).to.equal(undefined);
  });

  it('the request of EAP, and EAPOL-Start', () => {
    expect(explainConnection(asking([2, 4, 5])).verdict).to.contain('it did not hear the access point’s request of 802.1X');
    expect(findingOf(asking([2, 4, 5]), 'eap.requestNotHeard')?.frames).to.deep.equal([7, 8, 9, 10]);
    expect(findingOf(asking([2, 4, 5, 9]), 'eap.requestNotHeard')).to.equal(undefined);
    expect(explainConnection(starting([1, 3])).verdict).to.contain('the access point did not hear it begin 802.1X');
    expect(findingOf(starting([1, 3]), 'eap.startNotHeard')?.frames).to.deep.equal([5, 6, 7]);
  });

  it('in the timeline', () => {
    const oddIn = (seen: Connection) =>
      explainConnection(seen).timeline.flatMap(({ frame, what, isOdd }) =>
        what.endsWith('never acknowledged') ? [[frame, isOdd]] : [],
      );
    expect(oddIn(deaf())).to.deep.equal([6, 8, 10, 12].map((frame) => [frame, true]));
    expect(oddIn(accepted())).to.deep.equal([[4, true]]);
    expect(oddIn(talking(DEAF))).to.deep.equal([8, 10, 12].map((frame) => [frame, true]));
    expect(oddIn(deaf({ acknowledgements: acks([...BOTH_WAYS, 6]) }))).to.deep.equal([]);
  });

  it('the confirm of SAE', () => {
    expect(findingOf(confirmed([1, 2]), 'sae.confirmNotHeard')?.frames).to.deep.equal([3, 5, 7]);
    expect(findingOf(confirmed([1, 2]), 'sae.confirmUnanswered')).to.equal(undefined);
    expect(findingOf(confirmed([1, 2, 5]), 'sae.confirmNotHeard')).to.equal(undefined);
  });
});
