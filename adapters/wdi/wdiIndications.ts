import { concatMap, type OperatorFunction } from 'rxjs';
import { fromWdi, type WdiError, type WdiEvent } from './fromWdi.js';
import type { WdiIndication } from './WdiIndication.js';

const ignore = (): void => {};

/**
 * Turns the indications of a WDI driver into the events of the engine, in their order. One that contradicts itself is
 * dropped and told to `refused`; the stream goes on, for the sake of every other port (R263).
 *
 * @example
 * driver$.pipe(wdiIndications((error) => log(error.message)))
 *
 * @since 0.1.0
 */
export const wdiIndications = (refused: (error: WdiError) => void = ignore): OperatorFunction<WdiIndication, WdiEvent> =>
  concatMap((indication) => {
    const events = fromWdi(indication);
    if (events._tag === 'Right') return events.right;
    refused(events.left);
    return [];
  });
