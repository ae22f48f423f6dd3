import { expect } from 'chai';
import * as fc from 'fast-check';
import type { MethodContext } from '../../../operators/core/index.js';
import { open } from '../../../operators/core/index.js';
import { BROADCAST, Cipher, OneXResult, Secret, Win32, ZERO_MAC } from '../../../streams/events/index.js';
import { readAssociationRequest, writeAssociationCompletion, writePortState } from '../../../streams/frames/index.js';
import { association, openNetwork, portState } from '../../support/fixtures.js';
import {
  ADAPTER,
  type AP,
  AP_2,
  acting,
  oneX,
  onPacket,
  packetOf,
  perform,
  SESSION,
  SESSION_2,
  send,
  stage,
  symbolic,
} from './support.js';

const { ERROR_SUCCESS, ERROR_INVALID_DATA, ERROR_INVALID_PARAMETER, ERROR_NOT_SUPPORTED, ERROR_ALREADY_EXISTS } = Win32.codes;

const blocks = {
  request: Uint8Array.of(1, 4, 5, 0),
  response: Uint8Array.of(2, 2),
  beacon: Uint8Array.of(3, 3, 3),
};

/** A stage whose method shows what it was given when its port opened. */
const watching = () => {
  const seen: MethodContext[] = [];
  const staged = stage({ methods: [acting({ onOpen: (context) => seen.push(context) })] });
  return { staged, seen };
};

const inBytes = (changes: Parameters<typeof association>[0] = {}, revision: 1 | 2 = 2) => ({
  adapter: ADAPTER,
  session: SESSION,
  portState: writePortState(portState()),
  association: writeAssociationCompletion(association({ ...blocks, ...changes }), revision),
});

const nothingFollows = (staged: ReturnType<typeof stage>) => {
  staged.host(packetOf('1')).play('t');
  expect(staged.heard).to.deep.equal([]);
  expect(staged.outstanding.ports).to.equal(0);
};

describe('contract 3: PerformPostAssociate', () => {
  it('R30: a failed association opens no port', () => {
    const staged = stage();
    expect(staged.call(perform({ association: { status: 0x30001 } }))).to.equal(ERROR_INVALID_PARAMETER);
    staged.offer({ kind: 'associationCompletion', adapter: ADAPTER, association: association({ status: 0x30001 }) });
    nothingFollows(staged);
  });

  it('R31: two sessions one after the other never swap handles', () => {
    const staged = stage({ methods: [open] });
    staged.host(perform({ association: openNetwork })).play('S');
    staged.host(perform({ session: SESSION_2, association: openNetwork }));
    expect(staged.completions().map(({ session }) => session)).to.deep.equal([SESSION, SESSION_2]);
  });

  it('R32: the memory behind the port state is not written to', () => {
    const staged = stage();
    const call = perform();
    Object.freeze(call.portState);
    Object.freeze(call.association);
    expect(staged.call(call)).to.equal(ERROR_SUCCESS);
    staged.play('1u3v');
    const bytes = inBytes();
    const before = bytes.portState.slice();
    expect(stage().callRaw('performPostAssociate', bytes)).to.equal(ERROR_SUCCESS);
    expect(bytes.portState).to.deep.equal(before);
  });

  it('R33: the association is copied before the call returns', () => {
    for (const given of [inBytes(), { ...perform(), association: association({ ...blocks, beacon: blocks.beacon.slice() }) }]) {
      const { staged, seen } = watching();
      staged.callRaw('performPostAssociate', given);
      if (given.association instanceof Uint8Array) given.association.fill(0);
      else given.association.beacon.fill(0);
      expect(seen.map((context) => context.association.beacon)).to.deep.equal([blocks.beacon]);
    }
  });

  it('R34: what does not hold together is refused, whatever field is wrong, and creates nothing', () => {
    const offsets = [20, 28, 36, 44, 64, 80];
    const corrupt = fc.record({
      field: fc.constantFrom(...offsets),
      value: fc.integer({ min: 0x1000, max: 0x7fffffff }),
    });
    fc.assert(
      fc.property(corrupt, ({ field, value }) => {
        const staged = stage();
        const bytes = inBytes({
          activePhys: [1],
          encapsulation: [{ etherType: 0, encapsulation: 1 }],
          ihvData: Uint8Array.of(9),
        });
        new DataView(bytes.association.buffer).setUint32(field, value, true);
        expect(staged.callRaw('performPostAssociate', bytes)).to.equal(ERROR_INVALID_DATA);
        nothingFollows(staged);
      }),
      { numRuns: 60 },
    );
  });

  it('R34: an association with another peer than the port is refused', () => {
    const staged = stage();
    expect(staged.call(perform({ association: { peer: AP_2 } }))).to.equal(ERROR_INVALID_PARAMETER);
    nothingFollows(staged);
  });

  it('R35: both layouts are accepted; the short one has no management cipher', () => {
    for (const [revision, cipher] of [
      [1, Cipher.codes.NONE],
      [2, Cipher.codes.BIP],
    ] as const) {
      const { staged, seen } = watching();
      const bytes = inBytes({ managementCipher: Cipher.codes.BIP }, revision);
      expect(staged.callRaw('performPostAssociate', bytes)).to.equal(ERROR_SUCCESS);
      expect(seen.map((context) => context.association.managementCipher)).to.deep.equal([cipher]);
    }
  });

  it('R36: a call that was refused is followed by no completion', () => {
    const staged = stage({ methods: [open] });
    expect(staged.call(perform())).to.equal(ERROR_NOT_SUPPORTED);
    nothingFollows(staged);
  });

  it('R36: a session that is live already is refused, and the first one does not notice', () => {
    const staged = stage().host(perform());
    expect(staged.call(perform())).to.equal(ERROR_ALREADY_EXISTS);
    expect(staged.play('1u3v').said).to.equal('24KGXC');
  });

  it('R37: never completes inside the call, though the answer is known', () => {
    for (const changes of [openNetwork, { portAuthorized: true }]) {
      const staged = stage({ methods: [open] });
      expect(staged.call(perform({ association: changes }))).to.equal(ERROR_SUCCESS);
      staged.turn();
      expect(staged.heard).to.deep.equal([]);
      expect(staged.pass(1).said).to.equal('C');
      expect(staged.heard.map(({ during }) => during)).to.deep.equal([undefined]);
    }
  });

  it('R37: a failure does not complete inside the call either', () => {
    const staged = stage({ methods: [acting({ begin: [{ do: 'fail', reason: 0x48009, win32: 13 }] })] });
    staged.call(perform());
    expect(staged.heard).to.deep.equal([]);
    expect(staged.pass(1).said).to.equal('B');
  });

  it('R38: 802.1X may be started inside the call, or later', () => {
    const inside = stage({ methods: [symbolic(true)] });
    inside.call(perform());
    expect(inside.heard.map(({ effect, during }) => [effect.kind, during])).to.deep.equal([
      ['startOneX', 'performPostAssociate'],
    ]);
    const later = stage({ methods: [acting({ usesOneX: true, on: onPacket({ k: [{ do: 'startOneX' }] }) })] }).play('Pk');
    expect(later.heard.map(({ effect, during }) => [effect.kind, during])).to.deep.equal([['startOneX', undefined]]);
  });

  it('R39: a method may do nothing but complete', () => {
    expect(stage({ methods: [acting({ installsNoKeys: true, begin: [{ do: 'succeed' }] })] }).play('P').said).to.equal('C');
  });

  it('R40: null handles and structures are refused, and crash nothing', () => {
    for (const name of ['adapter', 'session', 'portState', 'association']) {
      const staged = stage();
      expect(staged.callRaw('performPostAssociate', { ...perform(), [name]: null }), name).to.equal(ERROR_INVALID_PARAMETER);
      nothingFollows(staged);
      expect(staged.play('P1').said).to.equal('2');
    }
    for (const kind of [
      'stopPostAssociate',
      'adapterReset',
      'receivePacket',
      'oneXIndicateResult',
      'receiveIndication',
    ] as const) {
      const refused = stage().callRaw(kind, { ...packetOf('1'), adapter: null });
      expect(refused, kind).to.equal(ERROR_INVALID_PARAMETER);
    }
  });

  it('R41: what was negotiated decides, not what the profile says', () => {
    const tkip = { unicastCipher: Cipher.codes.TKIP };
    const forbidding = stage();
    expect(forbidding.call(perform({ association: tkip }))).to.equal(ERROR_NOT_SUPPORTED);
    const seen: number[] = [];
    const either = acting({
      offers: () => ({ authAlgorithm: 7, unicastCipher: Cipher.codes.CCMP, multicastCipher: Cipher.codes.CCMP }),
      onOpen: (context) => seen.push(context.association.unicastCipher),
    });
    const allowing = stage({ methods: [either] });
    allowing.host(perform({ association: tkip }));
    expect(seen).to.deep.equal([Cipher.codes.TKIP]);
  });

  it('R42: the frames of the association reach the method, of either kind independently', () => {
    const { staged, seen } = watching();
    staged.callRaw('performPostAssociate', inBytes({ reassociationRequest: true, reassociationResponse: false }));
    expect(seen.map((context) => context.association)).to.deep.equal([
      association({ ...blocks, reassociationRequest: true, reassociationResponse: false }),
    ]);
    const reassociation = Uint8Array.of(1, 0, 2, 0, 2, 0, 0, 0, 0, 1, 48, 0);
    const read = readAssociationRequest(reassociation, true);
    expect(read).to.have.nested.property('right.elements').that.deep.equals(Uint8Array.of(48, 0));
  });

  it('R43: a second call while a port is live ends the old one as a stop does', () => {
    const staged = stage({ methods: [symbolic(true)] }).play('PE');
    staged.host(perform({ session: SESSION_2, peer: AP_2 }));
    expect(staged.said).to.equal('sFzs');
    staged.host(packetOf('1'), oneX(OneXResult.codes.FAILURE));
    expect(staged.completions().map(({ session, peer }) => [session, peer])).to.deep.equal([[SESSION_2, AP_2]]);
    expect(staged.outstanding.ports).to.equal(1);
  });

  it('R44: a group or wildcard peer is refused: infrastructure networks only', () => {
    for (const peer of [BROADCAST, ZERO_MAC, '01:00:5e:00:00:01' as typeof AP]) {
      const staged = stage();
      const call = perform({ peer });
      expect(staged.call(call), peer).to.equal(ERROR_INVALID_PARAMETER);
      nothingFollows(staged);
    }
  });

  it('R33: secrets of the host may be gone when the call has returned', () => {
    const answers: ReadonlyArray<number>[] = [];
    const asks = acting({
      begin: [
        {
          do: 'askUser',
          page: '00000000-0000-4000-8000-000000000001' as never,
          userSession: 1,
          data: Secret.of(new Uint8Array(1)),
        },
      ],
      on: (input) => {
        if (input.kind === 'userAnswered') answers.push([...input.response.reveal()]);
        return input.kind === 'userAnswered' ? [send('2')] : [];
      },
    });
    const staged = stage({ methods: [asks] }).play('P');
    const [asked] = staged.calls('sendUIRequest');
    const response = Secret.of(Uint8Array.of(7, 8, 9));
    if (asked !== undefined) staged.call({ kind: 'processUIResponse', request: asked.request, response });
    response.zeroise();
    staged.turn();
    expect(answers).to.deep.equal([[7, 8, 9]]);
  });
});
