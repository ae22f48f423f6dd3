import { expect } from 'chai';
import { nodeCrypto } from '../../../../adapters/crypto/index.js';
import type { Credential } from '../../../../operators/core/shadow/index.js';
import { Secret, toHex } from '../../../../streams/events/index.js';
import { hex } from '../../../streams/frames/hex.js';
import { airEvents } from '../../../support/airEvents.js';
import { type CaptureOrigin, captureFile, captureOrigins, hasCaptures, oracleOf } from '../../../support/captures.js';
import { watchAll } from '../../../support/watches.js';

interface Oracle {
  readonly own_mic_check?: ReadonlyArray<{
    readonly no: number;
    readonly mic_valid: boolean | null;
    readonly tk?: string;
    readonly kdes?: { readonly gtk?: ReadonlyArray<{ readonly gtk: string }> };
  }>;
}

const credentialOf = ({ type, value, ssid }: CaptureOrigin['credentials'][number]): ReadonlyArray<Credential> => {
  const text = new TextEncoder();
  const of = ssid ? { ssid: text.encode(ssid) } : {};
  switch (type) {
    case 'passphrase':
      return [{ kind: 'passphrase', passphrase: Secret.of(text.encode(value)), ...of }];
    case 'pmk':
    case 'psk':
      return [{ kind: 'pmk', pmk: Secret.of(hex(value)), ...of }];
    case 'msk':
      return [{ kind: 'msk', msk: Secret.of(hex(value)) }];
    case 'tk':
      return [{ kind: 'tk', tk: Secret.of(hex(value)) }];
    default:
      return [];
  }
};

/**
 * The other check calls a MIC wrong that is not made with the nonces that were captured. Here it is not judged where the message 1
 * it answers was not captured, or where the key given is none that the suite could use.
 */
const isUnjudged = (ours: string | undefined): boolean => ours === 'unchecked';

const own = ({ own_mic_check }: Oracle) => own_mic_check ?? [];

const origins = hasCaptures
  ? captureOrigins().filter(({ credentials }) => credentials.some((each) => credentialOf(each).length > 0))
  : [];

describe('KeyWatch, over captures of the real world', () => {
  before(function () {
    if (!hasCaptures) this.skip();
  });

  for (const { file, credentials } of origins) {
    it(file, () => {
      const oracle = own(oracleOf(file) as Oracle);
      const watched = watchAll(nodeCrypto, credentials.flatMap(credentialOf), airEvents(captureFile(file)));
      const messages = watched.flatMap(({ facts }) =>
        [...facts.handshakes, ...facts.groupHandshakes].flatMap((each) => each.messages.flat()),
      );
      const micOf = new Map(messages.map(({ frame, mic }) => [frame, mic]));
      for (const { no, mic_valid } of oracle) {
        if (mic_valid === null) continue;
        if (mic_valid) expect(micOf.get(no), `frame ${no}`).to.equal('valid');
        else if (!isUnjudged(micOf.get(no))) expect(micOf.get(no), `frame ${no}`).to.equal('invalid');
      }
      const tks = watched.flatMap(({ facts }) => facts.handshakes.flatMap(({ tk }) => (tk ? [toHex(tk.reveal())] : [])));
      const groupKeys = watched.flatMap(({ facts }) => facts.groupKeys.map(({ key }) => toHex(key.reveal())));
      const proven = oracle.filter(({ mic_valid }) => mic_valid === true);
      // Of a TKIP key some tell the first half only, which is without those of Michael.
      for (const { tk } of proven)
        if (tk !== undefined)
          expect(
            tks.some((each) => each.startsWith(tk)),
            tk,
          ).to.equal(true);
      for (const { gtk } of oracle.flatMap(({ kdes }) => kdes?.gtk ?? [])) expect(groupKeys).to.include(gtk);
      expect(watched.flatMap(({ facts }) => facts.reuses)).to.deep.equal([]);
      for (const { facts } of watched) expect(facts.traffic.opened).to.equal(facts.traffic.tried);
    });
  }
});
