import { expect } from 'chai';
import { nodeCrypto } from '../../../adapters/crypto/index.js';
import { toHex } from '../../../streams/events/index.js';
import { hex } from '../../streams/frames/hex.js';
import { type CaptureComparison, compareCapture } from '../../support/captureComparison.js';
import { EXPLAINED } from '../../support/captureDifferences.js';
import { keyFramesOf, type OracleEapol } from '../../support/captureOracle.js';
import type { Sighting } from '../../support/captureReading.js';
import { captureFile, hasCaptures } from '../../support/captures.js';
import { readCapture } from '../../support/pcap.js';

const sightingsIn = ({ read }: CaptureComparison): ReadonlyArray<Sighting> =>
  read.connections.flatMap(({ sightings }) => sightings);

const keyFrame = ({ oracle }: CaptureComparison, frame: number): OracleEapol | undefined =>
  keyFramesOf(oracle, true).find(({ no }) => no === frame);

const infoOf = (frame: OracleEapol | undefined): number => Number.parseInt(frame?.key_info ?? '0', 16);

const REQUEST = 0x0800;
const SAE = 3;

/** What the bytes say where another analyser differs: each as in docs/captures.md. */
describe('differences from other analysers, proven from the bytes', () => {
  before(function () {
    if (!hasCaptures) this.skip();
  });

  it('are all of captures that are there, and each is said once', () => {
    const all = EXPLAINED.flatMap(({ captures, differences }) =>
      captures.flatMap((name) => differences.map((each) => name + each)),
    );
    expect(new Set(all).size).to.equal(all.length);
    for (const { captures, differences } of EXPLAINED)
      for (const name of captures) expect(compareCapture(name).differences, name).to.include.members([...differences]);
  });

  for (const name of ['aircrack-ng__MOM1.cap', 'pyrit__wpa2psk-MOM1.dump']) {
    it(`${name}: the only nonce of the access point is that of counter 15, and belongs to none of those messages`, () => {
      const sightings = sightingsIn(compareCapture(name));
      const ofAp = sightings.filter((seen) => seen.name === 'M1' || seen.name === 'M3');
      expect(ofAp.map(({ frame, counter }) => [frame, counter])).to.deep.equal([[4, 15n]]);
      const unjudged = sightings.filter(({ frame }) => [2, 3, 7, 8, 9].includes(frame));
      expect(unjudged.map(({ counter }) => counter)).to.deep.equal([11n, 12n, 16n, 0n, 1n]);
    });
  }

  it('aircrack-ng__test-pmkid.pcap: one frame of the station’s, and that is message 1', () => {
    const compared = compareCapture('aircrack-ng__test-pmkid.pcap');
    expect(sightingsIn(compared).map(({ name }) => name)).to.deep.equal(['M1']);
    expect(compared.read.connections.map(({ explanation }) => explanation.beginning)).to.deep.equal(['middle']);
    expect(compared.read.connections[0]?.explanation.handshakes[0]?.pmkid).to.equal('unchecked');
  });

  it('aircrack-ng__wpa3-psk.pcap: authenticated by SAE, whose PMK no passphrase tells', () => {
    const [connection] = compareCapture('aircrack-ng__wpa3-psk.pcap').read.connections;
    expect(connection?.explanation.security.akm).to.equal('00-0F-AC:8');
    expect(new Set(connection?.authentications.map(({ algorithm }) => algorithm))).to.deep.equal(new Set([SAE]));
  });

  it('aircrack-ng__wpa.cap: what has a nonce has no key data, and answers the counter of message 3, with a MIC that is right', () => {
    const compared = compareCapture('aircrack-ng__wpa.cap');
    const [message3] = sightingsIn(compared).filter(({ name }) => name === 'M3');
    const [message4] = sightingsIn(compared).filter(({ frame }) => frame === 8);
    expect(message4).to.include({ name: 'M4', mic: 'valid', counter: message3?.counter });
    expect(keyFrame(compared, 8)?.key_data).to.equal(null);
    // The station's nonce, once more.
    expect(message4?.nonce).to.equal(sightingsIn(compared).find(({ name }) => name === 'M2')?.nonce);
  });

  it('aircrack-ng__wpa.cap: a group handshake under TKIP, with MICs that only the KCK makes', () => {
    const compared = compareCapture('aircrack-ng__wpa.cap');
    const group = sightingsIn(compared).filter(({ frame }) => frame === 10 || frame === 12);
    expect(group.map(({ name, mic, isProtected }) => [name, mic, isProtected])).to.deep.equal([
      ['G1', 'valid', true],
      ['G2', 'valid', true],
    ]);
    expect(group[0]?.counter).to.equal(group[1]?.counter);
  });

  it('krackattacks__example-tptk-attack.pcapng: the KEK of another check unwraps that group key', () => {
    const compared = compareCapture('krackattacks__example-tptk-attack.pcapng');
    const kek = hex(compared.oracle.own_mic_check.find((each) => each.kek !== undefined)?.kek ?? '');
    const keyData = hex(keyFrame(compared, 195)?.key_data ?? '');
    const plain = nodeCrypto.aesUnwrap(kek, keyData);
    expect(plain).to.not.equal(undefined);
    expect(toHex(plain ?? keyData)).to.include('8dff5f5d6a95e093ee563abaf6f5d8f15e38ad9c605ab0bbd2c9c427785a8501');
  });

  it('wireshark__wpa_ptk_extended_key_id.pcap: the Request bit is set', () => {
    const compared = compareCapture('wireshark__wpa_ptk_extended_key_id.pcap');
    for (const frame of [48, 88]) expect(infoOf(keyFrame(compared, frame)) & REQUEST, `${frame}`).to.not.equal(0);
    const timeline = compared.read.connections.flatMap(({ explanation }) => explanation.timeline);
    const requests = timeline.filter(({ what }) => what === 'request for new keys');
    expect(requests.map(({ frame }) => frame)).to.deep.equal([48, 88]);
  });

  for (const name of ['wireshark__owe.pcapng', 'wireshark__wpa-test-decode-mgmt.pcap', 'wireshark__wpa2-psk-mfp.pcapng']) {
    it(`${name}: the IGTK stands behind two octets of key ID and six of packet number`, () => {
      const { oracle, read } = compareCapture(name);
      const igtk = read.connections.flatMap(({ groupKeys }) => groupKeys).find(({ purpose }) => purpose === 'igtk');
      const plain = oracle.own_mic_check.find((each) => each.kdes?.igtk !== undefined)?.key_data_plain ?? '';
      const kde = /dd1c000fac09([0-9a-f]{4})([0-9a-f]{12})([0-9a-f]{32})/.exec(plain);
      expect(kde?.[3]).to.equal(igtk?.key);
      expect(kde?.[1]).to.equal(`0${igtk?.index}00`);
    });
  }

  for (const name of ['wireshark__wep.pcapng', 'aircrack-ng__wep.shared.key.authentication.cap']) {
    it(`${name}: the third of four frames, encrypted`, () => {
      const { oracle, read } = compareCapture(name);
      expect(oracle.mgmt.find(({ no }) => no === 6)?.protected).to.equal(true);
      const [connection] = read.connections;
      expect(connection?.authentications.map(({ algorithm, transaction }) => [algorithm, transaction])).to.deep.equal([
        ...[1, 2, 3, 4].map((transaction) => [1, transaction]),
      ]);
    });
  }

  it('tcpdump__eapon1.pcap: the descriptor is 1, RC4', () => {
    const { read, oracle } = compareCapture('tcpdump__eapon1.pcap');
    const frames = new Set(oracle.eapol.filter(({ type }) => type === 3).map(({ no }) => no));
    const packets = read.events.flatMap((event) => (event.kind === 'eapol' && frames.has(event.frame) ? [event.packet] : []));
    expect(packets.map((packet) => packet[4])).to.deep.equal(Array.from({ length: 8 }, () => 1));
  });

  it('RADIUS is UDP, and nothing of a station', () => {
    for (const [name, at] of [
      ['tcpdump__RADIUS.pcap', 14],
      ['wireshark-wiki__radius_localhost.pcapng', 4],
    ] as const) {
      expect(compareCapture(name).read.events, name).to.deep.equal([]);
      const protocols = [...readCapture(captureFile(name))].map(({ bytes }) => bytes[at + 9]);
      expect(new Set(protocols), name).to.deep.equal(new Set([17]));
    }
  });

  it('aircrack-ng__pmkid-not-recognized.cap: no request between two answers, which say the same', () => {
    const { oracle, read } = compareCapture('aircrack-ng__pmkid-not-recognized.cap');
    for (const frame of [6345, 7119, 8925, 10304]) {
      const both = read.connections.find(
        ({ explanation: { began, ended } }) => began.frame <= frame && frame <= ended.frame,
      )?.associated;
      const between = oracle.mgmt.filter(({ no }) => frame < no && no < (both?.frame ?? 0));
      expect(
        between.filter(({ kind }) => kind.endsWith('req')),
        `${frame}`,
      ).to.deep.equal([]);
      expect(both?.status).to.equal(oracle.mgmt.find(({ no }) => no === frame)?.status);
    }
  });

  it('tcpdump__ieee802.11_tim_ie_oobr.pcap: answers to nobody, from one address to the same', () => {
    const { oracle, read } = compareCapture('tcpdump__ieee802.11_tim_ie_oobr.pcap');
    expect(oracle.mgmt.filter(({ kind }) => kind.endsWith('req'))).to.deep.equal([]);
    expect(read.connections.map(({ explanation: { station, ap } }) => station === ap)).to.deep.equal([true]);
  });
});
