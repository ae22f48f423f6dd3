import { expect } from 'chai';
import { nodeCrypto } from '../../../../adapters/crypto/index.js';
import type { Bss } from '../../../../adapters/linux/nl80211/Bss.js';
import type { WantedNetwork } from '../../../../adapters/linux/wifi/chooseBss.js';
import type { RadioInput } from '../../../../adapters/linux/wifi/stepRadio.js';
import type { WifiEvent } from '../../../../adapters/linux/wifi/WifiEvent.js';
import { wifiSupplicant } from '../../../../adapters/linux/wifi/wifiSupplicant.js';
import { passphraseToPmk } from '../../../../operators/core/index.js';
import { L2Reason, type MacAddress, Secret } from '../../../../streams/events/index.js';
import { LogicalClock } from '../../../../streams/sources/index.js';
import { networkFor } from '../../../support/associationFor.js';
import { authenticator, receive, start } from '../../../support/authenticator/authenticator.js';
import { setups } from '../../../support/stages.js';
import { accessPoint, octets, PSK_BEACON } from './accessPoints.js';
import { FakeRadio } from './FakeRadio.js';

const NOTHING = new Uint8Array(0);
const passphrase = Secret.of(new TextEncoder().encode('correct horse battery'));

const associated = { kind: 'connected', status: 0, timedOut: false, request: NOTHING, response: NOTHING } as const;
const givenUp: ReadonlyArray<RadioInput> = [
  { kind: 'left', frame: 'deauthentication' },
  { kind: 'disconnected', reason: 15, byAccessPoint: true },
];
const message1 = (counter = 1): RadioInput => {
  const packet = new Uint8Array(99);
  packet.set(octets('0203005f02008a0010'));
  packet[16] = counter;
  packet.fill(7, 17, 49);
  return { kind: 'eapol', from: '02:00:00:00:00:00' as MacAddress, packet, isProtected: false };
};
const turns = async (): Promise<void> => {
  for (let n = 0; n < 5; n++) await new Promise((resolve) => setImmediate(resolve));
};

const play = (air: ReadonlyArray<Bss>, credentials: WantedNetwork['credentials'] = 'passphrase') => {
  const radio = new FakeRadio();
  radio.air = air;
  const clock = new LogicalClock();
  const seen: WifiEvent[] = [];
  let isOver = false;
  const network: WantedNetwork = { ssid: octets('6c6162'), credentials };
  const { events$, end, roam } = wifiSupplicant({ radio, network, passphrase, scheduler: clock });
  events$.subscribe({
    next: (event) => {
      if (event.kind !== 'told' && event.kind !== 'done' && event.kind !== 'port') seen.push(event);
    },
    complete: () => {
      isOver = true;
    },
  });
  const wait = (ms: number): void => clock.advanceTo(clock.now() + ms);
  /** What the engine puts off to a later turn is done. */
  const settle = async (): Promise<void> => {
    await turns();
    wait(1);
    await turns();
  };
  return {
    radio,
    end,
    roam,
    wait,
    settle,
    kinds: () => seen.map(({ kind }) => kind),
    last: () => seen.at(-1),
    events: () => seen,
    isOver: () => isOver,
  };
};

describe('a supplicant of Wi-Fi', () => {
  it('scans, goes to the access point, and tells when the port is open', async () => {
    const { radio, kinds, settle } = play([accessPoint(undefined)], 'none');
    radio.scanned();
    radio.feed(associated);
    await settle();
    expect(radio.log).to.deep.equal(['scan', 'connect 02:00:00:00:00:00']);
    expect(kinds()).to.deep.equal(['scanning', 'chosen', 'connected']);
  });

  it('looks again while nobody is there, later each time', () => {
    const { radio, wait, kinds, last } = play([]);
    radio.scanned();
    expect(last()).to.include({ kind: 'waiting', ms: 1000 });
    wait(1000);
    radio.scanned();
    expect(last()).to.include({ kind: 'waiting', ms: 2000 });
    wait(1999);
    expect(radio.log).to.deep.equal(['scan', 'scan']);
    wait(1);
    expect(radio.log).to.deep.equal(['scan', 'scan', 'scan']);
    expect(kinds().filter((kind) => kind === 'failed')).to.have.length(2);
  });

  it('waits for a radio that is busy', () => {
    const radio = new FakeRadio();
    radio.refusal = 'EBUSY';
    const clock = new LogicalClock();
    wifiSupplicant({ radio, network: { ssid: octets('6c6162'), credentials: 'none' }, scheduler: clock }).events$.subscribe();
    expect(radio.log).to.deep.equal(['scan']);
    clock.advanceTo(500);
    expect(radio.log).to.deep.equal(['scan', 'scan']);
  });

  it('does not wait for ever for a scan, nor for an access point', () => {
    const { radio, wait, last } = play([PSK_BEACON]);
    wait(15_000);
    expect(last()).to.include({ kind: 'waiting' });
    wait(1000);
    radio.scanned();
    wait(15_000);
    expect(radio.log.slice(-1)).to.deep.equal(['disconnect 3']);
    expect(last()).to.include({ kind: 'waiting' });
  });

  it('ends a scan it waits for no longer, so that the radio is free for the next', () => {
    const { radio, wait, last, kinds } = play([PSK_BEACON]);
    wait(14_999);
    expect(radio.log).to.deep.equal(['scan']);
    wait(1);
    expect(radio.log).to.deep.equal(['scan', 'end of scan']);
    expect(last()).to.include({ kind: 'waiting' });
    // The kernel tells that it has ended it, and that is no news.
    radio.scanned();
    expect(kinds()).to.deep.equal(['scanning', 'failed', 'waiting']);
    wait(1000);
    expect(radio.log).to.deep.equal(['scan', 'end of scan', 'scan']);
  });

  it('ends a scan for another access point, too, and stays', async () => {
    const { radio, wait, last, roam, settle } = play([accessPoint(undefined)], 'none');
    radio.scanned();
    radio.feed(associated);
    await settle();
    roam();
    wait(60_000);
    radio.scanned();
    expect(radio.log.slice(-2)).to.deep.equal(['scan 2412', 'end of scan']);
    expect(last()).to.deep.equal({ kind: 'stayed', why: 'the radio did not end its scan' });
  });

  it('comes back after it was sent away', async () => {
    const { radio, wait, kinds, settle } = play([accessPoint(undefined)], 'none');
    radio.scanned();
    radio.feed(associated);
    await settle();
    radio.feed({ kind: 'left', frame: 'deauthentication' }, { kind: 'disconnected', reason: 5, byAccessPoint: true });
    wait(1000);
    radio.scanned();
    radio.feed(associated);
    await settle();
    expect(kinds()).to.deep.equal(['scanning', 'chosen', 'connected', 'failed', 'waiting', 'scanning', 'chosen', 'connected']);
  });

  it('gives up when the access point twice gives up the handshake, having refused message 2', async () => {
    const { radio, wait, last, isOver } = play([PSK_BEACON]);
    for (let n = 0; n < 2; n++) {
      radio.scanned();
      radio.feed(associated, message1(1), message1(2));
      radio.sent(true);
      radio.feed(...givenUp);
      wait(1000);
    }
    expect(last()).to.include({ kind: 'gaveUp' });
    await turns();
    expect(isOver()).to.equal(true);
    expect(radio.log.slice(-1)).to.deep.equal(['leave']);
  });

  for (const [what, repetitions, isAcknowledged] of [
    ['message 1 never came', 0, undefined],
    ['nothing of it was heard', 4, false],
    ['message 3 never came', 1, true],
  ] as const)
    it(`does not take the passphrase for wrong when ${what}`, () => {
      const { radio, wait, kinds, last } = play([PSK_BEACON]);
      for (const delay of [1000, 2000, 4000]) {
        radio.scanned();
        radio.feed(associated, ...Array.from({ length: repetitions }, (_, at) => message1(at + 1)));
        if (isAcknowledged !== undefined) radio.sent(isAcknowledged);
        radio.feed(...givenUp);
        expect(last()).to.include({ kind: 'waiting', ms: delay });
        wait(delay);
      }
      expect(kinds()).not.to.include('gaveUp');
    });

  it('comes back later each time to a network that lets it in and throws it out again', async () => {
    const { radio, wait, last, settle } = play([accessPoint(undefined)], 'none');
    const visit = async (ms: number): Promise<void> => {
      radio.scanned();
      radio.feed(associated);
      await settle();
      wait(ms);
      radio.feed({ kind: 'left', frame: 'deauthentication' }, { kind: 'disconnected', reason: 15, byAccessPoint: true });
    };
    for (const delay of [1000, 2000, 4000]) {
      await visit(4000);
      expect(last()).to.include({ kind: 'waiting', ms: delay });
      wait(delay);
    }
    await visit(11_000);
    expect(last()).to.include({ kind: 'waiting', ms: 1000 });
    wait(1000);
    await visit(4000);
    expect(last()).to.include({ kind: 'waiting', ms: 2000 });
  });

  it('begins SAE where it is offered, and associates only after it', () => {
    const sae = octets('3014 0100 000fac04 0100 000fac04 0100 000fac08 c000');
    const { radio, end } = play([accessPoint(sae)]);
    radio.scanned();
    expect(radio.log).to.deep.equal(['scan', 'authenticate 1']);
    end();
  });

  const OWE = octets('3014 0100 000fac04 0100 000fac04 0100 000fac12 c000');

  it('asks for a hidden network by its name when an open one names it, and goes nowhere else', () => {
    const open = accessPoint(octets('dd0f 506f9a1c 020000000001 04 6c616232'), { capabilities: 0x0401 });
    const hidden = accessPoint(OWE, { bssid: '02:00:00:00:00:01' as MacAddress, ssid: octets('6c616232') });
    const { radio, wait, last, end } = play([open], 'none');
    radio.scanned();
    expect(radio.asked).to.deep.equal(['lab', 'lab2']);
    radio.scanned();
    expect(last()).to.include({ kind: 'waiting' });
    wait(1000);
    radio.air = [open, hidden];
    radio.scanned();
    expect(radio.log).to.deep.equal(['scan', 'scan', 'scan', 'connect 02:00:00:00:00:01']);
    end();
  });

  it('does not go back to the open, when nobody offers encryption any more', () => {
    const { radio, wait, last, events, end } = play([accessPoint(OWE)], 'none');
    radio.scanned();
    radio.feed({ ...associated, status: 1 });
    radio.air = [accessPoint(undefined)];
    wait(1000);
    radio.scanned();
    expect(last()).to.include({ kind: 'waiting' });
    expect(events().at(-2))
      .to.have.property('why')
      .that.matches(/is open, and not the owe that is wanted/);
    end();
  });

  it('proposes another group of OWE where the access point does not take the first, and remembers it', async () => {
    const { radio, wait, kinds, end } = play([accessPoint(OWE)], 'none');
    const refused: RadioInput = { ...associated, status: 77 };
    radio.scanned();
    const offered = [radio.offered];
    for (let n = 0; n < 2; n++) {
      radio.feed(refused);
      wait(0);
      await turns();
      offered.push(radio.offered);
    }
    expect(offered).to.deep.equal(['ff23201300', 'ff33201400', 'ff45201500']);
    expect(kinds()).not.to.include('failed');
    radio.feed(refused);
    expect(kinds().slice(-2)).to.deep.equal(['failed', 'waiting']);
    end();
  });

  it('takes no older kind of its network any more, once the network has said that it has none', async () => {
    const own = '02:00:00:00:01:00' as MacAddress;
    const setup = { ...setups.psk, ssid: octets('6c6162'), peer: PSK_BEACON.bssid, own };
    const network = networkFor(setup);
    const secret = passphraseToPmk(nodeCrypto, passphrase.reveal(), setup.ssid) ?? NOTHING;
    const older = accessPoint(network.apElement);
    const { radio, wait, settle, kinds, events, last, end } = play([older]);
    radio.scanned();
    radio.feed({ ...associated, request: network.ownElement });
    let turn = start(authenticator({ network, secret, transitionDisable: Uint8Array.of(1) }));
    for (let n = 0; n < 2; n++) {
      for (const packet of turn.packets) radio.feed({ kind: 'eapol', from: PSK_BEACON.bssid, packet, isProtected: false });
      await settle();
      turn = receive(turn.ap, radio.payloads.at(-1) ?? NOTHING);
    }
    await settle();
    expect(kinds().filter((kind) => kind !== 'packet')).to.have.members(['scanning', 'chosen', 'raised', 'connected']);
    expect(events().find(({ kind }) => kind === 'raised')).to.deep.equal({ kind: 'raised', security: 'wpa3-personal' });
    radio.feed({ kind: 'left', frame: 'deauthentication' }, { kind: 'disconnected', reason: 5, byAccessPoint: true });
    wait(1000);
    radio.scanned();
    expect(last()).to.include({ kind: 'waiting' });
    expect(events().at(-2))
      .to.have.property('why')
      .that.matches(/is not the wpa3-personal that is wanted/);
    end();
  });

  it('is not connected when the kernel does not open the port', async () => {
    const { radio, kinds, settle, events } = play([accessPoint(undefined)], 'none');
    radio.refused = 'postAssociateCompletion';
    radio.scanned();
    radio.feed(associated);
    await settle();
    expect(kinds()).to.deep.equal(['scanning', 'chosen', 'failed', 'waiting']);
    expect(events()[2]).to.include({ reason: L2Reason.codes.MSMSEC_NIC_FAILURE });
    expect(radio.log.slice(-1)).to.deep.equal(['disconnect 1']);
  });

  it('does not try again what it may not do', async () => {
    const radio = new FakeRadio();
    radio.refusal = 'EPERM';
    const kinds: string[] = [];
    const { events$ } = wifiSupplicant({
      radio,
      network: { ssid: octets('6c6162'), credentials: 'none' },
      scheduler: new LogicalClock(),
    });
    let isOver = false;
    const complete = (): void => {
      isOver = true;
    };
    events$.subscribe({ next: ({ kind }) => kinds.push(kind), complete });
    await turns();
    expect([kinds.includes('gaveUp'), isOver]).to.deep.equal([true, true]);
  });

  const HERE = '02:00:00:00:00:00' as MacAddress;
  const THERE = '02:00:00:00:02:00' as MacAddress;
  const WELCOME = octets('0000 0200 0000');
  const pair = [accessPoint(undefined), accessPoint(undefined, { bssid: THERE, frequency: 2437, signal: -6000 })];
  /** Connected to the louder one of two open access points. */
  const connected = async () => {
    const played = play(pair, 'none');
    played.radio.scanned();
    played.radio.feed(associated);
    await played.settle();
    played.radio.log.length = 0;
    return played;
  };

  it('roams to the other access point where it listens for it, and tells where it comes from', async () => {
    const { radio, roam, settle, kinds, last } = await connected();
    roam();
    radio.scanned();
    radio.answered(HERE, WELCOME);
    radio.answered(THERE, WELCOME);
    radio.feed({ kind: 'disconnected', reason: 1, byAccessPoint: false }, associated);
    await settle();
    expect(radio.log).to.deep.equal(['scan 2412 2437', 'authenticate 1', `associate ${THERE} from ${HERE}`]);
    expect(kinds().slice(3)).to.deep.equal(['scanning', 'chosen', 'connected']);
    const end = last();
    expect(end?.kind === 'connected' && end.candidate.bss.bssid).to.equal(THERE);
  });

  it('goes back to where it was when it is told to, and stays where the other is not heard', async () => {
    const { radio, roam, kinds, last } = await connected();
    roam('02:00:00:00:04:00' as MacAddress);
    radio.scanned();
    expect(last()).to.include({ kind: 'stayed' });
    roam(HERE);
    radio.scanned();
    expect(kinds().filter((kind) => kind === 'stayed')).to.have.length(2);
    roam(THERE);
    radio.scanned();
    expect(radio.log.at(-1)).to.equal('authenticate 1');
  });

  it('stays where it is when a scan is refused or does not end, and looks again when the radio was busy', async () => {
    const { radio, roam, wait, last } = await connected();
    radio.refusal = 'ENETDOWN';
    roam();
    expect(last()).to.deep.equal({ kind: 'stayed', why: 'ENETDOWN' });
    radio.refusal = 'EBUSY';
    roam();
    wait(500);
    expect(radio.log.filter((line) => line.startsWith('scan'))).to.have.length(3);
    wait(60_000);
    expect(last()).to.include({ kind: 'stayed' });
  });

  it('comes back after an access point to which it would roam has refused it, or did not answer', async () => {
    for (const body of [octets('0000 0200 1100'), undefined]) {
      const { radio, roam, wait, kinds } = await connected();
      roam();
      radio.scanned();
      radio.answered(THERE, body);
      expect(kinds().slice(3)).to.deep.equal(['scanning', 'chosen', 'failed', 'waiting']);
      wait(1000);
      radio.scanned();
      expect(radio.log.at(-1)).to.equal(`connect ${HERE}`);
    }
  });

  it('has nowhere to roam from while it is not connected', () => {
    const { radio, roam, kinds } = play(pair, 'none');
    roam();
    expect([radio.log, kinds()]).to.deep.equal([['scan'], ['scanning']]);
  });

  it('looks anew when its access point goes while it looks for another', async () => {
    const { radio, roam, wait, kinds } = await connected();
    roam();
    radio.feed({ kind: 'left', frame: 'deauthentication' }, { kind: 'disconnected', reason: 3, byAccessPoint: true });
    radio.scanned();
    expect(kinds().slice(3)).to.deep.equal(['scanning', 'failed']);
    wait(0);
    radio.scanned();
    expect(radio.log.at(-1)).to.equal(`connect ${HERE}`);
  });

  it('leaves when it is told to, and says no more', () => {
    const { radio, end, wait, kinds, isOver } = play([PSK_BEACON]);
    radio.scanned();
    radio.feed(associated);
    end();
    const before = kinds().length;
    wait(60_000);
    radio.scanned();
    expect([radio.log.slice(-1), kinds().length, isOver()]).to.deep.equal([['leave'], before, true]);
  });

  it('ends when its interface is gone', async () => {
    const { radio, last, isOver } = play([PSK_BEACON]);
    radio.feed({ kind: 'removed' });
    expect(last()).to.deep.equal({ kind: 'gaveUp', why: 'the interface is gone' });
    await turns();
    expect(isOver()).to.equal(true);
  });

  describe('whose interface is switched off', () => {
    it('waits until it is on, and tries nothing meanwhile', () => {
      const { radio, wait, kinds } = play([]);
      radio.scanned();
      radio.switched(false);
      wait(60_000);
      expect(radio.log).to.deep.equal(['scan']);
      radio.switched(true);
      expect(radio.log).to.deep.equal(['scan', 'scan']);
      expect(kinds()).to.deep.equal(['scanning', 'failed', 'waiting', 'switched', 'switched', 'scanning']);
    });

    it('does not wait for the scan that was under way', () => {
      const { radio, wait, kinds } = play([PSK_BEACON]);
      radio.switched(false);
      radio.scanned();
      wait(60_000);
      expect(kinds()).to.deep.equal(['scanning', 'switched']);
      radio.switched(true);
      radio.scanned();
      expect(radio.log).to.deep.equal(['scan', 'scan', 'connect 02:00:00:00:00:00']);
    });

    it('is told by the kernel that its connection is over, before that or after', async () => {
      for (const isSwitchedFirst of [true, false]) {
        const { radio, wait, kinds, settle } = play([accessPoint(undefined)], 'none');
        radio.scanned();
        radio.feed(associated);
        await settle();
        if (isSwitchedFirst) radio.switched(false);
        radio.feed({ kind: 'disconnected', reason: 3, byAccessPoint: false });
        if (!isSwitchedFirst) radio.switched(false);
        wait(60_000);
        expect(radio.log.filter((line) => line.startsWith('scan'))).to.have.length(1);
        radio.switched(true);
        expect(radio.log.filter((line) => line.startsWith('scan'))).to.have.length(2);
        expect(kinds().filter((kind) => kind === 'failed')).to.have.length(1);
      }
    });

    it('ends as it would otherwise', () => {
      const { radio, end, isOver } = play([PSK_BEACON]);
      radio.switched(false);
      end();
      radio.switched(true);
      expect([radio.log, isOver()]).to.deep.equal([['scan', 'leave'], true]);
    });
  });
});
