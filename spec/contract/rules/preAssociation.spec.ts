import { expect } from 'chai';
import { AuthAlgorithm, EtherType, Win32 } from '../../../streams/events/index.js';
import { ADAPTER, AP, AP_2, acting, except, packetOf, perform, preAssociate, Stage, stage, stop, symbolic } from './support.js';

const { ERROR_SUCCESS, ERROR_NOT_SUPPORTED, ERROR_INVALID_HANDLE } = Win32.codes;

/** A method that is enabled for profiles beginning with one octet, and that would serve any association. */
const enabledFor = (octet: number, name: string) =>
  acting({
    name,
    offers: ({ security }) =>
      security.reveal()[0] === octet ? { authAlgorithm: octet, unicastCipher: 4, multicastCipher: 2 } : undefined,
    begin: [{ do: 'report', rule: 'R21', message: name }],
  });

describe('contract 2: pre-association', () => {
  it('R20: returns 0 and completes exactly once, never in the same call', () => {
    const staged = stage();
    expect(staged.call(preAssociate())).to.equal(ERROR_SUCCESS);
    expect(staged.calls('preAssociateCompletion')).to.deep.equal([]);
    staged.play('t');
    expect(staged.calls('preAssociateCompletion').map(({ win32, reason }) => [win32, reason])).to.deep.equal([[0, 0]]);
    expect(staged.heard.find(({ effect }) => effect.kind === 'preAssociateCompletion')?.during).to.equal(undefined);
  });

  it('R20: a call that is refused is not completed', () => {
    const staged = new Stage().host({ kind: 'initService', version: 0 });
    expect(staged.call(preAssociate())).to.equal(ERROR_INVALID_HANDLE);
    expect(staged.play('t').heard).to.deep.equal([]);
  });

  it('R20: a refusal of the hardware is completed too, as a failure, and ends the enabling', () => {
    const staged = stage({ sink: except('setUnicastCipherAlgorithm', () => ERROR_NOT_SUPPORTED) });
    expect(staged.host(preAssociate()).play('t').said).to.equal('AUp');
    const [told] = staged.calls('preAssociateCompletion');
    expect(told?.win32).to.equal(ERROR_NOT_SUPPORTED);
    expect(told?.reason).to.not.equal(0);
  });

  it('R21: authentication, unicast and multicast cipher are chosen here', () => {
    const staged = stage().host(preAssociate());
    expect(staged.said).to.equal('AUMp');
    expect(staged.calls('setAuthAlgorithm').map(({ algorithm }) => algorithm)).to.deep.equal([7]);
    expect(staged.calls('setUnicastCipherAlgorithm').map(({ cipher }) => cipher)).to.deep.equal([4]);
    expect(staged.calls('setMulticastCipherAlgorithm').map(({ cipher }) => cipher)).to.deep.equal([4]);
  });

  it('R21: the method that was enabled is the one that runs, though another would serve as well', () => {
    const staged = stage({ methods: [enabledFor(9, 'first'), enabledFor(1, 'second')] });
    staged.host(preAssociate(), perform());
    expect(staged.calls('setAuthAlgorithm').map(({ algorithm }) => algorithm)).to.deep.equal([1]);
    expect(staged.remarks.map(({ message }) => message)).to.deep.equal(['second']);
  });

  it('R22: for a standard algorithm the engine exchanges packets and installs every key by itself', () => {
    const staged = stage().host(preAssociate()).play('P1u3vgw');
    expect(staged.calls('setAuthAlgorithm').map(({ algorithm }) => algorithm)).to.deep.equal([AuthAlgorithm.codes.RSNA_PSK]);
    expect(staged.said).to.equal('AUMp24KGXChG');
  });

  it('R23: from the completion to the next reset nothing is registered', () => {
    const staged = stage().host(preAssociate()).play('P1u3vgwSP1tS');
    const done = staged.heard.findIndex(({ effect }) => effect.kind === 'preAssociateCompletion');
    expect(done).to.be.at.least(0);
    const later = staged.heard.slice(done).filter(({ effect }) => effect.kind === 'setEtherTypeHandling');
    expect(later).to.deep.equal([]);
    expect(staged.play('Z').said.endsWith('E')).to.equal(true);
  });

  it('R24: the registered lists survive a roam and are not sent again', () => {
    const staged = stage().host(preAssociate()).play('PS');
    staged.host(perform({ peer: AP_2 }), packetOf('1', 3, AP_2));
    expect(staged.calls('setEtherTypeHandling')).to.deep.equal([]);
    expect(staged.calls('sendPacket').map(({ peer }) => peer)).to.deep.equal([AP_2]);
  });

  it('R25: hConnectSession is not used after the completion', () => {
    const staged = stage().host(preAssociate()).play('P1u3vgwSP1ZtD');
    const carrying = staged.heard.flatMap(({ effect }) => ('connect' in effect ? [effect.kind] : []));
    expect(carrying.at(-1)).to.equal('preAssociateCompletion');
    expect(carrying.filter((kind) => kind === 'preAssociateCompletion')).to.have.length(1);
  });

  it("R26: a profile without the host's 802.1X never starts it", () => {
    const own = stage({ methods: [symbolic(true)] })
      .host(preAssociate(false))
      .play('PEE');
    expect(own.calls('startOneX')).to.deep.equal([]);
    const theirs = stage({ methods: [symbolic(true)] })
      .host(preAssociate(true))
      .play('P');
    expect(theirs.calls('startOneX')).to.have.length(1);
  });

  it('R26: the choice is kept for every port of the connection', () => {
    const staged = stage({ methods: [symbolic(true)] }).host(preAssociate(false), perform(), stop(AP), perform());
    expect(staged.calls('startOneX')).to.deep.equal([]);
  });

  it("R27, R28: the profile and its custom data are the user's: no call changes or reads them", () => {
    const staged = stage({ methods: [symbolic(true)] });
    staged.host(preAssociate()).play('PER1u3vEN').host({ kind: 'adapterReset', adapter: ADAPTER }, preAssociate()).play('PSD');
    const touched = ['setCurrentProfile', 'setProfileCustomUserData', 'getProfileCustomUserData'];
    expect(staged.heard.filter(({ effect }) => touched.includes(effect.kind))).to.deep.equal([]);
    expect(staged.calls('preAssociateCompletion')).to.have.length(2);
  });

  it('R60, R65: EAPOL is registered, and exempted only while no pairwise key is there', () => {
    const registered = new Stage().begin().calls('setEtherTypeHandling');
    expect(registered.map(({ registrations }) => registrations)).to.deep.equal([[EtherType.codes.EAPOL]]);
    expect(registered.map(({ exemptions }) => exemptions)).to.deep.equal([
      [{ etherType: EtherType.codes.EAPOL, action: 2, packets: 1 }],
    ]);
  });
});
