import { Secret } from '../../../../streams/events/index.js';
import { radioOf } from '../linuxRadio.js';
import type { WifiEvent } from '../WifiEvent.js';
import { wifiSupplicant } from '../wifiSupplicant.js';
import { type Exchange, REHEARSAL_WIPHY, STAGE } from './exchange.js';
import { FAMILY, StageKernel } from './StageKernel.js';

const GROUPS = new Map([
  ['config', 1],
  ['scan', 2],
  ['mlme', 3],
]);

/** Whoever watches a rehearsal. */
export interface RehearsalWatch {
  /** Everything that is to be seen of it. */
  readonly see: (event: WifiEvent) => void;
  /** The lines of its event log, if it is to have one. */
  readonly record?: (line: string) => void;
}

/** One rehearsal under way. */
export interface RunningRehearsal {
  /** Ends it early. */
  readonly end: () => void;
}

/** Plays a whole connection to an access point that is none, and tells when it is over. */
export const rehearseOnce = (exchange: Exchange, { see, record }: RehearsalWatch, over: () => void): RunningRehearsal => {
  const { station, ssid, passphrase, stationNonce } = STAGE;
  const radio = radioOf(new StageKernel(exchange), {
    ...{ station, isEnabled: true, wiphy: REHEARSAL_WIPHY, family: { id: FAMILY, groups: GROUPS } },
    byPackets: false,
  });
  const { events$, end } = wifiSupplicant({
    ...{ radio, network: { ssid, credentials: 'passphrase' }, passphrase: Secret.of(passphrase.slice()) },
    ...(record && { record }),
    entropy: (length) => stationNonce.slice(0, length),
  });
  const next = (event: WifiEvent): void => {
    see(event);
    if (event.kind === 'connected' || event.kind === 'failed') setImmediate(end);
  };
  const running = events$.subscribe({ next, error: over, complete: over });
  return {
    end: () => {
      end();
      running.unsubscribe();
    },
  };
};
