import { expect } from 'chai';
import type { SaeFailure, SaeSetup } from '../../../../../operators/core/rsn/sae/index.js';
import { integerOf, octetsOf, octetsOfPoint } from '../../../../../operators/core/rsn/sae/octets.js';
import { AkmSuite, type SaeCommit } from '../../../../../streams/frames/index.js';
import { changed } from '../../../../streams/frames/hex.js';
import { accessPointSetup, curve, End, stationSetup } from './exchange.js';
import { authentication, commitIn, tokenRequest, withCommit } from './frames.js';

const p256 = curve(19);

/** A station that has committed, and the commit it is going to be answered with. */
const committed = (more: Partial<SaeSetup> = {}): { station: End; answer: Uint8Array; accessPoint: End } => {
  const [station, accessPoint] = [new End(stationSetup(more)), new End(accessPointSetup(more))];
  accessPoint.take({ kind: 'frame', body: station.sent[0] ?? new Uint8Array(0) });
  return { station, accessPoint, answer: accessPoint.sent[0] ?? new Uint8Array(0) };
};

const frame = (body: Uint8Array) => ({ kind: 'frame', body }) as const;

const accepts = (station: End, accessPoint: End): boolean => {
  accessPoint.take(frame(station.sent.at(-1) ?? new Uint8Array(0)));
  station.take(frame(accessPoint.sent.at(-1) ?? new Uint8Array(0)));
  return station.accepted.length === 1 && accessPoint.accepted.length === 1;
};

const scalar = (value: bigint): Partial<SaeCommit> => ({ scalar: octetsOf(value, 32) });
const onlyX = ({ element }: SaeCommit, x: bigint): Partial<SaeCommit> => ({
  element: Uint8Array.from([...octetsOf(x, 32), ...element.subarray(32)]),
});
const onlyY = ({ element }: SaeCommit, y: bigint): Partial<SaeCommit> => ({
  element: Uint8Array.from([...element.subarray(0, 32), ...octetsOf(y, 32)]),
});

const invalid = (fault: Extract<SaeFailure, { reason: 'invalidCommit' }>['fault']): SaeFailure => ({
  reason: 'invalidCommit',
  fault,
});

type Change = (commit: SaeCommit) => Partial<SaeCommit>;

const changes: ReadonlyArray<readonly [string, Change, SaeFailure]> = [
  ['scalar 0', () => scalar(0n), invalid('scalarOutOfRange')],
  ['scalar 1', () => scalar(1n), invalid('scalarOutOfRange')],
  ['a scalar that is the order', () => scalar(p256.order), invalid('scalarOutOfRange')],
  ['a scalar above the order', () => scalar((1n << 256n) - 1n), invalid('scalarOutOfRange')],
  ['an x that is the prime', (commit) => onlyX(commit, p256.prime), invalid('coordinateOutOfRange')],
  ['an x above the prime', (commit) => onlyX(commit, (1n << 256n) - 1n), invalid('coordinateOutOfRange')],
  ['a y that is the prime', (commit) => onlyY(commit, p256.prime), invalid('coordinateOutOfRange')],
  ['another x', (commit) => onlyX(commit, integerOf(commit.element.subarray(0, 32)) ^ 1n), invalid('elementNotOnCurve')],
  ['another y', (commit) => onlyY(commit, integerOf(commit.element.subarray(32)) ^ 1n), invalid('elementNotOnCurve')],
  ['the element (0, 0)', () => ({ element: new Uint8Array(64) }), invalid('elementNotOnCurve')],
  [
    'another group',
    () => ({ group: 20, scalar: new Uint8Array(48).fill(1), element: octetsOfPoint(curve(20), curve(20).generator) }),
    invalid('otherGroup'),
  ],
  ['the status of hunting and pecking', () => ({ status: 0 }), invalid('otherElementMethod')],
  ['the status of SAE-PK', () => ({ status: 127 }), { reason: 'commitRefused', status: 127 }],
  ['our group among those we have rejected', () => ({ rejectedGroups: [20, 19] }), { reason: 'downgrade', groups: [19] }],
];

describe('what a station does not take for an answer', () => {
  for (const [title, change, failure] of changes) {
    it(`a commit with ${title}`, () => {
      const { station, answer } = committed();
      const body = withCommit(answer, change(commitIn(answer)));
      station.take(frame(body));
      expect(station.state.phase).to.equal('committed');
      expect(station.sent.length).to.equal(1);
      station.take({ kind: 'timer' });
      expect(station.failures).to.deep.equal([failure]);
      expect(station.sent.length).to.equal(1);
    });

    it(`a commit with ${title}, when a good one follows`, () => {
      const { station, accessPoint, answer } = committed();
      station.take(frame(withCommit(answer, change(commitIn(answer)))));
      station.take(frame(answer));
      expect(accepts(station, accessPoint)).to.equal(true);
    });
  }

  it('a commit whose element is the one that leaves the identity', () => {
    // −scalar · PWE: nobody who does not know PWE can send it, so it is made of the station's own secrets.
    const { station, answer } = committed();
    if (station.state.phase !== 'committed') throw new Error('not committed');
    const element = station.state.own.passwordElement.reveal();
    const point = { x: integerOf(element.subarray(0, 32)), y: integerOf(element.subarray(32)) };
    const product = p256.multiply(point, integerOf(commitIn(answer).scalar));
    if (product === undefined) throw new Error('no product');
    station.take(frame(withCommit(answer, { element: octetsOfPoint(p256, p256.negate(product)) })));
    station.take({ kind: 'timer' });
    expect(station.failures).to.deep.equal([invalid('identityElement')]);
  });

  it('a commit that is cut anywhere', () => {
    const { station, answer } = committed();
    for (let length = 0; length < 104; length++) station.take(frame(answer.subarray(0, length)));
    expect(station.state.phase).to.equal('committed');
    expect(station.sent.length).to.equal(1);
    expect(station.reports.length).to.equal(104);
  });

  it('another algorithm, another transaction', () => {
    const { station } = committed();
    station.take(frame(authentication({ algorithm: 0 })));
    station.take(frame(authentication({ transaction: 3 })));
    station.take(frame(authentication({ transaction: 0 })));
    expect(station.state.phase).to.equal('committed');
    expect(station.reports).to.deep.equal([
      'authentication algorithm 0, expected SAE',
      'transaction 3, expected 1 or 2',
      'transaction 0, expected 1 or 2',
    ]);
  });

  it('an AKM suite selector that is not ours, with SAE-EXT-KEY', () => {
    const { SAE_EXT_KEY, FT_SAE_EXT_KEY } = AkmSuite.codes;
    const { station, answer } = committed({ akm: SAE_EXT_KEY });
    expect(commitIn(answer).akmSelector).to.equal(SAE_EXT_KEY);
    const { akmSelector: _, ...without } = commitIn(answer);
    station.take(frame(withCommit(answer, { akmSelector: FT_SAE_EXT_KEY })));
    station.take({ kind: 'timer' });
    expect(station.failures).to.deep.equal([invalid('otherAkm')]);
    const again = committed({ akm: SAE_EXT_KEY });
    const { status, group, scalar: s, element } = without;
    const bare = Uint8Array.from([3, 0, 1, 0, status, 0, group, 0, ...s, ...element]);
    again.station.take(frame(bare));
    again.station.take({ kind: 'timer' });
    expect(again.station.failures).to.deep.equal([invalid('otherAkm')]);
  });

  it('the first refusal is the one that is reported', () => {
    const { station } = committed();
    expect(station.take(frame(authentication({ status: 1 })))).to.deep.equal([
      { do: 'report', rule: 'SAE', message: 'refused: commitRefused' },
      { do: 'setTimer', name: 'saeRetransmission', ms: 40 },
    ]);
    expect(station.take(frame(authentication({ status: 17 })))).to.deep.equal([
      { do: 'report', rule: 'SAE', message: 'refused again: commitRefused' },
    ]);
    station.take({ kind: 'timer' });
    expect(station.failures).to.deep.equal([{ reason: 'commitRefused', status: 1 }]);
  });

  it('an unknown password identifier is a failure of its own', () => {
    const { station } = committed();
    station.take(frame(authentication({ status: 123 })));
    station.take({ kind: 'timer' });
    expect(station.failures).to.deep.equal([{ reason: 'unknownPasswordIdentifier' }]);
  });
});

describe('a token', () => {
  for (const method of ['huntingAndPecking', 'hashToElement'] as const) {
    const ask = (station: End, length: number, group = 19): number => {
      station.take(frame(tokenRequest(method, group, new Uint8Array(length).fill(1))));
      return station.sent.length;
    };

    it(`${method}: of any reasonable length is sent back, with the same commit`, () => {
      const { station } = committed({ methods: [method] });
      expect(ask(station, 1)).to.equal(2);
      expect(ask(station, method === 'hashToElement' ? 254 : 256)).to.equal(3);
      expect(commitIn(station.sent[0]).scalar).to.deep.equal(commitIn(station.sent[2]).scalar);
      expect(commitIn(station.sent[0]).element).to.deep.equal(commitIn(station.sent[2]).element);
    });

    it(`${method}: for another group is not meant for us`, () => {
      expect(ask(committed({ methods: [method] }).station, 32, 20)).to.equal(1);
    });

    it(`${method}: is sent back five times at most`, () => {
      const { station } = committed({ methods: [method] });
      for (let asked = 0; asked < 20; asked++) ask(station, 32);
      expect(station.sent.length).to.equal(6);
    });
  }

  it('lets the repetitions begin anew', () => {
    const { station } = committed();
    for (let i = 0; i < 5; i++) station.take({ kind: 'timer' });
    station.take(frame(tokenRequest('hashToElement', 19, new Uint8Array(8).fill(1))));
    for (let i = 0; i < 6; i++) station.take({ kind: 'timer' });
    expect(station.failures).to.deep.equal([]);
    station.take({ kind: 'timer' });
    expect(station.failures.length).to.equal(1);
  });

  it('that is too long, or none, is not sent back', () => {
    const { station } = committed({ methods: ['huntingAndPecking'] });
    station.take(frame(tokenRequest('huntingAndPecking', 19, new Uint8Array(257))));
    station.take(frame(tokenRequest('huntingAndPecking', 19, new Uint8Array(0))));
    station.take(frame(authentication({ status: 76, rest: Uint8Array.of(19) })));
    expect(station.sent.length).to.equal(1);
    expect(station.reports[0]).to.equal('a token of 257 octets, expected 1 to 256');
  });

  it('without its container is none, with hash-to-element', () => {
    const { station } = committed();
    station.take(frame(tokenRequest('huntingAndPecking', 19, new Uint8Array(32).fill(1))));
    expect(station.sent.length).to.equal(1);
  });
});

describe('a rejected group', () => {
  const rejects = (group: number): Uint8Array => authentication({ status: 77, rest: Uint8Array.of(group, 0) });

  it('is followed by the next, and listed with hash-to-element', () => {
    const station = new End(stationSetup({ groups: [21, 20, 19] }));
    station.take(frame(rejects(21)));
    station.take(frame(rejects(20)));
    const groups = station.sent.map((body) => commitIn(body));
    expect(groups.map(({ group }) => group)).to.deep.equal([21, 20, 19]);
    expect(groups.map(({ rejectedGroups }) => rejectedGroups)).to.deep.equal([undefined, [21], [21, 20]]);
  });

  it('is not listed with hunting and pecking', () => {
    const station = new End(stationSetup({ groups: [20, 19], methods: ['huntingAndPecking'] }));
    station.take(frame(rejects(20)));
    expect(station.sent[1]?.length).to.equal(6 + 2 + 96);
  });

  it('that was not offered changes nothing', () => {
    const station = new End(stationSetup({ groups: [19, 20] }));
    station.take(frame(rejects(20)));
    expect(station.sent.length).to.equal(1);
  });

  it('is the offered one when the refusal does not say, as that of an old hostapd', () => {
    const station = new End(stationSetup({ groups: [19, 20] }));
    station.take(frame(authentication({ status: 77 })));
    expect(commitIn(station.sent[1]).group).to.equal(20);
  });

  it('leads to an end when it was the last', () => {
    const station = new End(stationSetup({ groups: [19, 999] }));
    station.take(frame(rejects(19)));
    expect(station.failures).to.deep.equal([{ reason: 'noCommonGroup', rejected: [19] }]);
  });
});

describe('what a station does not take for a confirmation', () => {
  const confirmed = () => {
    const ends = committed();
    ends.station.take(frame(ends.answer));
    ends.accessPoint.take(frame(ends.station.sent[1] ?? new Uint8Array(0)));
    return { ...ends, confirm: ends.accessPoint.sent[1] ?? new Uint8Array(0) };
  };

  for (const [title, at] of [
    ['another counter', 6],
    ['another first octet', 8],
    ['another last octet', 39],
  ] as const) {
    it(`a confirm with ${title}`, () => {
      const { station, confirm } = confirmed();
      station.take(frame(changed(confirm, at, (confirm[at] ?? 0) ^ 1)));
      expect(station.state.phase).to.equal('confirmed');
      station.take({ kind: 'timer' });
      expect(station.failures).to.deep.equal([{ reason: 'wrongPassword', proof: 'confirmMismatch' }]);
    });

    it(`a confirm with ${title}, when a good one follows`, () => {
      const { station, confirm } = confirmed();
      station.take(frame(changed(confirm, at, (confirm[at] ?? 0) ^ 1)));
      station.take(frame(confirm));
      expect(station.accepted.length).to.equal(1);
    });
  }

  it('its own confirm', () => {
    const { station } = confirmed();
    station.take(frame(station.sent[1] ?? new Uint8Array(0)));
    expect(station.accepted).to.deep.equal([]);
    expect(station.state.phase).to.equal('confirmed');
  });

  it('a confirm that is cut anywhere', () => {
    const { station, confirm } = confirmed();
    for (let length = 0; length < confirm.length; length++) station.take(frame(confirm.subarray(0, length)));
    expect(station.state.phase).to.equal('confirmed');
    station.take(frame(confirm));
    expect(station.accepted.length).to.equal(1);
  });

  it('a refusal of its confirm, which shows that the passwords differ', () => {
    const { station } = confirmed();
    station.take(frame(authentication({ transaction: 2, status: 15 })));
    station.take({ kind: 'timer' });
    expect(station.failures).to.deep.equal([{ reason: 'wrongPassword', proof: 'confirmRefused', status: 15 }]);
  });

  it('a confirm before the commit: it asks for the commit by sending its own again', () => {
    const { station, confirm } = { ...committed(), confirm: confirmed().confirm };
    station.take(frame(confirm));
    expect(station.sent[1]).to.deep.equal(station.sent[0]);
    for (let more = 0; more < 20; more++) station.take(frame(confirm));
    expect(station.sent.length).to.equal(7);
    station.take(frame(authentication({ transaction: 2, status: 1 })));
    expect(station.state.phase).to.equal('committed');
  });

  it('a second commit', () => {
    const { station, answer } = confirmed();
    const sent = station.sent.length;
    station.take(frame(answer));
    expect(station.sent.length).to.equal(sent);
    expect(station.reports.at(-1)).to.equal('a second commit');
  });
});
