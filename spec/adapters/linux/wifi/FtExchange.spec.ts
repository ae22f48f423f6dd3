import { expect } from 'chai';
import { isLeft } from 'fp-ts/lib/Either.js';
import type { Candidate } from '../../../../adapters/linux/wifi/chooseBss.js';
import { FtExchange, type MobilityKeys } from '../../../../adapters/linux/wifi/FtExchange.js';
import { OpenExchange } from '../../../../adapters/linux/wifi/OpenExchange.js';
import type { FtRequest } from '../../../../operators/core/index.js';
import { type MacAddress, Secret, toHex } from '../../../../streams/events/index.js';
import {
  ElementId,
  findElement,
  leadingElements,
  readFastTransition,
  withPmkids,
  writeAuthenticationFrame,
  writeFastTransition,
} from '../../../../streams/frames/index.js';
import { octets, PSK_BEACON } from './accessPoints.js';

const OWN = '02:00:00:00:01:00' as MacAddress;
const RSNE = octets('3014 0100 000fac04 0100 000fac04 0100 000fac04 0000');
const MDE = octets('3603 a1b200');
const NAME = octets('00112233445566778899aabbccddeeff');
const candidate: Candidate = {
  bss: PSK_BEACON,
  security: { element: RSNE, mobilityDomain: MDE, wpaVersion: 2, akm: 0x000fac04, pairwise: 0x000fac04, group: 0x000fac04 },
};
const keysOf = (): MobilityKeys => ({
  r0: { pmkR0: Secret.of(new Uint8Array(32).fill(7)), name: NAME },
  r0KeyHolder: new TextEncoder().encode('ap.example'),
});

const begun = (to: Candidate = candidate) => {
  const keys = keysOf();
  const said: { sent: Uint8Array[]; requests: FtRequest[]; failures: string[] } = { sent: [], requests: [], failures: [] };
  const exchange = new FtExchange(
    {
      own: OWN,
      transmit: (body) => said.sent.push(body),
      accepted: (request) => said.requests.push(request),
      failed: ({ why, isSilence }) => said.failures.push(isSilence ? `${why} (silence)` : why),
    },
    to,
    keys,
  );
  exchange.start();
  return { said, exchange, pmkR0: keys.r0.pmkR0 };
};

/** What the access point answers to the first frame. */
const answerTo = (sent: Uint8Array | undefined, status = 0): Uint8Array => {
  const fte = findElement(leadingElements(sent?.subarray(6) ?? octets('')), ElementId.codes.FAST_TRANSITION);
  const asked = readFastTransition(fte?.body ?? octets(''), 16);
  if (isLeft(asked)) throw new Error(asked.left.message);
  const told = writeFastTransition({ ...asked.right, anonce: new Uint8Array(32).fill(3), r1KeyHolder: octets('020000000000') });
  if (isLeft(told)) throw new Error(told.left.message);
  const rest = status === 0 ? Uint8Array.of(...withPmkids(RSNE, [NAME]), ...MDE, ...told.right) : octets('');
  return writeAuthenticationFrame({ algorithm: 2, transaction: 2, status, rest });
};

describe('a fast transition before its reassociation, on a radio', () => {
  it('asks with a nonce of its own, and goes on to the request', () => {
    const { said, exchange, pmkR0 } = begun();
    const other = begun();
    expect(toHex(said.sent[0] ?? octets(''))).not.to.equal(toHex(other.said.sent[0] ?? octets('')));
    exchange.hear(answerTo(said.sent[0]));
    expect([said.requests.length, said.failures.length]).to.deep.equal([1, 0]);
    expect(said.requests[0]?.pmkR1.length).to.equal(32);
    expect(pmkR0.reveal()[0], 'the PMK-R0 is not kept').to.equal(0);
  });

  it('says why the access point does not want it, or that it does not answer', () => {
    const refused = begun();
    refused.exchange.hear(answerTo(refused.said.sent[0], 28));
    expect(refused.said.failures).to.have.length(1);
    expect(refused.said.failures[0]).to.match(/R0KH_UNREACHABLE[^(]*\([^(]*\)$/);
    const silent = begun();
    silent.exchange.hear(undefined);
    expect(silent.said.failures[0]).to.match(/did not answer.*silence/);
    expect(silent.pmkR0.reveal()[0]).to.equal(0);
  });

  it('hears one answer, and none once it is cancelled', () => {
    const { said, exchange } = begun();
    const answer = answerTo(said.sent[0]);
    exchange.hear(answer);
    exchange.hear(answer);
    expect(said.requests).to.have.length(1);
    const cancelled = begun();
    cancelled.exchange.cancel();
    cancelled.exchange.hear(answerTo(cancelled.said.sent[0]));
    expect([cancelled.said.requests, cancelled.said.failures]).to.deep.equal([[], []]);
    expect(cancelled.pmkR0.reveal()[0]).to.equal(0);
  });

  it('fails at once where there is no domain', () => {
    const { mobilityDomain: _, ...security } = candidate.security ?? { mobilityDomain: MDE };
    const { said } = begun({ bss: PSK_BEACON, ...('element' in security && { security }) });
    expect([said.sent.length, said.failures.length]).to.deep.equal([0, 1]);
  });
});

describe('open authentication on a radio', () => {
  const open = () => {
    const said: string[] = [];
    const exchange = new OpenExchange({
      transmit: (body) => said.push(toHex(body)),
      accepted: () => said.push('accepted'),
      failed: ({ why, isSilence }) => said.push(isSilence ? `${why} (silence)` : why),
    });
    exchange.start();
    return { said, exchange };
  };
  const answer = (changes: { algorithm?: number; transaction?: number; status?: number } = {}): Uint8Array =>
    writeAuthenticationFrame({ algorithm: 0, transaction: 2, status: 0, rest: octets(''), ...changes });

  it('is a frame each way', () => {
    const { said, exchange } = open();
    exchange.hear(answer());
    exchange.hear(answer());
    expect(said).to.deep.equal(['000001000000', 'accepted']);
  });

  it('passes over frames that are no answer to it', () => {
    const { said, exchange } = open();
    for (const body of [answer({ algorithm: 3 }), answer({ transaction: 1 }), octets('00')]) exchange.hear(body);
    expect(said).to.have.length(1);
  });

  it('says that it was refused, that nobody answered, and nothing once it is cancelled', () => {
    const refused = open();
    refused.exchange.hear(answer({ status: 17 }));
    expect(refused.said[1]).to.match(/refused the authentication: TOO_MANY_STATIONS/);
    const silent = open();
    silent.exchange.hear(undefined);
    expect(silent.said[1]).to.match(/did not answer.*silence/);
    const cancelled = open();
    cancelled.exchange.cancel();
    cancelled.exchange.hear(answer());
    expect(cancelled.said).to.have.length(1);
  });
});
