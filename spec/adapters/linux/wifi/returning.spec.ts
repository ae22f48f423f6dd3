import { expect } from 'chai';
import type { Bss } from '../../../../adapters/linux/nl80211/Bss.js';
import type { WantedNetwork } from '../../../../adapters/linux/wifi/chooseBss.js';
import type { WifiEvent } from '../../../../adapters/linux/wifi/WifiEvent.js';
import { wifiSupplicant } from '../../../../adapters/linux/wifi/wifiSupplicant.js';
import { type MacAddress, Secret } from '../../../../streams/events/index.js';
import { LogicalClock } from '../../../../streams/sources/index.js';
import { accessPoint, octets, PSK_BEACON } from './accessPoints.js';
import { FakeRadio } from './FakeRadio.js';

const NOTHING = new Uint8Array(0);
const HERE = '02:00:00:00:00:00' as MacAddress;
const THERE = '02:00:00:00:02:00' as MacAddress;
const CHANNELS = [2412, 2417, 2437, 2462, 5180, 5260];
const COMMON = 'scan 2412 2437 2462 5180';
const REST = 'scan 2417 5260';
const near = accessPoint(undefined);
const other = accessPoint(undefined, { bssid: THERE, frequency: 2437, signal: -6000 });
const associated = { kind: 'connected', status: 0, timedOut: false, request: NOTHING, response: NOTHING } as const;

const turns = async (): Promise<void> => {
  for (let n = 0; n < 5; n++) await new Promise((resolve) => setImmediate(resolve));
};

const play = (air: ReadonlyArray<Bss>, network: Partial<WantedNetwork> = {}, channels: ReadonlyArray<number> = []) => {
  const radio = new FakeRadio();
  radio.air = air;
  radio.wiphy = { ...radio.wiphy, channels };
  const clock = new LogicalClock();
  const seen: WifiEvent[] = [];
  const { events$, end, roam } = wifiSupplicant({
    ...{ radio, scheduler: clock, passphrase: Secret.of(octets('6162636465666768')) },
    network: { ssid: octets('6c6162'), credentials: 'none', ...network },
  });
  events$.subscribe((event) => seen.push(event));
  const wait = (ms: number): void => clock.advanceTo(clock.now() + ms);
  const settle = async (): Promise<void> => {
    await turns();
    wait(1);
    await turns();
  };
  /** The access point ends it, or its beacons do not come any more. */
  const lose = (reason: number, byAccessPoint = true): void => {
    radio.feed({ kind: 'left', frame: 'deauthentication' }, { kind: 'disconnected', reason, byAccessPoint });
    wait(0);
  };
  const waits = (): ReadonlyArray<number> => seen.flatMap((event) => (event.kind === 'waiting' ? [event.ms] : []));
  return { radio, seen, wait, settle, lose, waits, end, roam };
};

/** Connected long enough to be missed. */
const connected = async (...args: Parameters<typeof play>) => {
  const played = play(...args);
  played.radio.scanned();
  played.radio.feed(associated);
  await played.settle();
  played.wait(10_000);
  played.radio.log.length = 0;
  return played;
};

describe('a first search of a supplicant', () => {
  it('ends on the channels where most are, if there is one that is good', () => {
    const { radio, end } = play([PSK_BEACON], { credentials: 'passphrase' }, CHANNELS);
    radio.scanned();
    expect(radio.log).to.deep.equal([COMMON, `connect ${HERE}`]);
    end();
  });

  it('goes on to the others if there is none, or a weak one, and takes the loudest then', () => {
    for (const air of [[], [{ ...PSK_BEACON, signal: -8000 }]]) {
      const { radio, end } = play(air, { credentials: 'passphrase' }, CHANNELS);
      radio.scanned();
      expect(radio.log).to.deep.equal([COMMON, REST]);
      radio.air = [...air, { ...PSK_BEACON, bssid: THERE, signal: -7000, frequency: 2417 }];
      radio.scanned();
      expect(radio.log.at(-1)).to.equal(`connect ${THERE}`);
      end();
    }
  });

  it('joins nothing open before it has listened everywhere: there may be an encrypted one beside it', () => {
    const { radio, end } = play([near], {}, CHANNELS);
    radio.scanned();
    radio.air = [near, { ...other, elements: NOTHING }];
    radio.scanned();
    expect(radio.log).to.deep.equal([COMMON, REST, `connect ${HERE}`]);
    end();
  });

  it('asks for a hidden network where an open one names it, before it goes on', () => {
    const names = accessPoint(octets('dd0f 506f9a1c 020000000001 04 6c616232'), { capabilities: 0x0401 });
    const { radio, end } = play([names], {}, CHANNELS);
    radio.scanned();
    expect([radio.log, radio.asked]).to.deep.equal([
      [COMMON, COMMON],
      ['lab', 'lab2'],
    ]);
    radio.scanned();
    expect(radio.log.at(-1)).to.equal(REST);
    end();
  });

  it('is repeated everywhere at once when it found nobody', () => {
    const { radio, wait, waits, end } = play([], {}, CHANNELS);
    radio.scanned();
    radio.scanned();
    expect(waits()).to.deep.equal([1000]);
    wait(1000);
    expect(radio.log).to.deep.equal([COMMON, REST, 'scan']);
    end();
  });

  it('goes on where the kernel does not let it listen, but not when nothing may be done or the radio is busy', () => {
    for (const [code, log] of [
      ['EINVAL', [COMMON, REST]],
      ['EPERM', [COMMON, 'leave']],
      ['EBUSY', [COMMON, COMMON, COMMON]],
    ] as const) {
      const radio = new FakeRadio();
      radio.wiphy = { ...radio.wiphy, channels: CHANNELS };
      radio.unusable = { frequencies: COMMON.slice(5), code };
      const clock = new LogicalClock();
      const { events$, end } = wifiSupplicant({
        ...{ radio, network: { ssid: octets('6c6162'), credentials: 'none' }, scheduler: clock },
      });
      events$.subscribe();
      clock.advanceTo(1000);
      end();
      expect(radio.log.slice(0, log.length)).to.deep.equal(log);
    }
  });
});

describe('a supplicant that has lost a connection that had lasted', () => {
  it('is back by one scan of one channel, and does not wait', async () => {
    const { radio, lose, waits, end } = await connected([near, other]);
    lose(1);
    expect(radio.log).to.deep.equal(['scan 2412']);
    radio.scanned();
    expect([radio.log, waits()]).to.deep.equal([['scan 2412', `connect ${HERE}`], []]);
    end();
  });

  it('listens where others of the network were heard next, and then everywhere, for whoever answers now', async () => {
    const { radio, lose, waits, end } = await connected([near, other]);
    lose(0, false);
    radio.air = [{ ...near, seenMsAgo: 9000 }];
    radio.scanned();
    radio.scanned();
    expect([radio.log, waits()]).to.deep.equal([['scan 2412', 'scan 2437', 'scan'], []]);
    radio.air = [near];
    radio.scanned();
    expect(radio.log.at(-1)).to.equal(`connect ${HERE}`);
    end();
  });

  it('goes to another of the network, if one answers, when the beacons of its own have stopped', async () => {
    const { radio, lose, end } = await connected([near, other]);
    lose(0, false);
    radio.scanned();
    expect(radio.log).to.deep.equal(['scan 2412', `connect ${THERE}`]);
    end();
  });

  it('waits and listens everywhere where the access point has sent it away, and goes to another if there is one', async () => {
    for (const [air, target] of [
      [[near, other], THERE],
      [[near], HERE],
    ] as const) {
      const { radio, lose, wait, waits, end } = await connected(air);
      lose(5);
      expect([radio.log, waits()]).to.deep.equal([[], [1000]]);
      wait(1000);
      radio.scanned();
      expect(radio.log).to.deep.equal(['scan', `connect ${target}`]);
      end();
    }
  });

  it('meets a storm of farewells with a delay that grows', async () => {
    const { radio, lose, wait, settle, waits, end } = await connected([near]);
    for (let n = 0; n < 5; n++) {
      lose(1);
      wait(waits().at(-1) ?? 0);
      radio.scanned();
      radio.feed(associated);
      await settle();
    }
    expect(waits()).to.deep.equal([1000, 2000, 4000]);
    expect(radio.log.filter((line) => line.startsWith('scan'))).to.deep.equal([
      ...['scan 2412', 'scan 2412', 'scan 2412', 'scan 2412', 'scan'],
    ]);
    end();
  });

  it('counts from the beginning when it does not get back', async () => {
    const { radio, lose, wait, waits, end } = await connected([near]);
    lose(1);
    radio.scanned();
    wait(15_000);
    wait(1000);
    radio.air = [];
    radio.scanned();
    expect([radio.log, waits()]).to.deep.equal([
      ['scan 2412', `connect ${HERE}`, 'disconnect 3', 'scan'],
      [1000, 2000],
    ]);
    end();
  });

  it('waits until it is known what this side has ended it for', async () => {
    const { radio, lose, wait, waits, end } = await connected([near]);
    lose(3, false);
    expect([radio.log, waits()]).to.deep.equal([[], [1000]]);
    radio.switched(false);
    wait(60_000);
    radio.switched(true);
    radio.scanned();
    expect(radio.log).to.deep.equal(['scan 2412', `connect ${HERE}`]);
    end();
  });

  it('listens where its access point has gone to meanwhile, and no more where that had been', async () => {
    const { radio, lose, seen, end } = await connected([near, other]);
    radio.movedTo(2462);
    expect(seen.at(-1)).to.deep.equal({ kind: 'channel', frequency: 2462 });
    lose(1);
    radio.air = [];
    radio.scanned();
    expect(radio.log).to.deep.equal(['scan 2462', 'scan 2437']);
    end();
  });

  it('heeds a channel that its access point goes to before the connection is up, and tells of it once', async () => {
    const { radio, settle, lose, wait, seen, end } = play([near]);
    radio.scanned();
    radio.feed(associated);
    radio.movedTo(2462);
    radio.movedTo(2462);
    await settle();
    expect(seen.filter(({ kind }) => kind === 'channel')).to.have.length(1);
    wait(10_000);
    lose(1);
    expect(radio.log.at(-1)).to.equal('scan 2462');
    end();
  });

  it('listens on the only channel that is wanted', async () => {
    const { radio, lose, roam, end } = await connected([near, other], { frequency: 2437 }, CHANNELS);
    roam();
    lose(1);
    expect(radio.log).to.deep.equal(['scan 2437', 'scan 2437']);
    end();
  });

  it('remembers no more channels than a few, whoever invents them', async () => {
    const many = Array.from({ length: 40 }, (_, at) => {
      const bssid = `02:00:00:00:03:${at.toString(16).padStart(2, '0')}` as MacAddress;
      return { ...other, bssid, frequency: 5000 + 5 * at };
    });
    const { radio, lose, end } = await connected([near, ...many]);
    lose(1);
    radio.air = [];
    radio.scanned();
    expect(radio.log.at(-1)?.split(' ')).to.have.length(1 + 16);
    end();
  });
});

describe('a supplicant whose driver has roamed by itself', () => {
  const roamed = async (air: ReadonlyArray<Bss> = [near, other]) => {
    const played = await connected(air);
    played.radio.roamedTo(other, HERE);
    await played.settle();
    played.wait(10_000);
    return played;
  };

  it('tells where it has gone to, and by whose choice, and then that it is connected there', async () => {
    const { seen, end } = await roamed();
    const told = seen.flatMap((event) =>
      event.kind === 'chosen'
        ? [`${event.way} from ${event.candidate.from} to ${event.candidate.bss.bssid}`]
        : event.kind === 'connected'
          ? [`connected to ${event.candidate.bss.bssid}`]
          : [],
    );
    expect(told.slice(2)).to.deep.equal([`driver from ${HERE} to ${THERE}`, `connected to ${THERE}`]);
    end();
  });

  it('comes back to the channel it was on last', async () => {
    const { radio, lose, end } = await roamed();
    lose(1);
    radio.air = [other];
    radio.scanned();
    expect(radio.log).to.deep.equal(['scan 2437', `connect ${THERE}`]);
    end();
  });

  it('goes to another one than the present when it is to roam', async () => {
    const { radio, seen, roam, end } = await roamed();
    roam();
    radio.scanned();
    const last = seen.findLast(({ kind }) => kind === 'chosen');
    expect(last?.kind === 'chosen' && [last.candidate.from, last.candidate.bss.bssid]).to.deep.equal([THERE, HERE]);
    end();
  });

  it('is not where its beacons have stopped', async () => {
    const { radio, lose, end } = await roamed([{ ...near, frequency: 2437 }, other]);
    lose(0, false);
    radio.scanned();
    expect(radio.log).to.deep.equal(['scan 2437', `connect ${HERE}`]);
    end();
  });

  it('looks no further when it was about to roam', async () => {
    const { radio, seen, roam, settle, end } = await connected([near, other]);
    roam();
    radio.roamedTo(other, HERE);
    radio.scanned();
    await settle();
    const ways = seen.flatMap((event) => (event.kind === 'chosen' ? [event.way] : []));
    expect(ways).to.deep.equal(['full', 'driver']);
    end();
  });
});
