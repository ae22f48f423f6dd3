import type { WantedNetwork } from './chooseBss.js';
import type { Demands } from './Demands.js';

/** Bits of a Transition Disable KDE (WPA3 Specification 8). */
const WPA3_PERSONAL = 0x01;
const WPA3_ENTERPRISE = 0x04;
const ENHANCED_OPEN = 0x08;

/** What is demanded of a network from now on. */
export type Raised = Pick<Demands, 'security' | 'requiresPmf'>;

const raisedBy = ({ credentials, security }: Demands, bits: number): Raised | undefined => {
  const has = (bit: number): boolean => (bits & bit) !== 0;
  switch (credentials) {
    case 'passphrase':
      return has(WPA3_PERSONAL) && security !== 'wpa3-personal' ? { security: 'wpa3-personal' } : undefined;
    case 'none':
      return has(ENHANCED_OPEN) && security !== 'owe' ? { security: 'owe' } : undefined;
    case 'eap':
      return has(WPA3_ENTERPRISE) ? { requiresPmf: true } : undefined;
  }
};

/** An access point has said in message 3 that its network has no older kinds of security left: whoever offers them is somebody else. */
export const raised = (network: WantedNetwork, bitmap: Uint8Array): Raised | undefined => {
  const more = raisedBy(network, bitmap[0] ?? 0);
  return more?.requiresPmf === true && network.requiresPmf === true ? undefined : more;
};
