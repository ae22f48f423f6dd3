import { Secret } from '../../../../streams/events/index.js';
import { radioOf } from '../linuxRadio.js';
import type { WifiEvent } from '../WifiEvent.js';
import { wifiSupplicant } from '../wifiSupplicant.js';
import { REHEARSAL_WIPHY, STAGE } from './exchange.js';
import type { Play } from './Play.js';
import { FAMILY, StageKernel } from './StageKernel.js';

const GROUPS = new Map([
  ['config', 1],
  ['scan', 2],
  ['mlme', 3],
]);

/** Whoever watches a rehearsal. */
export interface RehearsalWatch {
  /** Is shown everything there is to be seen of it. */
  readonly see?: (event: WifiEvent) => void;
  /** The lines of its event log, if it is to have one. */
  readonly record?: (line: string) => void;
}

/** One rehearsal under way. */
export interface RunningRehearsal {
  /** Ends it early. */
  readonly end: () => void;
}

/** Plays a whole connection to an access point that is none, and tells when it is over. */
export const rehearseOnce = (
  play: Play,
  { see = () => undefined, record }: RehearsalWatch,
  over: () => void,
): RunningRehearsal => {
  const { station, ssid, passphrase, stationNonce } = STAGE;
  const radio = radioOf(new StageKernel(play, () => running.end()), {
    ...{ station, isEnabled: true, wiphy: REHEARSAL_WIPHY, family: { id: FAMILY, groups: GROUPS } },
    byPackets: false,
  });
  const { events$, end } = wifiSupplicant({
    ...{ radio, network: { ssid, credentials: 'passphrase' }, passphrase: Secret.of(passphrase.slice()) },
    ...(record && { record }),
    entropy: (length) => stationNonce.slice(0, length),
  });
  const running = {
    end: () => {
      end();
      seen.unsubscribe();
    },
  };
  const seen = events$.subscribe({ next: see, error: over, complete: over });
  return running;
};
