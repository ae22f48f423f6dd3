import { expect } from 'chai';
import { linuxWire, type Wire, type WireEvent } from '../../../adapters/linux/index.js';
import { writeLinkAddress } from '../../../adapters/linux/packet/linkAddress.js';
import { wireOn } from '../../../adapters/linux/wired/linuxWire.js';
import type { MacAddress } from '../../../streams/events/index.js';
import { AF_NETLINK, AF_PACKET, type FakeLink, FakeSystem } from './fakeSystem.js';

const lo: FakeLink = { index: 1, name: 'lo', type: 772 };
const eth0: FakeLink = { index: 2, name: 'eth0' };
const eth1: FakeLink = { index: 3, name: 'eth1' };

const opened = (system: FakeSystem, name = 'eth0'): Wire => {
  const wire = wireOn(system, { interface: name });
  if (wire._tag === 'Left') expect.fail(wire.left.message);
  return wire.right;
};

const faultOf = (system: FakeSystem, name = 'eth0', isPromiscuous = false) => {
  const wire = wireOn(system, { interface: name, isPromiscuous });
  expect(system.open, 'no socket is left open').to.deep.equal([]);
  return wire._tag === 'Left' ? wire.left : undefined;
};

const inShort = (event: WireEvent): string => {
  switch (event.kind) {
    case 'link':
      return `${event.link.index} ${event.link.isUp ? 'up' : 'down'}`;
    case 'trouble':
      return event.fault.code;
    case 'packet':
      return `${event.from} ${event.payload}`;
    case 'removed':
      return 'removed';
  }
};

const watched = (links: ReadonlyArray<FakeLink> = [lo, eth0, eth1]) => {
  const system = new FakeSystem(links);
  const wire = opened(system);
  const events: WireEvent[] = [];
  const subscription = wire.events$.subscribe((event) => events.push(event));
  /** In short, and only what is new. */
  const said = (): ReadonlyArray<string> => events.splice(0).map(inShort);
  return { system, wire, subscription, said };
};

/** A packet as the kernel hands it over. */
const received = (packetType: number, payload: Uint8Array = Uint8Array.of(2, 0, 0, 0)) => {
  const from = writeLinkAddress({ etherType: 0x888e, index: 2, address: '02:aa:00:00:00:01' as MacAddress });
  from[10] = packetType;
  return { data: payload, from };
};

describe('a wire of Linux', () => {
  it('says whom there is, when there is no such interface', () => {
    expect(faultOf(new FakeSystem([lo, eth0, eth1]), 'eth7')).to.deep.equal({
      code: 'NO_INTERFACE',
      message: 'there is no interface eth7: there are eth0, eth1',
    });
    expect(faultOf(new FakeSystem([lo, eth0]), 'eth7')?.message).to.equal('there is no interface eth7: the only one is eth0');
    expect(faultOf(new FakeSystem([lo]), 'eth7')?.message).to.include('there is no Ethernet interface at all');
  });

  it('wants an Ethernet interface', () => {
    expect(faultOf(new FakeSystem([lo, eth0]), 'lo')?.code).to.equal('NOT_ETHERNET');
  });

  it('names the capability, and how to get it, to whoever may not', () => {
    const system = new FakeSystem([eth0]);
    system.fails = { [`socket ${AF_PACKET}`]: 'EPERM' };
    const fault = faultOf(system);
    expect(fault?.code).to.equal('EPERM');
    expect(fault?.message).to.match(
      /eth0: it takes the capability CAP_NET_RAW\. Run it with sudo, .*sudo setcap cap_net_raw\+ep/,
    );
  });

  it('gives back its socket when a later call fails', () => {
    for (const call of ['bind', 'setsockopt']) {
      const system = new FakeSystem([eth0]);
      system.fails = { [`${call} ${AF_PACKET}`]: 'ENODEV' };
      expect(faultOf(system)?.message, call).to.include('the interface is gone (ENODEV)');
    }
  });

  it('takes part in the PAE group, and hears everything only if asked to', () => {
    const calls = (isPromiscuous: boolean): ReadonlyArray<string> => {
      const system = new FakeSystem([eth0]);
      const wire = wireOn(system, { interface: 'eth0', isPromiscuous });
      if (wire._tag === 'Left') expect.fail(wire.left.message);
      wire.right.events$.subscribe();
      return [...system.sockets.values()].flatMap(({ domain, calls }) => (domain === AF_PACKET ? calls : []));
    };
    expect(calls(false)).to.deep.equal(['bind', 'setsockopt']);
    expect(calls(true)).to.deep.equal(['bind', 'setsockopt', 'setsockopt']);
  });

  it('holds two sockets while somebody listens, and none before or afterwards', () => {
    const system = new FakeSystem([eth0]);
    const wire = opened(system);
    expect(system.open).to.deep.equal([]);
    const subscription = wire.events$.subscribe();
    expect([...system.open].sort()).to.deep.equal([AF_NETLINK, AF_PACKET]);
    subscription.unsubscribe();
    expect(system.open).to.deep.equal([]);
  });

  it('tells of its link first, and of each change once', () => {
    const { system, said } = watched();
    expect(said()).to.deep.equal(['2 up']);
    system.change({ ...eth0, isUp: false });
    system.change({ ...eth0, isUp: false });
    system.change({ ...eth1, isUp: false });
    system.change(eth0);
    expect(said()).to.deep.equal(['2 down', '2 up']);
  });

  it('follows an interface that gets another name', () => {
    const { system, said } = watched();
    system.change({ ...eth0, name: 'uplink', isUp: false });
    expect(said()).to.deep.equal(['2 up', '2 down']);
  });

  it('lets go of an interface that goes away, and takes up the one that comes in its place', () => {
    const { system, said } = watched();
    system.change(eth0, 'gone');
    expect(system.open).to.deep.equal([AF_NETLINK]);
    system.change({ ...eth1, isUp: false });
    system.change({ index: 9, name: 'eth0' });
    expect(said()).to.deep.equal(['2 up', 'removed', '9 up']);
    expect([...system.open].sort()).to.deep.equal([AF_NETLINK, AF_PACKET]);
  });

  it('looks at everything again when changes were missed', () => {
    const down = watched();
    down.system.change({ ...eth0, isUp: false }, 'missed');
    expect(down.said()).to.deep.equal(['2 up', '2 down']);
    const gone = watched();
    gone.system.links = [lo];
    gone.system.change({ index: 9, name: 'eth0' }, 'missed');
    expect(gone.said(), 'another under the same name').to.deep.equal(['2 up', 'removed', '9 up']);
  });

  it('believes nobody but the kernel', () => {
    const { system, said } = watched();
    system.forge(eth0);
    expect(said()).to.deep.equal(['2 up']);
  });

  it('hears what is for it and for the group, and nothing it said itself', () => {
    const { system, said } = watched();
    said();
    for (const type of [0, 1, 2, 3, 4]) system.packet(received(type, Uint8Array.of(type)));
    expect(said()).to.deep.equal(['02:aa:00:00:00:01 0', '02:aa:00:00:00:01 2']);
  });

  it('takes a link that was switched off for no trouble, and any other error for one', () => {
    const { system, said } = watched();
    said();
    system.packet('ENETDOWN');
    expect(said()).to.deep.equal([]);
    system.packet('ENOMEM');
    expect(said()).to.deep.equal(['ENOMEM']);
  });

  it('sends as long as somebody listens, and says why it cannot', () => {
    const { system, wire, subscription } = watched();
    const packet = Uint8Array.of(2, 1, 0, 0);
    expect(wire.transmit(packet)._tag).to.equal('Right');
    expect(system.sent).to.deep.equal([packet]);
    system.fails = { [`sendto ${AF_PACKET}`]: 'ENETDOWN' };
    const fault = wire.transmit(packet);
    expect(fault._tag === 'Left' && fault.left.message).to.include('sudo ip link set dev eth0 up');
    system.change(eth0, 'gone');
    const gone = wire.transmit(packet);
    expect(gone._tag === 'Left' && gone.left.code).to.equal('ENODEV');
    subscription.unsubscribe();
    const closed = wire.transmit(packet);
    expect(closed._tag === 'Left' && closed.left.code).to.equal('CLOSED');
  });

  it('is not told of what came after it had enough', () => {
    const { system, wire, said } = watched();
    said();
    const seen: string[] = [];
    const subscription = wire.events$.subscribe(({ kind }) => {
      seen.push(kind);
      if (kind === 'packet') subscription.unsubscribe();
    });
    system.packet(received(0));
    system.packet(received(0));
    expect(seen).to.deep.equal(['link', 'packet']);
  });

  it('knows the interfaces of this machine without any privilege', async function () {
    if (process.platform !== 'linux') this.skip();
    const wire = await linuxWire({ interface: 'no-such-if' });
    expect(wire._tag === 'Left' && wire.left.code).to.equal('NO_INTERFACE');
    const loopback = await linuxWire({ interface: 'lo' });
    expect(loopback._tag === 'Left' && loopback.left.code).to.equal('NOT_ETHERNET');
  });
});
