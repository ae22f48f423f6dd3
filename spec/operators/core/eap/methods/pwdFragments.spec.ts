import { expect } from 'chai';
import fc from 'fast-check';
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js';
import { gatherPwd, type PwdGathered, type PwdGathering } from '../../../../../operators/core/eap/methods/pwd/gatherPwd.js';
import {
  type PwdFragment,
  readPwdFragment,
  writePwdMessage,
} from '../../../../../operators/core/eap/methods/pwd/pwdFragments.js';

const EXCHANGE = 2;
const octets = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => at);
const piece = (length: number, more: Partial<PwdFragment> = {}): PwdFragment => ({
  ...{ exchange: EXCHANGE, hasMore: true, payload: octets(length) },
  ...more,
});
const first = (length: number, totalLength: number): PwdFragment => piece(length, { totalLength });

/** What one piece after the other brings, until one is refused. */
const gathered = (...pieces: ReadonlyArray<PwdFragment>): Either<string, PwdGathered> => {
  let gathering: PwdGathering | undefined;
  let last: Either<string, PwdGathered> = left('nothing');
  for (const one of pieces) {
    last = gatherPwd(gathering, one);
    if (isLeft(last)) return last;
    gathering = last.right.isWhole ? undefined : last.right.gathering;
  }
  return last;
};

const refusal = (...pieces: ReadonlyArray<PwdFragment>): string => {
  const result = gathered(...pieces);
  return isLeft(result) ? result.left : 'none';
};

describe('the pieces of a message of EAP-pwd (RFC 5931 3.1)', () => {
  it('come together again, whatever the room is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 400 }), fc.integer({ min: 4, max: 420 }), (message, room) => {
        const packets = writePwdMessage(EXCHANGE, message, room);
        for (const packet of packets) expect(packet.length).to.be.at.most(room);
        const pieces = packets.map((packet) => {
          const read = readPwdFragment(packet);
          return isLeft(read) ? piece(0) : read.right;
        });
        expect(pieces.map(({ hasMore }) => hasMore)).to.deep.equal(packets.map((_, at) => at < packets.length - 1));
        expect(pieces.map(({ totalLength }) => totalLength)).to.deep.equal(
          packets.map((_, at) => (at === 0 && packets.length > 1 ? message.length : undefined)),
        );
        expect(gathered(...pieces)).to.deep.equal(right({ isWhole: true, message }));
      }),
    );
  });

  it('are refused when the first does not say how long the whole is', () => {
    expect(refusal(piece(5))).to.match(/first piece/);
  });

  it('are refused when the whole would be longer than anything that makes sense', () => {
    expect(refusal(first(5, 2049))).to.match(/at most 2048/);
    expect(refusal(first(5, 2048))).to.equal('none');
  });

  it('are refused as soon as they are more than was announced', () => {
    expect(refusal(first(5, 8), piece(4))).to.match(/announced/);
  });

  it('are refused when they are fewer than was announced', () => {
    expect(refusal(first(5, 20), piece(4, { hasMore: false }))).to.match(/announced/);
    expect(refusal(piece(5, { hasMore: false, totalLength: 9 }))).to.match(/says it has 9/);
  });

  it('are refused when they belong to another exchange', () => {
    expect(refusal(first(5, 20), piece(4, { exchange: 3 }))).to.match(/exchange 3 in the middle of exchange 2/);
  });

  it('are refused when a second one is the first', () => {
    expect(refusal(first(5, 20), first(5, 20))).to.match(/another first piece/);
  });

  it('are refused when there is nothing in them, without end', () => {
    expect(refusal(first(0, 20))).to.match(/without anything/);
    expect(refusal(first(5, 20), piece(0))).to.match(/without anything/);
  });

  it('cannot be read when more follows than was announced', () => {
    expect(isLeft(readPwdFragment(Uint8Array.of(0xc2, 0, 2, 1, 2, 3)))).to.equal(true);
    expect(isLeft(readPwdFragment(Uint8Array.of(0x82, 0)))).to.equal(true);
    expect(isLeft(readPwdFragment(new Uint8Array(0)))).to.equal(true);
  });
});
