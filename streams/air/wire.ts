import type { EapolHeard, Speaker } from './AirEvent.js';
import { isCut, isPortAccess, packetAt, speakerOf } from './eapolPacket.js';
import type { Hearing } from './Hearing.js';
import { isGroup, type Mac48 } from './Mac48.js';
import type { Memory } from './Memory.js';
import { createWiredCopies } from './wiredCopies.js';

const EAPOL_HEADER = 4;
const MOST_STATIONS = 4096;
/** Where nobody is known. */
const NOBODY: Mac48 = 0;

/** Takes the EAPOL packet of a wire. */
export type TakeWired = (hearing: Hearing) => void;

/**
 * EAPOL on a wire, or on a wireless interface that pretends to be one. Its header has a sender and a receiver and no roles, so the
 * packet tells which of them is the authenticator. Often the receiver is a group (01-80-C2-00-00-03) or, in a cooked capture, not given:
 * then the other end is who was last heard with this station, or on this wire at all, and 0 where that is nobody either. Several
 * stations that one authenticator addresses as a group cannot be told apart. A frame that is in the capture twice is told once.
 */
export const createWire = (memory: Memory): TakeWired => {
  const isCopy = createWiredCopies();
  const authenticators = new Map<Mac48, Mac48>();
  let lastAuthenticator = NOBODY;
  let lastStation = NOBODY;

  const remember = (station: Mac48, ap: Mac48): void => {
    if (ap !== NOBODY) lastAuthenticator = ap;
    if (station !== NOBODY) lastStation = station;
    if (ap === NOBODY || station === NOBODY) return;
    authenticators.delete(station);
    authenticators.set(station, ap);
    const [oldest] = authenticators.size > MOST_STATIONS ? authenticators.keys() : [];
    if (oldest !== undefined) authenticators.delete(oldest);
  };

  /** Who else there is, if the receiver is nobody in particular. */
  const otherThan = ({ sender, receiver }: Hearing, from: Speaker): Mac48 => {
    if (receiver !== NOBODY && !isGroup(receiver)) return receiver;
    return from === 'ap' ? lastStation : (authenticators.get(sender) ?? lastAuthenticator);
  };

  return (hearing) => {
    const { bytes, body, end, frame, time, sender } = hearing;
    if (body + EAPOL_HEADER > end || !isPortAccess(bytes, body) || isCopy(hearing)) return;
    const from = speakerOf(bytes, body, end);
    const other = otherThan(hearing, from);
    const [station, ap] = from === 'ap' ? [other, sender] : [sender, other];
    remember(station, ap);
    if (!memory.isOurs(station)) return;
    const packet = packetAt(bytes, body, end);
    const event: EapolHeard = { kind: 'eapol', frame, time, station, ap, from, packet, isProtected: false, medium: 'wire' };
    hearing.tell(isCut(bytes, body, end) ? { ...event, isCut: true } : event);
  };
};
