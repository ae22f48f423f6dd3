import { expect } from 'chai';
import { nodeCrypto } from '../../../../../adapters/crypto/index.js';
import { octetsOf } from '../../../../../operators/core/rsn/sae/octets.js';
import { Secret } from '../../../../../streams/events/index.js';
import { ACCESS_POINT, accessPointSetup, End, STATION, stationSetup } from './exchange.js';
import { authentication, commitIn, withCommit } from './frames.js';
import { ascii } from './vectors.js';

const frame = (body: Uint8Array | undefined) => ({ kind: 'frame', body: body ?? new Uint8Array(0) }) as const;
const refusalOf = (end: End): ReadonlyArray<number> => [...(end.sent.at(-1) ?? [])];

describe('an access point and a first commit', () => {
  it('a scalar out of range is refused', () => {
    const accessPoint = new End(accessPointSetup());
    accessPoint.take(frame(withCommit(new End(stationSetup()).sent[0], { scalar: octetsOf(1n, 32) })));
    expect(refusalOf(accessPoint)).to.deep.equal([3, 0, 1, 0, 1, 0]);
    expect(accessPoint.state.phase).to.equal('nothing');
  });

  it('an unsupported group is refused by its number', () => {
    const accessPoint = new End(accessPointSetup());
    accessPoint.take(frame(new End(stationSetup({ groups: [21] })).sent[0]));
    expect(refusalOf(accessPoint)).to.deep.equal([3, 0, 1, 0, 77, 0, 21, 0]);
    accessPoint.take(frame(authentication({ status: 126, rest: Uint8Array.of(0x34, 0x12) })));
    expect(refusalOf(accessPoint)).to.deep.equal([3, 0, 1, 0, 77, 0, 0x34, 0x12]);
  });

  it('a method that is not offered is refused, whatever the group', () => {
    const accessPoint = new End(accessPointSetup());
    accessPoint.take(frame(authentication({ rest: Uint8Array.of(0x34, 0x12) })));
    expect(refusalOf(accessPoint)).to.deep.equal([3, 0, 1, 0, 1, 0]);
  });

  it('a list of rejected groups that names one it takes is refused', () => {
    const accessPoint = new End(accessPointSetup({ groups: [19, 20] }));
    const station = new End(stationSetup());
    accessPoint.take(frame(withCommit(station.sent[0], { rejectedGroups: [20] })));
    expect(refusalOf(accessPoint)).to.deep.equal([3, 0, 1, 0, 1, 0]);
    accessPoint.take(frame(withCommit(station.sent[0], { rejectedGroups: [21] })));
    expect(accessPoint.state.phase).to.equal('confirmed');
  });

  it('what is no commit, and what is broken, is passed over', () => {
    const accessPoint = new End(accessPointSetup());
    const commit = new End(stationSetup()).sent[0] ?? new Uint8Array(0);
    accessPoint.take(frame(authentication({ status: 1 })));
    accessPoint.take(frame(authentication({ transaction: 2 })));
    accessPoint.take(frame(commit.subarray(0, 7)));
    accessPoint.take(frame(commit.subarray(0, 60)));
    expect(accessPoint.sent).to.deep.equal([]);
    expect(accessPoint.reports.length).to.equal(4);
  });
});

describe('a password identifier', () => {
  const named = (identifier: string | undefined) => ({
    credential: {
      ssid: ascii('loop'),
      password: Secret.of(ascii('the right one')),
      ...(identifier === undefined ? {} : { identifier: ascii(identifier) }),
    },
  });
  const answerTo = (station: string | undefined, accessPoint: string | undefined): End => {
    const [one, other] = [new End(stationSetup(named(station))), new End(accessPointSetup(named(accessPoint)))];
    other.take(frame(one.sent[0]));
    return other;
  };

  it('is said in the commit, and in its answer', () => {
    const accessPoint = answerTo('of the guests', 'of the guests');
    expect(accessPoint.state.phase).to.equal('confirmed');
    expect(commitIn(accessPoint.sent[0]).passwordIdentifier).to.deep.equal(ascii('of the guests'));
  });

  it('that nobody knows is refused, and so is none where one is needed', () => {
    for (const [station, accessPoint] of [
      ['of the guests', 'of the family'],
      ['of the guests', undefined],
      [undefined, 'of the family'],
    ] as const) {
      expect(refusalOf(answerTo(station, accessPoint))).to.deep.equal([3, 0, 1, 0, 123, 0]);
    }
  });

  it('is not said when hunting and pecking', () => {
    const station = new End(stationSetup({ ...named('of the guests'), methods: ['huntingAndPecking'] }));
    expect(station.sent[0]?.length).to.equal(6 + 2 + 96);
  });

  it('that does not fit its element makes the setup unusable', () => {
    const station = new End(stationSetup(named('x'.repeat(255))));
    expect(station.failures).to.deep.equal([{ reason: 'unusableSetup' }]);
  });
});

describe('an access point that has answered', () => {
  const answered = (confirmsAtOnce: boolean) => {
    const [station, accessPoint] = [new End(stationSetup()), new End(accessPointSetup({ confirmsAtOnce }))];
    accessPoint.take(frame(station.sent[0]));
    return { station, accessPoint };
  };

  it('answers the same commit again, and no other', () => {
    for (const confirmsAtOnce of [false, true]) {
      const { station, accessPoint } = answered(confirmsAtOnce);
      const each = confirmsAtOnce ? 2 : 1;
      accessPoint.take(frame(station.sent[0]));
      expect(accessPoint.sent.length).to.equal(2 * each);
      expect(accessPoint.sent[each]).to.deep.equal(accessPoint.sent[0]);
      accessPoint.take(frame(new End(stationSetup(), 'another').sent[0]));
      accessPoint.take(frame(authentication({ status: 126 })));
      expect(accessPoint.sent.length).to.equal(2 * each);
      for (let more = 0; more < 20; more++) accessPoint.take(frame(station.sent[0]));
      expect(accessPoint.sent.length).to.equal(7 * each);
    }
  });

  it('takes neither the same commit nor a new one after it has accepted', () => {
    const { station, accessPoint } = answered(false);
    station.take(frame(accessPoint.sent[0]));
    accessPoint.take(frame(station.sent[1]));
    expect(accessPoint.accepted.length).to.equal(1);
    const { state } = accessPoint;
    accessPoint.take(frame(station.sent[0]));
    accessPoint.take(frame(new End(stationSetup(), 'another').sent[0]));
    expect(accessPoint.state).to.equal(state);
  });

  it('knows the two ends apart', () => {
    const { station, accessPoint } = answered(false);
    const elsewhere = new End({ ...station.setup, addresses: { own: STATION, peer: STATION } });
    elsewhere.take(frame(accessPoint.sent[0]));
    accessPoint.take(frame(elsewhere.sent[1]));
    expect(accessPoint.accepted).to.deep.equal([]);
    expect(ACCESS_POINT).to.not.deep.equal(STATION);
    expect(nodeCrypto.equal(accessPoint.sent[0] ?? STATION, station.sent[0] ?? STATION)).to.equal(false);
  });
});
