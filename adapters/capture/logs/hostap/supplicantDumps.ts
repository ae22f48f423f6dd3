import type { Mark } from '../../../../streams/air/index.js';
import { equalBytes } from '../../../../streams/events/index.js';
import type { Hexdump } from '../Hexdump.js';
import { eventOfManagement } from '../managementFrame.js';
import { emit, hear, type StationInterface } from './StationInterface.js';

type Follow = (state: StationInterface, bytes: Uint8Array, mark: Mark) => void;

const keep =
  (title: string): Follow =>
  (state, bytes) => {
    if (bytes.length > 0) state.elements.set(title, bytes);
  };

const startsWith = (bytes: Uint8Array, start: Uint8Array): boolean => equalBytes(bytes.subarray(0, start.length), start);

/** What the driver hands up. Where the news of the association is still on its way, it is shown once more when it is read. */
const receive: Follow = (state, packet, mark) => {
  if (state.association !== undefined) return;
  state.lastReceived = packet;
  hear(state, mark, 'ap', packet);
};

/** The same packet, shown by whoever reads it. */
const receiveKey: Follow = (state, bytes, mark) => {
  const shown = state.lastReceived;
  state.lastReceived = undefined;
  if (shown === undefined || !startsWith(shown, bytes)) hear(state, mark, 'ap', bytes);
};

const send: Follow = (state, bytes, mark) => hear(state, mark, 'station', bytes);

/**
 * A frame that the driver received. It shows a deauthentication of its own as well, and does not say whether that was sent: Linux
 * makes one when it roams, or no longer hears the access point. Whoever ordered it says so in a line.
 */
const driverFrame: Follow = (state, bytes, mark) => {
  const event = eventOfManagement(bytes, mark);
  if (event === undefined) return;
  if (event.kind === 'associationResponse' && state.association !== undefined) {
    state.association.response = event;
    return;
  }
  state.hasAnswer ||= event.kind === 'authentication';
  if (event.kind === 'farewell') {
    if (event.from === 'station') return;
    // One in the clear, where it should have been protected, ends nothing.
    state.hasFarewell ||= !(state.driverEvent ?? '').startsWith('NL80211_CMD_UNPROT');
  }
  emit(state, event);
};

const follows: Readonly<Record<string, Follow>> = {
  'RX EAPOL': receive,
  'WPA: RX EAPOL-Key': receiveKey,
  'TX EAPOL': send,
  'WPA: TX EAPOL-Key': send,
  'nl80211: MLME event frame': driverFrame,
  CMD_FRAME: (state, bytes, mark) => {
    const event = eventOfManagement(bytes, mark);
    if (event !== undefined) emit(state, event);
  },
  req_ies: ({ association }, bytes) => {
    if (association !== undefined) association.requestElements = bytes;
  },
  resp_ies: ({ association }, bytes) => {
    if (association !== undefined) association.responseElements = bytes;
  },
  '  * auth_data': ({ authentication }, bytes) => {
    if (authentication !== undefined) authentication.data = bytes;
  },
  '  * IEs': ({ authentication }, bytes) => {
    if (authentication !== undefined) authentication.elements = bytes;
  },
  ...Object.fromEntries(
    [
      ...['WPA: set AP RSN IE', 'WPA: set AP RSNXE', 'WPA: set AP WPA IE'],
      ...['WPA: set own WPA/RSN IE', 'RSN: set own RSNXE', 'SME: Association Request IEs'],
    ].map((title) => [title, keep(title)]),
  ),
};

/** Octets that a supplicant shows, and whether they mean anything here. */
export const followDump = (state: StationInterface, { title, bytes, line }: Hexdump): boolean => {
  const follow = Object.hasOwn(follows, title) ? follows[title] : undefined;
  follow?.(state, bytes, line);
  return follow !== undefined;
};
