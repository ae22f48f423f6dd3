import type { MethodCommand } from '../method/commands.js';
import type { Writer } from './keyReply.js';
import type { Established } from './state.js';

const COUNTER_LENGTH = 8;

const counterOctets = (counter: bigint): Uint8Array => {
  const octets = new Uint8Array(COUNTER_LENGTH);
  new DataView(octets.buffer).setBigUint64(0, counter);
  return octets;
};

/**
 * What hardware needs to answer group handshakes in the place of its host, each time keys have come in: it counts from there. An AKM
 * whose frames have no MIC has no KCK to hand over, and the handshakes of WPA1 are others.
 */
export const offloadRekeys = ({ policy }: Writer, { network, ptk, counter }: Established): ReadonlyArray<MethodCommand> => {
  const { akm } = network;
  if (!policy.offloadsRekeys || akm.protocol !== 'rsn' || ptk.kck.length === 0) return [];
  const keys = { akm: akm.selector, kck: ptk.kck.copy(), kek: ptk.kek.copy(), replayCounter: counterOctets(counter) };
  return [{ do: 'offloadRekeys', keys }];
};
