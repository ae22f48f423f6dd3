import { expect } from 'chai';
import fc from 'fast-check';
import { lastValueFrom, of, toArray } from 'rxjs';
import { noTrail } from '../../../../adapters/radius/conversation/Trail.js';
import {
  type AuthenticationEvent,
  attempts,
  type ConversationResult,
  spreadOf,
  Tally,
} from '../../../../adapters/radius/index.js';
import { Secret } from '../../../../streams/events/index.js';

const server = {
  name: 'a',
  address: '192.0.2.1',
  family: 4,
  port: 1812,
  transport: 'udp',
  secret: Secret.of(new Uint8Array(1)),
} as const;

const result = (kind: ConversationResult['verdict']['kind']): ConversationResult => ({
  verdict: { kind, message: `it is ${kind}` },
  server,
  trail: { ...noTrail, answers: 2 },
});

const sent = (at: number, attempt = 1): AuthenticationEvent => ({
  kind: 'sent',
  at,
  server,
  identifier: 0,
  attempt,
  octets: 1,
  eap: '',
});
const received = (at: number, step: string): AuthenticationEvent => ({ kind: 'received', at, code: 11, octets: 1, step });

/** Two rounds of identity, one of tls; the second request had to be repeated. */
const events = (kind: ConversationResult['verdict']['kind'] = 'authenticated'): ReadonlyArray<AuthenticationEvent> => [
  sent(1),
  received(3, 'identity'),
  sent(4),
  sent(14, 2),
  received(20, 'identity'),
  sent(25),
  received(26, 'tls'),
  { kind: 'result', at: 30, result: result(kind) },
];

describe('what is measured of an authentication', () => {
  it('adds up: its steps are the whole, and the server has its share', async () => {
    const [attempt] = await lastValueFrom(
      attempts({ repeat: 1, concurrency: 1, authentication: () => of(...events()) }).pipe(toArray()),
    );
    expect(attempt).to.deep.include({ ms: 30, serverMs: 2 + 16 + 1, rounds: 3, repetitions: 1 });
    expect([...(attempt?.steps ?? [])]).to.deep.equal([
      ['identity', 20],
      ['tls', 10],
    ]);
  });

  it('is summed up over many', async () => {
    const tally = new Tally();
    const kinds = ['authenticated', 'noAnswer', 'authenticated'] as const;
    const each = attempts({ repeat: 3, concurrency: 2, authentication: (n) => of(...events(kinds[n])) });
    await lastValueFrom(each.pipe(toArray())).then((all) => {
      for (const attempt of all) tally.add(attempt);
    });
    const report = tally.report(1.5);
    expect(report).to.deep.include({ attempts: 3, authenticated: 2, perSecond: 2, rounds: 9, repetitions: 3 });
    expect(report.verdicts.map(({ kind, count }) => [kind, count])).to.deep.equal([
      ['authenticated', 2],
      ['noAnswer', 1],
    ]);
    expect(report.whole).to.deep.equal({ count: 2, p50: 30, p90: 30, p99: 30, max: 30 });
    expect(report.steps.map(([name]) => name)).to.deep.equal(['identity', 'tls']);
  });
});

describe('spreadOf', () => {
  it('takes the nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, n) => 100 - n);
    expect(spreadOf(hundred)).to.deep.equal({ count: 100, p50: 50, p90: 90, p99: 99, max: 100 });
    expect(spreadOf([3, 1, 2])).to.deep.equal({ count: 3, p50: 2, p90: 3, p99: 3, max: 3 });
    expect(spreadOf([])).to.deep.equal({ count: 0, p50: 0, p90: 0, p99: 0, max: 0 });
  });

  it('is made of values that occurred, in order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1 }), (values) => {
        const { p50, p90, p99, max } = spreadOf(values);
        for (const value of [p50, p90, p99]) expect(values).to.include(value);
        expect([p50, p90, p99, max]).to.deep.equal([p50, p90, p99, max].sort((a, b) => a - b));
        expect(max).to.equal(Math.max(...values));
      }),
    );
  });
});
