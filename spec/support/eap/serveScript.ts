import { type EapScript, eapServer } from '../eapServer.js';
import type { Link } from './eapLink.js';

const FIRST_RESULT = 3;

/** Serves the peer at the other end of the link by a script, until one of them has had enough. */
export const serveScript = async (script: () => EapScript, link: Link, first?: number): Promise<void> => {
  const server = eapServer(script, first);
  let packet: Uint8Array | undefined = server.begin();
  while (packet !== undefined) {
    if ((packet[0] ?? 0) >= FIRST_RESULT) return link.tell(packet);
    const answer: Uint8Array | undefined = await link.ask(packet);
    packet = answer && server.receive(answer);
  }
};
