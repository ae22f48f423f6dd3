import { expect } from 'chai';
import { isRight } from 'fp-ts/lib/Either.js';
import { nodeCrypto } from '../../../../adapters/crypto/index.js';
import {
  checkMessage,
  compareKeys,
  doubtOf,
  joinEapMessage,
  mppeKeysOf,
  RadiusCode,
  type RadiusPacket,
  readRadius,
} from '../../../../adapters/radius/index.js';
import { Secret } from '../../../../streams/events/index.js';
import { readEap } from '../../../../streams/frames/index.js';
import { fixtures, hasLab, labRecordings, type RadiusRecording } from '../../../support/radius/recordings.js';
import { rightOf } from '../../../support/radius/rightOf.js';

const { ACCESS_REQUEST, ACCESS_ACCEPT } = RadiusCode.codes;

interface Pair {
  readonly request: RadiusPacket;
  readonly answer: RadiusPacket;
}

/** Each answer with the last request of its identifier. */
const pairsOf = ({ packets }: RadiusRecording): ReadonlyArray<Pair> => {
  const requests = new Map<number, RadiusPacket>();
  return packets.flatMap((bytes) => {
    const packet = rightOf(readRadius(bytes));
    const request = requests.get(packet.identifier);
    if (packet.code === ACCESS_REQUEST) requests.set(packet.identifier, packet);
    return packet.code === ACCESS_REQUEST || request === undefined ? [] : [{ request, answer: packet }];
  });
};

const holds = (recording: RadiusRecording): void => {
  const shared = { crypto: nodeCrypto, secret: recording.secret };
  const pairs = pairsOf(recording);

  it('every packet decodes, and carries EAP', () => {
    expect(recording.packets.length).to.be.above(9);
    for (const bytes of recording.packets) {
      const packet = rightOf(readRadius(bytes));
      expect(packet.bytes).to.deep.equal(bytes);
      const eap = rightOf(joinEapMessage(packet));
      expect(eap).to.not.equal(undefined);
      if (eap !== undefined) expect(isRight(readEap(eap))).to.equal(true);
    }
  });

  it('every request is signed, and every answer genuine', () => {
    expect(pairs.length).to.be.above(4);
    for (const { request, answer } of pairs) {
      expect(checkMessage(shared, request, request.authenticator)).to.equal('genuine');
      expect(doubtOf(shared, answer, request.authenticator)).to.equal(undefined);
    }
  });

  it('no answer is genuine under another secret, nor for another request', () => {
    const other = { ...shared, secret: new TextEncoder().encode('another') };
    for (const [n, { request, answer }] of pairs.entries()) {
      expect(doubtOf(other, answer, request.authenticator)).to.equal('responseAuthenticator');
      expect(checkMessage(other, request, request.authenticator)).to.equal('wrong');
      const next = pairs[n + 1]?.request.authenticator;
      if (next !== undefined) expect(doubtOf(shared, answer, next)).to.equal('responseAuthenticator');
    }
  });

  it('the keys of the acceptance are those of the log', () => {
    const accept = pairs.find(({ answer }) => answer.code === ACCESS_ACCEPT);
    if (accept === undefined) throw new Error('no Access-Accept');
    const keys = rightOf(mppeKeysOf(shared, accept.answer, accept.request.authenticator));
    expect(recording.msk).to.have.length(64);
    expect(keys.receive?.reveal()).to.deep.equal(recording.msk.slice(0, 32));
    expect(keys.send?.reveal()).to.deep.equal(recording.msk.slice(32));
    expect(compareKeys(Secret.of(recording.msk), keys)).to.equal('match');
  });
};

for (const recording of fixtures) describe(`a recorded authentication: ${recording.name}`, () => holds(recording));

describe('the recorded authentications beside the checkout', () => {
  it('are there, or these are skipped', function () {
    if (!hasLab) this.skip();
    expect(labRecordings.length).to.be.at.least(9);
  });
  for (const recording of labRecordings) describe(recording.name, () => holds(recording));
});
