import { expect } from 'chai';
import { type EapPeerMethod, gtc, md5, mschapv2 } from '../../../../../operators/core/index.js';
import { Secret } from '../../../../../streams/events/index.js';
import { PeerRun } from '../../../../support/eapPeerRun.js';
import { eapFailure, eapRequest } from '../../../../support/eapServer.js';
import { text } from '../../../../support/eapToy.js';

const challenge = new Uint8Array(16).fill(0x5a);

/** What each method is asked before it shows a password. */
const cases: ReadonlyArray<readonly [EapPeerMethod, Uint8Array]> = [
  [md5(), Uint8Array.of(16, ...challenge)],
  [gtc(), text('Password:')],
  [mschapv2(), Uint8Array.of(1, 7, 0, 26, 16, ...challenge, ...text('host'))],
];

describe('a Failure after a password was shown', () => {
  for (const [method, question] of cases) {
    const run = (): PeerRun => new PeerRun({ methods: [method], password: { form: 'text', secret: Secret.of(text('secret')) } });
    const faultOf = (peer: PeerRun) => peer.of('fail')[0]?.fault;

    it(`is one of the password in ${method.name}`, () => {
      const peer = run();
      peer.packet(eapRequest(2, method.type, question));
      expect(peer.of('send')).to.have.length(1);
      peer.packet(eapFailure(2));
      expect(faultOf(peer)).to.deep.include({ code: 'rejected', method: method.name, isOfPassword: true });
    });
  }

  it('is none before', () => {
    const peer = new PeerRun({ methods: [md5()] });
    peer.packet(eapRequest(2, 1));
    peer.packet(eapFailure(2));
    expect(peer.of('fail')[0]?.fault).to.not.have.property('isOfPassword');
  });
});
