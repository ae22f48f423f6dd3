import { createHash, createHmac } from 'node:crypto';
import { expect } from 'chai';
import { nodeCrypto } from '../../../../../adapters/crypto/nodeCrypto.js';
import { akms, parametersOf } from '../../../../../operators/core/rsn/akm.js';
import { ftPtk, ftR0, ftR1, xxKeyOf, zeroiseFtPtk } from '../../../../../operators/core/rsn/keys/ft.js';
import { toHex } from '../../../../../streams/events/index.js';
import { hex } from '../../../../streams/frames/hex.js';
import { dumpAfter, hasLab, labLog } from './lab.js';
import { akmNamed, cipherNamed } from './suites.js';

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

/** wpa_supplicant 2.10 roaming between two access points of hostapd 2.10, the passphrase "fast roaming pass". */
const station = hex('020000000200');
const scope = { ssid: ascii('lab-ft'), mobilityDomain: hex('a1b2'), r0KeyHolder: ascii('ap1.lab'), supplicant: station };
const psk = hex('8b837ab596a0ae743a7915d1c7e9e8f5f36eaaa741da43756e9d4b4c75261abf');
const r1KeyHolder = hex('020000000100');
const handshake = {
  addresses: { authenticator: hex('020000000100'), supplicant: station },
  nonces: {
    authenticator: hex('ec6f5ef1c26ec4db8b6aff56bed5c23f108212f6bf1e5179fd72ad6d1527e543'),
    supplicant: hex('d26b323c00c302b012bf4d95717bf14742bc8ee64f4f939c882cc1babb3423f1'),
  },
};

const ofPsk = () => {
  const akm = akmNamed('FT_PSK');
  const r0 = ftR0(nodeCrypto, akm, psk, scope);
  const r1 = ftR1(nodeCrypto, akm, r0, { r1KeyHolder, supplicant: station });
  return { r0, r1, ptk: ftPtk(nodeCrypto, akm, cipherNamed('CCMP'), r1, handshake) };
};

/** IEEE 802.11-2020 12.7.1.6.2 to 12.7.1.6.5 once more, over one buffer and with Node's own functions. */
const slowly = (hash: string, xxKey: Uint8Array, ptkOctets: number) => {
  const digest = createHash(hash).digest().length;
  const kdf = (key: Uint8Array, label: string, context: Uint8Array, octets: number): Buffer => {
    const blocks: Buffer[] = [];
    for (let i = 1; digest * blocks.length < octets; i++) {
      const bits = octets * 8;
      const message = [Buffer.of(i, 0), ascii(label), context, Buffer.of(bits & 0xff, bits >> 8)];
      blocks.push(createHmac(hash, key).update(Buffer.concat(message)).digest());
    }
    return Buffer.concat(blocks).subarray(0, octets);
  };
  const name = (with_: string, ...parts: ReadonlyArray<Uint8Array>): Buffer =>
    createHash(with_).update(Buffer.concat(parts)).digest().subarray(0, 16);
  const r0Context = [Buffer.of(6), scope.ssid, scope.mobilityDomain, Buffer.of(7), scope.r0KeyHolder, station];
  const r0 = kdf(xxKey, 'FT-R0', Buffer.concat(r0Context), digest + 16);
  const r0Name = name(hash, ascii('FT-R0N'), r0.subarray(digest));
  const r1Context = Buffer.concat([r1KeyHolder, station]);
  const r1 = kdf(r0.subarray(0, digest), 'FT-R1', r1Context, digest);
  const r1Name = name(hash, ascii('FT-R1N'), r0Name, r1Context);
  const { addresses, nonces } = handshake;
  const context = Buffer.concat([nonces.supplicant, nonces.authenticator, addresses.authenticator, station]);
  const ptk = kdf(r1, 'FT-PTK', context, ptkOctets);
  return { r0Name, r1, r1Name, ptk, ptkName: name('sha256', r1Name, ascii('FT-PTKN'), context) };
};

describe('the fast transition key hierarchy', () => {
  it('gives PMK-R0, PMK-R1, the PTK and their names as wpa_supplicant does', () => {
    const { r0, r1, ptk } = ofPsk();
    expect(toHex(r0.pmkR0.reveal())).to.equal('71c74c031efcfda6e76c1fdf97a3f47376dfbd7fa75ad968397772e9ed215299');
    expect(toHex(r0.name)).to.equal('65cce19123f5e1a78cea436908fb65c2');
    expect(toHex(r1.pmkR1.reveal())).to.equal('f3b7c7831c395a3d26603812e00eb18e95c24d03c8d84ea73cc3b201cbb975b8');
    expect(toHex(r1.name)).to.equal('e4216e4bedb1d007b89e2f8db547dfbd');
    expect(toHex(ptk.ptk.kck.reveal())).to.equal('1b4e882fe6bc6fc4bd16a370968336bf');
    expect(toHex(ptk.ptk.kek.reveal())).to.equal('2eed7e99b491ca8ff027dde1dc265162');
    expect(toHex(ptk.ptk.tk.reveal())).to.equal('5ffd8de4e8eb3ec018f52280fb6cbabb');
  });

  it('the three transitions of the recorded exchange', function () {
    if (!hasLab) this.skip();
    const log = labLog('ft-psk-roam');
    const derivations = log.flatMap(({ text }, at) => (text === 'FT: Derive PTK using KDF-SHA256' ? [at] : []));
    expect(derivations).to.have.length(3);
    for (const at of derivations) {
      const addresses = /BSSID=(?<ap>\S+) STA-ADDR=(?<own>\S+)/.exec(log[at + 4]?.text ?? '')?.groups ?? {};
      const mac = (text = '') => hex(text.replaceAll(':', ''));
      const r0 = ftR0(nodeCrypto, akmNamed('FT_PSK'), psk, scope);
      const r1 = ftR1(nodeCrypto, akmNamed('FT_PSK'), r0, { r1KeyHolder: mac(addresses['ap']), supplicant: station });
      const { ptk, name } = ftPtk(nodeCrypto, akmNamed('FT_PSK'), cipherNamed('CCMP'), r1, {
        addresses: { authenticator: mac(addresses['ap']), supplicant: mac(addresses['own']) },
        nonces: { authenticator: dumpAfter(log, at, 'FT: ANonce'), supplicant: dumpAfter(log, at, 'FT: SNonce') },
      });
      expect(toHex(r1.pmkR1.reveal())).to.equal(toHex(dumpAfter(log, at, 'FT: PMK-R1')));
      expect(toHex(ptk.kck.reveal())).to.equal(toHex(dumpAfter(log, at, 'FT: KCK')));
      expect(toHex(ptk.kek.reveal())).to.equal(toHex(dumpAfter(log, at, 'FT: KEK')));
      expect(toHex(ptk.tk.reveal())).to.equal(toHex(dumpAfter(log, at, 'FT: TK')));
      expect(toHex(name)).to.equal(toHex(dumpAfter(log, at, 'FT: PTKName')));
    }
  });

  for (const akm of akms.filter(({ fastTransition }) => fastTransition)) {
    it(`${akm.name} derives with its own hash, and keys of its lengths`, () => {
      for (const length of akm.pmkLengths) {
        const xxKey = Uint8Array.from({ length }, (_, i) => 5 * i + 1);
        const { hash, kck, kek } = parametersOf(akm, length);
        const second = { 'FT-FILS-SHA256': [16, 16], 'FT-FILS-SHA384': [24, 32] }[akm.name] ?? [0, 0];
        const [kck2 = 0, kek2 = 0] = second;
        const expected = slowly(hash, xxKey, kck + kek + 32 + kck2 + kek2);
        const r0 = ftR0(nodeCrypto, akm, xxKey, scope);
        const r1 = ftR1(nodeCrypto, akm, r0, { r1KeyHolder, supplicant: station });
        const { ptk, name, element } = ftPtk(nodeCrypto, akm, cipherNamed('GCMP_256'), r1, handshake);
        expect(toHex(r0.name)).to.equal(toHex(expected.r0Name));
        expect(toHex(r1.pmkR1.reveal())).to.equal(toHex(expected.r1));
        expect(toHex(r1.name)).to.equal(toHex(expected.r1Name));
        expect(toHex(name)).to.equal(toHex(expected.ptkName));
        const parts = [ptk.kck, ptk.kek, ptk.tk, ...(kck2 > 0 ? [element.kck, element.kek] : [])];
        expect(toHex(Uint8Array.of(...parts.flatMap((part) => [...part.reveal()])))).to.equal(toHex(expected.ptk));
        expect([element.kck.length, element.kek.length]).to.deep.equal(kck2 > 0 ? [kck2, kek2] : [kck, kek]);
      }
    });
  }

  it('the order of nonces and addresses counts', () => {
    const { r1, ptk } = ofPsk();
    const swapped = { authenticator: handshake.nonces.supplicant, supplicant: handshake.nonces.authenticator };
    const other = ftPtk(nodeCrypto, akmNamed('FT_PSK'), cipherNamed('CCMP'), r1, { ...handshake, nonces: swapped });
    expect(other.ptk.tk.equals(ptk.ptk.tk)).to.equal(false);
  });

  it('starts from the second half of the MSK, with SHA-384 from its first 384 bits, else from what there is', () => {
    const msk = Uint8Array.from({ length: 64 }, (_, i) => i);
    const from = (name: Parameters<typeof akmNamed>[0], source = msk) => {
      const key = xxKeyOf(akmNamed(name), source);
      return key && toHex(key);
    };
    expect(from('FT_802_1X')).to.equal(toHex(msk.subarray(32)));
    expect(from('FT_802_1X_SHA384')).to.equal(toHex(msk.subarray(0, 48)));
    expect(from('FT_802_1X_SHA384_UNRESTRICTED')).to.equal(toHex(msk.subarray(0, 48)));
    for (const name of ['FT_PSK', 'FT_SAE', 'FT_SAE_EXT_KEY', 'FT_PSK_SHA384', 'FT_FILS_SHA256'] as const) {
      expect(from(name)).to.equal(toHex(msk));
    }
    expect(from('FT_802_1X', msk.subarray(0, 32))).to.equal(undefined);
    expect(from('FT_802_1X_SHA384', msk.subarray(0, 47))).to.equal(undefined);
    expect(from('FT_802_1X_SHA384', msk.subarray(0, 48))).to.equal(toHex(msk.subarray(0, 48)));
  });

  it('is zeroised with the keys of its element', () => {
    const akm = akmNamed('FT_FILS_SHA256');
    const r1 = ftR1(nodeCrypto, akm, ftR0(nodeCrypto, akm, psk, scope), { r1KeyHolder, supplicant: station });
    const keys = ftPtk(nodeCrypto, akm, cipherNamed('CCMP'), r1, handshake);
    zeroiseFtPtk(keys);
    for (const secret of [keys.ptk.kek, keys.ptk.tk, keys.element.kck, keys.element.kek]) {
      expect(secret.reveal().every((octet) => octet === 0)).to.equal(true);
    }
  });
});
