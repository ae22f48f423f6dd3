import { expect } from 'chai';
import fc from 'fast-check';
import { nodeCrypto } from '../../../../../adapters/crypto/index.js';
import {
  beginFils,
  type FilsOutput,
  type FilsSetup,
  type FilsState,
  protectFilsRequest,
  releaseFils,
  stepFils,
} from '../../../../../operators/core/rsn/index.js';
import { Secret } from '../../../../../streams/events/index.js';
import {
  AkmSuite,
  CipherSuite,
  elementsIn,
  findElement,
  readAuthenticationFrame,
  readFilsAuthentication,
  readRsnElement,
  requestElements,
  withPmkids,
} from '../../../../../streams/frames/index.js';
import { cipher, type NetworkSetup, networkFor, suite } from '../../../../support/associationFor.js';
import {
  answerFils,
  authenticateByFils,
  type FilsChanges,
  type FilsWay,
  filsRequest,
  filsRequestFault,
  filsSetup,
  INITIATE,
} from '../../../../support/authenticator/fils.js';
import { drawn } from '../../../../support/authenticator/keys.js';
import { secretsIn } from '../../../../support/portBench.js';
import { isZeroed } from '../../../../support/stages.js';

const plain: NetworkSetup = { akm: suite('FILS_SHA256'), pairwise: cipher('CCMP'), group: cipher('CCMP') };
const mobile: NetworkSetup = { akm: suite('FT_FILS_SHA384'), pairwise: cipher('GCMP_256'), group: cipher('CCMP') };
const rMsk = drawn('rMSK', 0, 64);
const cached = { pmk: drawn('pmk', 0, 32), pmkid: drawn('pmkid', 0, 16) };

const wayOf = (changes: Partial<FilsWay> = {}, setup: NetworkSetup = plain): FilsWay => ({
  network: networkFor(setup),
  ...(changes.cached === undefined && { rMsk }),
  ...changes,
});

/** A station whose first frame is out, and what it says from then on. */
const asked = (way: FilsWay, changes: Partial<FilsSetup> = {}) => {
  const outputs: FilsOutput[] = [];
  let state: FilsState = beginFils({ ...filsSetup(way), ...changes }).state;
  const take = (input: Parameters<typeof stepFils>[1]): ReadonlyArray<FilsOutput> => {
    const step = stepFils(state, input);
    state = step.state;
    outputs.push(...step.effects);
    return step.effects;
  };
  take({ kind: 'random', octets: drawn('station', 7, 200) });
  const sent = outputs.find((output) => output.do === 'send');
  const first = sent?.do === 'send' ? sent.body : new Uint8Array(0);
  return { take, outputs, first, state: () => state };
};

const said = (outputs: ReadonlyArray<FilsOutput>): ReadonlyArray<string> => outputs.map((output) => output.do);
const remarks = (outputs: ReadonlyArray<FilsOutput>): string =>
  outputs.map((output) => (output.do === 'report' ? output.message : '')).join('');

describe('FILS authentication of a station', () => {
  it('asks for randomness, sends one frame, hands over the packet of the server, and accepts', () => {
    const { outputs, state } = authenticateByFils(wayOf());
    expect(said(outputs)).to.deep.equal(['needRandom', 'send', 'setTimer', 'finish', 'clearTimer', 'accepted']);
    expect(state.phase).to.equal('accepted');
    const [need, sent] = outputs;
    expect(need).to.deep.equal({ do: 'needRandom', octets: 24 });
    const frame = readAuthenticationFrame(sent?.do === 'send' ? sent.body : new Uint8Array(0));
    if (frame._tag === 'Left') throw new Error(frame.left.message);
    const { rest, ...header } = frame.right;
    expect(header).to.deep.equal({ algorithm: 4, transaction: 1, status: 0 });
    const body = readFilsAuthentication(rest, false);
    if (body._tag === 'Left') throw new Error(body.left.message);
    expect(body.right.wrappedData).to.deep.equal(INITIATE);
    expect(body.right.rsne).to.deep.equal(networkFor(plain).ownElement);
  });

  it('a PMK that re-authentication made is told with its name; one of before is not', () => {
    const madeBy = (way: FilsWay) => {
      const accepted = authenticateByFils(way).outputs.find((output) => output.do === 'accepted');
      return accepted?.do === 'accepted' ? accepted.made : undefined;
    };
    expect(madeBy(wayOf())?.pmkid).to.deep.equal(nodeCrypto.hash('sha256', INITIATE).slice(0, 16));
    expect(madeBy(wayOf())?.pmk).to.have.length(32);
    expect(madeBy(wayOf({ cached }))).to.equal(undefined);
    expect(madeBy(wayOf({ cached, rMsk }))).to.equal(undefined);
  });

  it('perfect forward secrecy takes more randomness and the other algorithm', () => {
    const { outputs } = authenticateByFils(wayOf({ group: 20 }));
    expect(outputs[0]).to.deep.equal({ do: 'needRandom', octets: 24 + 48 + 8 });
    const sent = outputs.find((output) => output.do === 'send');
    expect(sent?.do === 'send' && sent.body[0]).to.equal(5);
  });

  it('too little randomness is asked for again', () => {
    const { state, effects } = beginFils(filsSetup(wayOf()));
    expect(said(effects)).to.deep.equal(['needRandom']);
    const step = stepFils(state, { kind: 'random', octets: new Uint8Array(23) });
    expect(said(step.effects)).to.deep.equal(['report', 'needRandom']);
    expect(step.state).to.equal(state);
  });

  const unusable: Readonly<Record<string, Partial<FilsSetup>>> = {
    'no suite of FILS': { akm: AkmSuite.codes.SAE },
    'an unknown suite': { akm: 1 },
    'a cipher for management frames': { pairwise: CipherSuite.codes.BIP_CMAC_128 },
    'an unknown group': { group: 9999 },
    'an empty packet of re-authentication': { reauthentication: new Uint8Array(0) },
    'a PMK of another length': { cached: { pmk: Secret.of(new Uint8Array(31)), pmkid: cached.pmkid } },
    'a PMK that is not known': { cached: { pmk: Secret.redacted(32, 'ff'), pmkid: cached.pmkid } },
    'a suite of fast transition without a mobility domain': { akm: AkmSuite.codes.FT_FILS_SHA256 },
  };
  for (const [name, change] of Object.entries(unusable)) {
    it(`${name}: it does not begin`, () => {
      const { state, effects } = beginFils({ ...filsSetup(wayOf()), ...change });
      expect(state).to.deep.equal({ phase: 'failed', failure: { reason: 'unusableSetup' } });
      expect(said(effects)).to.deep.equal(['clearTimer', 'failed']);
    });
  }

  it('neither way to authenticate: it does not begin', () => {
    const { reauthentication: _, ...setup } = filsSetup(wayOf());
    expect(beginFils(setup).state.phase).to.equal('failed');
  });
});

describe('answers that are passed over', () => {
  const dropped: Readonly<Record<string, readonly [FilsChanges, Partial<FilsWay>?, NetworkSetup?]>> = {
    fils_auth_other_algorithm: [{ frame: (frame) => ({ ...frame, algorithm: 3 }) }],
    fils_auth_with_pfs_not_asked_for: [{ frame: (frame) => ({ ...frame, algorithm: 5 }) }],
    fils_auth_first_transaction: [{ frame: (frame) => ({ ...frame, transaction: 1 }) }],
    fils_auth_third_transaction: [{ frame: (frame) => ({ ...frame, transaction: 3 }) }],
    fils_auth_cut_short: [{ frame: (frame) => ({ ...frame, rest: frame.rest.subarray(0, -1) }) }],
    fils_auth_no_fields: [{ frame: (frame) => ({ ...frame, rest: new Uint8Array(0) }) }],
    fils_auth_other_session: [
      { answer: (answer) => ({ ...answer, session: answer.session.with(7, 1 ^ (answer.session[7] ?? 0)) }) },
    ],
    fils_auth_no_wrapped_data: [{ answer: ({ wrappedData: _, ...answer }) => answer }],
    fils_auth_rsne_truncated: [{ answer: (answer) => ({ ...answer, rsne: Uint8Array.of(48, 1, 1) }) }],
    fils_auth_pmkid_not_offered: [{ answer: (answer) => ({ ...answer, rsne: withPmkids(answer.rsne, [cached.pmkid]) }) }],
    fils_auth_pmk_not_taken: [{ answer: (answer) => ({ ...answer, rsne: withPmkids(answer.rsne, []) }) }, { cached }],
    fils_auth_other_pmkid: [
      { answer: (answer) => ({ ...answer, rsne: withPmkids(answer.rsne, [cached.pmkid.with(0, 1)]) }) },
      { cached },
    ],
    fils_auth_two_pmkids: [
      { answer: (answer) => ({ ...answer, rsne: withPmkids(answer.rsne, [cached.pmkid, cached.pmkid]) }) },
      { cached },
    ],
    fils_auth_pfs_other_group: [
      { answer: (answer) => ({ ...answer, keyShare: { group: 20, element: new Uint8Array(96) } }) },
      { group: 19 },
    ],
    fils_auth_pfs_point_not_on_curve: [
      {
        answer: ({ keyShare, ...answer }) =>
          keyShare
            ? { ...answer, keyShare: { ...keyShare, element: keyShare.element.with(63, 1 ^ (keyShare.element[63] ?? 0)) } }
            : answer,
      },
      { group: 19 },
    ],
    fils_auth_pfs_coordinates_too_great: [
      { answer: (answer) => ({ ...answer, keyShare: { group: 19, element: new Uint8Array(64).fill(0xff) } }) },
      { group: 19 },
    ],
    fils_auth_ft_no_mde: [{ answer: ({ mobilityDomain: _, ...answer }) => answer }, {}, mobile],
    fils_auth_ft_no_fte: [{ answer: ({ fastTransition: _, ...answer }) => answer }, {}, mobile],
    fils_auth_ft_other_domain: [
      { answer: (answer) => ({ ...answer, mobilityDomain: Uint8Array.of(54, 3, 1, 2, 0) }) },
      {},
      mobile,
    ],
    fils_auth_ft_mde_truncated: [{ answer: (answer) => ({ ...answer, mobilityDomain: Uint8Array.of(54, 1, 1) }) }, {}, mobile],
    fils_auth_ft_fte_truncated: [{ answer: (answer) => ({ ...answer, fastTransition: Uint8Array.of(55, 1, 1) }) }, {}, mobile],
    fils_auth_ft_fte_without_holders: [
      { answer: (answer) => ({ ...answer, fastTransition: Uint8Array.of(55, 90, ...new Uint8Array(90)) }) },
      {},
      mobile,
    ],
  };
  for (const [name, [changes, more = {}, setup = plain]] of Object.entries(dropped)) {
    it(`${name}: dropped, and the genuine one is taken`, () => {
      const way = wayOf(more, setup);
      const { take, first, state } = asked(way);
      const [bad] = answerFils({ ...way, changes }, first);
      const outputs = take({ kind: 'frame', body: bad });
      expect(said(outputs), remarks(outputs)).to.deep.equal(['report']);
      expect(state().phase).to.equal('asked');
      const [genuine] = answerFils(way, first);
      take({ kind: 'frame', body: genuine });
      if (state().phase === 'finishing') take({ kind: 'finished', rMsk: Secret.of(rMsk) });
      expect(state().phase).to.equal('accepted');
    });
  }

  it('a packet of the server that re-authentication does not believe: the next answer may be better', () => {
    const way = wayOf();
    const { take, first, state } = asked(way);
    const [body] = answerFils(way, first);
    take({ kind: 'frame', body });
    expect(said(take({ kind: 'frame', body }))).to.deep.equal(['report']);
    expect(said(take({ kind: 'finished' }))).to.deep.equal(['report']);
    expect(state().phase).to.equal('asked');
    take({ kind: 'frame', body });
    const redacted = Secret.redacted(64, 'ff');
    expect(said(take({ kind: 'finished', rMsk: redacted }))).to.deep.equal(['report']);
    take({ kind: 'frame', body });
    expect(said(take({ kind: 'finished', rMsk: Secret.of(rMsk) }))).to.deep.equal(['clearTimer', 'accepted']);
  });

  it('a refusal counts if nothing better comes within a moment', () => {
    const refusing: FilsChanges = { frame: (frame) => ({ ...frame, status: 113 }) };
    for (const isForged of [true, false]) {
      const way = wayOf({ cached });
      const { take, first, state } = asked(way);
      const [refusal] = answerFils({ ...way, changes: refusing }, first);
      expect(take({ kind: 'frame', body: refusal })).to.deep.include({ do: 'setTimer', name: 'filsAnswer', ms: 40 });
      expect(said(take({ kind: 'frame', body: refusal })), 'a second one does not put it off').to.deep.equal(['report']);
      if (isForged) take({ kind: 'frame', body: answerFils(way, first)[0] });
      take({ kind: 'timer' });
      const expected = isForged ? 'accepted' : 'failed';
      const after = state();
      expect(after.phase).to.equal(expected);
      if (after.phase === 'failed') expect(after.failure).to.deep.equal({ reason: 'refused', status: 113 });
    }
  });

  it('no answer: it fails when the time is over, also while the server is being believed', () => {
    for (const answers of [false, true]) {
      const way = wayOf();
      const { take, first, state } = asked(way);
      if (answers) take({ kind: 'frame', body: answerFils(way, first)[0] });
      take({ kind: 'timer' });
      expect(state()).to.deep.equal({ phase: 'failed', failure: { reason: 'noAnswer' } });
    }
  });

  it('anything out of turn changes nothing', () => {
    const { take, state } = asked(wayOf());
    const late = Secret.of(rMsk);
    expect(said(take({ kind: 'random', octets: new Uint8Array(24) }))).to.deep.equal(['report']);
    expect(said(take({ kind: 'finished', rMsk: late }))).to.deep.equal(['report']);
    expect(isZeroed(late)).to.equal(true);
    expect(state().phase).to.equal('asked');
    take({ kind: 'timer' });
    for (const input of [{ kind: 'timer' }, { kind: 'frame', body: new Uint8Array(6) }] as const)
      expect(said(take(input))).to.deep.equal(['report']);
  });

  it('whatever octets come: nothing is accepted', () => {
    const { take, first, state } = asked(wayOf({ cached }));
    const [genuine] = answerFils(wayOf({ cached }), first);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), fc.nat(genuine.length), (octets, at) => {
        take({ kind: 'frame', body: octets });
        take({ kind: 'frame', body: Uint8Array.of(...genuine.subarray(0, Math.min(at, genuine.length - 1))) });
        expect(state().phase).to.equal('asked');
      }),
    );
  });
});

describe('the association request of FILS', () => {
  const ways: Readonly<Record<string, FilsWay>> = {
    plain: wayOf(),
    'with a PMK of before': wayOf({ cached }),
    'of a mobility domain': wayOf({}, mobile),
    'with perfect forward secrecy': wayOf({ group: 19 }),
  };
  for (const [name, way] of Object.entries(ways)) {
    it(`${name}: the access point opens it, and finds the confirmation`, () => {
      const { state, accessPoint } = authenticateByFils(way);
      if (state.phase !== 'accepted' || accessPoint === undefined) throw new Error('not accepted');
      expect(filsRequestFault(accessPoint, filsRequest(way, state))).to.equal(undefined);
    });
  }

  it('names the PMK of before, and in a mobility domain the PMK-R1 with MDE and FTE', () => {
    const elementsOf = (way: FilsWay) => {
      const { state } = authenticateByFils(way);
      return elementsIn({ frame: state.phase === 'accepted' ? state.elements : new Uint8Array(0), from: 0 });
    };
    const before = elementsOf(wayOf({ cached }));
    const rsne = readRsnElement(findElement(before, 48)?.body ?? new Uint8Array(0));
    expect(rsne._tag === 'Right' && rsne.right.pmkids).to.deep.equal([cached.pmkid]);
    expect(elementsOf(wayOf()).map(({ bytes }) => bytes)).to.deep.equal([networkFor(plain).ownElement]);
    expect(elementsOf(wayOf({}, mobile)).map(({ id }) => id)).to.deep.equal([48, 54, 55]);
  });

  it('hides what is behind the session, and cannot hide what does not fit', () => {
    const way = wayOf();
    const { state } = authenticateByFils(way);
    if (state.phase !== 'accepted') throw new Error('not accepted');
    const request = filsRequest(way, state);
    const ids = elementsIn(requestElements(request, false)).slice(0, 3);
    expect(ids.map(({ id }) => id)).to.deep.equal([0, 48, 255]);
    const more = new Uint8Array(64).fill(0x5a);
    const hidden = protectFilsRequest(nodeCrypto, state, new Uint8Array(4), more) ?? new Uint8Array(0);
    expect(hidden.length).to.equal(4 + 11 + 16 + 35 + 64);
    expect(Buffer.from(hidden).includes(Buffer.from(more))).to.equal(false);
    expect(protectFilsRequest(nodeCrypto, { ...state, session: new Uint8Array(7) }, request)).to.equal(undefined);
  });
});

describe('the secrets of FILS authentication', () => {
  const held = ({ state }: { readonly state: FilsState }) => {
    const { terms: _, ...rest } = { terms: undefined, ...state };
    return [...secretsIn(rest)];
  };

  it('are erased when the state is released, in every phase', () => {
    const way = wayOf({ group: 19 });
    const { take, first, state } = asked(way);
    const private1 = held({ state: state() });
    expect(private1).to.have.length(1);
    take({ kind: 'frame', body: answerFils(way, first)[0] });
    expect(held({ state: state() })).to.deep.equal(private1);
    releaseFils(state());
    expect(private1.every(isZeroed)).to.equal(true);

    const { state: accepted } = authenticateByFils(wayOf());
    const own = held({ state: accepted });
    expect(own).to.have.length(2);
    expect(own.some(isZeroed)).to.equal(false);
    releaseFils(accepted);
    expect(own.every(isZeroed)).to.equal(true);
    releaseFils(beginFils(filsSetup(wayOf())).state);
  });

  it('of Diffie-Hellman are erased once they have served, and when it fails', () => {
    for (const way of [wayOf({ group: 19 }), wayOf({ group: 19, cached })]) {
      const { take, first, state } = asked(way);
      const [secret] = held({ state: state() });
      take({ kind: 'frame', body: answerFils(way, first)[0] });
      if (way.rMsk !== undefined) take({ kind: 'finished', rMsk: Secret.of(way.rMsk) });
      expect(state().phase).to.equal('accepted');
      expect(secret !== undefined && isZeroed(secret)).to.equal(true);
    }
    const { take, state } = asked(wayOf({ group: 19 }));
    const [secret] = held({ state: state() });
    take({ kind: 'timer' });
    expect(secret !== undefined && isZeroed(secret)).to.equal(true);
  });

  it('that are handed out belong to whoever was given them, and the PMK of before to whoever gave it', () => {
    const setup = filsSetup(wayOf({ cached }));
    const before = setup.cached?.pmk;
    const { take, first, state, outputs } = asked(wayOf({ cached }), before ? { cached: { ...cached, pmk: before } } : {});
    take({ kind: 'frame', body: answerFils(wayOf({ cached }), first)[0] });
    releaseFils(state());
    const accepted = outputs.find((output) => output.do === 'accepted');
    expect(accepted?.do === 'accepted' && isZeroed(accepted.secret)).to.equal(false);
    expect(before !== undefined && isZeroed(before)).to.equal(false);
  });
});
