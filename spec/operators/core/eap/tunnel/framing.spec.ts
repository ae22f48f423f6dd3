import { expect } from 'chai';
import { eapFault, eapTls, peap, ttls } from '../../../../../operators/core/index.js';
import { EapMethod } from '../../../../../streams/frames/index.js';
import { MethodRun, standing, tlsTurn, toyMaterial } from '../../../../support/eap/MethodRun.js';
import { PeerRun } from '../../../../support/eapPeerRun.js';
import { eapRequest } from '../../../../support/eapServer.js';

const { TLS } = EapMethod.codes;

const octets = (count: number, value = 0xaa): Uint8Array => new Uint8Array(count).fill(value);

/** A run whose ClientHello is out. */
const begun = (room = 1400): MethodRun<unknown> => {
  const run = new MethodRun<unknown>(eapTls(), { room });
  run.start();
  run.turn({ records: octets(8, 1) });
  return run;
};

describe('the frames of methods with TLS', () => {
  describe('the start', () => {
    it('opens TLS and answers with its hello', () => {
      const run = new MethodRun(eapTls());
      run.start();
      const [opened] = run.tls;
      expect(opened?.do).to.equal('open');
      expect(run.responses).to.deep.equal([]);
      run.turn({ records: octets(8, 1) });
      expect(run.packets).to.deep.equal([{ isStart: false, hasMore: false, version: 0, fragment: octets(8, 1) }]);
    });

    it('is demanded', () => {
      const run = new MethodRun(eapTls());
      run.message(1, 2, 3);
      expect(run.discarded).to.deep.equal(['TLS begins with a Start, and this is none']);
      expect(run.tls).to.deep.equal([]);
    });

    it('has no place later', () => {
      const run = begun();
      run.start();
      expect(run.discarded).to.deep.equal(['a Start in the middle of TLS']);
    });

    for (const version of [0, 1, 2, 7]) {
      it(`of version ${version} is answered with version 0`, () => {
        for (const method of [peap({ inner: [] }), ttls({ inner: { kind: 'pap' } })]) {
          const run = new MethodRun<unknown>(method);
          run.start(version);
          run.turn({ records: octets(8, 1) });
          expect(run.packets.map((packet) => packet.version)).to.deep.equal([0]);
        }
      });
    }

    it('without a single octet is dropped', () => {
      const run = new MethodRun(eapTls());
      run.request(new Uint8Array(0));
      expect(run.of('discard')).to.have.length(1);
      expect(run.tls).to.deep.equal([]);
    });
  });

  describe('fragments of the server', () => {
    it('are acknowledged one by one, and TLS gets the whole', () => {
      const run = begun();
      run.packet({ hasMore: true, messageLength: 7, fragment: Uint8Array.of(1, 2, 3) });
      run.packet({ hasMore: true, fragment: Uint8Array.of(4, 5) });
      expect(run.packets.slice(1).map(({ fragment }) => fragment.length)).to.deep.equal([0, 0]);
      expect(run.tls).to.have.length(1);
      run.packet({ fragment: Uint8Array.of(6, 7) });
      expect(run.tls.at(-1)).to.deep.equal({ do: 'receive', records: Uint8Array.of(1, 2, 3, 4, 5, 6, 7) });
      expect(run.responses).to.have.length(3);
    });

    it('may repeat the length, as FreeRADIUS does, or never say it', () => {
      for (const messageLength of [4, undefined]) {
        const length = messageLength === undefined ? {} : { messageLength };
        const run = begun();
        run.packet({ hasMore: true, ...length, fragment: Uint8Array.of(1, 2) });
        run.packet({ ...length, fragment: Uint8Array.of(3, 4) });
        expect(run.tls.at(-1)).to.deep.equal({ do: 'receive', records: Uint8Array.of(1, 2, 3, 4) });
      }
    });

    it('begin anew with the next message', () => {
      const run = begun();
      run.packet({ hasMore: true, messageLength: 2, fragment: Uint8Array.of(1) });
      run.packet({ fragment: Uint8Array.of(2) });
      run.turn({ records: octets(3) });
      run.packet({ hasMore: true, messageLength: 3, fragment: Uint8Array.of(3) });
      run.packet({ fragment: Uint8Array.of(4, 5) });
      expect(run.tls.at(-1)).to.deep.equal({ do: 'receive', records: Uint8Array.of(3, 4, 5) });
    });

    const inconsistent = {
      'that are more than announced': [{ hasMore: true, messageLength: 3, fragment: octets(4) }],
      'that end before their length': [{ messageLength: 5, fragment: octets(4) }],
      'that end after their length': [{ hasMore: true, messageLength: 5, fragment: octets(4) }, { fragment: octets(2) }],
      'that announce another length later': [
        { hasMore: true, messageLength: 9, fragment: octets(4) },
        { hasMore: true, messageLength: 8, fragment: octets(2) },
      ],
      'of which one was lost: an acknowledgement came in its place': [
        { hasMore: true, messageLength: 9, fragment: octets(4) },
        {},
      ],
    };
    for (const [title, packets] of Object.entries(inconsistent)) {
      it(`${title} are malformed`, () => {
        const run = begun();
        for (const packet of packets) run.packet(packet);
        expect(run.fault?.code).to.equal('malformed');
        expect(run.fault?.method).to.equal('TLS');
        expect(run.tls).to.have.length(1);
      });
    }

    it('of more than 64 kB are refused when they announce it', () => {
      const run = begun();
      run.packet({ hasMore: true, messageLength: 0x10001, fragment: octets(4) });
      expect(run.fault?.code).to.equal('tooLong');
    });

    it('of 4 GB are refused as well', () => {
      const run = begun();
      run.packet({ hasMore: true, messageLength: 0xffffffff, fragment: octets(4) });
      expect(run.fault?.code).to.equal('tooLong');
    });

    it('of more than 64 kB are refused when they come unannounced', () => {
      const run = begun();
      let taken = 0;
      while (run.fault === undefined && taken < 0x20000) {
        run.packet({ hasMore: true, fragment: octets(1000) });
        taken += 1000;
      }
      expect(run.fault?.code).to.equal('tooLong');
      expect(taken).to.equal(66000);
    });

    it('of exactly 64 kB are taken', () => {
      const run = begun();
      run.packet({ hasMore: true, messageLength: 0x10000, fragment: octets(0x8000) });
      run.packet({ fragment: octets(0x8000) });
      expect(run.tls.at(-1)).to.deep.equal({ do: 'receive', records: octets(0x10000) });
    });

    it('without octets, in a flood, are acknowledged and not kept', () => {
      const run = begun();
      const before = JSON.stringify(run.state).length;
      for (let i = 0; i < 1000; i++) run.packet({ hasMore: true });
      expect(run.responses).to.have.length(1001);
      expect(JSON.stringify(run.state).length - before).to.be.lessThan(100);
    });
  });

  it('a flood of fragments ends where the peer has had enough of it', () => {
    const run = new PeerRun({ methods: [eapTls()] });
    run.packet(eapRequest(1, TLS, Uint8Array.of(0x20)));
    run.feed({ kind: 'tls', session: 'tls', turn: tlsTurn({ records: octets(8) }) });
    for (let i = 0; i < 200; i++) run.packet(eapRequest((i + 2) & 0xff, TLS, Uint8Array.of(0x40)));
    expect(run.of('fail').map(({ fault }) => [fault.code, fault.method])).to.deep.equal([['tooManyRounds', 'TLS']]);
    expect(run.sent).to.have.length(100);
  });

  it('a fragment that is lost, or whose answer is, is sent again and changes nothing', () => {
    const run = new PeerRun({ methods: [eapTls()], room: 20 });
    run.packet(eapRequest(1, TLS, Uint8Array.of(0x20)));
    run.feed({ kind: 'tls', session: 'tls', turn: tlsTurn({ records: octets(40) }) });
    run.packet(eapRequest(2, TLS, Uint8Array.of(0)));
    run.packet(eapRequest(2, TLS, Uint8Array.of(0)));
    run.packet(eapRequest(1, TLS, Uint8Array.of(0x20)));
    run.packet(eapRequest(3, TLS, Uint8Array.of(0)));
    const [first, second, again, third] = run.sent;
    expect(again).to.deep.equal(second);
    expect([first, second, third].map((packet) => (packet?.length ?? 0) - 5)).to.deep.equal([20, 20, 7]);
    expect(run.sent).to.have.length(4);
  });

  describe('fragments of ours', () => {
    it('fit the room, and the first tells the length', () => {
      const run = begun(20);
      run.message(9);
      run.turn({ records: octets(40) });
      run.acknowledge();
      run.acknowledge();
      const [, first, second, third] = run.packets;
      expect(run.responses.slice(1).map(({ length }) => length)).to.deep.equal([20, 20, 7]);
      expect(first).to.include({ hasMore: true, messageLength: 40 });
      expect(second).to.include({ hasMore: true });
      expect(second?.messageLength).to.equal(undefined);
      expect(third).to.include({ hasMore: false });
    });

    it('wait for their acknowledgement', () => {
      const run = begun(20);
      run.message(9);
      run.turn({ records: octets(40) });
      run.message(1, 2, 3);
      expect(run.discarded).to.deep.equal(['data, and the server has not acknowledged the last fragment']);
      run.acknowledge();
      run.acknowledge();
      expect(run.packets).to.have.length(4);
    });

    it('an acknowledgement too many is dropped', () => {
      const run = begun();
      run.acknowledge();
      expect(run.discarded).to.deep.equal(['an acknowledgement, and nothing waits for one']);
    });

    it('of PEAP tell the length of a whole handshake message as well', () => {
      const run = new MethodRun(peap({ inner: [] }));
      run.establish();
      expect(run.packets.map(({ messageLength }) => messageLength)).to.deep.equal([2, undefined]);
    });

    it('of PEAP do not, where there is no room for it', () => {
      const run = new MethodRun(peap({ inner: [] }), { room: 12 });
      run.start();
      run.turn({ records: octets(8) });
      expect(run.responses.map(({ length }) => length)).to.deep.equal([9]);
    });
  });

  describe('while TLS is at work', () => {
    it('a request is dropped', () => {
      const run = new MethodRun(eapTls());
      run.start();
      run.message(1, 2);
      expect(run.discarded).to.deep.equal(['TLS is still at work on the request before']);
    });

    it('a turn nobody asked for changes nothing, and its keys are destroyed', () => {
      const run = begun();
      const before = run.state;
      const keyMaterial = toyMaterial.slice();
      expect(run.turn({ established: standing({ keys: { keyMaterial } }) })).to.deep.equal([]);
      expect(run.state).to.equal(before);
      expect(keyMaterial).to.deep.equal(octets(128, 0));
    });
  });

  describe('the end of TLS', () => {
    const fault = eapFault('certificate', 'the certificate has expired', { certificateError: 'CERT_HAS_EXPIRED' });

    it('sends the alert, and then refuses', () => {
      const run = begun();
      run.message(9);
      const wanted = run.turn({ records: octets(7), fault });
      expect(wanted.map((command) => command.do)).to.deep.equal(['respond', 'refuse']);
      expect(run.packets.at(-1)?.fragment).to.deep.equal(octets(7));
      expect(run.fault).to.deep.equal({ ...fault, method: 'TLS' });
    });

    it('refuses after the last fragment, where the alert is at the end of several', () => {
      const run = begun(20);
      run.message(9);
      run.turn({ records: octets(30), fault });
      expect(run.fault).to.equal(undefined);
      run.acknowledge();
      expect(run.fault?.code).to.equal('certificate');
    });

    it('acknowledges an alert of the server', () => {
      const run = begun();
      run.message(9);
      run.turn({ fault: eapFault('tlsAlert', 'unknown ca') });
      expect(run.packets.at(-1)?.fragment).to.deep.equal(octets(0));
      expect(run.fault?.code).to.equal('tlsAlert');
    });

    it('ends the method', () => {
      const run = begun();
      run.message(9);
      run.turn({ fault });
      run.message(1);
      expect(run.discarded).to.deep.equal(['TLS is over']);
    });

    it('by a close before anything was decided is a refusal', () => {
      const run = new MethodRun(peap({ inner: [] }));
      run.establish();
      run.message(4);
      run.turn({ isClosed: true });
      expect(run.fault).to.deep.include({ code: 'tls', method: 'PEAP' });
    });
  });

  describe('what stands', () => {
    it('is reported, without keys', () => {
      const run = new MethodRun(eapTls());
      run.establish(standing({ isResumed: true }));
      const [note] = run.of('report').map((command) => command.note);
      expect(note).to.deep.equal({
        ...{ kind: 'tls', isInner: false, version: 'TLSv1.2', cipher: 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', isResumed: true },
      });
    });

    it('is no good without the keys that were asked for', () => {
      for (const keys of [{}, { keyMaterial: octets(64) }]) {
        const run = new MethodRun(eapTls());
        run.establish(standing({ keys }));
        expect(run.fault).to.deep.include({ code: 'tls', method: 'TLS' });
        expect(run.accepted).to.deep.equal([]);
      }
    });

    it('keeps no copy of its keys outside of secrets', () => {
      const run = new MethodRun(eapTls());
      const keyMaterial = toyMaterial.slice();
      run.establish(standing({ keys: { keyMaterial } }));
      expect(keyMaterial).to.deep.equal(octets(128, 0));
    });
  });
});
