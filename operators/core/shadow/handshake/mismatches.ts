import type { Mark } from '../../../../streams/air/index.js';
import { equalBytes } from '../../../../streams/events/index.js';
import { copyElement, copyWpaElement, ElementId, type KeyDataItem } from '../../../../streams/frames/index.js';
import { announcedIn } from '../../rsn/fourWay/announcement.js';
import type { Network } from '../../rsn/network.js';
import { sameButForPmkids, showElement } from '../../rsn/sameElement.js';
import type { ElementMismatch } from '../Connection.js';

type Same = (a: Uint8Array, b: Uint8Array) => boolean;

interface Comparison {
  readonly element: ElementMismatch['element'];
  readonly here: string;
  readonly there: string;
  readonly same?: Same;
}

const NOTHING = new Uint8Array(0);
const NONE: readonly never[] = [];

const mismatch = (
  { element, here, there, same = equalBytes }: Comparison,
  said: Uint8Array | undefined,
  repeated: Uint8Array | undefined,
  { frame, time }: Mark,
): ReadonlyArray<ElementMismatch> =>
  same(said ?? NOTHING, repeated ?? NOTHING)
    ? []
    : [{ element, here, there, said: showElement(said), repeated: showElement(repeated), frame, time }];

const IN_MESSAGE_2 = { here: 'association request', there: 'message 2' } as const;

/** What message 2 repeats of the association request and has to be the same (IEEE 802.11-2020 12.7.6.3). */
export const mismatchesOfMessage2 = (network: Network, keyData: Uint8Array, mark: Mark): ReadonlyArray<ElementMismatch> => {
  const { akm, ownElement, ownExtension } = network;
  if (ownExtension === undefined && equalBytes(keyData, ownElement)) return NONE;
  const elements = { frame: keyData, from: 0 };
  if (akm.protocol === 'wpa') return mismatch({ element: 'WPA', ...IN_MESSAGE_2 }, ownElement, copyWpaElement(elements), mark);
  const rsne = copyElement(elements, ElementId.codes.RSN);
  const rsnxe = copyElement(elements, ElementId.codes.RSNX);
  return [
    ...mismatch(
      { element: 'RSNE', ...IN_MESSAGE_2, same: akm.fastTransition ? sameButForPmkids : equalBytes },
      ownElement,
      rsne,
      mark,
    ),
    ...mismatch({ element: 'RSNXE', ...IN_MESSAGE_2 }, ownExtension, rsnxe, mark),
  ];
};

const IN_MESSAGE_3 = { here: 'beacon', there: 'message 3' } as const;

/** What message 3 repeats of what the access point announced (12.7.6.4). */
export const mismatchesOfMessage3 = (
  network: Network,
  items: ReadonlyArray<KeyDataItem>,
  mark: Mark,
): ReadonlyArray<ElementMismatch> => {
  const { announced, akm } = network;
  if (!announced.isKnown) return [];
  const { rsne, rsnxe, wpa } = announcedIn(network, items);
  if (akm.protocol === 'wpa') return mismatch({ element: 'WPA', ...IN_MESSAGE_3 }, announced.wpa, wpa, mark);
  return [
    ...mismatch(
      { element: 'RSNE', ...IN_MESSAGE_3, same: akm.fastTransition ? sameButForPmkids : equalBytes },
      announced.rsne,
      rsne[0],
      mark,
    ),
    ...mismatch({ element: 'RSNXE', ...IN_MESSAGE_3 }, announced.rsnxe, rsnxe, mark),
  ];
};
