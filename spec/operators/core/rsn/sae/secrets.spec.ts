import { inspect } from 'node:util';
import { expect } from 'chai';
import { beginSae, releaseSae, stepSae } from '../../../../../operators/core/rsn/sae/index.js';
import { type Secret, toHex } from '../../../../../streams/events/index.js';
import { AkmSuite } from '../../../../../streams/frames/index.js';
import { changed } from '../../../../streams/frames/hex.js';
import { accessPointSetup, End, exchange, stationSetup } from './exchange.js';
import { authentication } from './frames.js';

const frame = (body: Uint8Array | undefined) => ({ kind: 'frame', body: body ?? new Uint8Array(0) }) as const;
const isErased = (secret: Secret): boolean => secret.reveal().every((octet) => octet === 0);

/** The secrets a state holds. */
const secretsOf = ({ state }: End): ReadonlyArray<Secret> => {
  if (state.phase === 'committed') return [state.own.rand, state.own.passwordElement];
  if (state.phase === 'confirmed') return [state.keys.kck, state.keys.pmk];
  return state.phase === 'accepted' ? [state.kck] : [];
};

const confirmedEnds = () => {
  const [station, accessPoint] = [new End(stationSetup()), new End(accessPointSetup())];
  accessPoint.take(frame(station.sent[0]));
  const committed = secretsOf(station);
  station.take(frame(accessPoint.sent[0]));
  return { station, accessPoint, committed };
};

describe('the secrets of an exchange', () => {
  it('are erased when the state is released, in every phase', () => {
    const { station, accessPoint } = confirmedEnds();
    const first = new End(stationSetup());
    for (const end of [first, station, accessPoint]) {
      const secrets = secretsOf(end);
      expect(secrets.some(isErased)).to.equal(false);
      expect(secrets).to.have.length(2);
      releaseSae(end.state);
      expect(secrets.every(isErased)).to.equal(true);
    }
    const ends = [new End(stationSetup()), new End(accessPointSetup())] as const;
    exchange(...ends);
    for (const end of ends) {
      const [kck] = secretsOf(end);
      releaseSae(end.state);
      expect(kck !== undefined && isErased(kck)).to.equal(true);
    }
    releaseSae(beginSae(stationSetup()).state);
    releaseSae(beginSae(accessPointSetup()).state);
  });

  it('of a commit are erased once it has served', () => {
    const { committed } = confirmedEnds();
    expect(committed).to.have.length(2);
    expect(committed.every(isErased)).to.equal(true);
  });

  it('are erased when the exchange fails, and when another group is tried', () => {
    const station = new End(stationSetup());
    const secrets = secretsOf(station);
    for (let i = 0; i < 7; i++) station.take({ kind: 'timer' });
    expect(station.state.phase).to.equal('failed');
    expect(secrets.every(isErased)).to.equal(true);

    const other = new End(stationSetup({ groups: [19, 20] }));
    const first = secretsOf(other);
    other.take(frame(authentication({ status: 77 })));
    expect(first.every(isErased)).to.equal(true);
    expect(secretsOf(other).some(isErased)).to.equal(false);
  });

  it('the PMK belongs to whoever was given it', () => {
    const [station, accessPoint] = [new End(stationSetup()), new End(accessPointSetup())];
    exchange(station, accessPoint);
    releaseSae(station.state);
    expect(station.accepted.map(({ pmk }) => isErased(pmk))).to.deep.equal([false]);
  });

  it('are shown by no state and no output', () => {
    const { station, accessPoint } = confirmedEnds();
    accessPoint.take(frame(station.sent[1]));
    for (const end of [new End(stationSetup()), station, accessPoint]) {
      const hidden = [...secretsOf(end), ...end.accepted.map(({ pmk }) => pmk)].map((secret) => toHex(secret.reveal()));
      const shown = [JSON.stringify(end.state, (_, value) => (typeof value === 'bigint' ? String(value) : value))];
      shown.push(inspect(end.state, { depth: 9 }), inspect(end.outputs, { depth: 9 }), end.reports.join());
      for (const secret of hidden) for (const text of shown) expect(text.replaceAll(/\W/g, '')).to.not.include(secret);
    }
  });
});

describe('random octets', () => {
  it('are asked for as many as the group takes, and again when they are too few', () => {
    const asked = (group: number, method: 'huntingAndPecking' | 'hashToElement') =>
      beginSae(stationSetup({ groups: [group], methods: [method] })).effects;
    expect(asked(19, 'hashToElement')).to.deep.equal([{ do: 'needRandom', octets: 80 }]);
    expect(asked(20, 'hashToElement')).to.deep.equal([{ do: 'needRandom', octets: 112 }]);
    expect(asked(21, 'huntingAndPecking')).to.deep.equal([{ do: 'needRandom', octets: 180 }]);
    const { state } = beginSae(stationSetup());
    expect(stepSae(stationSetup())(state, { kind: 'random', octets: new Uint8Array(79) }).effects).to.deep.equal([
      { do: 'report', rule: 'SAE', message: 'random octets: expected 80, found 79' },
      { do: 'needRandom', octets: 80 },
    ]);
  });

  it('that nobody asked for change nothing', () => {
    const station = new End(stationSetup());
    const { state } = station;
    station.take({ kind: 'random', octets: new Uint8Array(500) });
    expect(station.state).to.equal(state);
  });

  it('that give a scalar of 0 or 1 are asked for again', () => {
    const setup = stationSetup();
    const { state } = beginSae(setup);
    // rand = 2 and mask = order − 2.
    const order = setup.crypto.curve(19)?.order ?? 0n;
    const mask = (order - 4n).toString(16).padStart(80, '0');
    const octets = Uint8Array.from([...new Uint8Array(40), ...Buffer.from(mask, 'hex')]);
    const next = stepSae(setup)(state, { kind: 'random', octets });
    expect(next.effects).to.deep.equal([{ do: 'needRandom', octets: 80 }]);
  });

  it('are awaited: what else happens meanwhile waits, too', () => {
    const setup = stationSetup();
    const { state } = beginSae(setup);
    const step = stepSae(setup);
    expect(step(state, { kind: 'timer' }).state).to.equal(state);
    expect(step(state, frame(authentication({}))).state).to.equal(state);
    expect(step(state, frame(authentication({ transaction: 2 }))).state).to.equal(state);
  });
});

describe('an accepted exchange', () => {
  const accepted = () => {
    const [station, accessPoint] = [new End(stationSetup()), new End(accessPointSetup())];
    exchange(station, accessPoint);
    return { station, accessPoint, confirm: accessPoint.sent[1] ?? new Uint8Array(0) };
  };

  it('is not undone by anything that arrives', () => {
    const { station, accessPoint, confirm } = accepted();
    const { state } = station;
    const sent = station.sent.length;
    station.take({ kind: 'timer' });
    station.take(frame(new Uint8Array(0)));
    station.take(frame(confirm));
    station.take(frame(confirm.subarray(0, 20)));
    station.take(frame(changed(confirm, 6, 9)));
    station.take(frame(changed(confirm, 6, 0xff, 0xff)));
    station.take(frame(authentication({ transaction: 2, status: 1 })));
    station.take(frame(authentication({ transaction: 1, status: 77 })));
    station.take(frame(accessPoint.sent[0]));
    expect(station.state).to.equal(state);
    expect(station.sent.length).to.equal(sent);
    expect(station.failures).to.deep.equal([]);
  });

  /** An access point that confirms at once, patiently, and never hears back. */
  const unheard = () => {
    const patient = { confirmsAtOnce: true, timing: { retransmitMs: 40, sync: 20 } };
    const [station, accessPoint] = [new End(stationSetup()), new End(accessPointSetup(patient))];
    accessPoint.take(frame(station.sent[0]));
    for (const body of accessPoint.sent.slice()) station.take(frame(body));
    return { station, accessPoint };
  };

  it('answers a newer confirm once, under the last counter', () => {
    const { station, accessPoint } = unheard();
    const sent = station.sent.length;
    for (let more = 0; more < 3; more++) {
      accessPoint.take({ kind: 'timer' });
      station.take(frame(accessPoint.sent.at(-1)));
      station.take(frame(accessPoint.sent.at(-1)));
    }
    expect(station.sent.length).to.equal(sent + 3);
    for (const body of station.sent.slice(sent)) expect([...body.slice(6, 8)]).to.deep.equal([0xff, 0xff]);
    accessPoint.take(frame(station.sent.at(-1)));
    expect(accessPoint.accepted.length).to.equal(1);
  });

  it('stops answering after six', () => {
    const { station, accessPoint } = unheard();
    const sent = station.sent.length;
    for (let more = 0; more < 15; more++) {
      accessPoint.take({ kind: 'timer' });
      station.take(frame(accessPoint.sent.at(-1)));
    }
    expect(station.sent.length).to.equal(sent + 6);
    expect(station.state.phase).to.equal('accepted');
  });

  it('does not answer a confirm under the last counter', () => {
    const [station, accessPoint] = [new End(stationSetup()), new End(accessPointSetup())];
    accessPoint.take(frame(station.sent[0]));
    station.take(frame(accessPoint.sent[0]));
    station.take({ kind: 'timer' });
    for (const body of station.sent.slice(1)) accessPoint.take(frame(body));
    const [, confirm, last] = accessPoint.sent;
    expect([...(last?.slice(6, 8) ?? [])]).to.deep.equal([0xff, 0xff]);
    station.take(frame(confirm));
    const sent = station.sent.length;
    station.take(frame(last));
    expect(station.sent.length).to.equal(sent);
    expect(station.accepted.length).to.equal(1);
  });
});

describe('a failed exchange', () => {
  it('stays one', () => {
    const station = new End(stationSetup());
    for (let i = 0; i < 7; i++) station.take({ kind: 'timer' });
    const { state } = station;
    station.take({ kind: 'timer' });
    station.take(frame(station.sent[0]));
    station.take({ kind: 'random', octets: new Uint8Array(500) });
    expect(station.state).to.equal(state);
    expect(station.failures.length).to.equal(1);
  });

  it('is what a setup without a method or a group makes', () => {
    expect(new End(stationSetup({ methods: [] })).failures).to.deep.equal([{ reason: 'unusableSetup' }]);
    const hunting = stationSetup({ methods: ['huntingAndPecking'], akm: AkmSuite.codes.SAE_EXT_KEY });
    expect(new End(hunting).failures).to.deep.equal([{ reason: 'unusableSetup' }]);
    expect(new End(stationSetup({ groups: [] })).failures).to.deep.equal([{ reason: 'noCommonGroup', rejected: [] }]);
    expect(new End(stationSetup({ groups: [1, 15] })).failures).to.deep.equal([{ reason: 'noCommonGroup', rejected: [] }]);
  });
});
