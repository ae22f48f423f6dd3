import { expect } from 'chai';
import { isLeft } from 'fp-ts/lib/Either.js';
import { nodeCrypto } from '../../../../../adapters/crypto/nodeCrypto.js';
import { type Akm, type AkmParameters, parametersOf } from '../../../../../operators/core/rsn/akm.js';
import type { CipherRow } from '../../../../../operators/core/rsn/cipherSuite.js';
import { unwrapKeyData } from '../../../../../operators/core/rsn/keys/keyWrap.js';
import { keyMic } from '../../../../../operators/core/rsn/keys/mic.js';
import { owePmkid, pmkid, saePmkid } from '../../../../../operators/core/rsn/keys/pmkid.js';
import { passphraseToPmk } from '../../../../../operators/core/rsn/keys/psk.js';
import { pairwiseKey } from '../../../../../operators/core/rsn/keys/ptk.js';
import { toHex } from '../../../../../streams/events/index.js';
import { readEapolKey, withZeroedMic } from '../../../../../streams/frames/index.js';
import { hex } from '../../../../streams/frames/hex.js';
import { dumpAfter, dumpsOf, hasLab, type LogLine, labLog } from './lab.js';
import { akmNamed, cipherNamed } from './suites.js';

/** What a key of the recorded handshake has to prove itself on. */
interface Keys {
  readonly akm: Akm;
  readonly parameters: AkmParameters;
  readonly ptk: { readonly kck: Uint8Array; readonly kek: Uint8Array };
}

interface Case {
  readonly name: string;
  readonly akm: Akm;
  readonly cipher: CipherRow;
  /** How many handshakes and how many EAPOL-Key packets with a MIC the log has. */
  readonly handshakes: number;
}

const cases: ReadonlyArray<Case> = [
  { name: 'wpa2-psk-ccmp', akm: akmNamed('PSK'), cipher: cipherNamed('CCMP'), handshakes: 1 },
  { name: 'wpa2-psk-ptk-rekey', akm: akmNamed('PSK'), cipher: cipherNamed('CCMP'), handshakes: 3 },
  { name: 'wpa2-psk-sha256', akm: akmNamed('PSK_SHA256'), cipher: cipherNamed('CCMP'), handshakes: 1 },
  { name: 'wpa2-psk-gcmp256', akm: akmNamed('PSK_SHA256'), cipher: cipherNamed('GCMP_256'), handshakes: 1 },
  { name: 'wpa1-tkip', akm: akmNamed('WPA_PSK'), cipher: cipherNamed('WPA_TKIP'), handshakes: 1 },
  { name: 'wpa3-sae', akm: akmNamed('SAE'), cipher: cipherNamed('CCMP'), handshakes: 2 },
  { name: 'wpa3-sae-h2e', akm: akmNamed('SAE'), cipher: cipherNamed('CCMP'), handshakes: 2 },
  { name: 'owe', akm: akmNamed('OWE'), cipher: cipherNamed('CCMP'), handshakes: 1 },
  { name: 'eap-pmksa-cache', akm: akmNamed('IEEE_802_1X'), cipher: cipherNamed('CCMP'), handshakes: 2 },
  { name: 'eap-suite-b-192', akm: akmNamed('SUITE_B_192'), cipher: cipherNamed('GCMP_256'), handshakes: 1 },
];

const ADDRESSES = /^WPA: PTK derivation - A1=(?<own>[0-9a-f:]+) A2=(?<peer>[0-9a-f:]+)$/;
const macOf = (text: string | undefined): Uint8Array => hex((text ?? '').replaceAll(':', ''));

/** Derives again what a supplicant derived at this line of its log, and compares. */
const derivedAgain = (log: ReadonlyArray<LogLine>, at: number, { akm, cipher }: Case): Keys | undefined => {
  const groups = ADDRESSES.exec(log[at]?.text ?? '')?.groups;
  if (groups === undefined) return undefined;
  const pmk = dumpAfter(log, at, 'WPA: PMK');
  const ptk = pairwiseKey(nodeCrypto, akm, cipher, pmk, {
    addresses: { authenticator: macOf(groups['peer']), supplicant: macOf(groups['own']) },
    nonces: { authenticator: dumpAfter(log, at, 'WPA: Nonce2'), supplicant: dumpAfter(log, at, 'WPA: Nonce1') },
  });
  const [kck, kek, tk] = [ptk.kck.reveal(), ptk.kek.reveal(), ptk.tk.reveal()];
  expect(toHex(Uint8Array.of(...kck, ...kek, ...tk))).to.equal(toHex(dumpAfter(log, at, 'WPA: PTK')));
  return { akm, parameters: parametersOf(akm, pmk.length), ptk: { kck, kek } };
};

/** Checks the MIC of a packet, and opens its key data: the plain text, if it has any. */
const proven = ({ parameters, ptk }: Keys, packet: Uint8Array): Uint8Array | undefined => {
  const read = readEapolKey(packet, parameters.mic);
  if (isLeft(read)) throw new Error('not an EAPOL-Key packet');
  const { information, mic, iv, keyData } = read.right;
  const { descriptorVersion } = information;
  const computed = keyMic(nodeCrypto, parameters, descriptorVersion, ptk.kck, withZeroedMic(packet, parameters.mic));
  expect(toHex(computed ?? new Uint8Array(0))).to.equal(toHex(mic));
  if (!information.encrypted && information.pairwise) return undefined;
  return unwrapKeyData(nodeCrypto, parameters, descriptorVersion, ptk.kek, { iv, keyData });
};

const hasMic = (packet: Uint8Array): boolean => ((packet[5] ?? 0) & 0x01) === 1;

describe('the keys of recorded handshakes', () => {
  before(function () {
    if (!hasLab) this.skip();
  });

  for (const each of cases) {
    it(`${each.name}: the PTK, the MIC of every packet, and the key data`, () => {
      const log = labLog(each.name);
      let keys: Keys | undefined;
      let [handshakes, packets, opened] = [0, 0, 0];
      log.forEach(({ text, bytes }, at) => {
        const derived = derivedAgain(log, at, each);
        handshakes += derived === undefined ? 0 : 1;
        keys = derived ?? keys;
        const isPacket = text === 'WPA: TX EAPOL-Key' || text === 'WPA: RX EAPOL-Key';
        if (!isPacket || !hasMic(bytes) || keys === undefined) return;
        packets += 1;
        const plain = proven(keys, bytes);
        if (text === 'WPA: TX EAPOL-Key' || plain === undefined) return;
        opened += 1;
        // Of WPA1 the log does not have the plain text, and the packet nothing else to compare it with.
        if (each.akm.protocol === 'rsn') {
          expect(toHex(plain)).to.equal(toHex(dumpAfter(log, at, 'WPA: decrypted EAPOL-Key key data')));
        }
      });
      expect(handshakes).to.equal(each.handshakes);
      expect(packets).to.be.at.least(3 * handshakes);
      expect(opened).to.be.at.least(handshakes);
    });
  }

  it('wpa1-tkip: RC4 gives the group key the access point sent', () => {
    const log = labLog('wpa1-tkip');
    const at = log.findIndex(({ text }) => ADDRESSES.test(text));
    const keys = derivedAgain(log, at, { name: '', akm: akmNamed('WPA_PSK'), cipher: cipherNamed('WPA_TKIP'), handshakes: 1 });
    const groupMessages = dumpsOf(log, 'WPA: RX EAPOL-Key').filter((packet) => ((packet[6] ?? 0) & 0x08) === 0 && hasMic(packet));
    const sent = dumpsOf(labLog('wpa1-tkip', 'ap.log'), 'GTK').map(toHex);
    const received = groupMessages.map((packet) => keys && toHex(proven(keys, packet) ?? new Uint8Array(0)));
    expect(received.length).to.be.greaterThan(0);
    for (const key of received) expect(sent).to.include(key);
  });

  it('wpa2-psk-ccmp: the PMK of the passphrase', () => {
    const ascii = new TextEncoder();
    const pmk = passphraseToPmk(nodeCrypto, ascii.encode('correct horse battery'), ascii.encode('lab-psk'));
    expect(pmk && toHex(pmk)).to.equal(toHex(dumpsOf(labLog('wpa2-psk-ccmp'), 'WPA: PMK')[0] ?? new Uint8Array(0)));
  });
});

const AP = hex('020000000000');
const STATION = hex('020000000100');

describe('the names of recorded PMKs', () => {
  before(function () {
    if (!hasLab) this.skip();
  });

  const addresses = { authenticator: AP, supplicant: STATION };

  it('eap-pmksa-cache: 802.1X', () => {
    const log = labLog('eap-pmksa-cache');
    const pmk = dumpAfter(log, 0, 'WPA: PMK');
    const name = pmkid(nodeCrypto, akmNamed('IEEE_802_1X'), { pmk, addresses });
    expect(name && toHex(name)).to.equal(toHex(dumpAfter(log, 0, 'RSN: Derived PMKID')));
  });

  it('eap-suite-b-192: by the KCK', () => {
    const log = labLog('eap-suite-b-192');
    const [pmk, kck] = [dumpAfter(log, 0, 'WPA: PMK'), dumpAfter(log, 0, 'WPA: KCK')];
    const name = pmkid(nodeCrypto, akmNamed('SUITE_B_192'), { pmk, addresses, kck });
    expect(name && toHex(name)).to.equal(toHex(dumpAfter(labLog('eap-suite-b-192', 'ap.log'), 0, 'RSN: added PMKID')));
  });

  it('wpa3-sae: by the scalars', () => {
    const log = labLog('wpa3-sae');
    const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
    const [own, peers] = ['SAE: own commit-scalar', 'SAE: Peer commit-scalar'].map((title) =>
      BigInt(`0x${toHex(dumpAfter(log, 0, title))}`),
    );
    const sum = (((own ?? 0n) + (peers ?? 0n)) % order).toString(16).padStart(64, '0');
    expect(toHex(saePmkid(hex(sum)))).to.equal(toHex(dumpAfter(log, 0, 'SAE: PMKID')));
  });

  it('owe: by the public keys', () => {
    const log = labLog('owe');
    const client = dumpAfter(log, 0, 'OWE: Diffie-Hellman Parameter element').subarray(5);
    const response = toHex(dumpAfter(log, 0, 'resp_ies'));
    const accessPoint = hex(/ff23201300(?<x>[0-9a-f]{64})/.exec(response)?.groups?.['x'] ?? '');
    expect(toHex(owePmkid(nodeCrypto, 'sha256', client, accessPoint))).to.equal(toHex(dumpAfter(log, 0, 'OWE: PMKID')));
  });
});
