import { expect } from 'chai';
import { eapTls } from '../../../../../operators/core/index.js';
import { MethodRun, standing, standing13, toyMaterial, toyMethodId } from '../../../../support/eap/MethodRun.js';

const COMMITMENT = Uint8Array.of(0);
const finished = { records: Uint8Array.of(6, 6) };

describe('EAP-TLS', () => {
  it('shows a certificate, and exports what RFC 5216 2.3 and RFC 9190 2.3 say', () => {
    const run = new MethodRun(eapTls());
    run.start();
    expect(run.tls).to.deep.equal([
      {
        do: 'open',
        presentsCertificate: true,
        exports: {
          upTo12: { keyMaterial: { label: 'client EAP encryption', octets: 128 } },
          from13: {
            keyMaterial: { label: 'EXPORTER_EAP_TLS_Key_Material', context: Uint8Array.of(13), octets: 128 },
            methodId: { label: 'EXPORTER_EAP_TLS_Method-Id', context: Uint8Array.of(13), octets: 64 },
          },
        },
      },
    ]);
  });

  describe('up to TLS 1.2', () => {
    it('acknowledges the Finished of the server, and accepts', () => {
      const run = new MethodRun(eapTls());
      const wanted = run.establish();
      expect(wanted.map((command) => command.do)).to.deep.equal(['report', 'respond', 'accept']);
      expect(run.packets.at(-1)?.fragment.length).to.equal(0);
      expect(run.accepted.at(0)).to.include({ isFinal: true });
    });

    it('has the first and the second half of the material for MSK and EMSK', () => {
      const run = new MethodRun(eapTls());
      run.establish();
      expect(run.keys?.msk.reveal()).to.deep.equal(toyMaterial.slice(0, 64));
      expect(run.keys?.emsk?.reveal()).to.deep.equal(toyMaterial.slice(64));
    });

    it('accepts a resumed session with our own Finished, which is the last word', () => {
      const run = new MethodRun(eapTls());
      const wanted = run.establish(standing({ isResumed: true }), finished);
      expect(wanted.map((command) => command.do)).to.deep.equal(['report', 'respond', 'accept']);
      expect(run.packets.at(-1)?.fragment).to.deep.equal(finished.records);
    });

    it('does not accept before the last fragment of that is out', () => {
      const run = new MethodRun(eapTls(), { room: 20 });
      run.establish(standing({ isResumed: true }), { records: new Uint8Array(30) });
      expect(run.accepted).to.deep.equal([]);
      run.acknowledge();
      expect(run.accepted).to.have.length(1);
    });

    it('has no data inside', () => {
      const run = new MethodRun(eapTls());
      run.establish(standing({ isResumed: true }), finished);
      run.say(COMMITMENT);
      expect(run.fault).to.deep.include({ code: 'outOfTurn', method: 'TLS' });
    });
  });

  describe('in TLS 1.3', () => {
    it('does not accept with the handshake', () => {
      const run = new MethodRun(eapTls());
      run.establish(standing13(), finished);
      expect(run.packets.at(-1)?.fragment).to.deep.equal(finished.records);
      expect(run.accepted).to.deep.equal([]);
    });

    it('accepts with the commitment, acknowledges it, and is sure of it', () => {
      const run = new MethodRun(eapTls());
      run.establish(standing13(), finished);
      const wanted = run.say(COMMITMENT);
      expect(wanted.map((command) => command.do)).to.deep.equal(['respond', 'accept']);
      expect(run.packets.at(-1)?.fragment.length).to.equal(0);
      expect(run.accepted.at(0)).to.include({ isFinal: true, isProven: true });
    });

    it('names the session by what it exports', () => {
      const run = new MethodRun(eapTls());
      run.establish(standing13(), finished);
      run.say(COMMITMENT);
      expect(run.keys?.sessionId).to.deep.equal(Uint8Array.of(13, ...toyMethodId));
      expect(run.keys?.msk.reveal()).to.deep.equal(toyMaterial.slice(0, 64));
    });

    it('wants it of a resumed session as well', () => {
      const run = new MethodRun(eapTls());
      run.establish(standing13({ isResumed: true }), finished);
      expect(run.accepted).to.deep.equal([]);
      run.say(COMMITMENT);
      expect(run.accepted).to.have.length(1);
    });

    it('acknowledges tickets that come without it', () => {
      const run = new MethodRun(eapTls());
      run.establish(standing13(), finished);
      run.packet({ hasMore: true, messageLength: 4, fragment: Uint8Array.of(1, 2) });
      run.packet({ fragment: Uint8Array.of(3, 4) });
      run.turn();
      expect(run.accepted).to.deep.equal([]);
      expect(run.packets.at(-1)?.fragment.length).to.equal(0);
      run.say(COMMITMENT);
      expect(run.accepted).to.have.length(1);
    });

    it('takes no commitment that was given before our Finished (RFC 9190 2.5)', () => {
      const run = new MethodRun(eapTls());
      run.establish(standing13(), { ...finished, plain: COMMITMENT });
      expect(run.fault).to.deep.include({ code: 'outOfTurn' });
      expect(run.accepted).to.deep.equal([]);
    });

    for (const plain of [Uint8Array.of(1), Uint8Array.of(0, 0), new Uint8Array(100)]) {
      it(`takes nothing else for it: ${plain.length} octets, the first ${plain[0]}`, () => {
        const run = new MethodRun(eapTls());
        run.establish(standing13(), finished);
        run.say(plain);
        expect(run.fault).to.deep.include({ code: 'outOfTurn', method: 'TLS' });
        expect(run.accepted).to.deep.equal([]);
      });
    }

    it('is refused by an alert that comes after our certificate', () => {
      const run = new MethodRun(eapTls());
      run.establish(standing13(), finished);
      run.message(3);
      run.turn({ fault: { code: 'tlsAlert', message: 'certificate required', alert: { description: 116, by: 'server' } } });
      expect(run.fault?.alert).to.deep.equal({ description: 116, by: 'server' });
      expect(run.accepted).to.deep.equal([]);
    });

    it('is not refused by a close after the commitment', () => {
      const run = new MethodRun(eapTls());
      run.establish(standing13(), finished);
      run.say(COMMITMENT, { isClosed: true });
      run.message(3);
      run.turn({ isClosed: true });
      expect(run.accepted).to.have.length(1);
      expect(run.fault).to.equal(undefined);
    });

    it('inside of a tunnel does without: that protects the result', () => {
      const run = new MethodRun(eapTls(), { isInner: true });
      run.establish(standing13(), finished);
      expect(run.accepted.map(({ isFinal }) => isFinal)).to.deep.equal([false]);
      run.say(COMMITMENT);
      expect(run.accepted.at(-1)).to.include({ isFinal: true });
    });
  });

  it('lets go of its secrets', () => {
    const run = new MethodRun(eapTls());
    run.establish(standing13(), finished);
    const shown = JSON.stringify(run.state);
    run.release();
    expect(shown).to.contain('[redacted 128 B]');
    const { inside } = run.state;
    expect(inside.session?.keyMaterial.reveal()).to.deep.equal(new Uint8Array(128));
  });
});
