import { expect } from 'chai';
import { nodeCrypto } from '../../../../adapters/crypto/index.js';
import { unmask } from '../../../../adapters/radius/packet/hiddenValue.js';
import {
  attributesOf,
  checkMessage,
  doubtOf,
  RadiusAttributeType,
  readRadius,
  responseAuthenticator,
  signMessage,
} from '../../../../adapters/radius/packet/index.js';
import { changed, hex } from '../../../streams/frames/hex.js';
import { rightOf } from '../../../support/radius/rightOf.js';

const { codes } = RadiusAttributeType;
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const shared = { crypto: nodeCrypto, secret: utf8('xyzzy5461') };

/** RFC 2865 7.1: user Telnet to specified host. */
const telnet = {
  request: hex(`01 00 00 38 0f 40 3f 94 73 97 80 57 bd 83 d5 cb 98 f4 22 7a 01 06 6e 65 6d 6f 02 12 0d be 70 8d 93 d4 13 ce
    31 96 e4 3f 78 2a 0a ee 04 06 c0 a8 01 10 05 06 00 00 00 03`),
  accept: hex(`02 00 00 26 86 fe 22 0e 76 24 ba 2a 10 05 f6 bf 9b 55 e0 b2 06 06 00 00 00 01 0f 06 00 00 00 00 0e 06 c0 a8
    01 03`),
};

/** RFC 2865 7.2: framed user authenticating with CHAP. */
const chap = {
  request: hex(`01 01 00 47 2a ee 86 f0 8d 0d 55 96 9c a5 97 8e 0d 33 67 a2 01 08 66 6c 6f 70 73 79 03 13 16 e9 75 57 c3 16
    18 58 95 f2 93 ff 63 44 07 72 75 04 06 c0 a8 01 10 05 06 00 00 00 14 06 06 00 00 00 02 07 06 00 00 00 01`),
  accept: hex(`02 01 00 38 15 ef bc 7d ab 26 cf a3 dc 34 d9 c0 3c 86 01 a4 06 06 00 00 00 02 07 06 00 00 00 01 08 06 ff ff
    ff fe 0a 06 00 00 00 02 0d 06 00 00 00 01 0c 06 00 00 05 dc`),
};

describe('the vectors of RFC 2865', () => {
  for (const [name, { request, accept }] of Object.entries({ '7.1': telnet, '7.2': chap })) {
    it(`${name}: the Response Authenticator`, () => {
      const [asked, answer] = [rightOf(readRadius(request)), rightOf(readRadius(accept))];
      expect(responseAuthenticator(shared, answer, asked.authenticator)).to.deep.equal(answer.authenticator);
    });

    it(`${name}: an answer without Message-Authenticator is doubted all the same`, () => {
      const [asked, answer] = [rightOf(readRadius(request)), rightOf(readRadius(accept))];
      expect(doubtOf(shared, answer, asked.authenticator)).to.equal('noMessageAuthenticator');
    });
  }

  it('7.1: the password that is hidden', () => {
    const request = rightOf(readRadius(telnet.request));
    const [hidden] = attributesOf(request, codes['User-Password']);
    const plain = unmask(shared, hidden?.value ?? new Uint8Array(0), request.authenticator);
    expect(plain).to.deep.equal(utf8('arctangent\0\0\0\0\0\0'));
  });

  it('7.2: the response to the CHAP challenge, which is the authenticator (RFC 2865 5.3)', () => {
    const request = rightOf(readRadius(chap.request));
    const [response] = attributesOf(request, codes['CHAP-Password']);
    const [identifier = 0, ...digest] = response?.value ?? [];
    const input = Uint8Array.of(identifier, ...utf8('arctangent'), ...request.authenticator);
    expect([...nodeCrypto.hash('md5', input)]).to.deep.equal(digest);
  });
});

/** A Status-Server and its answer with a Message-Authenticator each: RFC 5997 6.1, 6.2. */
const status = {
  request: hex(`0c da 00 26 8a 54 f4 68 6f b3 94 c5 28 66 e3 02 18 5d 06 23 50 12 5a 66 5e 2e 1e 84 11 f3 e2 43 82 20 97 c8
    4f a3`),
  accept: hex('02 da 00 14 ef 0d 55 2a 4b f2 d6 93 ec 2b 6f e8 b5 41 1d 66'),
};

describe('the Message-Authenticator (RFC 3579 3.2)', () => {
  const request = rightOf(readRadius(status.request));

  it('agrees with RFC 5997 6.1, in the request', () => {
    expect(checkMessage(shared, request, request.authenticator)).to.equal('genuine');
    const unsigned = changed(status.request, 22, ...new Array<number>(16).fill(0xaa));
    signMessage(shared, unsigned, 20);
    expect(unsigned).to.deep.equal(status.request);
  });

  it('agrees with RFC 5997 6.1, in the authenticator of the answer', () => {
    const answer = rightOf(readRadius(status.accept));
    expect(responseAuthenticator(shared, answer, request.authenticator)).to.deep.equal(answer.authenticator);
  });

  it('is wrong as soon as one octet of the packet is', () => {
    for (let at = 0; at < status.request.length; at++) {
      // A length that is impossible makes no packet.
      if (at === 2 || at === 3) continue;
      const packet = readRadius(changed(status.request, at, (status.request[at] ?? 0) ^ 1));
      if (packet._tag === 'Left') continue;
      const found = checkMessage(shared, packet.right, packet.right.authenticator);
      expect(found, `octet ${at}`).to.be.oneOf(at === 20 ? ['missing'] : ['wrong']);
    }
  });

  it('is wrong when there are two, or one of another size', () => {
    const signature = status.request.slice(20);
    const twice = Uint8Array.of(...status.request.slice(0, 2), 0, 56, ...status.request.slice(4), ...signature);
    const packet = rightOf(readRadius(twice));
    expect(checkMessage(shared, packet, packet.authenticator)).to.equal('wrong');
    const short = Uint8Array.of(
      ...status.request.slice(0, 2),
      0,
      37,
      ...status.request.slice(4, 20),
      80,
      17,
      ...signature.slice(2, 17),
    );
    const shortened = rightOf(readRadius(short));
    expect(checkMessage(shared, shortened, shortened.authenticator)).to.equal('wrong');
  });
});
