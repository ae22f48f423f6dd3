import { expect } from 'chai';
import type { Connection } from '../../../../operators/core/shadow/index.js';
import { judge } from '../../../../operators/core/verdict/judge/judge.js';
import { MSMSEC } from '../../../../streams/events/index.js';
import { AkmSuite } from '../../../../streams/frames/index.js';
import { at, authentication, connection, eap, farewell, handshake, message, psk, without } from '../../../support/connections.js';

type Row = readonly [title: string, seen: Connection, verdict: string];

const refusedFourTimes = [
  [5, 7, 9, 11],
  [6, 8, 10, 12],
];
const invalid = (frame: number) => message(frame, { mic: 'invalid' });
const valid = (frame: number) => message(frame, { mic: 'valid' });
const oneX = { ...psk, akm: AkmSuite.codes.IEEE_802_1X };
const sae = { ...psk, akm: AkmSuite.codes.SAE };
/** EAPOL-Starts that no EAP followed. */
const silentEap = (starts: ReadonlyArray<number>) => eap({ packets: 0, starts: starts.map((frame) => at(frame)) });
const byStation = farewell(20, { by: 'station', reason: 3 });

const passphrases: ReadonlyArray<Row> = [
  [
    'refused four times, no credential',
    connection({ handshakes: [handshake(refusedFourTimes)], farewells: [farewell(20)] }),
    'failed fourWay likelyWrongPassphrase likelyWrong',
  ],
  [
    'refused four times, and the capture ends: nobody has given up yet',
    connection({ handshakes: [handshake(refusedFourTimes)], ending: 'open' }),
    'incomplete fourWay captureGap unknown',
  ],
  [
    'refused four times, and the access point leaves for another reason',
    connection({ handshakes: [handshake(refusedFourTimes)], farewells: [farewell(20, { reason: 3 })] }),
    'interrupted fourWay deauthenticated unknown',
  ],
  [
    'refused twice only',
    connection({
      handshakes: [
        handshake([
          [5, 7, 9],
          [6, 8, 10],
        ]),
      ],
      farewells: [farewell(20)],
    }),
    'failed fourWay messageLost unknown',
  ],
  [
    'message 1 four times, one message 2: one refusal, three losses',
    connection({ handshakes: [handshake([[5, 7, 9, 11], [6]])], farewells: [farewell(20)] }),
    'failed fourWay messageLost unknown',
  ],
  [
    'another key than the given one, and turned down',
    connection({
      handshakes: [
        handshake(
          [
            [5, 7],
            [invalid(6), invalid(8)],
          ],
          { stationKey: 'other' },
        ),
      ],
      credential: 'passphrase',
      farewells: [farewell(20)],
    }),
    'failed fourWay wrongPassphrase wrong',
  ],
  [
    'another key than the given one, and nothing of the access point’s to confirm it',
    connection({
      handshakes: [handshake([[5], [invalid(6)]], { stationKey: 'other' })],
      credential: 'passphrase',
      ending: 'open',
    }),
    'failed fourWay likelyWrongPassphrase likelyWrong',
  ],
  [
    'another key than the given one, which the access point names',
    connection({
      handshakes: [handshake([[5], [invalid(6)]], { stationKey: 'other', pmkid: new Uint8Array(16), pmkidMatches: true })],
      credential: 'passphrase',
      ending: 'open',
    }),
    'failed fourWay wrongPassphrase wrong',
  ],
  [
    'another key than the given one, but the access point names another too: the given one is nobody’s',
    connection({
      handshakes: [handshake([[5], [invalid(6)]], { stationKey: 'other', pmkid: new Uint8Array(16), pmkidMatches: false })],
      credential: 'passphrase',
      farewells: [farewell(20, { reason: 3 })],
    }),
    'failed fourWay keyMismatch unknown',
  ],
  [
    'the given key, and message 3 never on the air',
    connection({
      handshakes: [handshake([[5], [valid(6)]], { stationKey: 'given' })],
      credential: 'passphrase',
      farewells: [farewell(20)],
    }),
    'failed fourWay messageLost right',
  ],
  [
    'the given key, refused four times: it is not the access point’s',
    connection({
      handshakes: [handshake(refusedFourTimes, { stationKey: 'given' })],
      credential: 'passphrase',
      farewells: [farewell(20)],
    }),
    'failed fourWay likelyWrongPassphrase likelyWrong',
  ],
  [
    'the given key, refused four times by an access point that names it',
    connection({
      handshakes: [handshake(refusedFourTimes, { stationKey: 'given', pmkid: new Uint8Array(16), pmkidMatches: true })],
      credential: 'passphrase',
      farewells: [farewell(20)],
    }),
    'failed fourWay keyMismatch right',
  ],
  [
    'the given key, refused four times by an access point that names another',
    connection({
      handshakes: [handshake(refusedFourTimes, { stationKey: 'given', pmkid: new Uint8Array(16), pmkidMatches: false })],
      credential: 'passphrase',
      farewells: [farewell(20)],
    }),
    'failed fourWay wrongPassphrase wrong',
  ],
  [
    'message 3 came, no credential',
    connection({ handshakes: [handshake([[5], [6], [7]])], farewells: [byStation] }),
    'interrupted fourWay stationLeft excluded',
  ],
  [
    'a message 3 that is forged proves nothing',
    connection({ handshakes: [handshake([[5], [6], [invalid(7)]])], farewells: [byStation] }),
    'interrupted fourWay stationLeft unknown',
  ],
  [
    'a temporal key was given, which says nothing about passphrases',
    connection({
      handshakes: [handshake([[5], [6], [7], [8]], { stationKey: 'given' })],
      credential: 'tk',
      farewells: [byStation],
    }),
    'authorized none none excluded',
  ],
];

const fourWay: ReadonlyArray<Row> = [
  [
    'complete with the given passphrase',
    connection({
      handshakes: [handshake([[5], [6], [7], [8]], { stationKey: 'given' })],
      credential: 'passphrase',
      farewells: [byStation],
    }),
    'authorized none none right',
  ],
  [
    'message 4, and messages 2 and 3 missing in the capture',
    connection({ handshakes: [handshake([[5], [], [], [8]])], farewells: [byStation] }),
    'authorized none none excluded',
  ],
  [
    'message 4 after a message 3 that is forged',
    connection({ handshakes: [handshake([[5], [6], [invalid(7)], [8]], { isComplete: false })], farewells: [byStation] }),
    'interrupted fourWay stationLeft unknown',
  ],
  [
    'message 2 never on the air',
    connection({ handshakes: [handshake([[5, 6, 7, 8]])], farewells: [farewell(20)] }),
    'failed fourWay messageLost unknown',
  ],
  [
    'message 2 never on the air, and the access point ends it for another reason',
    connection({ handshakes: [handshake([[5, 6, 7]])], farewells: [farewell(20, { reason: 3 })] }),
    'interrupted fourWay deauthenticated unknown',
  ],
  [
    'message 4 never on the air',
    connection({ handshakes: [handshake([[5], [6], [7, 9, 11]])], farewells: [farewell(20)] }),
    'failed fourWay messageLost excluded',
  ],
  [
    'message 4 encrypted, as the access point cannot read it',
    connection({
      handshakes: [handshake([[5], [6], [7, 9, 11], [message(8, { isProtected: true, mic: 'valid' })]])],
      farewells: [farewell(20)],
    }),
    'failed fourWay messageLost excluded',
  ],
  [
    'message 4 encrypted, and nothing after it',
    connection({
      handshakes: [handshake([[5], [6], [7, 9], [message(10, { isProtected: true, mic: 'valid' })]])],
      farewells: [farewell(20)],
    }),
    'failed fourWay messageLost excluded',
  ],
  [
    'message 4 missing in the capture, traffic for long, and reason 15 much later',
    connection({
      handshakes: [handshake([[5], [6], [7, 9]])],
      traffic: { heard: 3, tried: 1, opened: 1, last: at(700) },
      farewells: [farewell(900)],
    }),
    'authorized none deauthenticated excluded',
  ],
  [
    'message 4 heard by the sniffer, but not by the access point',
    connection({ handshakes: [handshake([[5], [6], [7, 9, 11], [8]])], farewells: [farewell(20)] }),
    'failed fourWay messageLost excluded',
  ],
  [
    'message 4 heard by the sniffer after each message 3, and never by the access point',
    connection({ handshakes: [handshake([[5], [6], [7, 9, 11, 13], [8, 10, 12, 14]])], farewells: [farewell(20)] }),
    'failed fourWay messageLost excluded',
  ],
  [
    'message 4 came after the last message 3, and reason 15 much later is about something else',
    connection({ handshakes: [handshake([[5], [6], [7, 9], [10]])], farewells: [farewell(900)] }),
    'authorized none deauthenticated excluded',
  ],
  [
    'messages 1 and 3 in the clear behind the handshake, which the station does not answer',
    connection({
      handshakes: [handshake([[5], [6], [7], [8]]), handshake([[12, 13], [], [14]], { isComplete: false })],
      farewells: [byStation],
    }),
    'authorized none none excluded',
  ],
  [
    'an access point that begins anew behind the handshake, and is answered and not content',
    connection({
      handshakes: [handshake([[5], [6], [7], [8]]), handshake([[12], [13], [14, 15, 16]], { isComplete: false })],
      farewells: [farewell(20)],
    }),
    'failed fourWay messageLost excluded',
  ],
  [
    'message 3 replayed after the handshake',
    connection({ handshakes: [handshake([[5], [6], [7, 12, 13], [8]], { isComplete: false })], farewells: [byStation] }),
    'authorized none none excluded',
  ],
  [
    'message 4 missing in the capture, traffic goes on',
    connection({
      handshakes: [handshake([[5], [6], [7]])],
      traffic: { heard: 3, tried: 1, opened: 1, last: at(15) },
      farewells: [byStation],
    }),
    'authorized none none excluded',
  ],
  [
    'message 4 missing in the capture, traffic that nobody can read goes on between the two',
    connection({
      handshakes: [handshake([[5], [6], [7]], { isComplete: true })],
      traffic: {
        heard: 2,
        tried: 0,
        opened: 0,
        last: at(15),
        proofs: [
          { ...at(14), from: 'station' },
          { ...at(15), from: 'ap' },
        ],
      },
      farewells: [byStation],
    }),
    'authorized none none excluded',
  ],
  [
    'message 3, and something encrypted that may be message 4',
    connection({
      handshakes: [handshake([[5], [6], [7]])],
      traffic: { heard: 1, tried: 0, opened: 0, last: at(8) },
      farewells: [byStation],
    }),
    'interrupted fourWay stationLeft excluded',
  ],
  [
    'message 3 over and over, and what is encrypted may be message 4',
    connection({
      handshakes: [handshake([[5], [6], [7, 9, 11]])],
      traffic: { heard: 3, tried: 1, opened: 1, last: at(12) },
      farewells: [byStation],
    }),
    'interrupted fourWay stationLeft excluded',
  ],
  [
    'message 1 again and again, and what the capture cut off may have been message 2',
    connection({ handshakes: [handshake([[5, 7, 9]])], cut: [at(6), at(8)], farewells: [farewell(20)] }),
    'incomplete fourWay captureGap unknown',
  ],
  [
    'message 2 again and again, and what the capture cut off may have been message 3',
    connection({ handshakes: [handshake(refusedFourTimes)], cut: [at(13)], farewells: [farewell(20)] }),
    'incomplete fourWay captureGap unknown',
  ],
  [
    'forged message 1s',
    connection({
      handshakes: [
        handshake(
          [
            [5, 6, 7],
            [8, 9, 10],
            [11, 12],
          ],
          { otherNonces: [at(6), at(7)] },
        ),
      ],
      farewells: [farewell(20)],
    }),
    'failed fourWay forgedFrame excluded',
  ],
  [
    'forged message 1s, and no message 3: the MIC of message 2 proves nothing',
    connection({
      handshakes: [
        handshake(
          [
            [5, 7, 9, 11],
            [invalid(6), invalid(8), invalid(10)],
          ],
          { stationKey: 'other', otherNonces: [at(7)] },
        ),
      ],
      credential: 'passphrase',
      farewells: [farewell(20)],
    }),
    'failed fourWay forgedFrame unknown',
  ],
  [
    'message 1s under other nonces, each of which the station asked for',
    connection({
      handshakes: [handshake([[5, 7, 9], [10], [11, 12]], { otherNonces: [at(5), at(7)] })],
      eap: silentEap([6, 8]),
      farewells: [farewell(20)],
    }),
    'failed fourWay messageLost excluded',
  ],
  [
    'the same, but one came unasked',
    connection({
      handshakes: [handshake([[5, 7, 9], [10], [11, 12]], { otherNonces: [at(5), at(7)] })],
      eap: silentEap([6]),
      farewells: [farewell(20)],
    }),
    'failed fourWay forgedFrame excluded',
  ],
  [
    'forged message 1s that did no harm',
    connection({ handshakes: [handshake([[5, 6], [7], [8], [9]], { otherNonces: [at(6)] })], farewells: [byStation] }),
    'authorized none none excluded',
  ],
  [
    'the element of message 3 is not that of the beacon',
    connection({
      handshakes: [
        handshake([
          [5],
          [6],
          [message(7, { faults: [{ code: 'RSNE', stage: 'message 3', detail: 'it differs', reason: 0x4800a }] })],
        ]),
      ],
      farewells: [farewell(20, { by: 'station', reason: 17 })],
    }),
    'failed fourWay elementMismatch excluded',
  ],
  [
    'reason 17',
    connection({ handshakes: [handshake([[5], [6]])], farewells: [farewell(20, { reason: 17 })] }),
    'failed fourWay elementMismatch unknown',
  ],
  [
    'a key of 802.1X that the access point does not hold',
    connection({
      security: oneX,
      eap: eap({ result: 'success' }),
      handshakes: [handshake(refusedFourTimes)],
      farewells: [farewell(20)],
    }),
    'failed fourWay keyMismatch unknown',
  ],
  ['no message 1 at all', connection({ farewells: [farewell(20)] }), 'failed fourWay messageLost unknown'],
  [
    'no farewell, and the access point, which had used up its tries, is heard later',
    connection({ handshakes: [handshake([[5, 7, 8], [6]])] }),
    'failed fourWay messageLost unknown',
  ],
  [
    'no farewell, and the access point, which had not, is heard later',
    connection({ handshakes: [handshake([[5, 7], [6]])] }),
    'incomplete fourWay captureGap unknown',
  ],
  [
    'no farewell, and the access point is not heard later either',
    without(connection({ handshakes: [handshake([[5, 7, 8], [6]])] }), 'apHeard'),
    'incomplete fourWay captureGap unknown',
  ],
  [
    'the station is never heard',
    connection({ handshakes: [handshake([[5, 7, 8], []])], isStationUnheard: true }),
    'incomplete fourWay captureGap unknown',
  ],
  [
    'message 3 was repeated in vain, and the station begins anew',
    connection({ handshakes: [handshake([[5], [6], [7, 8, 9]])], ending: 'associatedAnew' }),
    'failed fourWay messageLost excluded',
  ],
  [
    'the same, though the station is never heard',
    connection({ handshakes: [handshake([[5], [], [7, 8, 9]])], ending: 'roamed', isStationUnheard: true }),
    'failed fourWay messageLost excluded',
  ],
  [
    'message 1 was repeated in vain to a station that is never heard, and begins anew',
    connection({ handshakes: [handshake([[5, 6, 7], []])], ending: 'associatedAnew', isStationUnheard: true }),
    'interrupted fourWay stationLeft unknown',
  ],
  [
    'message 3 was sent once, and the station begins anew',
    connection({ handshakes: [handshake([[5], [6], [7]])], ending: 'associatedAnew' }),
    'interrupted fourWay stationLeft excluded',
  ],
  [
    'message 3 was repeated in vain, and the station says farewell',
    connection({
      handshakes: [handshake([[5], [6], [7, 8, 9]])],
      ...{ ending: 'farewell', farewells: [byStation] },
    }),
    'interrupted fourWay stationLeft excluded',
  ],
  [
    'the capture says it lost frames',
    connection({ handshakes: [handshake([[5, 7, 8], [6]])], lostFrames: 4 }),
    'incomplete fourWay captureGap unknown',
  ],
  [
    'the access point vanished',
    connection({ handshakes: [handshake([[5], [6]])], ending: 'gone' }),
    'failed fourWay apVanished unknown',
  ],
];

const tells = (...words: ReadonlyArray<readonly [phase: string, outcome: string, reason?: number]>) =>
  words.map(([phase, outcome, reason], i) => ({
    ...at(5 + i),
    phase,
    outcome,
    text: 'words',
    ...(reason !== undefined && { reason }),
  }));

const byWord: ReadonlyArray<Row> = [
  [
    'nothing but an association',
    connection({ medium: 'log', told: tells(['association', 'success']), ending: 'open' }),
    'incomplete fourWay captureGap unknown',
  ],
  [
    'a passphrase that is suspected',
    connection({ medium: 'log', told: tells(['security', 'failure', MSMSEC.MSMSEC_PSK_MISMATCH_SUSPECTED]), ending: 'open' }),
    'failed fourWay likelyWrongPassphrase likelyWrong',
  ],
  [
    'a handshake that failed',
    connection({ medium: 'log', told: tells(['security', 'failure'], ['connection', 'failure']), ending: 'open' }),
    'failed fourWay unknown unknown',
  ],
  [
    '802.1X that failed',
    connection({ medium: 'log', told: tells(['oneX', 'failure']), ending: 'open' }),
    'failed eap eapFailure unknown',
  ],
  [
    'an association that was refused',
    connection({ medium: 'log', told: tells(['association', 'failure']), ending: 'open' }),
    'failed association associationRefused unknown',
  ],
  [
    'a suspicion that frames refute',
    connection({
      handshakes: [handshake([[5], [6], [7, 8, 9]])],
      told: tells(['security', 'failure', MSMSEC.MSMSEC_PSK_MISMATCH_SUSPECTED]),
      farewells: [farewell(20)],
    }),
    'failed fourWay messageLost excluded',
  ],
];

const before: ReadonlyArray<Row> = [
  [
    'the association is refused',
    connection({ association: { request: at(3), response: at(4), status: 43, isReassociation: false } }),
    'failed association associationRefused unknown',
  ],
  [
    'an association request without a response, and the capture ends',
    connection({ association: { request: at(3), isReassociation: false }, ending: 'open' }),
    'incomplete association captureGap unknown',
  ],
  [
    'fast transition with a wrong MIC',
    connection({ association: { request: at(3), response: at(4), status: 0, isReassociation: true, fastTransition: 'refuted' } }),
    'failed association keyMismatch unknown',
  ],
  [
    'fast transition',
    connection({
      association: { request: at(3), response: at(4), status: 0, isReassociation: true, fastTransition: 'unchecked' },
    }),
    'authorized none none excluded',
  ],
  [
    'an open network',
    connection({ security: { proto: 'open', pmf: 'none' }, farewells: [byStation] }),
    'authorized none none unknown',
  ],
  [
    'an authentication refused',
    without(connection({ authentications: [authentication(1), authentication(2, { status: 17 })] }), 'association'),
    'failed authentication associationRefused unknown',
  ],
  [
    'a request of authentication in which the status is not zero',
    without(connection({ authentications: [authentication(1, { status: 2 })] }), 'association'),
    'failed authentication messageLost unknown',
  ],
  [
    'an authentication unanswered by an access point that is there',
    without(connection({ authentications: [authentication(1)] }), 'association'),
    'failed authentication messageLost unknown',
  ],
  [
    'SAE: the confirm refused',
    without(
      connection({
        security: sae,
        authentications: [1, 2, 3, 4].map((frame) =>
          authentication(frame, { algorithm: 3, transaction: frame < 3 ? 1 : 2, status: frame === 4 ? 15 : 0 }),
        ),
      }),
      'association',
    ),
    'failed authentication saeFailure likelyWrong',
  ],
  [
    'SAE: the group refused, which says nothing about the password',
    without(
      connection({
        security: sae,
        authentications: [authentication(1, { algorithm: 3 }), authentication(2, { algorithm: 3, transaction: 1, status: 77 })],
      }),
      'association',
    ),
    'failed authentication saeFailure unknown',
  ],
  [
    'SAE: two confirms and silence',
    without(
      connection({
        security: sae,
        authentications: [
          authentication(1, { algorithm: 3 }),
          authentication(2, { algorithm: 3, transaction: 1 }),
          authentication(3, { algorithm: 3, transaction: 2 }),
          authentication(5, { algorithm: 3, transaction: 2 }),
        ],
      }),
      'association',
    ),
    'failed authentication saeFailure likelyWrong',
  ],
  [
    'SAE: one confirm and silence',
    without(
      connection({
        security: sae,
        authentications: [
          authentication(1, { algorithm: 3 }),
          authentication(2, { algorithm: 3, transaction: 1 }),
          authentication(3, { algorithm: 3, transaction: 2 }),
        ],
        ending: 'open',
      }),
      'association',
    ),
    'incomplete authentication captureGap unknown',
  ],
  [
    'SAE: hash to element is no refusal',
    without(
      connection({
        security: sae,
        authentications: [
          authentication(1, { algorithm: 3, status: 126 }),
          authentication(2, { algorithm: 3, transaction: 1, status: 126 }),
        ],
        ending: 'open',
      }),
      'association',
    ),
    'incomplete authentication captureGap unknown',
  ],
  [
    'EAP-Failure',
    connection({
      security: oneX,
      eap: eap({ result: 'failure', resultMark: at(12) }),
      farewells: [farewell(20, { reason: 23 })],
    }),
    'failed eap eapFailure unknown',
  ],
  [
    'a TLS alert',
    connection({
      security: oneX,
      eap: eap({ result: 'failure', tlsAlert: { ...at(11), from: 'station', level: 2, description: 48 } }),
      farewells: [farewell(20, { reason: 23 })],
    }),
    'failed eap tlsAlert unknown',
  ],
  [
    'a TLS warning is no failure',
    connection({ security: oneX, eap: eap({ tlsAlert: { ...at(11), from: 'ap', level: 1, description: 0 } }), ending: 'open' }),
    'incomplete eap captureGap unknown',
  ],
  [
    'a request repeated in vain',
    connection({
      security: oneX,
      eap: eap({ unanswered: at(11), retransmissions: [12, 13].map((frame) => ({ ...at(frame), from: 'ap' })) }),
      farewells: [farewell(20, { reason: 3 })],
    }),
    'failed eap eapTimeout unknown',
  ],
  [
    'thrown out in the middle of EAP',
    connection({ security: oneX, eap: eap({ unanswered: at(11) }), farewells: [farewell(12, { reason: 3 })] }),
    'interrupted eap deauthenticated unknown',
  ],
  [
    'the station leaves in the middle of EAP',
    connection({ security: oneX, eap: eap({ unanswered: at(11) }), farewells: [farewell(12, { by: 'station', reason: 3 })] }),
    'interrupted eap stationLeft unknown',
  ],
  [
    'EAP never began',
    connection({ security: oneX, farewells: [farewell(20, { reason: 3 })] }),
    'interrupted eap deauthenticated unknown',
  ],
  [
    'a wire',
    without(
      connection({ medium: 'wire', authentications: [], eap: eap({ result: 'success', resultMark: at(12) }) }),
      'association',
      'security',
    ),
    'authorized none none unknown',
  ],
  [
    'nothing but a farewell',
    without(connection({ beginning: 'middle', authentications: [], farewells: [byStation] }), 'association', 'security'),
    'interrupted none stationLeft unknown',
  ],
];

const up = { handshakes: [handshake([[5], [6], [7], [8]])] };
const reuse = (frame: number, pn: number) => ({ ...at(frame), from: 'ap' as const, pn, highest: 90, isGroup: false });
const group = (m1: ReadonlyArray<number>, m2: ReadonlyArray<number>) => ({
  messages: [m1.map((frame) => message(frame)), m2.map((frame) => message(frame))] as const,
  isComplete: m2.length > 0,
});

const after: ReadonlyArray<Row> = [
  [
    'the access point says goodbye',
    connection({ ...up, farewells: [farewell(20, { reason: 8 })] }),
    'authorized none none excluded',
  ],
  [
    'the access point throws it out',
    connection({ ...up, farewells: [farewell(20, { reason: 6 })] }),
    'authorized none deauthenticated excluded',
  ],
  [
    'a farewell nobody believed',
    connection({ ...up, farewells: [farewell(20, { reason: 6, isBelieved: false })], ending: 'open' }),
    'authorized none none excluded',
  ],
  ['the access point vanished', connection({ ...up, ending: 'gone' }), 'authorized none apVanished excluded'],
  [
    'a group key handshake lost',
    connection({ ...up, groupHandshakes: [group([12, 14, 16], [])], farewells: [farewell(20, { reason: 16 })] }),
    'authorized group groupRekeyLost excluded',
  ],
  [
    'a group key handshake that came through, and a farewell',
    connection({ ...up, groupHandshakes: [group([12], [13])], farewells: [farewell(20, { reason: 4 })] }),
    'authorized none deauthenticated excluded',
  ],
  [
    'a renewal of the pairwise key lost',
    connection({ handshakes: [...up.handshakes, handshake([[12, 14]], { isRekey: true })], farewells: [farewell(20)] }),
    'authorized fourWay messageLost excluded',
  ],
  [
    'a key installed again',
    connection({ ...up, reuses: [reuse(12, 1), reuse(13, 2)], farewells: [byStation] }),
    'authorized none keyReinstallation excluded',
  ],
  [
    'one frame replayed',
    connection({ ...up, reuses: [reuse(12, 1), reuse(13, 1)], farewells: [byStation] }),
    'authorized none none excluded',
  ],
  [
    'mid-air, with traffic',
    without(
      connection({
        beginning: 'middle',
        authentications: [],
        traffic: { heard: 9, tried: 0, opened: 0, last: at(15) },
        ending: 'open',
      }),
      'association',
    ),
    'authorized none none excluded',
  ],
];

const judged = (seen: Connection): string => {
  const { outcome, step, cause, passphrase } = judge(seen);
  return `${outcome} ${step} ${cause} ${passphrase}`;
};

const families = {
  'the passphrase': passphrases,
  'the 4-way handshake': fourWay,
  'before the keys': before,
  'after the opening': after,
  'what a log says': byWord,
};

describe('judge', () => {
  for (const [family, rows] of Object.entries(families)) {
    describe(family, () => {
      for (const [title, seen, verdict] of rows) {
        it(title, () => {
          expect(judged(seen)).to.equal(verdict);
        });
      }
    });
  }

  it('has a case for every cause and every judgement of the passphrase', () => {
    const verdicts = Object.values(families).flatMap((rows) => rows.map(([, , verdict]) => verdict.split(' ')));
    expect([...new Set(verdicts.map(([, , cause]) => cause))]).to.have.length(19);
    expect([...new Set(verdicts.map((words) => words[3]))]).to.have.length(5);
  });
});
