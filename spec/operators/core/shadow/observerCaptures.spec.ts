import { expect } from 'chai';
import type { Connection, Credential } from '../../../../operators/core/shadow/index.js';
import { mac48ToAddress } from '../../../../streams/air/index.js';
import { Secret, toHex } from '../../../../streams/events/index.js';
import { captureFile, captureNames, derivedFile, hasCaptures, oracleOf } from '../../../support/captures.js';
import { connectionsIn } from '../../../support/observed.js';

/** How many connections each capture of the real world has, counted by hand from its management and EAPOL frames. */
const COUNTS: Readonly<Record<string, number>> = {
  'aircrack-ng__MOM1.cap': 1,
  'aircrack-ng__test-pmkid.pcap': 1,
  'aircrack-ng__test23.pcap': 1,
  // Its messages 1 and 2 are ten minutes apart.
  'aircrack-ng__testm1m2m3.pcap': 2,
  'aircrack-ng__wep.open.system.authentication.cap': 1,
  'aircrack-ng__wep.shared.key.authentication.cap': 1,
  'aircrack-ng__wpa-psk-linksys.cap': 1,
  'aircrack-ng__wpa.cap': 1,
  'aircrack-ng__wpa2-psk-linksys.cap': 4,
  'aircrack-ng__wpa2.eapol.cap': 1,
  'aircrack-ng__wpa3-psk.pcap': 1,
  'john-samples__wpa-Induction.pcapng': 1,
  'john-samples__wpa.bad.passphrase.cap': 1,
  'john-samples__wpa.full.cap': 1,
  'krackattacks__example-tptk-attack.pcapng': 1,
  'tcpdump__eapon1.pcap': 4,
  'tcpdump__ieee802.11_exthdr.pcap': 1,
  'wifite2__handshake_exists.cap': 1,
  'wifite2__handshake_not_exists.cap': 1,
  // MACsec's key agreement is nobody's connection.
  'wireshark-wiki__eapol-mka.pcap': 0,
  'wireshark-wiki__wpa2linkuppassphraseiswireshark.pcap': 1,
  'wireshark-wiki__wpsdata.cap': 1,
  'wireshark__owe.pcapng': 1,
  'wireshark__wep.pcapng': 1,
  'wireshark__wpa-Induction.pcap': 1,
  'wireshark__wpa-ccmp-256.pcapng': 1,
  'wireshark__wpa-eap-tls.pcap': 1,
  'wireshark__wpa-gcmp.pcapng': 1,
  'wireshark__wpa-test-decode-mgmt.pcap': 1,
  'wireshark__wpa2-ft-psk.pcapng': 2,
  'wireshark__wpa2-psk-ccmp-tkip.pcapng': 1,
  'wireshark__wpa2-psk-mfp.pcapng': 1,
  'wireshark__wpa3-sae.pcapng': 1,
  'wireshark__wpa_ptk_extended_key_id.pcap': 1,
};

interface OracleFrame {
  readonly no: number;
  readonly retry?: boolean;
  readonly sa?: string;
  readonly da?: string;
}

interface Oracle {
  readonly eapol?: ReadonlyArray<OracleFrame>;
  readonly mgmt?: ReadonlyArray<OracleFrame>;
}

const pairOf = (a: string, b: string): string => [a, b].toSorted().join(' ');
const pairOfConnection = ({ station, ap }: Connection): string => pairOf(mac48ToAddress(station), mac48ToAddress(ap));

const passphrase = (text: string): Credential => ({ kind: 'passphrase', passphrase: Secret.of(new TextEncoder().encode(text)) });

describe('the connections of captures from the real world', () => {
  before(function () {
    if (!hasCaptures) this.skip();
  });

  for (const name of captureNames) {
    it(name, () => {
      const connections = connectionsIn(captureFile(name));
      const expected = COUNTS[name];
      if (expected !== undefined) expect(connections.length).to.equal(expected);
      const { eapol = [], mgmt = [] } = oracleOf(name) as Oracle;
      const pairs = new Set([...eapol, ...mgmt].map(({ sa = '', da = '' }) => pairOf(sa, da)));
      for (const connection of connections) {
        const { began, ended, medium } = connection;
        expect(began.frame).to.be.at.most(ended.frame);
        // On a wire most packets go to a group.
        if (medium === 'air') expect([...pairs], pairOfConnection(connection)).to.include(pairOfConnection(connection));
      }
      if (connections.some(({ medium }) => medium === 'wire') || name.includes('eapol-mka')) return;
      for (const { sa = '', da = '', no, retry } of eapol) {
        if (retry === true) continue;
        const own = connections.filter(({ began, ended }) => began.frame <= no && no <= ended.frame);
        expect(own.map(pairOfConnection), `EAPOL in frame ${no}`).to.include(pairOf(sa, da));
      }
    });
  }

  it('are the same in whatever link layer the frames lie', () => {
    const credentials = [passphrase('12345678')];
    const summary = (file: Uint8Array) =>
      connectionsIn(file, { credentials }).map(({ beginning, ending, began, ended, handshakes }) => [
        ...[beginning, ending, began.frame, ended.frame],
        handshakes.map(({ isComplete }) => isComplete),
      ]);
    const expected = summary(derivedFile('wpa2-psk-mfp.dlt105.pcap'));
    expect(expected).to.have.length(1);
    for (const type of [119, 127, 192])
      expect(summary(derivedFile(`wpa2-psk-mfp.dlt${type}.pcap`)), `${type}`).to.deep.equal(expected);
  });

  it('are found in a wireless interface that pretends to be Ethernet', () => {
    const connections = connectionsIn(derivedFile('wpa2-psk-mfp.dlt1.pcap'));
    expect(connections.map(({ medium, handshakes }) => [medium, handshakes.length])).to.deep.equal([['wire', 1]]);
  });

  it('roam by fast transition, verified', () => {
    const credentials = [passphrase('12345678')];
    const [, roamed] = connectionsIn(captureFile('wireshark__wpa2-ft-psk.pcapng'), { credentials });
    const { fastTransition, tk } = roamed?.association ?? {};
    expect(fastTransition).to.equal('verified');
    // As the source's own tests have them.
    expect(toHex(tk?.reveal() ?? new Uint8Array(0))).to.equal('a6a3304e5a8fabe0dc427cc41a707858');
    expect(roamed?.groupKeys.map(({ key }) => toHex(key.reveal()))).to.deep.equal(['a6cc605e10878f86b20a266c9b58d230']);
  });
});
