import type { Arguments } from '../Command.js';
import type { Io } from '../Io.js';
import { liveRequest } from './LiveRequest.js';
import { runWired } from './runWired.js';
import { runWifi } from './wifi/runWifi.js';
import { wifiRequest } from './wifi/WifiRequest.js';

/** Keeps this machine authenticated at a wire, or connected to a Wi-Fi network. */
export const run = (args: Arguments, io: Io): Promise<number> =>
  args.positionals[0] === 'wifi' ? runWifi(wifiRequest(args), io) : runWired(liveRequest(args), io);
