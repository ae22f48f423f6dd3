import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { nodeCrypto } from '../../../adapters/crypto/index.js';
import { nodeTls, type TlsSettings } from '../../../adapters/tls/index.js';
import { type EapPeerMethod, eapTls, gtc, type OpenTls, peap, ttls } from '../../../operators/core/index.js';
import { Secret } from '../../../streams/events/index.js';
import { EapMethod } from '../../../streams/frames/index.js';
import { bindingTlv, extensionsRequest, resultTlv, serverCompound, serverCsk } from '../../support/eap/compound.js';
import { type EapLink, eapLink, type LinkOptions } from '../../support/eap/eapLink.js';
import { materialOf, serveTunnel, type Tunnel, type TunnelServerOptions } from '../../support/eap/tunnelServer.js';
import { TOY, text, toyAnswer, toyMethod, toyMsk } from '../../support/eapToy.js';
import { certificateFile, type TlsHost, type TlsServerOptions, tlsHost } from '../../support/tlsServer.js';

const { TLS, PEAP, TTLS, GTC } = EapMethod.codes;
const USER = 'bob@inside.example.org';
const PASSWORD = 'hunter2hunter2';
const CHALLENGE = Uint8Array.of(9, 8, 7);
const COMMITMENT = Uint8Array.of(0);
const SUCCESS = 1;

const settings: TlsSettings = {
  trust: { kind: 'authorities', pem: certificateFile('ca.pem').toString() },
  names: [{ kind: 'dns', value: 'radius.example.org' }],
  client: {
    kind: 'pem',
    certificates: certificateFile('client-ec.pem').toString(),
    key: Secret.of(certificateFile('client-ec.key')),
  },
};

interface Given {
  readonly method: EapPeerMethod;
  readonly openTls: OpenTls;
  readonly room?: number;
  readonly link?: LinkOptions;
}

/** A server with what it does inside, and a peer with its method, until both are done. */
const meet = async (server: TunnelServerOptions, { method, openTls, room = 1000, link: how = {} }: Given): Promise<EapLink> => {
  const options = {
    ...{ identity: Secret.of(text(USER)), shownIdentity: Secret.of(text('anonymous')), methods: [method] },
    password: { form: 'text' as const, secret: Secret.of(text(PASSWORD)) },
    ...{ crypto: nodeCrypto, draw: (octets: number) => new Uint8Array(randomBytes(octets)), room },
  };
  const link = eapLink({ options, openTls }, how);
  await serveTunnel(server, link);
  link.unplug();
  return link;
};

const keysOf = ({ end }: EapLink) => (end?.do === 'succeed' ? end.keys : undefined);
const mskOf = (link: EapLink): Uint8Array | undefined => keysOf(link)?.msk.reveal();
const faultOf = ({ end }: EapLink) => (end?.do === 'fail' ? end.fault : undefined);
const isResumed = ({ events }: EapLink): boolean =>
  events.some((event) => event.do === 'report' && event.note.kind === 'tls' && event.note.isResumed);

/** What either version takes for the server's last word in EAP-TLS. */
const commit = async (tunnel: Tunnel): Promise<void> => {
  if (tunnel.isVersion13) await tunnel.ask(COMMITMENT);
};

const headless = (type: number, ...data: ReadonlyArray<number>): Uint8Array => Uint8Array.of(type, ...data);

for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
  describe(`EAP methods on adapters/tls, against a server of ${version}`, () => {
    const hostOf = (changes: Partial<TlsServerOptions> = {}): TlsHost =>
      tlsHost({ certificate: 'server-ec', maxVersion: version, ...changes });

    describe('EAP-TLS', () => {
      const serverOf = (host: TlsHost, material: Uint8Array[], room = 1000): TunnelServerOptions => ({
        ...{ type: TLS, host, room },
        inside: async (tunnel) => {
          material.push(materialOf(tunnel, TLS, 'client EAP encryption'));
          await commit(tunnel);
          return true;
        },
      });

      it('ends with equal keys on both sides', async () => {
        const material: Uint8Array[] = [];
        const link = await meet(serverOf(hostOf({ asksFor: 'ca' }), material), { method: eapTls(), openTls: nodeTls(settings) });
        expect(faultOf(link)).to.equal(undefined);
        expect(mskOf(link)).to.deep.equal(material[0]?.slice(0, 64));
        expect(keysOf(link)?.emsk?.reveal()).to.deep.equal(material[0]?.slice(64));
        expect(keysOf(link)?.sessionId).to.have.length(65);
      });

      it('does so in fragments of 100 octets both ways', async () => {
        const material: Uint8Array[] = [];
        const link = await meet(serverOf(hostOf({ asksFor: 'ca' }), material, 100), {
          ...{ method: eapTls(), openTls: nodeTls(settings), room: 100 },
        });
        expect(mskOf(link)).to.deep.equal(material[0]?.slice(0, 64));
        expect(link.sent.length).to.be.greaterThan(20);
        expect(Math.max(...link.sent.map(({ length }) => length))).to.equal(105);
      });

      it('does so where every packet arrives three times', async () => {
        const material: Uint8Array[] = [];
        const link = await meet(serverOf(hostOf({ asksFor: 'ca' }), material, 300), {
          ...{ method: eapTls(), openTls: nodeTls(settings), room: 300, link: { copies: 3 } },
        });
        expect(mskOf(link)).to.deep.equal(material[0]?.slice(0, 64));
      });

      it('resumes, with other keys', async () => {
        const [material, openTls, host] = [[] as Uint8Array[], nodeTls(settings), hostOf({ asksFor: 'ca' })];
        const first = await meet(serverOf(host, material), { method: eapTls(), openTls });
        const second = await meet(serverOf(host, material), { method: eapTls(), openTls });
        expect([isResumed(first), isResumed(second)]).to.deep.equal([false, true]);
        expect(mskOf(second)).to.deep.equal(material[1]?.slice(0, 64));
        expect(mskOf(second)).not.to.deep.equal(mskOf(first));
        expect(second.sent.length).to.be.lessThan(first.sent.length + 1);
      });

      it('does not show its certificate to a server that is not trusted', async () => {
        const host = hostOf({ certificate: 'server-untrusted', asksFor: 'ca' });
        const link = await meet(serverOf(host, []), { method: eapTls(), openTls: nodeTls(settings) });
        expect(faultOf(link)).to.deep.include({ code: 'certificate', method: 'TLS' });
        expect(Math.max(...link.sent.slice(2).map(({ length }) => length))).to.be.lessThan(100);
      });

      it('is told by an alert that the server cannot do its version', async () => {
        const other = version === 'TLSv1.2' ? 'TLSv1.3' : 'TLSv1.2';
        const openTls = nodeTls({ ...settings, minVersion: other, maxVersion: other });
        const host = hostOf({ minVersion: version });
        const link = await meet(serverOf(host, []), { method: eapTls(), openTls });
        expect(faultOf(link)).to.deep.include({ code: 'tlsAlert', method: 'TLS', alert: { description: 70, by: 'server' } });
      });

      it('does not believe a Success without the word of the server', async () => {
        const silent = async (tunnel: Tunnel): Promise<boolean> => {
          if (tunnel.isVersion13) await tunnel.ask(new Uint8Array(0));
          return true;
        };
        const link = await meet({ type: TLS, host: hostOf(), inside: silent }, { method: eapTls(), openTls: nodeTls(settings) });
        expect(link.end?.do).to.equal(version === 'TLSv1.2' ? 'succeed' : undefined);
      });
    });

    describe('PEAP', () => {
      const conclude = async (tunnel: Tunnel, ...tlvs: ReadonlyArray<Uint8Array>): Promise<boolean> => {
        const answer = await tunnel.askWith((identifier) => extensionsRequest(identifier, resultTlv(SUCCESS), ...tlvs));
        return Buffer.from(answer.slice(5)).equals(Buffer.concat([resultTlv(SUCCESS), ...tlvs.map(() => answer.slice(-60))]));
      };

      it('carries GTC, and nobody outside sees the user or the password', async () => {
        const heard: string[] = [];
        let material = new Uint8Array(0);
        const inside = async (tunnel: Tunnel): Promise<boolean> => {
          material = Uint8Array.from(materialOf(tunnel, PEAP, 'client EAP encryption'));
          if (!tunnel.isVersion13) await tunnel.ask(new Uint8Array(0));
          for (const request of [headless(1), headless(GTC, ...text('Password: '))])
            heard.push(Buffer.from(await tunnel.ask(request)).toString('latin1'));
          return conclude(tunnel);
        };
        const link = await meet(
          { type: PEAP, host: hostOf(), inside },
          { method: peap({ inner: [gtc()] }), openTls: nodeTls(settings) },
        );
        expect(heard).to.deep.equal([`\x01${USER}`, `\x06${PASSWORD}`]);
        expect(mskOf(link)).to.deep.equal(material.slice(0, 64));
        const outside = Buffer.concat(link.sent).toString('latin1');
        expect(outside).not.to.contain(USER).and.not.to.contain(PASSWORD);
      });

      it('says nothing inside to a server that is not trusted', async () => {
        const host = hostOf({ certificate: 'server-other-name' });
        let wasInside = false;
        const inside = (): Promise<boolean> => {
          wasInside = true;
          return Promise.resolve(true);
        };
        const link = await meet({ type: PEAP, host, inside }, { method: peap({ inner: [gtc()] }), openTls: nodeTls(settings) });
        expect(faultOf(link)).to.deep.include({ code: 'certificate', method: 'PEAP' });
        expect(wasInside).to.equal(false);
      });

      it('binds its inner method, and a resumed session without one', async () => {
        const [openTls, host] = [nodeTls(settings), hostOf()];
        const msks: Uint8Array[] = [];
        const resumptions: boolean[] = [];
        const inside = async (tunnel: Tunnel): Promise<boolean> => {
          const tunnelKey = materialOf(tunnel, PEAP, 'client EAP encryption').slice(0, 60);
          resumptions.push(tunnel.isResumed);
          let isk: Uint8Array | undefined;
          if (!tunnel.isResumed) {
            const answer = await tunnel.ask(headless(TOY, ...CHALLENGE));
            expect(answer).to.deep.equal(headless(TOY, ...toyAnswer(text(PASSWORD), CHALLENGE)));
            isk = toyMsk(text(PASSWORD), CHALLENGE).slice(0, 32);
          }
          const compound = serverCompound(tunnelKey, isk);
          const nonce = new Uint8Array(randomBytes(32));
          const answer = await tunnel.askWith((identifier) =>
            extensionsRequest(identifier, resultTlv(SUCCESS), bindingTlv(compound, nonce, 0)),
          );
          msks.push(serverCsk(compound).slice(0, 64));
          return Buffer.from(answer.slice(5)).equals(Buffer.concat([resultTlv(SUCCESS), bindingTlv(compound, nonce, 1)]));
        };
        const method = peap({ inner: [toyMethod()], cryptobinding: 'require' });
        const first = await meet({ type: PEAP, host, inside }, { method, openTls });
        const second = await meet({ type: PEAP, host, inside }, { method, openTls });
        expect(resumptions).to.deep.equal([false, true]);
        expect([mskOf(first), mskOf(second)]).to.deep.equal(msks);
      });
    });

    describe('TTLS', () => {
      const inner = [
        ['PAP', { kind: 'pap' }],
        ['an EAP of its own', { kind: 'eap', methods: [gtc()] }],
      ] as const;
      for (const [name, how] of inner) {
        it(`carries ${name}`, async () => {
          let material = new Uint8Array(0);
          const heard: Uint8Array[] = [];
          const inside = async (tunnel: Tunnel): Promise<boolean> => {
            material = Uint8Array.from(materialOf(tunnel, TTLS, 'ttls keying material'));
            heard.push(tunnel.first.length > 0 ? tunnel.first : await tunnel.ask(new Uint8Array(0)));
            if (how.kind === 'eap')
              heard.push(await tunnel.ask(Uint8Array.of(0, 0, 0, 79, 0x40, 0, 0, 16, 1, 1, 0, 8, GTC, ...text('Pw?'))));
            return true;
          };
          const link = await meet(
            { type: TTLS, host: hostOf(), inside },
            { method: ttls({ inner: how }), openTls: nodeTls(settings) },
          );
          const said = Buffer.concat(heard).toString('latin1');
          expect(said).to.contain(USER).and.to.contain(PASSWORD);
          expect(mskOf(link)).to.deep.equal(material.slice(0, 64));
          expect(Buffer.concat(link.sent).toString('latin1')).not.to.contain(USER).and.not.to.contain(PASSWORD);
        });
      }

      it('exports the challenge the server has', async () => {
        let challenge = new Uint8Array(0);
        let heard = new Uint8Array(0);
        const inside = async (tunnel: Tunnel): Promise<boolean> => {
          challenge = Uint8Array.from(tunnel.export('ttls challenge', 17));
          heard = Uint8Array.from(tunnel.first.length > 0 ? tunnel.first : await tunnel.ask(new Uint8Array(0)));
          return true;
        };
        await meet(
          { type: TTLS, host: hostOf(), inside },
          { method: ttls({ inner: { kind: 'chap' } }), openTls: nodeTls(settings) },
        );
        expect(Buffer.from(heard).includes(Buffer.from(challenge.subarray(0, 16)))).to.equal(true);
      });
    });

    it('a link that is unplugged in the middle hears nothing more', async () => {
      const link = eapLink({
        options: {
          ...{ identity: Secret.of(text(USER)), shownIdentity: Secret.of(text('anonymous')), methods: [eapTls()] },
          ...{ crypto: nodeCrypto, draw: (octets: number) => new Uint8Array(octets), room: 1000 },
        },
        openTls: nodeTls(settings),
      });
      link.tell(Uint8Array.of(1, 1, 0, 6, TLS, 0x20));
      link.unplug();
      const before = link.events.length;
      await new Promise((resolve) => setImmediate(() => setImmediate(() => setImmediate(resolve))));
      expect(link.events.length).to.equal(before);
      expect(link.sent).to.deep.equal([]);
    });
  });
}
