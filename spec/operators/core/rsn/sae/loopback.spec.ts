import { expect } from 'chai';
import type { ElementMethod, SaeSetup } from '../../../../../operators/core/rsn/sae/index.js';
import { AkmSuite, StatusCode } from '../../../../../streams/frames/index.js';
import { type Air, accessPointSetup, calm, End, exchange, stationSetup } from './exchange.js';
import { tokenRequest } from './frames.js';

const methods: ReadonlyArray<ElementMethod> = ['huntingAndPecking', 'hashToElement'];
const statusAt = (body: Uint8Array): number => (body[4] ?? 0) | ((body[5] ?? 0) << 8);

interface Ends {
  readonly station: End;
  readonly accessPoint: End;
}

const between = (air: Air, station: SaeSetup, accessPoint: SaeSetup): Ends => {
  const ends = { station: new End(station), accessPoint: new End(accessPoint) };
  exchange(ends.station, ends.accessPoint, air);
  return ends;
};

const expectAgreed = ({ station, accessPoint }: Ends, octets = 32): void => {
  expect(station.failures).to.deep.equal([]);
  expect(accessPoint.failures).to.deep.equal([]);
  const [ours, ...more] = station.accepted;
  const [theirs, ...others] = accessPoint.accepted;
  expect([more.length, others.length]).to.deep.equal([0, 0]);
  if (ours === undefined || theirs === undefined) throw new Error(`${station.reports} / ${accessPoint.reports}`);
  expect(ours.pmk.reveal()).to.deep.equal(theirs.pmk.reveal());
  expect(ours.pmk.reveal().some((octet) => octet !== 0)).to.equal(true);
  expect(ours.pmkid).to.deep.equal(theirs.pmkid);
  expect(ours.pmk.length).to.equal(octets);
  expect([station.state.phase, accessPoint.state.phase]).to.deep.equal(['accepted', 'accepted']);
};

const losing =
  (role: 'station' | 'accessPoint', lost: number): Air =>
  ({ from, number, body }) =>
    from.setup.role === role && number === lost ? {} : { arrive: [body] };

for (const method of methods) {
  for (const group of [19, 20, 21]) {
    const allowed = { methods: [method], groups: [group] };

    describe(`SAE, station and access point: group ${group}, ${method}`, () => {
      it('agree in four frames', () => {
        const ends = between(calm, stationSetup(allowed), accessPointSetup(allowed));
        expectAgreed(ends);
        expect([ends.station.sent.length, ends.accessPoint.sent.length]).to.deep.equal([2, 2]);
      });

      it('agree with an access point that confirms at once', () => {
        expectAgreed(between(calm, stationSetup(allowed), accessPointSetup({ ...allowed, confirmsAtOnce: true })));
      });

      it('agree when a token is asked for', () => {
        const token = new Uint8Array(64).fill(0xa5);
        const air: Air = ({ from, number, body }) =>
          from.setup.role === 'station' && number === 1 ? { back: [tokenRequest(method, group, token)] } : { arrive: [body] };
        const ends = between(air, stationSetup(allowed), accessPointSetup(allowed));
        expectAgreed(ends);
        const [first, second] = ends.station.sent.map((body) => [...body].join());
        expect(second).to.include([...token].join());
        expect(first).to.not.include([...token].join());
        expect(ends.station.sent[1]?.length).to.equal(
          (ends.station.sent[0]?.length ?? 0) + token.length + (method === 'hashToElement' ? 3 : 0),
        );
      });

      for (const confirmsAtOnce of [false, true]) {
        for (const role of ['station', 'accessPoint'] as const) {
          for (const lost of [1, 2]) {
            it(`agree when frame ${lost} of the ${role} is lost${confirmsAtOnce ? ', confirms at once' : ''}`, () => {
              const accessPoint = accessPointSetup({ ...allowed, confirmsAtOnce });
              expectAgreed(between(losing(role, lost), stationSetup(allowed), accessPoint));
            });
          }
        }
      }

      it('agree when every frame arrives twice', () => {
        expectAgreed(between(({ body }) => ({ arrive: [body, body] }), stationSetup(allowed), accessPointSetup(allowed)));
      });

      it('agree when the commit comes back as well', () => {
        const air: Air = ({ body }) => ({ arrive: [body], back: [body] });
        const ends = between(air, stationSetup(allowed), accessPointSetup(allowed));
        expectAgreed(ends);
        expect(ends.station.reports).to.include('our own commit came back');
      });

      it('do not agree when only reflections come', () => {
        const ends = between(({ body }) => ({ back: [body] }), stationSetup(allowed), accessPointSetup(allowed));
        expect(ends.station.failures).to.deep.equal([{ reason: 'noAnswer', awaited: 'commit', sent: 7 }]);
        expect(ends.station.accepted).to.deep.equal([]);
      });

      it('find out that their passwords differ', () => {
        const ends = between(calm, stationSetup(allowed), accessPointSetup(allowed, 'the wrong one'));
        const status = StatusCode.codes.CHALLENGE_FAILURE;
        expect(ends.station.failures).to.deep.equal([{ reason: 'wrongPassword', proof: 'confirmRefused', status }]);
        expect(ends.accessPoint.failures).to.deep.equal([{ reason: 'wrongPassword', proof: 'confirmMismatch' }]);
        expect([...ends.station.accepted, ...ends.accessPoint.accepted]).to.deep.equal([]);
        expect([ends.station.sent.length, ends.accessPoint.sent.length]).to.deep.equal([2, 2]);
      });

      it('find out that their passwords differ from a confirm sent at once', () => {
        const accessPoint = accessPointSetup({ ...allowed, confirmsAtOnce: true }, 'the wrong one');
        const ends = between(calm, stationSetup(allowed), accessPoint);
        expect(ends.station.failures).to.deep.equal([{ reason: 'wrongPassword', proof: 'confirmMismatch' }]);
        expect(ends.accessPoint.failures).to.deep.equal([{ reason: 'wrongPassword', proof: 'confirmMismatch' }]);
      });

      it('agree on the next group when the first is not supported', () => {
        const other = group === 19 ? 20 : 19;
        const ends = between(calm, stationSetup({ ...allowed, groups: [other, group] }), accessPointSetup(allowed));
        expectAgreed(ends);
        expect(statusAt(ends.accessPoint.sent[0] ?? new Uint8Array(6))).to.equal(77);
      });
    });
  }
}

describe('SAE, station and access point: what else they agree on', () => {
  for (const [group, octets] of [
    [19, 32],
    [20, 48],
    [21, 64],
  ] as const) {
    it(`SAE-EXT-KEY: ${octets} octets of PMK with group ${group}`, () => {
      for (const akm of [AkmSuite.codes.SAE_EXT_KEY, AkmSuite.codes.FT_SAE_EXT_KEY]) {
        const both: Partial<SaeSetup> = { akm, groups: [group], methods: ['huntingAndPecking', 'hashToElement'] };
        expectAgreed(between(calm, stationSetup(both), accessPointSetup(both)), octets);
      }
    });
  }

  it('an access point goes by the method the station chose', () => {
    for (const method of methods) {
      expectAgreed(between(calm, stationSetup({ methods: [method] }), accessPointSetup({ methods })));
    }
  });

  it('a method that is not offered is refused', () => {
    const ends = between(
      calm,
      stationSetup({ methods: ['huntingAndPecking'] }),
      accessPointSetup({ methods: ['hashToElement'] }),
    );
    expect(ends.station.failures).to.deep.equal([{ reason: 'commitRefused', status: 1 }]);
    expect(ends.accessPoint.state.phase).to.equal('nothing');
  });

  it('without a common group there is none', () => {
    const ends = between(calm, stationSetup({ groups: [19, 20] }), accessPointSetup({ groups: [21] }));
    expect(ends.station.failures).to.deep.equal([{ reason: 'noCommonGroup', rejected: [19, 20] }]);
  });

  it('a station alone gives up after six repetitions', () => {
    const ends = between(() => ({}), stationSetup(), accessPointSetup());
    expect(ends.station.failures).to.deep.equal([{ reason: 'noAnswer', awaited: 'commit', sent: 7 }]);
    expect(ends.station.sent.length).to.equal(7);
    expect(new Set(ends.station.sent.map(String)).size).to.equal(1);
  });

  it('an access point that is left alone gives up, too', () => {
    const air: Air = ({ from, number, body }) => (from.setup.role === 'station' && number > 1 ? {} : { arrive: [body] });
    const ends = between(air, stationSetup(), accessPointSetup());
    expect(ends.accessPoint.failures).to.deep.equal([{ reason: 'noAnswer', awaited: 'confirm', sent: 7 }]);
    expect(ends.station.failures).to.deep.equal([{ reason: 'noAnswer', awaited: 'confirm', sent: 7 }]);
    expect(ends.station.accepted).to.deep.equal([]);
  });

  it('each repetition of a confirm has a counter of its own', () => {
    const air: Air = ({ from, number, body }) => (from.setup.role === 'station' && number > 1 ? {} : { arrive: [body] });
    const ends = between(air, stationSetup(), accessPointSetup());
    const counters = ends.station.sent.slice(1).map((body) => (body[6] ?? 0) | ((body[7] ?? 0) << 8));
    expect(counters).to.deep.equal([1, 2, 3, 4, 5, 6, 7]);
  });

  it('an access point whose station has not heard of its acceptance says it again, under the last counter', () => {
    const ends = between(losing('accessPoint', 2), stationSetup(), accessPointSetup());
    expectAgreed(ends);
    expect([...(ends.accessPoint.sent[2] ?? [])].slice(6, 8)).to.deep.equal([0xff, 0xff]);
  });

  it('elements given for the frames end each of them', () => {
    const multiLink = Uint8Array.of(255, 10, 107, 0, 0, 7, 2, 0, 0, 0, 0, 9);
    const ends = between(calm, stationSetup({ elements: multiLink }), accessPointSetup());
    expectAgreed(ends);
    for (const body of ends.station.sent) expect(body.slice(-12)).to.deep.equal(multiLink);
  });
});
