import { ip, type Netns } from '../Netns.js';
import type { Scene } from '../Scene.js';
import type { Running } from '../start.js';
import { startRelay } from './relay/startRelay.js';
import type { Rule } from './relay/Traffic.js';

const SWITCH = '02:aa:00:00:00:01';
export const STATION = '02:aa:00:00:00:02';

/** The interface at either end. */
export const PORT = 'wire0';

/** A switch and a station with a wire between them. */
export interface Wire {
  readonly switchSide: Netns;
  readonly stationSide: Netns;
}

const link = async (one: Netns, oneName: string, other: Netns, otherName: string): Promise<void> => {
  await one.ip('link', 'add', oneName, 'type', 'veth', 'peer', 'name', otherName, 'netns', other.name);
};

const raise = async (netns: Netns, name: string, address: string): Promise<void> => {
  await netns.ip('link', 'set', name, 'address', address);
  await netns.ip('link', 'set', name, 'up');
};

export const setLink = async (netns: Netns, name: string, state: 'up' | 'down'): Promise<void> => {
  await ip('-n', netns.name, 'link', 'set', name, state);
};

/** `wire0` at either end. */
export const layWire = async (scene: Scene): Promise<Wire> => {
  const [switchSide, stationSide] = [await scene.netns(), await scene.netns()];
  await link(switchSide, PORT, stationSide, PORT);
  await raise(switchSide, PORT, SWITCH);
  await raise(stationSide, PORT, STATION);
  return { switchSide, stationSide };
};

/** A wire that is cut in the middle, where a relay passes on what it is told to. */
export interface RelayedWire extends Wire {
  readonly middle: Netns;
  readonly relay: (rules: ReadonlyArray<Rule>) => Promise<Running>;
  /** The piece between relay and station, for one that has been deleted. It is down at the station. */
  readonly layStationEnd: () => Promise<void>;
}

export const STATION_END = 'station';

/** As `layWire`, with a relay between: each of its ends has the address of whom it stands for. */
export const layRelayedWire = async (scene: Scene): Promise<RelayedWire> => {
  const [switchSide, stationSide, middle] = [await scene.netns(), await scene.netns(), await scene.netns()];
  await link(switchSide, PORT, middle, 'switch');
  await raise(switchSide, PORT, SWITCH);
  await raise(middle, 'switch', STATION);
  const layStationEnd = async (): Promise<void> => {
    await link(middle, STATION_END, stationSide, PORT);
    await raise(middle, STATION_END, SWITCH);
    await stationSide.ip('link', 'set', PORT, 'address', STATION);
  };
  await layStationEnd();
  await setLink(stationSide, PORT, 'up');
  return { switchSide, stationSide, middle, layStationEnd, relay: (rules) => startRelay(middle, 'wire', rules) };
};
