import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import * as fc from 'fast-check';
import * as t from 'io-ts';
import { readAcknowledgement } from '../../../../adapters/linux/genetlink/acknowledgement.js';
import {
  attribute,
  attributesIn,
  flagAttribute,
  nestedAttribute,
  u8In,
  u32Attribute,
  u32In,
} from '../../../../adapters/linux/genetlink/attributes.js';
import {
  type GenericMessage,
  type GenericRequest,
  genericBody,
  readGeneric,
} from '../../../../adapters/linux/genetlink/GenericMessage.js';
import { readFamily } from '../../../../adapters/linux/genetlink/resolveFamily.js';
import { readNetlinkMessages } from '../../../../adapters/linux/netlink/netlinkMessage.js';
import { readBss } from '../../../../adapters/linux/nl80211/Bss.js';
import { Attribute, BandAttribute, Command, FrequencyAttribute, KeyAttribute } from '../../../../adapters/linux/nl80211/names.js';
import { readRadioEvent } from '../../../../adapters/linux/nl80211/RadioEvent.js';
import {
  abortScanRequest,
  associateRequest,
  authenticateRequest,
  authoriseRequest,
  connectRequest,
  deleteKeyRequest,
  disconnectRequest,
  eapolRequest,
  emptyKeyRequest,
  newKeyRequest,
  registerSaQueryRequest,
  saQueryRequest,
  scanRequest,
  transmitKeyRequest,
} from '../../../../adapters/linux/nl80211/requests.js';
import { readWiphy } from '../../../../adapters/linux/nl80211/Wiphy.js';
import { keyRequest, wipe } from '../../../../adapters/linux/wifi/keyRequests.js';
import type { AdapterHandle, EffectOf, MacAddress, ServiceHandle, SessionHandle } from '../../../../streams/events/index.js';
import { Cipher, fromHex, Secret, toHex } from '../../../../streams/events/index.js';
import { octets } from '../wifi/accessPoints.js';

const Recorded = t.type({
  ...{
    family: t.string,
    interface: t.string,
    bss: t.string,
    scanned: t.string,
    connected: t.string,
    eapol: t.string,
    sent: t.string,
  },
  ...{ deauthenticated: t.string, disconnected: t.string, acknowledgedWithCookie: t.string, refused: t.string },
  ...{ connectRequest: t.string, authoriseRequest: t.string, scanRequest: t.string, eapolRequest: t.string },
  ...{ newKeyRequests: t.array(t.string), wiphy: t.array(t.string) },
});

/** What went between this package and a kernel 6.1 with two radios of mac80211_hwsim. */
const recorded = (() => {
  const file = new URL('../../../fixtures/linux/nl80211.json', import.meta.url);
  const read = Recorded.decode(JSON.parse(readFileSync(file, 'utf8')));
  if (read._tag === 'Left') throw new Error('the fixture is damaged');
  return read.right;
})();

const IFINDEX = 3;
const AP = '02:00:00:00:00:00' as MacAddress;
const NONE: GenericMessage = { command: 0, attributes: new Map() };
const messageOf = (hex: string): GenericMessage => readGeneric({ body: octets(hex) }) ?? NONE;
const eventOf = (hex: string) => readRadioEvent(IFINDEX, messageOf(hex));
const hexOf = (request: GenericRequest): string => toHex(genericBody(request));
/** The version of the family's interface, which the kernel does not look at, is ours in requests and 1 in what it says. */
const acknowledgementOf = (hex: string) => {
  const [message] = readNetlinkMessages(octets(hex));
  return message && readAcknowledgement(message);
};

describe('nl80211', () => {
  describe('what a kernel said', () => {
    it('of its family: a number, and the groups', () => {
      const [message] = readNetlinkMessages(octets(recorded.family));
      const generic = message && readGeneric(message);
      const family = generic && readFamily(generic);
      expect(family?.id).to.equal(32);
      expect([...(family?.groups.keys() ?? [])]).to.include.members(['config', 'scan', 'mlme']);
    });

    it('of a radio, in parts', () => {
      const wiphy = readWiphy(recorded.wiphy.map(messageOf));
      expect(wiphy).to.deep.include({ index: 1, name: 'phy1', connects: true, protectsManagement: true, multiLink: false });
      expect(wiphy).to.deep.include({ controlPort: true, controlPortStatus: true, extendedKeyId: true, rekeyOffload: false });
      expect(wiphy?.keepsPmks, 'no driver of mac80211 does').to.equal(false);
      expect(wiphy?.sae).to.deep.equal({ byFrames: true, byRequest: false, inFirmware: false });
      expect(wiphy?.ciphers.map((suite) => suite & 0xff)).to.deep.equal([1, 5, 2, 4, 10, 8, 9, 6, 13, 11, 12]);
      expect(readWiphy([])).to.equal(undefined);
    });

    it('of the channels of a radio, some in each part, without those it may not use', () => {
      const channel = (mhz: number, isDisabled = false) =>
        nestedAttribute(0, [
          u32Attribute(FrequencyAttribute.FREQ, mhz),
          ...(isDisabled ? [flagAttribute(FrequencyAttribute.DISABLED)] : []),
        ]);
      const part = (band: number, ...channels: ReadonlyArray<Uint8Array>): GenericMessage => {
        const frequencies = nestedAttribute(BandAttribute.FREQS, channels);
        const bands = nestedAttribute(Attribute.WIPHY_BANDS, [nestedAttribute(band, [frequencies])]);
        const name = attribute(Attribute.WIPHY_NAME, octets('7068793100'));
        const body = genericBody({ command: Command.NEW_WIPHY, attributes: [u32Attribute(Attribute.WIPHY, 1), name, bands] });
        return readGeneric({ body }) ?? NONE;
      };
      const wiphy = readWiphy([part(0, channel(2412)), part(0, channel(2484, true), channel(2437)), part(1, channel(5180))]);
      expect(wiphy?.channels).to.deep.equal([2412, 2437, 5180]);
    });

    it('of an access point', () => {
      const bss = readBss(messageOf(recorded.bss));
      expect(bss).to.deep.include({ bssid: AP, frequency: 2412, signal: -3000, beaconInterval: 100, isOurs: false });
      expect(new TextDecoder().decode(bss?.ssid)).to.equal('lab');
      expect(toHex(bss?.elements ?? octets(''))).to.contain('30140100000fac040100000fac040100000fac06c000');
      expect(readBss(NONE)).to.equal(undefined);
    });

    it('of an association', () => {
      const event = eventOf(recorded.connected);
      expect(event).to.deep.include({ kind: 'connected', bssid: AP, status: 0, timedOut: false });
      expect(event?.kind === 'connected' && toHex(event.request).slice(0, 10)).to.equal('00036c6162');
      expect(event?.kind === 'connected' && event.response.length).to.equal(31);
    });

    it('of an association that nobody answered, when it was asked for by a request of its own', () => {
      const index = new Uint8Array(4);
      index[0] = IFINDEX;
      const answer = new Map([[Attribute.IFINDEX, index]]);
      const silence = new Map([...answer, [Attribute.TIMED_OUT, new Uint8Array(0)]]);
      const event = readRadioEvent(IFINDEX, { command: Command.ASSOCIATE, attributes: silence });
      expect(event).to.deep.include({ kind: 'connected', timedOut: true });
      expect(readRadioEvent(IFINDEX, { command: Command.ASSOCIATE, attributes: answer })).to.equal(undefined);
    });

    it('of another channel the access point has gone to, if it names one', () => {
      const about = [u32Attribute(Attribute.IFINDEX, IFINDEX), u32Attribute(Attribute.WIPHY_FREQ, 2437)];
      const told = (attributes: ReadonlyArray<Uint8Array>) =>
        readRadioEvent(IFINDEX, readGeneric({ body: genericBody({ command: 88, attributes }) }) ?? NONE);
      expect(told(about)).to.deep.equal({ kind: 'channel', frequency: 2437 });
      expect(told(about.slice(0, 1))).to.equal(undefined);
    });

    it('of EAPOL in the clear', () => {
      const event = eventOf(recorded.eapol);
      expect(event).to.deep.include({ kind: 'eapol', from: AP, isProtected: false });
      expect(event?.kind === 'eapol' && event.packet.length).to.equal(99);
    });

    it('of a farewell in the clear, and of an answer to SA Query', () => {
      const [own, peer] = ['020000000100', '020000000000'];
      const heard = (command: number, frame: string) =>
        readRadioEvent(3, {
          command,
          attributes: new Map([
            [Attribute.IFINDEX, octets('03000000')],
            [Attribute.FRAME, octets(frame)],
          ]),
        });
      const farewell = `c0000000${own}${peer}${peer}00000700`;
      for (const command of [Command.UNPROT_DEAUTHENTICATE, Command.UNPROT_DISASSOCIATE])
        expect(heard(command, farewell)).to.deep.equal({ kind: 'doubted', from: '02:00:00:00:00:00', reason: 7 });
      expect(heard(Command.FRAME, `d0000000${own}${peer}${peer}000008013412`)).to.deep.equal({
        ...{ kind: 'saQueryAnswered', transaction: 0x1234 },
      });
      expect(heard(Command.FRAME, `d0000000${own}${peer}${peer}0000080134`)).to.equal(undefined);
      expect(heard(Command.UNPROT_DEAUTHENTICATE, farewell.slice(0, -2))).to.equal(undefined);
    });

    it('of what became of a packet, by the cookie of its acknowledgement', () => {
      const cookie = acknowledgementOf(recorded.acknowledgedWithCookie)?.cookie;
      expect(eventOf(recorded.sent)).to.deep.equal({ kind: 'sent', cookie, isAcknowledged: true });
    });

    it('of the end', () => {
      expect(eventOf(recorded.deauthenticated)).to.deep.equal({ kind: 'left', frame: 'deauthentication' });
      expect(eventOf(recorded.disconnected)).to.deep.equal({ kind: 'disconnected', reason: 15, byAccessPoint: true });
      expect(eventOf(recorded.scanned)).to.deep.equal({ kind: 'scanned', isComplete: true });
    });

    it('of a refusal: ENOTCONN', () => {
      expect(acknowledgementOf(recorded.refused)).to.deep.equal({ errno: 'ENOTCONN' });
    });

    it('of another interface is not ours', () => {
      expect(readRadioEvent(4, messageOf(recorded.connected))).to.equal(undefined);
      expect(readRadioEvent(IFINDEX, NONE)).to.equal(undefined);
    });

    it('is read without a fault, whatever it is', () => {
      const all = [recorded.connected, recorded.eapol, recorded.sent, recorded.disconnected, recorded.bss, recorded.interface];
      fc.assert(
        fc.property(fc.constantFrom(...all), fc.nat(400), fc.nat(255), (hex, at, octet) => {
          const damaged = octets(hex).map((value, i) => (i === at ? octet : value));
          const message = readGeneric({ body: damaged }) ?? NONE;
          expect(() => [readRadioEvent(IFINDEX, message), readBss(message), readWiphy([message])]).not.to.throw();
        }),
      );
    });
  });

  describe('what is asked of a kernel is what one has taken', () => {
    const security = { wpaVersion: 2, akm: 0x000fac06, pairwise: 0x000fac04, group: 0x000fac04, groupManagement: 0x000fac06 };
    const element = octets('30140100000fac040100000fac040100000fac06c000');

    it('to connect', () => {
      const parameters = {
        ssid: octets('6c6162'),
        bssid: AP,
        frequency: 2412,
        security: { ...security, element },
        usesControlPort: true,
      };
      expect(hexOf(connectRequest(IFINDEX, parameters))).to.equal(recorded.connectRequest);
    });

    it('to connect to an open network: neither a cipher nor a shut port', () => {
      const request = connectRequest(IFINDEX, { ssid: octets('6c6162'), bssid: AP, frequency: 2412, usesControlPort: true });
      const attributes = attributesIn(genericBody(request), 4);
      for (const type of [Attribute.PRIVACY, Attribute.IE, Attribute.CONTROL_PORT, Attribute.USE_MFP])
        expect(attributes.has(type)).to.equal(false);
      expect(attributes.has(Attribute.SOCKET_OWNER)).to.equal(true);
    });

    it('to scan, authorise, and send EAPOL', () => {
      expect(hexOf(scanRequest(IFINDEX, { ssids: [octets('6c6162')] }))).to.equal(recorded.scanRequest);
      expect(hexOf(authoriseRequest(IFINDEX, AP))).to.equal(recorded.authoriseRequest);
      const packet = attributesIn(octets(recorded.eapolRequest), 4).get(Attribute.FRAME) ?? octets('');
      expect(hexOf(eapolRequest(IFINDEX, AP, packet))).to.equal(recorded.eapolRequest);
    });

    it('to connect by WPA of the first kind: the suites by the names that the kernel has', () => {
      const wpa1 = { wpaVersion: 1, akm: 0x0050f202, pairwise: 0x0050f202, group: 0x0050f204, element: octets('dd04 0050f201') };
      const parameters = { ssid: octets('6c6162'), bssid: AP, frequency: 2412, security: wpa1, usesControlPort: true };
      const attributes = attributesIn(genericBody(connectRequest(IFINDEX, parameters)), 4);
      const words = [
        Attribute.WPA_VERSIONS,
        Attribute.AKM_SUITES,
        Attribute.CIPHER_SUITES_PAIRWISE,
        Attribute.CIPHER_SUITE_GROUP,
      ];
      expect(words.map((word) => u32In(attributes, word))).to.deep.equal([1, 0x000fac02, 0x000fac02, 0x000fac04]);
    });

    it('to end a scan: nothing but the interface', () => {
      const request = abortScanRequest(IFINDEX);
      expect(request.command).to.equal(114);
      expect([...attributesIn(genericBody(request), 4).keys()]).to.deep.equal([Attribute.IFINDEX]);
    });

    it('to send by the other one of two pairwise keys', () => {
      const request = transmitKeyRequest(IFINDEX, AP, 1);
      const key = attributesIn(attributesIn(genericBody(request), 4).get(Attribute.KEY));
      expect([request.command, u8In(key, KeyAttribute.IDX), u8In(key, KeyAttribute.MODE)]).to.deep.equal([10, 1, 2]);
    });

    it('nothing, where it is only to say whether it may be asked', () => {
      expect(emptyKeyRequest(IFINDEX).command).to.equal(10);
      expect([...attributesIn(genericBody(emptyKeyRequest(IFINDEX)), 4).keys()]).to.deep.equal([Attribute.IFINDEX]);
    });

    it('to say whether the access point still has the key', () => {
      const [own, peer] = ['02:00:00:00:01:00' as MacAddress, '02:00:00:00:00:00' as MacAddress];
      const [, frame] = saQueryRequest(3, { own, peer }, 0x1234).attributes;
      expect(toHex(frame ?? octets('')).slice(8)).to.match(/^d0000000020000000000020000000100020000000000000008003412/);
      const [, type, match] = registerSaQueryRequest(3).attributes;
      expect([type, match].map((each) => toHex(each ?? octets('')))).to.deep.equal(['06006500d0000000', '06005b0008010000']);
    });

    it('to leave, with a reason', () => {
      expect(hexOf(disconnectRequest(IFINDEX, 3))).to.equal('3001000008000300030000000600360003000000');
    });

    it('to install keys', () => {
      const [pairwise = '', group = '', management = ''] = recorded.newKeyRequests;
      const [ccmp, bip] = [0x000fac04, 0x000fac06];
      const keyIn = (hex: string): Uint8Array => attributesIn(attributesIn(octets(hex), 4).get(80)).get(1) ?? octets('');
      const receiveCounter = new Uint8Array(6);
      expect(hexOf(newKeyRequest(IFINDEX, { peer: AP, index: 0, cipher: ccmp, key: keyIn(pairwise) }))).to.equal(pairwise);
      expect(hexOf(newKeyRequest(IFINDEX, { index: 1, cipher: ccmp, key: keyIn(group), receiveCounter }))).to.equal(group);
      expect(hexOf(newKeyRequest(IFINDEX, { index: 4, cipher: bip, key: keyIn(management), receiveCounter }))).to.equal(
        management,
      );
    });
  });

  describe('a key download', () => {
    const call = {
      ...{
        call: 1,
        adapter: '0x3' as AdapterHandle,
        service: '0x1' as ServiceHandle,
        session: '0x1' as SessionHandle,
        generation: 1,
      },
      ...{ peer: AP, direction: 3, delete: false, static: false },
    };
    const counter = octets('010000000000');
    const ccmp = { form: 'ccmp', counter, key: Secret.of(new Uint8Array(16).fill(7)) } as const;
    const pairwise: EffectOf<'setKeyMappingKey'> = {
      ...call,
      kind: 'setKeyMappingKey',
      algorithm: Cipher.codes.CCMP,
      material: ccmp,
    };
    const group: EffectOf<'setDefaultKey'> = {
      ...call,
      kind: 'setDefaultKey',
      keyIndex: 1,
      algorithm: Cipher.codes.CCMP,
      material: ccmp,
    };
    const within = (request: GenericRequest | undefined) =>
      attributesIn(attributesIn(request && genericBody(request), 4).get(Attribute.KEY));

    const parameters = { ssid: octets('6c6162'), bssid: AP, frequency: 2412, usesControlPort: true };
    const attributesOf = (request: GenericRequest) => attributesIn(genericBody(request), 4);

    it('to authenticate leaves to the kernel what it writes itself', () => {
      const sent = (body: string) => {
        const attributes = attributesOf(authenticateRequest(IFINDEX, parameters, octets(body)));
        return [Attribute.AUTH_TYPE, Attribute.AUTH_DATA, Attribute.IE].map((type) => {
          const value = attributes.get(type);
          return value && toHex(value);
        });
      };
      expect(sent('0000 0100 0000')).to.deep.equal(['00000000', undefined, undefined]);
      expect(sent('0200 0100 0000 3603a1b200')).to.deep.equal(['02000000', undefined, '3603a1b200']);
      expect(sent('0300 0100 0000 1300')).to.deep.equal(['04000000', '010000001300', undefined]);
    });

    it('to associate says where the station comes from, and has its elements in their order', () => {
      const security = {
        ...{ element: octets('300101'), mobilityDomain: octets('360102'), fastTransition: octets('370103') },
        ...{ extension: octets('f40104'), wpaVersion: 2, akm: 0x000fac04, pairwise: 0x000fac04, group: 0x000fac04 },
      };
      const previous = '02:00:00:00:02:00' as MacAddress;
      const attributes = attributesOf(associateRequest(IFINDEX, { ...parameters, security, previous }));
      expect(toHex(attributes.get(Attribute.PREV_BSSID) ?? octets(''))).to.equal('020000000200');
      expect(toHex(attributes.get(Attribute.IE) ?? octets(''))).to.equal('300101360102370103f40104');
      const fresh = attributesOf(associateRequest(IFINDEX, { ...parameters, security }));
      expect(fresh.has(Attribute.PREV_BSSID)).to.equal(false);
    });

    it('of a pairwise key begins its counter at nothing, of a group key where the access point is', () => {
      expect(within(keyRequest(IFINDEX, pairwise)).get(4)).to.equal(undefined);
      expect(within(keyRequest(IFINDEX, group)).get(4)).to.deep.equal(counter);
    });

    it('of TKIP has the Michael key of what is sent first', () => {
      const mic = Secret.of(octets('1111111111111111 2222222222222222'));
      const material = { form: 'tkip', counter, key: Secret.of(new Uint8Array(16).fill(9)), mic } as const;
      const key = within(keyRequest(IFINDEX, { ...group, algorithm: Cipher.codes.TKIP, material })).get(1);
      expect(toHex(key ?? octets(''))).to.equal('09'.repeat(16) + '22'.repeat(8) + '11'.repeat(8));
    });

    it('of one of two pairwise keys only receives at first, if that is all it is to do', () => {
      const modeOf = (keyId: number | undefined, direction: number): number | undefined => {
        const request = keyRequest(IFINDEX, { ...pairwise, direction, ...(keyId !== undefined && { keyId }) });
        return u8In(within(request), KeyAttribute.MODE);
      };
      expect([modeOf(1, 1), modeOf(1, 3), modeOf(undefined, 1)]).to.deep.equal([1, undefined, undefined]);
    });

    it('that deletes names the key and no material', () => {
      expect(keyRequest(IFINDEX, { ...group, delete: true })).to.deep.equal(deleteKeyRequest(IFINDEX, { index: 1 }));
      expect(keyRequest(IFINDEX, { ...pairwise, delete: true })).to.deep.equal(deleteKeyRequest(IFINDEX, { peer: AP, index: 0 }));
    });

    it('of a cipher the kernel has no name for is none', () => {
      const material = { form: 'raw', key: Secret.of(Uint8Array.of(1)) } as const;
      expect(keyRequest(IFINDEX, { ...group, algorithm: 0x80000001, material })).to.equal(undefined);
    });

    it('leaves the key where it was, and nothing of it in a request that was wiped', () => {
      const request = keyRequest(IFINDEX, pairwise);
      if (request !== undefined) wipe(request);
      expect(toHex(request === undefined ? octets('') : genericBody(request)).slice(8)).to.match(/^(?:00)+$/);
      expect(toHex(ccmp.key.reveal())).to.equal(toHex(fromHex('07'.repeat(16)) ?? octets('')));
    });
  });
});
