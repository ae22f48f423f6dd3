import { L2Reason, Win32 } from '../../../../streams/events/index.js';
import { type EndedPort, isCompleted, type Port } from '../world/Port.js';
import type { Scene } from '../world/Scene.js';

/** The live port a call was made for. */
export const livePort = ({ port }: Scene): Port | undefined => (port.is === 'live' ? port.port : undefined);

/** The ended port a call was made for, if it ended in one of these ways. */
export const endedPort = ({ port }: Scene, ...ways: ReadonlyArray<EndedPort['how']>): EndedPort | undefined =>
  port.is === 'ended' && ways.includes(port.port.how) ? port.port : undefined;

export const portName = ({ session, peer }: Port | EndedPort): string => `port ${session} (${peer})`;

const ENDINGS: Readonly<Record<EndedPort['how'], string>> = {
  stopped: 'was stopped',
  replaced: 'gave way to a new port',
  reset: 'was ended by a reset',
  deinit: 'left with its adapter',
  refused: 'was refused by its Perform',
};

/** How a port ended, e.g. "port 0x51 (02:…:01) was stopped at line 12, still pending". */
export const ending = (port: EndedPort): string => {
  const state = port.how === 'refused' ? '' : isCompleted(port) ? ', already completed' : ', still pending';
  return `${portName(port)} ${ENDINGS[port.how]} at line ${port.by}${state}`;
};

/** A completion in words, e.g. "completion with SUCCESS (0x…), ERROR_SUCCESS (0x…)". */
export const codesOf = ({ reason, win32 }: { readonly reason: number; readonly win32: number }): string =>
  `reason ${L2Reason.show(reason)} and ${Win32.show(win32)}`;

/** Lines of evidence, in order; those the log does not have are left out. */
export const lines = (...related: ReadonlyArray<number | undefined>): ReadonlyArray<number> =>
  [...new Set(related.filter((n) => n !== undefined))].sort((a, b) => a - b);
