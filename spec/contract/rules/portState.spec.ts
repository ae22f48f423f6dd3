import { expect } from 'chai';
import { open } from '../../../operators/core/index.js';
import { effectKinds, type Handler, Win32 } from '../../../streams/events/index.js';
import { openNetwork } from '../../support/fixtures.js';
import { ADAPTER, AP, acting, except, onPacket, perform, SESSION_2, send, stage, stop } from './support.js';

const { ERROR_GEN_FAILURE } = Win32.codes;

const opened = (authorized: boolean, portAuthorized: boolean): Handler<'performPostAssociate'> => {
  const call = perform({ association: { ...openNetwork, portAuthorized } });
  return { ...call, portState: { ...call.portState, authorized } };
};

/** What the host believes of a port after the calls it was made (R53, R54). */
const belief = (staged: ReturnType<typeof stage>): boolean | undefined =>
  staged
    .completions()
    .map(({ win32 }) => win32 === 0)
    .at(-1);

describe('contract 4: port state', () => {
  it('R50: the port is taken as the host sees it', () => {
    for (const [controlled, authorized] of [
      [true, false],
      [true, true],
      [false, true],
      [false, false],
    ] as const) {
      const seen: unknown[] = [];
      const staged = stage({ methods: [acting({ onOpen: ({ portState }) => seen.push(portState) })] });
      const call = perform();
      staged.host({ ...call, portState: { ...call.portState, controlled, authorized } });
      expect(seen).to.deep.equal([{ peer: AP, sessionId: 1, controlled, authorized }]);
    }
  });

  it('R52: a port that is authorised already and one that is not both get one completion', () => {
    for (const authorized of [true, false]) {
      const staged = stage({ methods: [open] })
        .host(opened(authorized, authorized))
        .play('t');
      expect(staged.said).to.equal('C');
    }
  });

  it('R53, R54: success authorises the port, failure does the opposite and leaves it there', () => {
    const outcomes = onPacket({
      y: [{ do: 'succeed' }],
      n: [{ do: 'fail', reason: 0x48014, win32: ERROR_GEN_FAILURE }],
      1: [send('2')],
    });
    const staged = stage({ methods: [acting({ installsNoKeys: true, on: outcomes })] }).play('P');
    expect(belief(staged)).to.equal(undefined);
    expect(belief(staged.play('n'))).to.equal(false);
    expect(staged.play('1').said).to.equal('B2');
    expect(staged.outstanding.ports).to.equal(1);
    expect(belief(staged.play('y'))).to.equal(true);
  });

  it('R55: nothing is said for a port that was stopped', () => {
    const staged = stage().play('P1u3vS');
    const said = staged.said;
    expect(staged.play('1u3vgwRNt').said).to.equal(said);
  });

  it('R56, R190: whatever took the port down, it is gone when the stop returns', () => {
    const causes = {
      disassociated: 0x20008,
      deauthenticated: 0x10003,
      'roamed away': 8,
      'radio off': 3,
      'disabled or removed': 7,
    };
    for (const [cause, status] of Object.entries(causes)) {
      const staged = stage().play('P1');
      expect(staged.call(stop(AP, ADAPTER, status)), cause).to.equal(0);
      expect(staged.outstanding.ports, cause).to.equal(0);
      expect(staged.play('u3vt').said, cause).to.equal('2');
    }
  });

  it("R57: PORT_STATE_NOTIFICATION is the host's: the engine has no word for it, and says nothing else in its place", () => {
    expect(Object.keys(effectKinds).filter((kind) => /portState|portNotification/i.test(kind))).to.deep.equal([]);
    const staged = stage().play('P1u3vS');
    expect(staged.said).to.equal('24KGXC');
  });

  it('R58: a unicast key that was refused is never followed by success', () => {
    const staged = stage({ sink: except('setKeyMappingKey', () => ERROR_GEN_FAILURE) }).play('P1u3vt');
    expect(staged.said).to.equal('24KB');
  });

  it('R58: success waits for the answer, however late it comes', () => {
    const staged = stage({ sink: except('setKeyMappingKey', () => undefined) }).play('P1u3v');
    expect(staged.said).to.equal('24K');
    const [key] = staged.calls('setKeyMappingKey');
    staged.offer({ kind: 'reply', call: key?.call ?? 0, win32: 0 }).turn();
    expect(staged.said).to.equal('24KGXC');
  });

  it('R58: a method that claims success without any key is not believed', () => {
    const staged = stage({ methods: [acting({ begin: [{ do: 'succeed' }] })] }).play('Pt');
    expect(staged.said).to.equal('B');
    expect(staged.remarked).to.include('R58');
  });

  it('R59: what comes late for an old session does not move the current one', () => {
    const staged = stage({ sink: except('setKeyMappingKey', () => undefined) }).play('P1u3vS');
    const [old] = staged.calls('setKeyMappingKey');
    staged.host(perform({ session: SESSION_2 })).play('1u3v');
    staged.offer({ kind: 'reply', call: old?.call ?? 0, win32: 0 }).turn();
    expect(staged.completions()).to.deep.equal([]);
    const current = staged.calls('setKeyMappingKey')[1];
    staged.offer({ kind: 'reply', call: current?.call ?? 0, win32: 0 }).turn();
    expect(staged.completions().map(({ session }) => session)).to.deep.equal([SESSION_2]);
  });
});
