import { expect } from 'chai';
import { nodeCrypto } from '../../../../adapters/crypto/index.js';
import { type Connection, createObserver } from '../../../../operators/core/shadow/index.js';
import { judge } from '../../../../operators/core/verdict/judge/judge.js';
import { BROADCAST, type Told } from '../../../../streams/air/index.js';
import { Secret } from '../../../../streams/events/index.js';
import {
  A,
  answers,
  asks,
  associates,
  auth,
  authAnswer,
  B,
  beacon,
  type Draft,
  EPOCH,
  eap,
  heard,
  leaves,
  logsOff,
  message,
  open,
  probed,
  S,
  S2,
  type Script,
  shakesHands,
  shown,
  starts,
  wired,
} from '../../../support/airScript.js';
import { connectionsOf } from '../../../support/observed.js';

const linesOf = (...script: Script): ReadonlyArray<string> => connectionsOf(heard(...script)).map(shown);
const only = (...script: Script) => {
  const [first, ...others] = connectionsOf(heard(...script));
  expect(others.map(shown)).to.deep.equal([]);
  if (first === undefined) throw new Error('there is no connection');
  return first;
};

const utf8 = (bytes: Uint8Array | undefined): string | undefined => bytes && new TextDecoder().decode(bytes);

describe('where a connection begins', () => {
  it('with the authentication that leads to it', () => {
    expect(linesOf(...associates(0, S, A), ...shakesHands(1, S, A))).to.deep.equal(['S>A authentication#1 open#8']);
  });

  it('with the association, where no authentication was heard', () => {
    expect(linesOf([0, asks(S, A)], [0.1, answers(S, A)])).to.deep.equal(['S>A association#1 open#2']);
    expect(linesOf([0, answers(S, A)])).to.deep.equal(['S>A association#1 open#1']);
  });

  it('with the reassociation', () => {
    const connection = only([0, asks(S, B, open, true)], [0.1, answers(S, B, 0, true)]);
    expect(shown(connection)).to.equal('S>B reassociation#1 open#2');
    expect(connection.association).to.include({ isReassociation: true, currentAp: A, status: 0 });
  });

  it('in the middle, with the first EAPOL packet', () => {
    expect(linesOf(...shakesHands(0, S, A))).to.deep.equal(['S>A middle#1 open#4']);
    expect(linesOf([0, eap('ap', S, A)])).to.deep.equal(['S>A middle#1 open#1']);
  });

  it('with an authentication that was refused, each time', () => {
    const refused: Script = [
      [0, auth(S, A, { algorithm: 3 })],
      [0.1, auth(S, A, { algorithm: 3, from: 'ap' })],
      [0.2, auth(S, A, { algorithm: 3, transaction: 2 })],
      [0.3, auth(S, A, { algorithm: 3, from: 'ap', transaction: 2, status: 15 })],
      [1, auth(S, A, { algorithm: 3 })],
      [1.1, auth(S, A, { algorithm: 3, from: 'ap' })],
    ];
    expect(linesOf(...refused)).to.deep.equal(['S>A authentication#1 associatedAnew#4', 'S>A authentication#5 open#6']);
  });

  it('with the first commit, whatever token or group the access point asks for', () => {
    const commit = auth(S, A, { algorithm: 3 });
    const answer = (status: number) => auth(S, A, { algorithm: 3, from: 'ap', status });
    const script: Script = [
      [0, commit],
      [0.1, answer(76)],
      [0.2, commit],
      [0.3, answer(77)],
      [0.4, commit],
      [0.5, answer(0)],
    ];
    expect(linesOf(...script)).to.deep.equal(['S>A authentication#1 open#6']);
  });

  it('with the first call, whatever status a station puts into it', () => {
    const call = auth(S, A, { status: 2 });
    expect(linesOf([0, call], [0.5, call], [0.6, authAnswer(S, A)])).to.deep.equal(['S>A authentication#1 open#3']);
  });

  it('nowhere in what is said to nobody', () => {
    expect(linesOf([0, leaves('ap', BROADCAST, A)], [1, beacon(A)], [2, leaves('ap', S, A)])).to.deep.equal([]);
  });

  it('once, however often the request comes before it is answered', () => {
    const script: Script = [
      [0, auth(S, A)],
      [0.1, authAnswer(S, A)],
      [0.2, asks(S, A)],
      [0.3, asks(S, A)],
      [0.4, answers(S, A)],
    ];
    const connection = only(...script, [0.5, asks(S, A)], [0.6, answers(S, A)], [0.7, message(1, S, A)]);
    expect([connection.association?.request?.frame, connection.association?.response?.frame]).to.deep.equal([3, 5]);
  });

  it('once, though the access point puts the station off', () => {
    const connection = only([0, asks(S, A)], [0.1, answers(S, A, 30)], [3, asks(S, A)], [3.1, answers(S, A)]);
    expect(connection.association).to.deep.include({ status: 0, comeback: { frame: 2, time: EPOCH + 100_000 } });
    expect(connection.association?.response?.frame).to.equal(4);
  });

  it('anew after an association was refused', () => {
    const lines = linesOf([0, asks(S, A)], [0.1, answers(S, A, 17)], [0.2, asks(S, A)], [0.3, answers(S, A)]);
    expect(lines).to.deep.equal(['S>A association#1 associatedAnew#3', 'S>A association#3 open#4']);
  });
});

describe('where a connection ends', () => {
  const connected: Script = [...associates(0, S, A), ...shakesHands(1, S, A)];

  it('with a farewell of either', () => {
    for (const by of ['ap', 'station'] as const) {
      const connection = only(...connected, [2, leaves(by, S, A, 8)]);
      expect(shown(connection)).to.equal('S>A authentication#1 farewell#9');
      expect(connection.farewells).to.have.length(1);
      expect(connection.farewells[0]).to.include({ by, reason: 8, isBelieved: true, isForAll: false, isProtected: false });
    }
  });

  it('with a farewell to all', () => {
    const lines = linesOf(...associates(0, S, A), ...associates(1, S2, A), [2, leaves('ap', BROADCAST, A)]);
    expect(lines).to.deep.equal(['S>A authentication#1 farewell#9', 'S2>A authentication#5 farewell#9']);
  });

  it('with the first of many farewells to all, and those of the next second belong to it', () => {
    const again: Script = [2, 2.1, 2.9, 3.1].map((at) => [at, leaves('ap', BROADCAST, A)] as const);
    const [first, second] = connectionsOf(heard(...associates(0, S, A), ...associates(1, S2, A), ...again));
    for (const connection of [first, second]) expect(connection?.farewells.map(({ frame }) => frame)).to.deep.equal([9, 10, 11]);
  });

  it('with nothing that another access point says', () => {
    const lines = linesOf(...associates(0, S, A), [2, leaves('ap', BROADCAST, B)], [2, leaves('ap', S, B)]);
    expect(lines).to.deep.equal(['S>A authentication#1 open#4']);
  });

  it('once: what comes late belongs to it', () => {
    const late: Script = [
      [2, leaves('ap', S, A)],
      [2.1, leaves('ap', S, A)],
      [2.2, message(1, S, A, 9)],
      [2.3, leaves('station', S, A)],
    ];
    const connection = only(...connected, ...late);
    expect(shown(connection)).to.equal('S>A authentication#1 farewell#9');
    expect(connection.farewells.map(({ frame }) => frame)).to.deep.equal([9, 10, 12]);
  });

  it('and EAPOL a while later begins another', () => {
    const lines = linesOf(...connected, [2, leaves('ap', S, A)], [20, message(1, S, A)]);
    expect(lines).to.deep.equal(['S>A authentication#1 farewell#9', 'S>A middle#10 open#10']);
  });

  it('with an association to another access point', () => {
    const lines = linesOf(...connected, [2, auth(S, B)], [2.1, authAnswer(S, B)], [2.2, asks(S, B, open, true)]);
    expect(lines).to.deep.equal(['S>A authentication#1 roamed#11', 'S>B authentication#9 open#11']);
  });

  it('not with an authentication to another one', () => {
    const lines = linesOf(...connected, [2, auth(S, B)], [2.1, authAnswer(S, B)], [3, leaves('station', S, A)]);
    expect(lines).to.deep.equal(['S>A authentication#1 farewell#11', 'S>B authentication#9 open#10']);
  });

  it('with what the station itself says to another one', () => {
    const lines = linesOf(...connected, [2, message(1, S, B)], [2.1, message(2, S, B)]);
    expect(lines).to.deep.equal(['S>A authentication#1 roamed#10', 'S>B middle#9 open#10']);
  });

  it('with the next association to the same', () => {
    const lines = linesOf(...connected, ...associates(9, S, A));
    expect(lines).to.deep.equal(['S>A authentication#1 associatedAnew#11', 'S>A authentication#9 open#12']);
  });

  it('with the next handshake, where only the authentication before it was heard', () => {
    const lines = linesOf(...connected, [9, auth(S, A)], [9.1, authAnswer(S, A)], ...shakesHands(9.2, S, A));
    expect(lines).to.deep.equal(['S>A authentication#1 associatedAnew#11', 'S>A authentication#9 open#14']);
  });

  it('not with calls that nobody answers', () => {
    const connection = only(...connected, [2, auth(S, A)], [2.1, auth(S, A)], [40, beacon(A)]);
    expect(shown(connection)).to.equal('S>A authentication#1 open#10');
    expect(connection.authentications).to.have.length(4);
  });

  it('but calls that are answered after it are the next one', () => {
    const script: Script = [
      [2, auth(S, A)],
      [2.5, leaves('ap', S, A)],
      [3, authAnswer(S, A)],
      [3.1, asks(S, A)],
    ];
    expect(linesOf(...connected, ...script)).to.deep.equal(['S>A authentication#1 farewell#10', 'S>A authentication#9 open#12']);
  });

  it('not with what is encrypted, whoever authenticates meanwhile', () => {
    const sealed = { ...message(1, S, A, 5), isProtected: true } as Draft;
    const lines = linesOf(...connected, [2, auth(S, A)], [2.1, authAnswer(S, A)], [2.2, sealed]);
    expect(lines).to.deep.equal(['S>A authentication#1 open#11', 'S>A authentication#9 open#10']);
  });

  it('quietly after a while without a word', () => {
    expect(linesOf(...associates(0, S, A), [40, beacon(B)])).to.deep.equal(['S>A authentication#1 quiet#4']);
    expect(linesOf([0, auth(S, A)], [20, beacon(B)])).to.deep.equal(['S>A authentication#1 quiet#1']);
    expect(linesOf(...connected, [1000, beacon(B)])).to.deep.equal(['S>A authentication#1 open#8']);
    expect(linesOf(...connected, [5000, beacon(B)])).to.deep.equal(['S>A authentication#1 quiet#8']);
  });

  it('before what is heard of the pair after all too long a silence', () => {
    const lines = linesOf(...associates(0, S, A), [100, message(1, S, A)]);
    expect(lines).to.deep.equal(['S>A authentication#1 quiet#4', 'S>A middle#5 open#5']);
  });

  it('when its access point is gone', () => {
    const beacons: Script = Array.from({ length: 20 }, (_, i) => [1 + i / 10, beacon(B)] as const);
    const events = heard([0, beacon(A, open)], ...associates(0.1, S, A, open), ...beacons, [60, beacon(B)]);
    const lastOf = (frame: number, seconds: number, beaconInterval?: number) => () => ({
      ...{ frame, time: EPOCH + seconds * 1e6 },
      ...(beaconInterval !== undefined && { beaconInterval }),
    });
    const endings = (lastHeard: ReturnType<typeof lastOf>) => connectionsOf(events, { lastHeard }).map(shown);
    expect(endings(lastOf(15, 1.9, 102_400))).to.deep.equal(['S>A authentication#2 gone#5']);
    // So few frames tell nothing of who is silent in them.
    expect(endings(lastOf(20, 1.9, 102_400))).to.deep.equal(['S>A authentication#2 open#5']);
    expect(endings(lastOf(26, 59, 102_400))).to.deep.equal(['S>A authentication#2 open#5']);
    // Whose beacons were not heard, or seldom, is not gone.
    expect(endings(lastOf(15, 1.9))).to.deep.equal(['S>A authentication#2 open#5']);
    expect(endings(lastOf(15, 1.9, 20e6))).to.deep.equal(['S>A authentication#2 open#5']);
  });
});

describe('what is said of a connection', () => {
  it('the name of its network, wherever that was told', () => {
    expect(utf8(only(...associates(0, S, A, open)).ssid)).to.equal('net');
    expect(utf8(only([0, beacon(A)], ...shakesHands(1, S, A)).ssid)).to.equal('net');
    expect(utf8(only(...shakesHands(1, S, A), [2, probed(A)]).ssid)).to.equal('net');
    const hidden = Uint8Array.of(0, 3, 0, 0, 0);
    expect(utf8(only([0, beacon(A, hidden)], [0.5, probed(A)], ...shakesHands(1, S, A)).ssid)).to.equal('net');
    expect(only([0, beacon(A, hidden)], ...shakesHands(1, S, A)).ssid).to.equal(undefined);
  });

  it('its security', () => {
    const of = (...script: Script) => only(...script).security;
    expect(of(...associates(0, S, A, open))).to.deep.equal({ proto: 'open', pmf: 'none' });
    expect(of([0, beacon(A, open)], ...associates(0, S, A, open))).to.deep.equal({ proto: 'WEP', pmf: 'none' });
    expect(of([0, auth(S, A, { algorithm: 1 })])).to.deep.equal({ proto: 'WEP', pmf: 'none' });
    expect(of(...associates(0, S, A))).to.include({ proto: 'RSN', akm: 0x000fac02, pairwise: 0x000fac04 });
    expect(of([0, eap('ap', S, A)])).to.equal(undefined);
  });

  it('what the capture lost in its course', () => {
    const lost = (frames: number) => ({ kind: 'lost', frames }) as const;
    const connection = only([0, lost(5)], ...associates(1, S, A), [2, lost(7)], [3, message(1, S, A)], [4, lost(9)]);
    expect(connection.lostFrames).to.equal(7);
  });

  it('whether the association is still up', () => {
    const query = (from: 'ap' | 'station', action: number) =>
      ({ kind: 'action', station: S, ap: A, from, category: 8, body: Uint8Array.of(8, action, 1, 0) }) as const;
    const connection = only(...associates(0, S, A), [1, query('ap', 0)], [1.1, query('station', 1)]);
    expect(connection.saQueries.map(({ from, isResponse }) => [from, isResponse])).to.deep.equal([
      ['ap', false],
      ['station', true],
    ]);
  });
});

describe('connections on a wire', () => {
  const start: Script = [
    [0, wired(starts(S, 0))],
    [0.1, wired(eap('ap', S, A))],
    [0.2, wired(eap('station', S, A, 2))],
  ];

  it('begin with a start, before the authenticator is known', () => {
    const connection = only(...start, [0.3, wired(eap('ap', S, A, 3))]);
    expect(shown(connection)).to.equal('S>A authentication#1 open#4');
    expect(connection.medium).to.equal('wire');
    expect(connection.eap?.result).to.equal('success');
  });

  it('or with what the authenticator asks', () => {
    expect(linesOf([0, wired(eap('ap', 0, A))], [0.1, wired(eap('station', S, A, 2))])).to.deep.equal(['S>A middle#1 open#2']);
  });

  it('begin anew with a start after the result, and not before', () => {
    const again: Script = [
      [1, wired(starts(S, A))],
      [1.1, wired(eap('ap', S, A, 3))],
      [2, wired(starts(S, A))],
    ];
    expect(linesOf(...start, ...again)).to.deep.equal(['S>A authentication#1 associatedAnew#5', 'S>A authentication#6 open#6']);
  });

  it('end when the station logs off, whatever the authenticator asks then', () => {
    const connection = only(...start, [1, wired(logsOff(S, A))], [1.1, wired(eap('ap', S, A))]);
    expect(shown(connection)).to.equal('S>A authentication#1 farewell#4');
    expect(connection.eap?.last.frame).to.equal(4);
  });
});

describe('connections a log tells of', () => {
  const told = (phase: 'association' | 'security' | 'connection', outcome: Told['outcome'], name = 'net') =>
    ({
      kind: 'told',
      station: S,
      ap: A,
      from: 'station',
      phase,
      outcome,
      text: phase,
      ssid: new TextEncoder().encode(name),
    }) as const;

  it('begin with the first word and end with the last', () => {
    const script: Script = [
      [0, told('association', 'success')],
      [1, told('security', 'success')],
      [9, told('connection', 'ended')],
    ];
    const connection = only(...script);
    expect(shown(connection)).to.equal('S>A association#1 farewell#3');
    expect(connection.medium).to.equal('log');
    expect(connection.told.map(({ phase }) => phase)).to.deep.equal(['association', 'security', 'connection']);
  });

  it('are not made of an end alone, however late it is told', () => {
    for (const outcome of ['ended', 'vanished'] as const) {
      const script: Script = [
        [0, told('association', 'success')],
        [1, leaves('ap', S, A)],
        [60, told('connection', outcome)],
      ];
      expect(linesOf(...script)).to.deep.equal(['S>A association#1 farewell#2']);
      expect(linesOf([0, told('connection', outcome)])).to.deep.equal([]);
    }
    expect(linesOf([0, told('connection', 'failure')])).to.deep.equal(['S>A middle#1 farewell#1']);
  });

  it('end with the silence of an access point', () => {
    const connection = only([0, told('connection', 'success')], [9, told('connection', 'vanished')]);
    expect(shown(connection)).to.equal('S>A middle#1 gone#2');
    expect(judge(connection)).to.include({ outcome: 'authorized', cause: 'apVanished' });
  });

  it('are told apart by their association, and by their network', () => {
    const first = told('association', 'success');
    expect(linesOf([0, first], [1, first])).to.deep.equal(['S>A association#1 associatedAnew#2', 'S>A association#2 open#2']);
    const other = told('connection', 'success', 'other');
    expect(linesOf([0, first], [1, other])).to.deep.equal(['S>A association#1 associatedAnew#2', 'S>A middle#2 open#2']);
  });
});

describe('an observer', () => {
  const observe = (mostOpen?: number) =>
    createObserver({ crypto: nodeCrypto, credentials: [], ...(mostOpen !== undefined && { mostOpen }) });

  it('hands out what has ended once, and by itself', () => {
    const observer = observe();
    for (const event of heard(...associates(0, S, A), [1, leaves('ap', S, A)])) observer.take(event);
    expect(observer.ended()).to.deep.equal([]);
    observer.reach({ frame: 5, time: EPOCH + 20e6 });
    expect(observer.ended().map(shown)).to.deep.equal(['S>A authentication#1 farewell#5']);
    observer.finish({ frame: 5, time: EPOCH + 21e6 });
    expect(observer.ended()).to.deep.equal([]);
  });

  it('keeps no more than it may', () => {
    const observer = observe(10);
    for (const event of heard(...Array.from({ length: 100 }, (_, i) => [i / 100, auth(S + i, A)] as const))) observer.take(event);
    const retired = observer.ended();
    expect(retired).to.have.length(90);
    expect(retired.every(({ ending }) => ending === 'quiet')).to.equal(true);
  });

  it('keeps few of one station', () => {
    const observer = observe();
    for (const event of heard(...Array.from({ length: 100 }, (_, i) => [i / 100, auth(S, A + i)] as const))) observer.take(event);
    expect(observer.ended()).to.have.length(84);
  });

  it('watches everybody where temporal keys are given, and tells of nobody whom they do not open', () => {
    const tk = Secret.of(new Uint8Array(16).fill(7));
    const observer = createObserver({ crypto: nodeCrypto, credentials: [{ kind: 'tk', tk }] });
    expect(observer.isWatched(S, A)).to.equal(true);
    const sealed = { header: new Uint8Array(24), body: new Uint8Array(40) };
    observer.take({ kind: 'sealed', station: S, ap: A, from: 'ap', frame: 1, time: EPOCH, sealed });
    observer.finish({ frame: 1, time: EPOCH });
    expect(observer.ended()).to.deep.equal([]);
  });

  it('hands out each to whoever takes them at once, and then none is left to ask for', () => {
    const taken: string[] = [];
    const handOut = (connection: Connection): void => void taken.push(shown(connection));
    const observer = createObserver({ crypto: nodeCrypto, credentials: [], handOut });
    for (const event of heard(...associates(0, S, A), [1, leaves('ap', S, A)])) observer.take(event);
    expect(taken).to.deep.equal([]);
    observer.reach({ frame: 5, time: EPOCH + 20e6 });
    expect(taken).to.deep.equal(['S>A authentication#1 farewell#5']);
    observer.finish({ frame: 5, time: EPOCH + 21e6 });
    expect(observer.ended()).to.deep.equal([]);
    expect(taken).to.have.length(1);
  });

  it('watches nobody without keys', () => {
    const observer = observe();
    for (const event of heard(...associates(0, S, A), ...shakesHands(1, S, A))) observer.take(event);
    expect(observer.isWatched(S, A)).to.equal(false);
    expect(observer.isWatched(BROADCAST, A)).to.equal(false);
  });
});
