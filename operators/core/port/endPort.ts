import { tryCatch } from 'fp-ts/lib/Option.js';
import { L2Reason, Win32 } from '../../../streams/events/index.js';
import { isPending } from './completion.js';
import { releaseKeys } from './downloads.js';
import * as oneX from './oneX.js';
import type { Port, PortCall } from './Port.js';

/** What a dying port still owes the 802.1X module (R117). */
export const partingCalls = (port: Port): ReadonlyArray<PortCall> => (oneX.isRunning(port.oneX) ? [{ kind: 'stopOneX' }] : []);

/** At a reset, the host is owed the completion too, if it has had none (R151, R152, R173). */
export const resetCalls = (port: Port): ReadonlyArray<PortCall> => {
  const { peer } = port.facts;
  const win32 = Win32.codes.ERROR_CANCELLED;
  const cancelled: PortCall = { kind: 'postAssociateCompletion', peer, reason: L2Reason.codes.MSMSEC_CANCELLED, win32 };
  return isPending(port) ? [...partingCalls(port), cancelled] : partingCalls(port);
};

/** Destroys the secrets of a port, whatever state it was in (R192). */
export const releasePort = (port: Port): void => {
  releaseKeys(port.downloads);
  if (port.oneX.phase === 'opening') port.oneX.sendKey?.zeroise();
  tryCatch(() => port.facts.method.release?.(port.method));
};
