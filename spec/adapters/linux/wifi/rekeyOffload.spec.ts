import { expect } from 'chai';
import { nodeCrypto } from '../../../../adapters/crypto/index.js';
import {
  attributesIn,
  flagAttribute,
  joined,
  nestedAttribute,
  u32Attribute,
} from '../../../../adapters/linux/genetlink/attributes.js';
import { Attribute, Command, RekeyAttribute, WakeTrigger } from '../../../../adapters/linux/nl80211/names.js';
import { readWiphy } from '../../../../adapters/linux/nl80211/Wiphy.js';
import { radioOn } from '../../../../adapters/linux/wifi/linuxRadio.js';
import type { RadioHappening } from '../../../../adapters/linux/wifi/Radio.js';
import { wifiSupplicant } from '../../../../adapters/linux/wifi/wifiSupplicant.js';
import { passphraseToPmk } from '../../../../operators/core/index.js';
import {
  type AdapterHandle,
  Secret,
  type ServiceHandle,
  type SessionHandle,
  toHex,
  Win32,
} from '../../../../streams/events/index.js';
import { LogicalClock } from '../../../../streams/sources/index.js';
import { networkFor } from '../../../support/associationFor.js';
import { authenticator, receive, start } from '../../../support/authenticator/authenticator.js';
import { setups } from '../../../support/stages.js';
import { accessPoint, octets, PSK_BEACON } from './accessPoints.js';
import { FakeRadio } from './FakeRadio.js';
import { ACCESS_POINT, type Errno, FakeKernel } from './fakeKernel.js';

const KCK = '000102030405060708090a0b0c0d0e0f';
const KEK = '101112131415161718191a1b1c1d1e1f';

const handOver = (refusal?: Errno, akm = 0x000fac02) => {
  const kernel = new FakeKernel();
  const opened = radioOn(kernel, { interface: 'wlan1' });
  if (opened._tag === 'Left') throw new Error(opened.left.message);
  const seen: RadioHappening[] = [];
  opened.right.events$.subscribe((happening) => seen.push(happening));
  if (refusal !== undefined) kernel.answering = () => refusal;
  const answer = opened.right.sink({
    ...{ kind: 'setRekeyOffload', call: 1, adapter: '0x3' as AdapterHandle, service: '0x1' as ServiceHandle },
    ...{ session: '0x1' as SessionHandle, generation: 1, peer: ACCESS_POINT },
    keys: { akm, kck: Secret.of(octets(KCK)), kek: Secret.of(octets(KEK)), replayCounter: octets('0000000000000102') },
  });
  const troubles = seen.flatMap((happening) => (happening.kind === 'trouble' ? [happening.fault] : []));
  return { request: kernel.requests.at(-1), answer, troubles };
};

const turns = async (): Promise<void> => {
  for (let n = 0; n < 5; n++) await new Promise((resolve) => setImmediate(resolve));
};

/** A supplicant after its handshake with an access point, on such a radio or on another. */
const shakenHands = async (rekeyOffload: boolean) => {
  const radio = new FakeRadio();
  radio.wiphy = { ...radio.wiphy, rekeyOffload };
  const passphrase = Secret.of(new TextEncoder().encode('correct horse battery'));
  const setup = { ...setups.psk, ssid: octets('6c6162'), peer: PSK_BEACON.bssid, own: radio.station.address };
  const network = networkFor(setup);
  radio.air = [accessPoint(network.apElement)];
  const clock = new LogicalClock();
  const wanted = { ssid: setup.ssid, credentials: 'passphrase' } as const;
  const { events$, end } = wifiSupplicant({ radio, network: wanted, passphrase, scheduler: clock });
  events$.subscribe();
  radio.scanned();
  radio.feed({
    ...{ kind: 'connected', status: 0, timedOut: false, request: network.ownElement, response: new Uint8Array(0) },
  });
  const secret = passphraseToPmk(nodeCrypto, passphrase.reveal(), setup.ssid) ?? new Uint8Array(0);
  let turn = start(authenticator({ network, secret }));
  for (let n = 0; n < 2; n++) {
    for (const packet of turn.packets) radio.feed({ kind: 'eapol', from: PSK_BEACON.bssid, packet, isProtected: false });
    await turns();
    clock.advanceTo(clock.now() + 1);
    await turns();
    turn = receive(turn.ap, radio.payloads.at(-1) ?? new Uint8Array(0));
  }
  await turns();
  return { effects: radio.effects, end };
};

describe('what a firmware needs to renew group keys while the machine sleeps', () => {
  it('is handed over as nl80211 has it', () => {
    const { request, answer } = handOver();
    expect([request?.command, answer]).to.deep.equal([Command.SET_REKEY_OFFLOAD, Win32.codes.ERROR_SUCCESS]);
    const keys = attributesIn(attributesIn(joined(request?.attributes ?? [])).get(Attribute.REKEY_DATA));
    expect([...keys].map(([name, value]) => [name, toHex(value)])).to.deep.equal([
      [RekeyAttribute.KEK, KEK],
      [RekeyAttribute.KCK, KCK],
      [RekeyAttribute.REPLAY_CTR, '0000000000000102'],
      [RekeyAttribute.AKM, '02ac0f00'],
    ]);
  });

  it('is no trouble where a driver cannot do it, or not with such keys, and one where it fails otherwise', () => {
    for (const errno of ['EOPNOTSUPP', 'ERANGE'] as const) {
      const { answer, troubles } = handOver(errno);
      expect([answer, troubles]).to.deep.equal([Win32.codes.ERROR_NOT_SUPPORTED, []]);
    }
    const { answer, troubles } = handOver('EINVAL');
    expect(answer).to.equal(Win32.codes.ERROR_INVALID_PARAMETER);
    expect(troubles.map(({ code }) => code)).to.deep.equal(['EINVAL']);
    expect(JSON.stringify(troubles)).not.to.include(KCK);
  });

  for (const rekeyOffload of [true, false])
    it(`is ${rekeyOffload ? '' : 'not '}handed over at the end of a handshake ${rekeyOffload ? 'where' : 'unless'} the radio says that it can`, async () => {
      const { effects, end } = await shakenHands(rekeyOffload);
      const offloads = effects.filter(({ kind }) => kind === 'setRekeyOffload');
      expect(offloads).to.have.length(rekeyOffload ? 1 : 0);
      const kinds = effects.map(({ kind }) => kind);
      if (rekeyOffload) expect(kinds.indexOf('setRekeyOffload')).to.be.greaterThan(kinds.lastIndexOf('setDefaultKey'));
      end();
    });

  it('is asked for by a radio that says so among what can wake it, and by no other', () => {
    const part = (...triggers: ReadonlyArray<Uint8Array>) => ({
      command: Command.NEW_WIPHY,
      attributes: attributesIn(
        joined([
          ...[u32Attribute(Attribute.WIPHY, 1), nestedAttribute(Attribute.WOWLAN_TRIGGERS_SUPPORTED, triggers)],
          ...[nestedAttribute(Attribute.SUPPORTED_COMMANDS, [u32Attribute(1, Command.SET_REKEY_OFFLOAD)])],
        ]),
      ),
    });
    const name = { command: Command.NEW_WIPHY, attributes: new Map([[Attribute.WIPHY_NAME, octets('7068793100')]]) };
    const offloads = [part(flagAttribute(WakeTrigger.GTK_REKEY_SUPPORTED)), part(flagAttribute(1))].map(
      (each) => readWiphy([name, each])?.rekeyOffload,
    );
    expect(offloads).to.deep.equal([true, false]);
  });
});
