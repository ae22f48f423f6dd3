import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AirKind } from './air/AirFrame.js';
import type { MediumCommand } from './air/Medium.js';
import type { Rule } from './air/Rule.js';
import type { Guest } from './Guest.js';

/** A line of `postassoc live wifi --json`. */
export interface StationLine {
  readonly t: number;
  readonly kind: string;
  readonly [field: string]: unknown;
}

/** A frame that went over the medium in user space. */
export interface AirLine {
  readonly t: number;
  readonly kind: AirKind;
  readonly by: 'ap' | 'station';
  readonly fate: 'heard' | 'lost' | 'twice' | 'forged';
  readonly length: number;
}

/** How a station is run. */
export interface StationRun {
  readonly ssid: string;
  readonly passphrase?: string;
  /** The text of a profile, instead. */
  readonly profile?: string;
  readonly more?: string;
}

/**
 * Where the guest keeps what scenarios write, in its memory: while a program waited for the shared folder, the clock of the guest would run
 * ahead, and what it does would be late.
 */
export const OUTPUT = '/run/lab';

export const AP = '10.0.0.1';
export const STATION = '10.0.0.2';
export const AP_MAC = '02:00:00:00:00:00';
export const STATION_MAC = '02:00:00:00:01:00';

const PATIENCE_MS = 600_000;
const POLL_MS = 200;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What all access points have. */
export const BASE = [
  'interface=wlan0',
  'driver=nl80211',
  'ctrl_interface=/run/hostapd',
  'hw_mode=g',
  'channel=1',
  'auth_algs=1',
  'logger_syslog=0',
];

/** An access point and a station in one guest, two radios that hear each other; the files of a scenario are in a folder of their own. */
export class Stage {
  readonly name: string;
  readonly folder: string;
  /** Where programs of the guest write to; the courier copies it to `folder`. */
  readonly inGuest: string;
  readonly #guest: Guest;
  #stations = 0;
  #marks = 0;

  constructor(guest: Guest, name: string) {
    this.#guest = guest;
    this.name = name;
    this.folder = join(guest.share, name);
    this.inGuest = `${OUTPUT}/${name}`;
    mkdirSync(this.folder, { recursive: true });
  }

  async open(): Promise<void> {
    await this.must(`mkdir -p ${this.inGuest}`);
  }

  run(script: string, withinMs?: number): ReturnType<Guest['run']> {
    return this.#guest.run(script, withinMs);
  }

  knock(): void {
    this.#guest.knock();
  }

  must(script: string): Promise<string> {
    return this.#guest.must(script);
  }

  /** Writes a file of the scenario; the answer is its name in the guest. */
  write(name: string, text: string): string {
    writeFileSync(join(this.folder, name), text);
    return `/share/${this.name}/${name}`;
  }

  /** What was written in the guest up to now is in the folder. */
  async copied(): Promise<void> {
    const mark = `mark${this.#marks++}.copied`;
    await this.must(`echo >${this.inGuest}/${mark}; until [ -s /share/${this.name}/${mark} ]; do sleep 0.1; done`);
  }

  read(name: string): string {
    const path = join(this.folder, name);
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  }

  /**
   * From now on frames pass a medium in user space, which does by these rules; without it the kernel's loses nothing.
   */
  async startMedium(rules: ReadonlyArray<Rule> = []): Promise<void> {
    const file = this.write('rules.json', JSON.stringify(rules));
    await this.must(`ip link set hwsim0 up; rm -f /run/medium; mkfifo /run/medium
setsid node /opt/postassoc/lab/medium.mjs ${file} ${this.inGuest}/medium.ndjson /run/medium 0,1 2>${this.inGuest}/medium.err >&2 &
echo $! >/run/medium.pid`);
    await this.says('medium.ndjson', /"ready"/);
  }

  /** Tells the medium of other rules, or what to forge; it was done when this is through. */
  async commandMedium(command: MediumCommand): Promise<void> {
    const obeyed = (): number => this.read('medium.ndjson').split('"obeyed"').length;
    const before = obeyed();
    await this.must(`cat ${this.write('command.json', `${JSON.stringify(command)}\n`)} >/run/medium`);
    const end = Date.now() + PATIENCE_MS;
    while (obeyed() === before) {
      if (Date.now() > end) throw new Error(`the medium does not obey: ${this.read('medium.err')}`);
      await pause(POLL_MS);
    }
  }

  /** What went over the medium, as far as it matters. */
  frames(): ReadonlyArray<AirLine> {
    return this.read('medium.ndjson')
      .split('\n')
      .flatMap((line) => (line.endsWith('}') && line.includes('"kind"') ? [JSON.parse(line) as AirLine] : []));
  }

  /** Starts an access point, and a capture of the air. */
  async startAccessPoint(lines: ReadonlyArray<string>): Promise<void> {
    const configuration = this.write('ap.conf', `${[...BASE, ...lines].join('\n')}\n`);
    await this.must(`ip link set hwsim0 up
setsid tcpdump -i hwsim0 --immediate-mode -s0 -U -w ${this.inGuest}/air.pcap >${this.inGuest}/tcpdump.log 2>&1 &
echo $! >/run/tcpdump.pid
setsid hostapd -d -K -t -f ${this.inGuest}/ap.log ${configuration} >/dev/null 2>&1 &
echo $! >/run/hostapd.pid`);
    await this.says('ap.log', /AP-ENABLED/);
    await this.must(`ip addr replace ${AP}/24 dev wlan0`);
  }

  /** Another access point takes the place of the one there was, on the same radio. */
  async replaceAccessPoint(lines: ReadonlyArray<string>): Promise<void> {
    const configuration = this.write('ap.conf', `${[...BASE, ...lines].join('\n')}\n`);
    const before = this.read('ap.log').split('AP-ENABLED').length;
    await this.must(`kill "$(cat /run/hostapd.pid)"; sleep 1
setsid hostapd -d -K -t -f ${this.inGuest}/ap.log ${configuration} >/dev/null 2>&1 &
echo $! >/run/hostapd.pid`);
    await this.says('ap.log', new RegExp(`(?:AP-ENABLED[\\s\\S]*){${before}}`));
    await this.must(`ip addr replace ${AP}/24 dev wlan0`);
  }

  /** Starts a station; the answer is the name of its output. */
  async startStation({ ssid, passphrase, profile, more = '' }: StationRun): Promise<string> {
    const name = `station${this.#stations++ || ''}`;
    const secret = passphrase === undefined ? '' : `--passphrase-file ${this.write(`${name}.passphrase`, `${passphrase}\n`)}`;
    const file = profile === undefined ? '' : `--profile ${this.write(`${name}.yaml`, profile)}`;
    await this.must(`cd ${this.inGuest}
setsid bash -c 'ip netns exec sta postassoc live wifi --interface wlan1 --ssid ${ssid} ${secret} ${file} --json --record ${name}.log.ndjson --show-secrets ${more} >${name}.ndjson 2>${name}.err & echo $! >/run/station.pid; wait $!; echo $? >${name}.status' >/dev/null 2>&1 &
ip -n sta addr replace ${STATION}/24 dev wlan1`);
    return name;
  }

  /** Waits until a file of the scenario holds something. */
  async says(name: string, pattern: RegExp, withinMs = PATIENCE_MS): Promise<void> {
    const end = Date.now() + withinMs;
    while (!pattern.test(this.read(name))) {
      if (Date.now() > end) throw new Error(`${name} did not say ${pattern}; it ends with:\n${this.read(name).slice(-1500)}`);
      await pause(POLL_MS);
    }
  }

  linesOf(station: string): ReadonlyArray<StationLine> {
    return this.read(`${station}.ndjson`)
      .split('\n')
      .flatMap((line) => (line.endsWith('}') ? [JSON.parse(line) as StationLine] : []));
  }

  /** How often a station has told of something. */
  countOf(station: string, kind: string): number {
    return this.linesOf(station).filter((line) => line.kind === kind).length;
  }

  /** Waits until a station has told of something so many times. */
  async tells(station: string, kind: string, times = 1, withinMs = PATIENCE_MS): Promise<void> {
    const end = Date.now() + withinMs;
    while (this.countOf(station, kind) < times) {
      if (Date.now() > end || this.read(`${station}.status`) !== '')
        throw new Error(`no "${kind}" (${times}):\n${this.read(`${station}.ndjson`).slice(-1500)}${this.read(`${station}.err`)}`);
      await pause(POLL_MS);
    }
  }

  /** Both ways, and nothing may be lost; the access point has to ask all for the station's address, by the group key. */
  async pingBothWays(): Promise<void> {
    await this.must(`ip netns exec sta ping -c 3 -i 0.3 -W 5 ${AP}`);
    await this.must(`ip neigh flush dev wlan0; ping -c 3 -i 0.3 -W 5 ${STATION}`);
  }

  /** What was captured of the air is all there. */
  async endCapture(): Promise<void> {
    await this.run('kill "$(cat /run/tcpdump.pid)"; sleep 1; rm -f /run/tcpdump.pid');
    await this.copied();
  }

  /** What the kernel knows of the station's access point. */
  stationDump(): Promise<string> {
    return this.must('ip netns exec sta iw dev wlan1 station dump');
  }

  /** Sends a signal to the station, and answers with its exit status. */
  async endStation(station: string, signal = 'INT'): Promise<number> {
    await this.run(`kill -${signal} "$(cat /run/station.pid)"`);
    await this.says(`${station}.status`, /\d+\n/);
    return Number(this.read(`${station}.status`));
  }

  async close(): Promise<void> {
    await this.run(`for each in station hostapd tcpdump medium; do
  [ -e /run/$each.pid ] && kill "$(cat /run/$each.pid)" 2>/dev/null
done
sleep 1
rm -f /run/*.pid
ip -n sta link set wlan1 down
ip addr flush dev wlan0
true`);
    await this.copied();
    await this.run(`rm -r ${this.inGuest}`);
  }
}
