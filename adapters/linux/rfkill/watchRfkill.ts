import { closeSync, constants, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { Observable } from 'rxjs';
import type { LibC } from '../ffi/LibC.js';
import { RFKILL_EVENT_SIZE, type RfkillEvent, readRfkillEvent } from './readRfkillEvent.js';

/** Where the kernel tells of the switches of radios, and where it names them. */
export interface RfkillPlaces {
  readonly device: string;
  readonly names: string;
}

export const RFKILL_PLACES: RfkillPlaces = { device: '/dev/rfkill', names: '/sys/class/rfkill' };
/** What may be read at a time before others have their turn. */
const AT_A_TIME = 64;

const attempt = <A>(run: () => A): A | undefined => {
  try {
    return run();
  } catch {
    return undefined;
  }
};

const textOf = (folder: string, name: string): string | undefined =>
  attempt(() => readFileSync(join(folder, name), 'utf8').trim());

/**
 * Whether a radio is switched off just now. The kernel switches its interfaces off first and tells of the switch afterwards; here it
 * can be read in between.
 */
export const isBlockedNow = (radio: string, { names }: Pick<RfkillPlaces, 'names'> = RFKILL_PLACES): boolean =>
  (attempt(() => readdirSync(names)) ?? [])
    .map((name) => join(names, name))
    .some((folder) => textOf(folder, 'name') === radio && (textOf(folder, 'soft') === '1' || textOf(folder, 'hard') === '1'));

/** The next event; nothing where there is none yet. */
const nextEvent = (fd: number): RfkillEvent | undefined => {
  const bytes = new Uint8Array(RFKILL_EVENT_SIZE);
  const size = attempt(() => readSync(fd, bytes)) ?? 0;
  return readRfkillEvent(bytes.subarray(0, size));
};

/** The switches of one radio. */
class RadioSwitches {
  readonly #folder: string;
  readonly #radio: string;
  readonly #ours = new Map<number, boolean>();

  constructor(folder: string, radio: string) {
    this.#folder = folder;
    this.#radio = radio;
  }

  see(event: RfkillEvent): void {
    if (!this.#isOurs(event)) return;
    if (event.isGone) this.#ours.delete(event.index);
    else this.#ours.set(event.index, event.isBlocked);
  }

  get isBlocked(): boolean {
    return [...this.#ours.values()].includes(true);
  }

  #isOurs({ index }: RfkillEvent): boolean {
    return this.#ours.has(index) || textOf(join(this.#folder, `rfkill${index}`), 'name') === this.#radio;
  }
}

/**
 * Whether a radio is switched off: at the beginning if it is, and then each change. Where nobody may read of the switches, or there
 * are none, it says nothing.
 */
export const watchRfkill = (c: Pick<LibC, 'watch'>, radio: string, places = RFKILL_PLACES): Observable<boolean> =>
  new Observable((out) => {
    const fd = attempt(() => openSync(places.device, constants.O_RDONLY | constants.O_NONBLOCK));
    if (fd === undefined) return;
    const switches = new RadioSwitches(places.names, radio);
    let last = false;
    const read = (): void => {
      for (let n = 0; n < AT_A_TIME && !out.closed; n++) {
        const event = nextEvent(fd);
        if (event === undefined) return;
        switches.see(event);
        const { isBlocked } = switches;
        if (isBlocked !== last) out.next(isBlocked);
        last = isBlocked;
      }
    };
    const watch = c.watch(fd, read);
    out.add(() => {
      watch.end();
      closeSync(fd);
    });
    read();
  });
