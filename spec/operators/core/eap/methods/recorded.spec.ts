import { expect } from 'chai';
import { nodeCrypto, portableCrypto } from '../../../../../adapters/crypto/index.js';
import { toHex } from '../../../../../streams/events/index.js';
import { exchanges, replay } from '../../../../support/eapExchanges.js';

/** What the peer says to something: the identity, which it says unasked there, is not. */
const saidIn = (packets: ReadonlyArray<string>): ReadonlyArray<string> =>
  packets.slice(packets.findIndex((line) => line.startsWith('server'))).flatMap((line) => line.match(/^peer (.*)/)?.[1] ?? []);

describe('recorded with hostapd, FreeRADIUS and eapol_test', () => {
  for (const exchange of exchanges) {
    it(exchange.name, () => {
      for (const crypto of [nodeCrypto, portableCrypto]) {
        const run = replay(exchange, crypto);
        expect(run.sent.map(toHex)).to.deep.equal(saidIn(exchange.packets));
        expect(run.of('fail')[0]?.fault.code).to.equal(exchange.fault);
        expect(run.of('succeed')).to.have.length(exchange.fault === undefined ? 1 : 0);
        const msk = run.of('succeed')[0]?.keys?.msk.reveal();
        expect(msk === undefined ? undefined : toHex(msk).slice(0, exchange.msk?.length)).to.equal(exchange.msk);
      }
    });
  }
});
