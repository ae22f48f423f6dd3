import { expect } from 'chai';
import { credentialsOf } from '../../support/captureComparison.js';
import { type ConnectionRead, readingOf } from '../../support/captureReading.js';
import { captureNames, derivedFile, hasCaptures } from '../../support/captures.js';

/** The same frames under other link types; how the same capture was encapsulated says nothing about what happened in it. */
const STEMS: ReadonlyArray<readonly [stem: string, of: string]> = [
  ['wpa2-psk-mfp', 'wireshark__wpa2-psk-mfp.pcapng'],
  ['wpa2linkuppassphraseiswireshark', 'wireshark-wiki__wpa2linkuppassphraseiswireshark.pcap'],
];

const read = (stem: string, of: string, linkType: number): ReadonlyArray<ConnectionRead> =>
  readingOf(derivedFile(`${stem}.dlt${linkType}.pcap`), credentialsOf(of)).connections;

describe('the same captures under other link types (../shared/captures, where that is)', () => {
  before(function () {
    if (!hasCaptures) this.skip();
  });

  for (const [stem, of] of STEMS) {
    it(`${stem}: explained the same, word for word, under 105, 119, 127 and 192`, () => {
      const plain = read(stem, of, 105);
      expect(plain.map(({ explanation: { outcome, passphrase } }) => [outcome, passphrase])).to.deep.equal([
        ['authorized', 'right'],
      ]);
      for (const linkType of [119, 127, 192]) expect(read(stem, of, linkType), `${linkType}`).to.deep.equal(plain);
    });

    it(`${stem}: the handshake, its keys and MICs, of what Ethernet carries of it`, () => {
      const [air, wire] = [read(stem, of, 105)[0], read(stem, of, 1)[0]];
      const said = (connection: ConnectionRead | undefined) =>
        connection?.sightings.map(({ name, counter, nonce }) => [name, counter, nonce]);
      expect(said(wire)).to.deep.equal(said(air)?.filter(([name]) => name !== 'G1' && name !== 'G2'));
      expect(wire?.explanation.medium).to.equal('wire');
      expect(wire?.explanation.outcome).to.equal('authorized');
    });
  }

  it('are of captures that are there', () => {
    for (const [, of] of STEMS) expect(captureNames).to.include(of);
  });
});
