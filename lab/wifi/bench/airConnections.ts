import { openCapture } from '../../../adapters/capture/index.js';
import { openBytes } from '../../../adapters/event-log/ByteSource.js';
import { createEar, type Mac48 } from '../../../streams/air/index.js';
import { type AirConnection, AirStopwatch } from './AirStopwatch.js';

/** The connections of a station that a capture of the air holds. */
export const airConnections = (file: string, station: Mac48): ReadonlyArray<AirConnection> => {
  const source = openBytes(file);
  if (source._tag === 'Left') throw new Error(source.left);
  const capture = openCapture(source.right);
  if (capture._tag === 'Left') throw new Error(`${file}: ${capture.left.message}`);
  const stopwatch = new AirStopwatch(station);
  const ear = createEar({ isWatched: () => false, isOurs: (one) => one === station });
  for (const batch of capture.right.batches()) ear.hear(batch, (event) => stopwatch.see(event));
  return stopwatch.connections;
};
