import type { Stage } from './Stage.js';
import { AP, STATION } from './Stage.js';

/** The interfaces of the pair, with their addresses. */
export const PAIR = [
  { name: 'wlan0', bssid: '02:00:00:00:00:00' },
  { name: 'wlan2', bssid: '02:00:00:00:02:00' },
] as const;

type Place = (typeof PAIR)[number];

/** What is particular to an access point beside another, in lines of hostapd's configuration. */
export type LinesOf = (place: Place, other: Place) => ReadonlyArray<string>;

/** What a station is told about where it is. */
export interface Whereabouts {
  readonly here: Place;
  readonly there: Place;
}

const BASE = ['driver=nl80211', 'ctrl_interface=/run/hostapd', 'hw_mode=g', 'auth_algs=1', 'logger_syslog=0'];

/** Two access points of one network in one hostapd. */
export class AccessPointPair {
  readonly #stage: Stage;
  readonly #lines: LinesOf;
  readonly #channels: readonly [number, number];

  constructor(stage: Stage, lines: LinesOf, channels: readonly [number, number] = [1, 1]) {
    this.#stage = stage;
    this.#lines = lines;
    this.#channels = channels;
  }

  /** Starts them, and a capture of the air. */
  async start(): Promise<void> {
    const stage = this.#stage;
    await stage.must(`ip link set hwsim0 up
setsid tcpdump -i hwsim0 --immediate-mode -s0 -U -w ${stage.inGuest}/air.pcap >${stage.inGuest}/tcpdump.log 2>&1 &
echo $! >/run/tcpdump.pid`);
    await this.startAgain('ap.log');
  }

  /** Starts them, who remember nothing then. What they would tell in detail costs time in which they do not answer. */
  async startAgain(log: string): Promise<void> {
    const stage = this.#stage;
    const files = PAIR.map((place, i) => {
      const other = PAIR[1 - i] ?? place;
      const lines = [`interface=${place.name}`, ...BASE, `channel=${this.#channels[i]}`, ...this.#lines(place, other)];
      return stage.write(`ap${i}.conf`, `${lines.join('\n')}\n`);
    });
    await stage.must(`setsid hostapd -t -f ${stage.inGuest}/${log} ${files.join(' ')} >/dev/null 2>&1 &
echo $! >/run/hostapd.pid`);
    await stage.says(log, /AP-ENABLED[\s\S]*AP-ENABLED/);
  }

  async stop(): Promise<void> {
    await this.#stage.must(
      'kill "$(cat /run/hostapd.pid)"; while kill -0 "$(cat /run/hostapd.pid)" 2>/dev/null; do sleep 0.1; done',
    );
  }

  /** Where the station says it is connected. */
  whereIs(station: string): Whereabouts {
    const bssid = this.#stage.linesOf(station).findLast(({ kind }) => kind === 'connected')?.['bssid'];
    const [one, two] = PAIR;
    return bssid === two.bssid ? { here: two, there: one } : { here: one, there: two };
  }

  /** Both ways through the access point the station is at; nobody remembers by which it went before. */
  async pingBothWays(station: string): Promise<void> {
    const { here, there } = this.whereIs(station);
    await this.#stage.must(`ip addr flush dev ${there.name}; ip addr replace ${AP}/24 dev ${here.name}
ip neigh flush dev ${here.name}; ip -n sta neigh flush dev wlan1
ip netns exec sta ping -c 3 -i 0.3 -W 5 ${AP}`);
    await this.#stage.must(`ip neigh flush dev ${here.name}; ping -c 3 -i 0.3 -W 5 ${STATION}`);
  }

  /** The addresses are given back. */
  async close(): Promise<void> {
    await this.#stage.run(`for each in ${PAIR.map(({ name }) => name).join(' ')}; do ip addr flush dev $each; done`);
  }
}
