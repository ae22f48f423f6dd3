import { expect } from 'chai';
import { nodeCrypto } from '../../../../adapters/crypto/index.js';
import { createExplainer, type Explanation } from '../../../../operators/core/verdict/index.js';
import { bytesOfMac48, type Mac48 } from '../../../../streams/air/index.js';
import {
  AP,
  be16,
  beacon,
  beaconBody,
  data,
  eapol,
  FROM_DS,
  key,
  llc,
  management,
  REQUEST,
  RETRY,
  RSNE,
  SSID,
  STATION,
  TO_DS,
} from '../../../streams/air/building.js';
import { batchOf, captured } from '../../../streams/air/hearAll.js';
import {
  A,
  answers,
  asks,
  associates,
  auth,
  type Draft,
  heard,
  message,
  S,
  S2,
  type Script,
} from '../../../support/airScript.js';
import { joined } from '../../../support/captureBytes.js';
import { connectionsOf } from '../../../support/observed.js';

const acknowledges = (of: number, station: Mac48 = S, sign: 'expected' | 'heard' | 'doubtful' = 'heard'): Draft => ({
  ...{ kind: 'acknowledgement', station, ap: A, from: 'station', of, sign },
});

const acknowledgementsIn = (...script: Script) => connectionsOf(heard(...script)).map(({ acknowledgements }) => acknowledgements);

describe('what an observer notes of acknowledgements', () => {
  it('by the frames of a connection, certain and doubtful ones apart', () => {
    const script: Script = [
      ...associates(0, S, A),
      [1, acknowledges(1)],
      [1, acknowledges(3, S, 'doubtful')],
      [1, acknowledges(4)],
    ];
    expect(acknowledgementsIn(...script)).to.deep.equal([{ expected: [], heard: [1, 4], doubtful: [3] }]);
  });

  it('nothing where there are none, or of frames that are not its own', () => {
    expect(acknowledgementsIn(...associates(0, S, A))).to.deep.equal([undefined]);
    expect(acknowledgementsIn(...associates(0, S, A), [1, acknowledges(9)], [1, acknowledges(1, S2)])).to.deep.equal([undefined]);
    expect(acknowledgementsIn([0, auth(S2, A)], ...associates(1, S, A), [2, acknowledges(1)])).to.deep.equal([
      undefined,
      undefined,
    ]);
  });

  it('a request or response that was said anew counts as the first', () => {
    const anew: Script = [...associates(0, S, A), [0.5, asks(S, A)], [0.6, answers(S, A)]];
    expect(acknowledgementsIn(...anew, [1, acknowledges(5)], [1, acknowledges(6)])).to.deep.equal([
      { expected: [], heard: [3, 4], doubtful: [] },
    ]);
  });

  it('takes no part in what a connection lasts', () => {
    const [connection] = connectionsOf(heard(...associates(0, S, A), [1, message(1, S, A)], [2, acknowledges(5)]));
    expect(connection?.ended.frame).to.equal(5);
  });

  it('at most 64 of each', () => {
    const many = Array.from({ length: 100 }, (): Script[number] => [1, acknowledges(1)]);
    expect(acknowledgementsIn(...associates(0, S, A), ...many)[0]?.heard).to.have.length(64);
  });
});

const ack = (to: Mac48): Uint8Array => joined(Uint8Array.of(0xd4, 0, 0, 0), bytesOfMac48(to));
const withCounter = (packet: Uint8Array, counter: number): Uint8Array => packet.with(16, counter);
const message1 = (counter: number): Uint8Array =>
  data(llc(withCounter(key(0x008a), counter).fill(0x11, 17, 49)), { flags: FROM_DS });
/** With the element of the request, without which it would be message 4. */
const MESSAGE_2 = eapol(3, joined(Uint8Array.of(2), be16(0x010a), new Uint8Array(90), be16(RSNE.length), RSNE));
const message2 = (counter: number, sequence: number, flags = 0): Uint8Array =>
  data(llc(withCounter(MESSAGE_2, counter).fill(0x22, 17, 49)), { flags: TO_DS | flags, sequence });
const deauthentication = management(12, Uint8Array.of(15, 0), { to: STATION, from: AP });
const authentication = (from: Mac48, to: Mac48, transaction: number): Uint8Array =>
  management(11, Uint8Array.of(0, 0, transaction, 0, 0, 0), { from, to });
const response = management(1, joined(Uint8Array.of(0x11, 4, 0, 0, 1, 0xc0)), { to: STATION, from: AP });

const announced = beacon(beaconBody(SSID, RSNE));
const associated: ReadonlyArray<Uint8Array> = [
  ...[announced, authentication(STATION, AP, 1), ack(STATION), authentication(AP, STATION, 2), ack(AP)],
  ...[management(0, REQUEST), ack(STATION)],
];

/** Message 2 as often as it is asked for, each with a further try; what follows the tries, and what surrounds it. */
const refused = (...behind: ReadonlyArray<Uint8Array>): ReadonlyArray<Uint8Array> =>
  [1, 2, 3, 4].flatMap((counter) => [
    ...[message1(counter), ack(AP), announced],
    ...[message2(counter, counter), message2(counter, counter, RETRY), ...behind],
  ]);

const RADIOTAP = 127;
/** All of it at 1 Mb/s, by the word of radiotap: Flags and Rate. */
const slowly = (frame: Uint8Array): Uint8Array => joined(Uint8Array.of(0, 0, 10, 0, 6, 0, 0, 0, 0, 2), frame);

/** The one connection there is, its frames a millisecond after each other. */
const explained = (...frames: ReadonlyArray<Uint8Array>): Explanation => explainedAs(RADIOTAP, frames.map(slowly));

const explainedAs = (linkType: number, frames: ReadonlyArray<Uint8Array>): Explanation => {
  const explainer = createExplainer({ crypto: nodeCrypto });
  const [first] = [...explainer.take(batchOf(captured(linkType, ...frames))), ...explainer.finish()];
  if (first === undefined) throw new Error('there is no connection');
  return first;
};

const story = ({ outcome, step, cause, passphrase }: Explanation): string => [outcome, step, cause, passphrase].join(' ');

describe('frames and their acknowledgements, explained', () => {
  const standing = [...associated, response, ack(AP)];

  it('message 2 in eight tries and none acknowledged: it was lost', () => {
    const explanation = explained(...standing, ...refused(), deauthentication);
    expect(story(explanation)).to.equal('failed fourWay messageLost unknown');
    const finding = explanation.findings.find(({ id }) => id === 'fourWay.message2NotHeard');
    expect(finding?.frames).to.deep.equal([13, 18, 23, 28]);
  });

  it('the same in a capture that does not tell how fast frames were: data may be too fast for this ear', () => {
    expect(story(explainedAs(105, [...standing, ...refused(), deauthentication]))).to.contain('likelyWrong');
  });

  it('message 2 whose second try is acknowledged each time: it was refused', () => {
    expect(story(explained(...standing, ...refused(ack(STATION)), deauthentication))).to.equal(
      'failed fourWay likelyWrongPassphrase likelyWrong',
    );
  });

  it('the same without any control frames: it looks refused', () => {
    const heardBy = [...standing, ...refused(), deauthentication].filter(([kind]) => kind !== 0xd4);
    expect(story(explained(...heardBy))).to.equal('failed fourWay likelyWrongPassphrase likelyWrong');
  });

  it('the same where only the station’s acknowledgements are heard, or only those of others', () => {
    const isToStation = (frame: Uint8Array): boolean => frame[0] === 0xd4 && frame[9] === (STATION & 0xff);
    const frames = [...standing, ...refused(), deauthentication];
    expect(story(explained(...frames.filter((frame) => !isToStation(frame))))).to.contain('likelyWrong');
    expect(story(explained(...frames.map((frame) => (isToStation(frame) ? ack(STATION + 1) : frame))))).to.contain('likelyWrong');
  });

  const eapPacket = (code: number, identifier: number, ...rest: ReadonlyArray<number>): Uint8Array =>
    llc(eapol(0, Uint8Array.of(code, identifier, 0, 4 + rest.length, ...rest)));
  const [IDENTITY, PEAP] = [1, 25];
  const identified = [
    ...[data(eapPacket(1, 1, IDENTITY), { flags: FROM_DS }), ack(AP)],
    ...[data(eapPacket(2, 1, IDENTITY, 0x62, 0x6f, 0x62), { flags: TO_DS }), ack(STATION)],
  ];
  const offered = (sequence: number): Uint8Array => data(eapPacket(1, 2, PEAP, 0x20), { flags: FROM_DS, sequence });
  const accepts = (sequence: number, flags = 0): Uint8Array =>
    data(eapPacket(2, 2, PEAP, 0, 1), { flags: TO_DS | flags, sequence });
  const gone = management(12, Uint8Array.of(23, 0), { to: STATION, from: AP });

  it('a response of EAP in six tries and none acknowledged: it was lost, and nobody refused it', () => {
    const asked = (...behind: ReadonlyArray<Uint8Array>): ReadonlyArray<Uint8Array> =>
      [31, 32, 33].flatMap((sequence) => [
        ...[offered(sequence), ack(AP), announced, accepts(sequence), accepts(sequence, RETRY), ...behind],
      ]);
    const explanation = explained(...standing, ...identified, ...asked(), gone);
    expect(story(explanation)).to.equal('failed eap messageLost unknown');
    const finding = explanation.findings.find(({ id }) => id === 'eap.responseNotHeard');
    expect(finding?.frames).to.deep.equal([17, 22, 27]);
    expect(story(explained(...standing, ...identified, ...asked(ack(STATION)), gone))).to.equal('failed eap eapFailure unknown');
    const plain = [...standing, ...identified, ...asked(), gone].filter(([kind]) => kind !== 0xd4);
    expect(story(explained(...plain))).to.equal('failed eap eapFailure unknown');
  });

  it('a request of EAP that is never acknowledged: the station did not hear it', () => {
    const asked = [31, 32, 33].flatMap((sequence) => [offered(sequence), announced]);
    const explanation = explained(...standing, ...identified, ...asked, gone);
    expect(story(explanation)).to.equal('failed eap messageLost unknown');
    expect(explanation.findings.find(({ id }) => id === 'eap.requestNotHeard')?.frames).to.deep.equal([14, 16, 18]);
    expect(story(explained(...standing, ...identified, ...asked.slice(0, -1), ack(AP), gone))).to.equal(
      'failed eap eapTimeout unknown',
    );
  });

  it('an association response that is never acknowledged: the station did not hear it', () => {
    const again = [7, 8, 9].map((sequence) =>
      management(1, Uint8Array.of(0x11, 4, 0, 0, 1, 0xc0), { to: STATION, from: AP, sequence }),
    );
    const leaves = management(12, Uint8Array.of(3, 0));
    expect(story(explained(...associated, ...again, leaves))).to.equal('failed association messageLost unknown');
    expect(story(explained(...associated, ...again, ack(AP), leaves))).to.equal('interrupted fourWay stationLeft unknown');
  });
});
