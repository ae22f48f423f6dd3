import type { Mac48, Mark } from '../../../../streams/air/index.js';
import { emit, pairOf, type StationInterface } from './StationInterface.js';

/** An authentication frame a supplicant has its driver send. */
export interface AuthenticationDraft extends Mark {
  ap?: Mac48 | undefined;
  /** `NL80211_AUTHTYPE_…` */
  type?: number;
  /** From the transaction number on, where the supplicant makes that itself. */
  data?: Uint8Array;
  elements?: Uint8Array;
}

/** Authentication algorithm numbers (IEEE 802.11-2020 9.4.1.1) by the number nl80211 has for them. */
const ALGORITHMS: ReadonlyArray<number> = [0, 1, 2, 128, 3, 4, 5, 6];
const NOTHING = new Uint8Array(0);

const u16 = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);

/** The driver took it: it is on its way. */
export const sendAuthentication = (state: StationInterface): void => {
  const draft = state.authentication;
  state.authentication = undefined;
  const algorithm = ALGORITHMS[draft?.type ?? -1];
  if (draft === undefined || algorithm === undefined) return;
  const { frame, time, data = Uint8Array.of(1, 0, 0, 0), elements = NOTHING } = draft;
  if (data.length < 4) return;
  const body = Uint8Array.of(algorithm, 0, ...data, ...elements);
  const [transaction, status] = [u16(body, 2), u16(body, 4)];
  const pair = pairOf(state, draft.ap);
  emit(state, { kind: 'authentication', frame, time, ...pair, from: 'station', algorithm, transaction, status, body });
};
