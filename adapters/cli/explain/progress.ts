import type { Io } from '../Io.js';

/** Says on a terminal how far a long reading has come; anywhere else, nothing. */
export interface Progress {
  readonly at: (octets: number) => void;
  /** Wipes the line, before something else is printed. */
  readonly clear: () => void;
}

const SILENT: Progress = { at: () => undefined, clear: () => undefined };

const EVERY_MS = 100;
const WIDTH = 30;
const MEGABYTE = 1e6;

const ERASE_LINE = '\r\u001b[K';

const minutes = (seconds: number): string => {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
};

/** The bar, or where the size is not known only what was read. */
export const progressLine = (name: string, octets: number, size: number | undefined, elapsedMs: number): string => {
  const rate = elapsedMs === 0 ? 0 : (octets / elapsedMs) * 1000;
  const speed = `${(rate / MEGABYTE).toFixed(0)} MB/s`;
  if (size === undefined || size === 0) return `${name}  ${(octets / MEGABYTE).toFixed(0)} MB  ${speed}`;
  const share = Math.min(1, octets / size);
  const filled = Math.round(share * WIDTH);
  const left = rate === 0 ? '' : `  ${minutes((size - octets) / rate)} left`;
  return `${name}  [${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}] ${Math.floor(share * 100)} %  ${speed}${left}`;
};

export const progressOf = (io: Pick<Io, 'err' | 'isErrTerminal' | 'now'>, name: string, size: number | undefined): Progress => {
  if (!io.isErrTerminal) return SILENT;
  const began = io.now();
  let shown = began;
  let isShown = false;
  return {
    at: (octets) => {
      const now = io.now();
      if (now - shown < EVERY_MS) return;
      shown = now;
      isShown = true;
      io.err(`${ERASE_LINE}${progressLine(name, octets, size, now - began)}`);
    },
    clear: () => {
      if (isShown) io.err(ERASE_LINE);
      isShown = false;
    },
  };
};
