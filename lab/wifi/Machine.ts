import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterwards } from './afterwards.js';
import { Guest, type GuestOptions } from './Guest.js';
import type { Scenario } from './Scenario.js';
import { OUTPUT, Stage } from './Stage.js';

/** Two for access points (0 and 2), one for who listens and forges (3), the others for stations. */
const RADIOS = `modprobe mac80211_hwsim radios=11
for n in $(seq 100); do [ -e /sys/class/net/wlan10 ] && break; sleep 0.1; done
ip netns add sta
for n in 1 4 5 6 7 8 9 10; do iw phy phy$n set netns name sta; done
ip -n sta link set lo up`;

/**
 * A guest that waits for a disk of the host is idle, and its time runs ahead from timer to timer: half a minute for a page of a library,
 * where the host is busy. So what is run later is read before.
 */
const PROGRAMS = `cat /usr/local/bin/node /usr/sbin/hostapd /usr/sbin/wpa_supplicant /usr/bin/tcpdump /usr/sbin/iw /bin/ping >/dev/null
find /usr/lib/x86_64-linux-gnu -maxdepth 1 -name '*.so*' -exec cat {} + >/dev/null
find /opt/postassoc \\( -name '*.js' -o -name '*.mjs' -o -name '*.cjs' -o -name '*.json' -o -name '*.node' \\) -exec cat {} + >/dev/null
true`;

/** What one attempt at a scenario came to. */
export interface Attempt {
  readonly isGood: boolean;
  /** What is worth knowing, or what went wrong. */
  readonly said: string;
  /** Where its logs are. */
  readonly folder: string;
}

const COURIER = `mkdir -p ${OUTPUT}
setsid node /opt/postassoc/lab/courier.mjs ${OUTPUT} /share >/share/courier.log 2>&1 &`;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Has a guest whenever one is needed: what has died, or may not be as it was, is replaced by a fresh one. */
export class Machine {
  readonly #options: Omit<GuestOptions, 'share'>;
  readonly #folder: string;
  readonly #name: string;
  #guest: Guest | undefined;
  #booted = 0;

  constructor(options: Omit<GuestOptions, 'share'>, folder: string, name: string) {
    this.#options = options;
    this.#folder = folder;
    this.#name = name;
  }

  /** Tries a scenario once. After a failure the guest is not used again. */
  async attempt(scenario: Omit<Scenario, 'isCore'>): Promise<Attempt> {
    const { name, run, spoilsGuest = false } = scenario;
    let folder = this.#folder;
    try {
      const guest = await this.#present();
      const stage = new Stage(guest, name);
      folder = stage.folder;
      await stage.open();
      const said = await run(stage);
      await stage.close();
      const missing = await afterwards(folder, scenario);
      if (spoilsGuest) await this.close();
      return { isGood: true, said: [said, missing].filter((words) => words !== '').join('; '), folder };
    } catch (error) {
      await this.close();
      return { isGood: false, said: messageOf(error), folder };
    }
  }

  async close(): Promise<void> {
    const guest = this.#guest;
    this.#guest = undefined;
    if (guest === undefined) return;
    try {
      await guest.run('dmesg >/share/dmesg.txt');
    } catch {
      // It has none any more.
    }
    guest.close();
  }

  async #present(): Promise<Guest> {
    if (this.#guest !== undefined && !this.#guest.isDead) return this.#guest;
    const share = join(this.#folder, `${this.#name}${++this.#booted}`);
    mkdirSync(share, { recursive: true });
    this.#guest = await Guest.boot({ ...this.#options, share });
    await this.#guest.must(`${RADIOS}\n${PROGRAMS}\n${COURIER}`);
    return this.#guest;
  }
}
