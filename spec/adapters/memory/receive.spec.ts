import { expect } from 'chai';
import { createMemoryHost, filtered, type ReceivedFrame, type ReceiveFilter } from '../../../adapters/memory/index.js';
import { EtherType, ExemptionAction, ExemptionPacket, type PrivacyExemption } from '../../../streams/events/index.js';
import { LogicalClock } from '../../../streams/sources/index.js';
import { AP } from '../../support/fixtures.js';
import { eapol, symbolOf } from '../../support/symbolicMethod.js';
import { alone, asking, hosted, kindsOf } from './hosted.js';

const { EAPOL, WAPI } = EtherType.codes;
const { ALWAYS, NONE, ON_KEY_MAPPING_KEY_UNAVAILABLE } = ExemptionAction.codes;
const { UNICAST, MULTICAST, BOTH } = ExemptionPacket.codes;

const exempt = (action: number, packets: number = UNICAST, etherType: number = EAPOL): PrivacyExemption => ({
  etherType,
  action,
  packets,
});

const open: ReceiveFilter = { maxBackLog: 4, registrations: [EAPOL], exemptions: [], excludeUnencrypted: false };

const frame = (changes: Partial<ReceivedFrame> = {}): ReceivedFrame => ({
  peer: AP,
  etherType: EAPOL,
  payload: eapol('1'),
  protected: false,
  multicast: false,
  ...changes,
});

const ruleFor = (filter: Partial<ReceiveFilter>, received: Partial<ReceivedFrame> = {}, hasKey = false): string =>
  filtered({ ...open, ...filter }, frame(received), hasKey)?.rule ?? 'delivered';

/** An adapter with EAPOL registered, and what its engine was given. */
const registered = (maxBackLog = 4) => {
  const given: string[] = [];
  const ended: string[] = [];
  let within = (_symbol: string): void => {};
  const { host, adapter } = alone(
    {},
    {
      receivePacket: (args) => {
        const symbol = 'payload' in args ? symbolOf(args.payload) : '';
        given.push(symbol);
        within(symbol);
        ended.push(symbol);
        return 0;
      },
    },
  );
  const ask = asking(host, adapter);
  ask('setEtherTypeHandling', { maxBackLog });
  const meanwhile = (run: (symbol: string) => void): void => {
    within = run;
  };
  return { host, adapter, ask, given, ended, meanwhile };
};

describe('the receive filter', () => {
  it('R60, R62: only registered EtherTypes are received, and without a registration none', () => {
    expect(ruleFor({})).to.equal('delivered');
    expect(ruleFor({}, { etherType: WAPI })).to.equal('R62');
    expect(ruleFor({ registrations: [] })).to.equal('R62');
    expect(ruleFor({ registrations: [WAPI, EAPOL] })).to.equal('delivered');
  });

  for (const action of [ALWAYS, ON_KEY_MAPPING_KEY_UNAVAILABLE])
    for (const isProtected of [false, true])
      for (const hasKey of [false, true]) {
        const drops = action === ALWAYS ? isProtected : !isProtected && hasKey;
        const what = `${ExemptionAction.nameOf(action)}, ${isProtected ? '' : 'not '}protected, ${hasKey ? 'with a' : 'no'} key`;
        it(`R64: ${what}: ${drops ? 'dropped' : 'delivered'}`, () => {
          expect(ruleFor({ exemptions: [exempt(action)] }, { protected: isProtected }, hasKey)).to.equal(
            drops ? 'R64' : 'delivered',
          );
        });
      }

  it('R64: an exemption is for its EtherType and its kind of packet', () => {
    for (const [packets, multicast, rule] of [
      [UNICAST, false, 'R64'],
      [UNICAST, true, 'delivered'],
      [MULTICAST, false, 'delivered'],
      [MULTICAST, true, 'R64'],
      [BOTH, false, 'R64'],
      [BOTH, true, 'R64'],
    ] as const)
      expect(ruleFor({ exemptions: [exempt(ALWAYS, packets)] }, { multicast, protected: true })).to.equal(rule);
    expect(ruleFor({ exemptions: [exempt(ALWAYS, BOTH, WAPI)] }, { protected: true })).to.equal('delivered');
    expect(ruleFor({ exemptions: [exempt(NONE)] }, { protected: true })).to.equal('delivered');
  });

  it('R145: unprotected unicast frames are excluded when asked for, and nothing else', () => {
    const excluding = { excludeUnencrypted: true };
    expect(ruleFor(excluding)).to.equal('R145');
    expect(ruleFor(excluding, { protected: true })).to.equal('delivered');
    expect(ruleFor(excluding, { multicast: true })).to.equal('delivered');
    expect(ruleFor({ excludeUnencrypted: false })).to.equal('delivered');
  });

  it('R145, R146: an exempted EtherType is not excluded', () => {
    const exemptions = [exempt(ON_KEY_MAPPING_KEY_UNAVAILABLE)];
    expect(ruleFor({ excludeUnencrypted: true, exemptions })).to.equal('delivered');
    expect(ruleFor({ excludeUnencrypted: true, exemptions: [exempt(NONE)] })).to.equal('R145');
    expect(ruleFor({ excludeUnencrypted: true, exemptions: [exempt(ALWAYS, UNICAST, WAPI)] })).to.equal('R145');
  });
});

describe('what a memory host delivers', () => {
  it('R64: and whether it was protected, for an engine that wants to know', () => {
    for (const tellsProtection of [true, false]) {
      const { host, adapter, called, settle } = alone({ tellsProtection });
      asking(host, adapter)('setEtherTypeHandling');
      for (const isProtected of [true, false]) host.packetFromPeer(eapol('1'), { protected: isProtected });
      settle();
      const told = called.flatMap((event) => (event.kind === 'receivePacket' ? [event] : []));
      expect(told.map((event) => ('protected' in event ? event.protected : 'unsaid'))).to.deep.equal(
        tellsProtection ? [true, false] : ['unsaid', 'unsaid'],
      );
    }
  });

  it('R62: nothing before a registration, and nothing after an empty one', () => {
    const { host, adapter } = alone();
    expect(host.packetFromPeer(eapol('1'))).to.include({ rule: 'R62' });
    const ask = asking(host, adapter);
    ask('setEtherTypeHandling');
    expect(host.packetFromPeer(eapol('2'))).to.equal('delivered');
    ask('setEtherTypeHandling', { registrations: [] });
    expect(host.packetFromPeer(eapol('3'))).to.include({ rule: 'R62' });
    expect(adapter.dropped.map(({ rule, frame: lost }) => `${rule} ${symbolOf(lost.payload)}`)).to.deep.equal(['R62 1', 'R62 3']);
  });

  it('R64: whether there is a key is looked up for the sender, in the receiving direction', () => {
    const { host, ask } = registered();
    host.associate(AP);
    ask('setEtherTypeHandling', { exemptions: [exempt(ON_KEY_MAPPING_KEY_UNAVAILABLE)] });
    ask('setKeyMappingKey', { direction: 2 });
    expect(host.packetFromPeer(eapol('1'))).to.equal('delivered');
    ask('setKeyMappingKey', { direction: 1 });
    expect(host.packetFromPeer(eapol('1'))).to.include({ rule: 'R64' });
    expect(host.packetFromPeer(eapol('1'), { protected: true })).to.equal('delivered');
  });

  it('R63: what comes while a packet is worked on waits, and the oldest gives way', () => {
    const { host, adapter, given, meanwhile } = registered(2);
    const arrivals: unknown[] = [];
    meanwhile((symbol) => {
      if (symbol === 'a') for (const next of 'bcde') arrivals.push(host.packetFromPeer(eapol(next)));
    });
    expect(host.packetFromPeer(eapol('a'))).to.equal('delivered');
    expect(arrivals).to.deep.equal(['waiting', 'waiting', 'waiting', 'waiting']);
    expect(given.join('')).to.equal('ade');
    expect(adapter.dropped.map(({ rule, frame: lost }) => `${rule} ${symbolOf(lost.payload)}`)).to.deep.equal(['R63 b', 'R63 c']);
  });

  it('R63: a backlog of none keeps none', () => {
    const { host, given, meanwhile } = registered(0);
    let arrival: unknown;
    meanwhile((symbol) => {
      if (symbol === 'a') arrival = host.packetFromPeer(eapol('b'));
    });
    host.packetFromPeer(eapol('a'));
    expect(arrival).to.include({ rule: 'R63' });
    expect(given).to.deep.equal(['a']);
  });

  it('R85: one at a time, in the order of their arrival', () => {
    const { host, given, ended, meanwhile } = registered();
    meanwhile((symbol) => {
      expect(given.length - ended.length).to.equal(1);
      if (symbol === 'a') for (const next of 'bc') host.packetFromPeer(eapol(next));
      if (symbol === 'b') host.packetFromPeer(eapol('d'));
    });
    host.packetFromPeer(eapol('a'));
    expect(given.join('')).to.equal('abcd');
  });

  it('R66: packets that wait are not delivered after a reset', () => {
    const { host, given, meanwhile } = registered();
    meanwhile(() => {
      host.packetFromPeer(eapol('b'));
      host.reset();
    });
    host.packetFromPeer(eapol('a'));
    expect(given).to.deep.equal(['a']);
  });

  it('a handler that throws does not block the packets after it', () => {
    const { host, given, meanwhile } = registered();
    meanwhile((symbol) => {
      if (symbol === 'a') throw new Error('a handler of a test');
    });
    expect(() => host.packetFromPeer(eapol('a'))).to.throw('a handler of a test');
    expect(host.packetFromPeer(eapol('b'))).to.equal('delivered');
    expect(given.join('')).to.equal('ab');
  });

  it('R86: the memory of a packet is overwritten when its handler has returned', () => {
    let kept: Uint8Array = new Uint8Array(0);
    const { host, adapter } = alone(
      {},
      {
        receivePacket: (args) => {
          if ('payload' in args) kept = new Uint8Array(args.payload.buffer);
          return 0;
        },
      },
    );
    asking(host, adapter)('setEtherTypeHandling');
    const payload = eapol('1');
    host.packetFromPeer(payload);
    expect([...kept]).to.deep.equal(Array.from(payload, () => 0xee));
    expect(symbolOf(payload)).to.equal('1');
  });

  it('R66, R147: both lists and the exclusion are cleared before the reset handler is called', () => {
    const seen: unknown[] = [];
    const { host, adapter } = alone(
      {},
      {
        adapterReset: () => {
          seen.push(adapter.filter);
          return asking(host, adapter)('setEtherTypeHandling') ?? -1;
        },
      },
    );
    host.associate(AP);
    const ask = asking(host, adapter);
    ask('setEtherTypeHandling', { exemptions: [exempt(ALWAYS)] });
    ask('setExcludeUnencrypted');
    expect(adapter.filter.excludeUnencrypted).to.equal(true);
    host.reset();
    expect(seen).to.deep.equal([{ maxBackLog: 0, registrations: [], exemptions: [], excludeUnencrypted: false }]);
    expect(adapter.filter.registrations).to.deep.equal([EAPOL]);
  });

  it('R153: an engine registers again, so that packets come again', () => {
    const { host, settle } = hosted();
    host.reset();
    settle();
    expect(host.packetFromPeer(eapol('1'), { peer: AP })).to.equal('delivered');
  });

  it('R24: a registration outlives a roam', () => {
    const { host, adapter } = registered();
    host.associate(AP);
    host.roam('02:00:00:00:00:02' as typeof AP);
    expect(adapter.filter.registrations).to.deep.equal([EAPOL]);
  });

  it('a host without engine or adapter says what is missing', () => {
    const host = createMemoryHost({ scheduler: new LogicalClock() });
    expect(() => host.initService()).to.throw('connect');
    expect(() => host.adapter).to.throw('initAdapter');
    expect(kindsOf(host.calls)).to.deep.equal([]);
  });
});
