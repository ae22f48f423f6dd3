import { expect } from 'chai';
import { from, lastValueFrom, map, Subject, toArray } from 'rxjs';
import { nodeCrypto } from '../../adapters/crypto/index.js';
import type { Explanation } from '../../operators/core/verdict/index.js';
import { type AirBatch, type ExplainOptions, explain } from '../../operators/explain.js';
import type { AirEvent, Mac48 } from '../../streams/air/index.js';
import { BROADCAST } from '../../streams/air/index.js';
import type { MacAddress } from '../../streams/events/index.js';
import { Secret } from '../../streams/events/index.js';
import { explainLab, hasLabCases, labBatches, labPassphrase } from '../support/labExplanations.js';
import { marbles } from './marble.js';

const AP: Mac48 = 0x020000000000;
const MINUTE = 60_000_000;
const SECONDS = 1_000_000;
const EPOCH = 1_795_219_200_000_000;

/** A station that an access point turns away, in the frames from `frame` on. */
const turnedAway = (station: Mac48, frame: number, time: number): ReadonlyArray<AirEvent> => {
  const authentication = (from: 'station' | 'ap', at: number, status: number): AirEvent => ({
    ...{ kind: 'authentication', station, ap: AP, from, algorithm: 0, transaction: at + 1, status },
    ...{ frame: frame + at, time: EPOCH + time + at, body: new Uint8Array(6) },
  });
  return [authentication('station', 0, 0), authentication('ap', 1, 17)];
};

/** So much later somebody else is heard. */
const silence = (frame: number, time: number): ReadonlyArray<AirEvent> => [
  { kind: 'lost', frame, time: EPOCH + time, frames: 1 },
];

const batches: Readonly<Record<string, AirBatch>> = {
  a: turnedAway(0x020000000100, 1, 0),
  b: turnedAway(0x020000000200, 3, SECONDS),
  s: silence(5, MINUTE),
  c: turnedAway(0x020000000300, 6, MINUTE + SECONDS),
  e: [],
};

const options: ExplainOptions = { crypto: nodeCrypto };
const said = map(({ station, outcome, cause }: Explanation) => `${station.slice(-5)} ${outcome} ${cause}`);
const values = {
  a: '01:00 failed associationRefused',
  b: '02:00 failed associationRefused',
  c: '03:00 failed associationRefused',
};

describe('explain', () => {
  it('tells of a connection when it is over, in the order they began, and of the rest at the end', () => {
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const air = hot('  -a-b-e-s---c---|', batches);
      const subs = '     ^--------------!';
      const expected = ' -------(ab)----(c|)';
      expectObservable(air.pipe(explain(options), said)).toBe(expected, values);
      expectSubscriptions(air.subscriptions).toBe(subs);
    });
  });

  it('never says anything of a capture that never begins', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const air = cold<AirBatch>('-');
      const subs = '              ^';
      const expected = '          -';
      expectObservable(air.pipe(explain(options))).toBe(expected);
      expectSubscriptions(air.subscriptions).toBe(subs);
    });
  });

  it('completes with an empty capture', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const air = cold<AirBatch>('|');
      const subs = '              (^!)';
      const expected = '          |';
      expectObservable(air.pipe(explain(options))).toBe(expected);
      expectSubscriptions(air.subscriptions).toBe(subs);
    });
  });

  it('passes an error of the source on, and says nothing of what was open', () => {
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const air = hot('  -a--#', batches);
      const subs = '     ^---!';
      const expected = ' ----#';
      expectObservable(air.pipe(explain(options), said)).toBe(expected);
      expectSubscriptions(air.subscriptions).toBe(subs);
    });
  });

  it('lets go of the source when nobody listens any more', () => {
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const air = hot('  -a-s---c--|', batches);
      const unsub = '    ------!';
      const subs = '     ^-----!';
      const expected = ' ---a---';
      expectObservable(air.pipe(explain(options), said), unsub).toBe(expected, values);
      expectSubscriptions(air.subscriptions).toBe(subs);
    });
  });

  it('begins anew for each who listens', () => {
    marbles(({ cold, expectObservable }) => {
      const explained = cold('a|', batches).pipe(explain(options), said);
      expectObservable(explained).toBe('-(a|)', values);
      expectObservable(explained, '--^').toBe('---(a|)', values);
    });
  });
});

const wanted = (filter: Partial<ExplainOptions>): Promise<ReadonlyArray<string>> =>
  lastValueFrom(
    from(['a', 'b', 's', 'c'].map((name) => batches[name] ?? [])).pipe(
      explain({ ...options, ...filter }),
      map(({ station }) => station.slice(-5)),
      toArray(),
    ),
  );

describe('explain, of some connections', () => {
  it('by station, access point and time', async () => {
    expect(await wanted({})).to.deep.equal(['01:00', '02:00', '03:00']);
    expect(await wanted({ station: '02:00:00:00:02:00' as MacAddress })).to.deep.equal(['02:00']);
    expect(await wanted({ ap: '02:00:00:00:00:00' as MacAddress })).to.have.length(3);
    expect(await wanted({ ap: '02:00:00:00:00:01' as MacAddress })).to.deep.equal([]);
    expect(await wanted({ ssid: 'lab-psk' })).to.deep.equal([]);
    expect(await wanted({ since: EPOCH + MINUTE })).to.deep.equal(['03:00']);
  });

  it('by share: each station is one worker’s, and what is said to all is everybody’s', async () => {
    const shares = await Promise.all([0, 1, 2].map((index) => wanted({ share: { index, count: 3 } })));
    expect(shares.flat().sort()).to.deep.equal(['01:00', '02:00', '03:00']);
    const farewell: AirEvent = {
      ...{ kind: 'farewell', station: BROADCAST, ap: AP, from: 'ap', isDeauthentication: true, reason: 3 },
      ...{ frame: 9, time: EPOCH + 2 },
    };
    const association: AirEvent = {
      ...{ kind: 'associationRequest', station: 0x020000000100, ap: AP, isReassociation: false },
      ...{ frame: 8, time: EPOCH + 1, body: new Uint8Array(4) },
    };
    const told = await Promise.all(
      [0, 1].map((index) =>
        lastValueFrom(from([[association, farewell]]).pipe(explain({ ...options, share: { index, count: 2 } }), toArray())),
      ),
    );
    expect(told.flat().map(({ disconnect }) => disconnect?.frame)).to.deep.equal([9]);
  });

  it('shares stations out about evenly', async () => {
    const many = Array.from({ length: 1000 }, (_, at) => turnedAway(0x020000000000 + at, 2 * at + 1, at));
    const share = { index: 0, count: 4 };
    const mine = await lastValueFrom(from(many).pipe(explain({ ...options, share }), toArray()));
    expect(mine.length).to.be.within(200, 300);
  });
});

describe('explain, of a real exchange', () => {
  before(function () {
    if (!hasLabCases) this.skip();
  });

  it('says what the explainer says, whatever the size of the batches', async () => {
    const credentials = labPassphrase('multi-sta');
    const expected = explainLab('multi-sta', { credentials });
    for (const size of [1, 7, 1000]) {
      const explained = from(labBatches('multi-sta', size)).pipe(explain({ ...options, credentials }), toArray());
      expect(await lastValueFrom(explained), String(size)).to.have.deep.members([...expected]);
    }
  });

  it('destroys its keys at the end, and when nobody listens any more', () => {
    const destroyed: Secret[] = [];
    const zeroise = Secret.prototype.zeroise;
    Secret.prototype.zeroise = function (this: Secret) {
      destroyed.push(this);
      zeroise.call(this);
    };
    try {
      const air = new Subject<AirBatch>();
      const listening = air.pipe(explain({ ...options, credentials: labPassphrase('wpa2-psk-ccmp') })).subscribe();
      for (const batch of labBatches('wpa2-psk-ccmp', 64).slice(0, 3)) air.next(batch);
      const before = destroyed.length;
      listening.unsubscribe();
      expect(air.observed).to.equal(false);
      expect(destroyed.length).to.be.greaterThan(before);
      expect(destroyed.every((secret) => secret.reveal().every((octet) => octet === 0))).to.equal(true);
    } finally {
      Secret.prototype.zeroise = zeroise;
    }
  });
});
