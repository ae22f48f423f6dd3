import { expect } from 'chai';
import { errnoName } from '../../../../adapters/linux/ffi/Socket.js';
import {
  attribute,
  attributesIn,
  flagAttribute,
  joined,
  nestedAttribute,
  u16Attribute,
  u32Attribute,
} from '../../../../adapters/linux/genetlink/attributes.js';
import type { GenericRequest } from '../../../../adapters/linux/genetlink/GenericMessage.js';
import { Attribute, BssAttribute, BssStatus, Command } from '../../../../adapters/linux/nl80211/names.js';
import { radioOn } from '../../../../adapters/linux/wifi/linuxRadio.js';
import type { Radio, RadioHappening } from '../../../../adapters/linux/wifi/Radio.js';
import {
  type AdapterHandle,
  EtherType,
  type MacAddress,
  macToBytes,
  type ServiceHandle,
  type SessionHandle,
  Win32,
} from '../../../../streams/events/index.js';
import { PSK_BEACON, PSK_RSNE } from './accessPoints.js';
import { ACCESS_POINT, ADDRESS, FakeKernel, type FakeKernelOptions, INDEX } from './fakeKernel.js';

const security = { element: PSK_RSNE, wpaVersion: 2, akm: 0x000fac02, pairwise: 0x000fac04, group: 0x000fac04 };
const candidate = { bss: PSK_BEACON, security };
const about = u32Attribute(Attribute.IFINDEX, INDEX);
const CONNECTED: GenericRequest = { command: Command.CONNECT, attributes: [about, u16Attribute(Attribute.STATUS_CODE, 0)] };

/** What the list of those heard says of an access point. */
const listed = (bssid: MacAddress, frequency: number, isOurs: boolean): GenericRequest => ({
  command: Command.GET_SCAN,
  attributes: [
    nestedAttribute(Attribute.BSS, [
      attribute(BssAttribute.BSSID, macToBytes(bssid)),
      u32Attribute(BssAttribute.FREQUENCY, frequency),
      attribute(BssAttribute.INFORMATION_ELEMENTS, PSK_BEACON.elements),
      ...(isOurs ? [u32Attribute(BssAttribute.STATUS, BssStatus.ASSOCIATED)] : []),
    ]),
  ],
});

const ours = listed(PSK_BEACON.bssid, PSK_BEACON.frequency, true);

const wordsOf = (happening: RadioHappening): string => {
  switch (happening.kind) {
    case 'call':
      return happening.call.kind;
    case 'trouble':
      return happening.fault.code;
    case 'switched':
      return `${happening.isOn ? 'on' : 'off'}${happening.isBlocked ? ', blocked' : ''}`;
    case 'channel':
      return `channel ${happening.frequency}`;
    case 'roamed': {
      const { bss, from } = happening.candidate;
      return `roamed from ${from} to ${bss.bssid}, ${bss.frequency}`;
    }
    default:
      return happening.kind;
  }
};

const open = (options?: FakeKernelOptions) => {
  const kernel = new FakeKernel(options);
  const radio = radioOn(kernel, { interface: 'wlan1' });
  if (radio._tag === 'Left') throw new Error(radio.left.message);
  const seen: string[] = [];
  const subscription = radio.right.events$.subscribe((happening) => seen.push(wordsOf(happening)));
  const news = (): ReadonlyArray<string> => seen.splice(0);
  return { kernel, radio: radio.right, news, end: () => subscription.unsubscribe() };
};

const associated = () => {
  const stage = open();
  stage.radio.connect(candidate);
  stage.kernel.tell(CONNECTED);
  expect(stage.news()).to.deep.equal(['initAdapter', 'associationStart', 'associationCompletion']);
  return stage;
};

describe('a radio of Linux', () => {
  it('holds its sockets as long as it is listened to', () => {
    const { kernel, end } = open();
    expect(kernel.sockets.size).to.equal(3);
    end();
    expect(kernel.sockets.size).to.equal(0);
  });

  it('is left in the state it is in when its interface cannot be switched on because it is blocked', () => {
    const kernel = new FakeKernel({ isUp: false });
    kernel.isKilled = true;
    expect(radioOn(kernel, { interface: 'wlan1' })._tag).to.equal('Right');
  });

  it('tells when its interface is switched off and on', async () => {
    const { kernel, news } = open();
    news();
    kernel.link(false);
    kernel.link(true);
    await new Promise((resolve) => setImmediate(resolve));
    expect(news()).to.deep.equal(['off', 'on']);
  });

  it('tells at the beginning that its interface is off', () => {
    const kernel = new FakeKernel();
    const radio = radioOn(kernel, { interface: 'wlan1' });
    kernel.isUp = false;
    const seen: string[] = [];
    if (radio._tag === 'Right') radio.right.events$.subscribe((happening) => seen.push(wordsOf(happening)));
    expect(seen).to.deep.equal(['initAdapter', 'off']);
  });

  it('tells of another channel as long as it is associated', () => {
    const moved: GenericRequest = {
      ...{ command: Command.CH_SWITCH_NOTIFY, attributes: [about, u32Attribute(Attribute.WIPHY_FREQ, 2437)] },
    };
    const { kernel, news } = associated();
    kernel.tell(moved);
    expect(news()).to.deep.equal(['channel 2437']);
    kernel.tell({ command: Command.DISCONNECT, attributes: [about] });
    news();
    kernel.tell(moved);
    expect(news()).to.deep.equal([]);
  });

  describe('whose driver has roamed', () => {
    const there = '02:00:00:00:02:00' as MacAddress;
    const roamed: GenericRequest = { command: Command.ROAM, attributes: [about, attribute(Attribute.MAC, macToBytes(there))] };

    it('tells where to, before what follows from it, and of the channels the access point was heard on the present one', () => {
      const { kernel, news } = associated();
      kernel.answering = () => [ours, listed(there, 2412, false), listed(there, 2437, true)];
      kernel.tell(roamed);
      expect(news()).to.deep.equal([
        ...[`roamed from ${PSK_BEACON.bssid} to ${there}, 2437`, 'associationStart', 'associationCompletion'],
      ]);
    });

    it('is content with an entry that the kernel has not marked yet', () => {
      const { kernel, news } = associated();
      kernel.answering = () => [ours, listed(there, 2437, false)];
      kernel.tell(roamed);
      expect(news().at(0)).to.equal(`roamed from ${PSK_BEACON.bssid} to ${there}, 2437`);
    });

    it('comes from nowhere where it has associated anew with the same one', () => {
      const { kernel, news } = associated();
      kernel.answering = () => [ours];
      kernel.tell({ ...roamed, attributes: [about, attribute(Attribute.MAC, macToBytes(PSK_BEACON.bssid))] });
      expect(news().at(0)).to.equal(`roamed from undefined to ${PSK_BEACON.bssid}, ${PSK_BEACON.frequency}`);
    });

    it('leaves where nothing is known of the access point: the kernel would refuse the next connection', () => {
      const { kernel, news } = associated();
      kernel.answering = ({ command }) => (command === Command.GET_SCAN ? 'EIO' : []);
      kernel.tell(roamed);
      expect([news(), kernel.asked.at(-1)]).to.deep.equal([['EIO', 'disassociation'], Command.DISCONNECT]);
    });

    it('is where it was as long as it is not associated', () => {
      const { kernel, news } = open();
      news();
      kernel.answering = () => [listed(there, 2437, true)];
      kernel.tell(roamed);
      expect(news()).to.deep.equal([]);
    });
  });

  describe('that leaves', () => {
    const aborted = ({ asked }: FakeKernel): number => asked.filter((command) => command === Command.ABORT_SCAN).length;

    it('ends its scan', () => {
      const { kernel, radio } = open();
      radio.scan({ ssids: [] });
      radio.leave();
      expect(aborted(kernel)).to.equal(1);
    });

    it('ends no scan that is over, nor one of others', () => {
      const { kernel, radio } = open();
      for (const command of [Command.NEW_SCAN_RESULTS, Command.SCAN_ABORTED]) {
        radio.scan({ ssids: [] });
        kernel.tell({ command, attributes: [about] });
      }
      kernel.answering = () => 'EBUSY';
      radio.scan({ ssids: [] });
      radio.leave();
      expect(aborted(kernel)).to.equal(0);
    });

    it('need not end one a second time that was ended before', () => {
      const { kernel, radio } = open();
      radio.scan({ ssids: [] });
      radio.endScan();
      expect(aborted(kernel)).to.equal(1);
      kernel.tell({ command: Command.SCAN_ABORTED, attributes: [about] });
      radio.endScan();
      radio.leave();
      expect(aborted(kernel)).to.equal(1);
    });

    it('is content with a kernel that cannot', () => {
      const { kernel, radio, news } = open();
      radio.scan({ ssids: [] });
      news();
      kernel.answering = () => 'EOPNOTSUPP';
      radio.leave();
      expect(news()).to.deep.equal(['deinitAdapter']);
    });
  });

  describe('when events were lost', () => {
    it('stays where it is if the kernel says that it is still associated', () => {
      const { kernel, news } = associated();
      kernel.answering = () => [ours];
      kernel.tell('ENOBUFS');
      expect(news()).to.deep.equal(['ENOBUFS', 'scanned', `channel ${PSK_BEACON.frequency}`]);
    });

    it('has left if the kernel knows of no association', () => {
      const { kernel, news } = associated();
      kernel.answering = () => [];
      kernel.tell('ENOBUFS');
      expect(news()).to.deep.equal(['ENOBUFS', 'scanned', 'disassociation']);
    });

    it('is associated if the kernel says so', () => {
      const { kernel, radio, news } = open();
      radio.connect(candidate);
      news();
      kernel.answering = () => [ours];
      kernel.tell('ENOBUFS');
      expect(news()).to.deep.equal(['ENOBUFS', 'scanned', 'associationCompletion']);
    });

    it('tells that a scan may be over', () => {
      const { kernel, news } = open();
      news();
      kernel.tell('ENOBUFS');
      expect(news()).to.deep.equal(['ENOBUFS', 'scanned']);
    });

    it('ends where there is no interface any more', () => {
      const { kernel, news } = associated();
      kernel.answering = () => 'ENODEV';
      kernel.tell('ENOBUFS');
      expect(news()).to.deep.equal(['ENOBUFS', 'ENODEV', 'disassociation', 'deinitAdapter']);
    });
  });

  describe('whose socket fails', () => {
    it('opens others, and the association is over', () => {
      const { kernel, radio, news } = associated();
      const before = [...kernel.sockets.keys()];
      kernel.tell('EIO');
      expect(news()).to.deep.equal(['EIO', 'disassociation']);
      expect(
        [...kernel.sockets.keys()].filter((fd) => before.includes(fd)),
        'that of the link stays',
      ).to.have.length(1);
      radio.connect(candidate);
      kernel.tell(CONNECTED);
      expect(news()).to.deep.equal(['associationStart', 'associationCompletion']);
    });

    it('does not open others again and again', () => {
      const { kernel, news } = associated();
      kernel.tell('EIO');
      kernel.tell('EIO');
      expect(news()).to.deep.equal(['EIO', 'disassociation', 'EIO', 'deinitAdapter']);
      expect(kernel.sockets.size, 'only that of the link').to.equal(1);
    });

    it('does so again where something was heard in between', () => {
      const { kernel, news } = associated();
      for (let n = 0; n < 3; n++) {
        kernel.tell('EIO');
        kernel.tell({ command: Command.NEW_SCAN_RESULTS, attributes: [about] });
      }
      expect(news()).to.deep.equal(['EIO', 'disassociation', 'scanned', 'EIO', 'scanned', 'EIO', 'scanned']);
    });

    it('is gone where no others can be had', () => {
      const { kernel, news } = associated();
      kernel.fails = { socket: 'EMFILE' };
      kernel.tell('EIO');
      expect(news()).to.deep.equal(['EIO', 'EMFILE', 'disassociation', 'deinitAdapter']);
    });
  });

  it('has a name for what the kernel says of a radio that is blocked', () => {
    expect(errnoName(132)).to.equal('ERFKILL');
  });

  it('hears that the access point has left it', () => {
    const { kernel, news } = associated();
    const gone = [about, u16Attribute(Attribute.REASON_CODE, 5), flagAttribute(Attribute.DISCONNECTED_BY_AP)];
    kernel.tell({ command: Command.DISCONNECT, attributes: gone });
    expect(news()).to.deep.equal(['disassociation']);
  });

  describe('whose EAPOL goes by a packet socket', () => {
    const message4 = Uint8Array.of(1, 3, 0, 2, 4, 4);
    const header = Uint8Array.of(...macToBytes(ACCESS_POINT), ...macToBytes(ADDRESS), 0x88, 0x8e);
    const byPackets = () => {
      const stage = open({ hasControlPort: false });
      stage.radio.connect(candidate);
      stage.kernel.tell(CONNECTED);
      stage.news();
      return stage;
    };
    const send = (radio: Radio, packet: number, payload = message4) =>
      radio.sink({
        ...{ kind: 'sendPacket', call: 1, adapter: '0x3' as AdapterHandle, service: '0x1' as ServiceHandle },
        ...{ session: '0x1' as SessionHandle, generation: 1, peer: ACCESS_POINT, packet },
        ...{ etherType: EtherType.codes.EAPOL, payload },
      });

    it('does so by itself where nl80211 does not carry it, and where it is told to', () => {
      const radioAttributes = (options: FakeKernelOptions, isForced: boolean) => {
        const kernel = new FakeKernel(options);
        const radio = radioOn(kernel, { interface: 'wlan1', byPackets: isForced });
        if (radio._tag === 'Left') throw new Error(radio.left.message);
        radio.right.events$.subscribe();
        radio.right.connect(candidate);
        return attributesIn(joined(kernel.requests.at(-1)?.attributes ?? [])).has(Attribute.CONTROL_PORT_OVER_NL80211);
      };
      expect(radioAttributes({ hasControlPort: true }, false)).to.equal(true);
      expect(radioAttributes({ hasControlPort: true }, true)).to.equal(false);
      expect(radioAttributes({ hasControlPort: false }, false)).to.equal(false);
    });

    it('says at once that it may not', () => {
      const kernel = new FakeKernel({ hasControlPort: false });
      kernel.fails = { 'socket 17': 'EPERM' };
      const radio = radioOn(kernel, { interface: 'wlan1' });
      expect(radio._tag === 'Left' && radio.left.message).to.contain('CAP_NET_RAW');
      expect(kernel.sockets.size).to.equal(0);
    });

    it('sends to the access point, and hears of it what nobody can tell the encryption of', () => {
      const { kernel, radio } = byPackets();
      const packets: Extract<RadioHappening, { kind: 'call' }>['call'][] = [];
      radio.transmit(ACCESS_POINT, message4);
      expect(kernel.packets[0]?.data).to.deep.equal(message4);
      expect(kernel.packets[0]?.to.slice(12, 18)).to.deep.equal(macToBytes(ACCESS_POINT));
      const heard = radioOn(kernel, { interface: 'wlan1' });
      if (heard._tag === 'Left') throw new Error(heard.left.message);
      heard.right.events$.subscribe((happening) => happening.kind === 'call' && packets.push(happening.call));
      heard.right.connect(candidate);
      kernel.tell(CONNECTED);
      kernel.packet(message4);
      expect(packets.at(-1)).to.deep.include({ kind: 'receivePacket', peer: ACCESS_POINT, payload: message4 });
      expect(packets.at(-1)).not.to.have.property('protected');
    });

    it('R134: is not done with a packet before the radio has told of it', () => {
      const { kernel, radio, news, end } = byPackets();
      const other = message4.map((octet) => octet + 1);
      expect([send(radio, 1), send(radio, 2, other)]).to.deep.equal([0, 0]);
      expect(news()).to.deep.equal([]);
      kernel.packet(Uint8Array.of(...header, ...other), true);
      expect(news()).to.deep.equal(['sendPacketCompletion']);
      kernel.packet(Uint8Array.of(...header, 0, 0), true);
      kernel.packet(message4.subarray(1), true);
      expect(news(), 'of other packets').to.deep.equal([]);
      kernel.packet(Uint8Array.of(...header, ...message4), true);
      kernel.packet(Uint8Array.of(...header, ...message4), true);
      expect(news()).to.deep.equal(['sendPacketCompletion']);
      end();
    });

    it('tells that it cannot send', () => {
      const { kernel, radio, news, end } = byPackets();
      kernel.fails = { sendto: 'ENETDOWN' };
      expect(send(radio, 1)).to.equal(Win32.codes.ERROR_DEVICE_NOT_CONNECTED);
      expect(news()).to.deep.equal(['ENETDOWN']);
      end();
    });
  });
});
