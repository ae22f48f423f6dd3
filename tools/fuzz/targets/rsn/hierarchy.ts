import type { Crypto } from '../../../../operators/core/index.js';
import { ftR0, ftR1, type PmkR1 } from '../../../../operators/core/rsn/index.js';
import { macToBytes } from '../../../../streams/events/index.js';
import { addressesOf, DOMAIN, HOLDERS, type Scenario, SSID } from './scenario.js';
import { elsewhere } from './secrets.js';

/** The PMK-R1 of a mobility domain, from the access point's master key or another. */
export const r1Of = (crypto: Crypto, scenario: Scenario, master: Uint8Array): PmkR1 =>
  elsewhere(() => {
    const supplicant = macToBytes(addressesOf(scenario).supplicant);
    const scope = { ssid: SSID, mobilityDomain: DOMAIN, r0KeyHolder: HOLDERS.r0KeyHolder, supplicant };
    const r0 = ftR0(crypto, scenario.akm, master, scope);
    return ftR1(crypto, scenario.akm, r0, { r1KeyHolder: HOLDERS.r1KeyHolder, supplicant });
  });
