import { type CipherCCM, createCipheriv } from 'node:crypto';
import { associatedData, ccmpNonce, mpduOf } from '../../operators/core/shadow/protection/Mpdu.js';
import { bytesOfMac48, type Mac48, type Sealed, type Speaker } from '../../streams/air/index.js';

interface Sent {
  readonly station: Mac48;
  readonly ap: Mac48;
  readonly from: Speaker;
  readonly packetNumber: number;
  readonly tk: Uint8Array;
  readonly isRetry?: boolean;
  readonly frame?: number;
  readonly keyId?: number;
}

const TO_DS = 0x41;
const FROM_DS = 0x42;
const RETRY = 0x08;
const EXTENDED_IV = 0x20;

/** What is sent of a packet behind its EtherType, with the LLC header of RFC 1042. */
export const llc = (etherType: number, payload: Uint8Array): Uint8Array =>
  Uint8Array.of(0xaa, 0xaa, 3, 0, 0, 0, etherType >>> 8, etherType & 0xff, ...payload);

/** A data frame under CCMP-128 (IEEE 802.11-2020 12.5.3), as a radio would send it. */
export const sealCcmp = (
  { station, ap, from, packetNumber, tk, isRetry = false, frame = 1000, keyId = 0 }: Sent,
  plain: Uint8Array,
): Sealed => {
  const [sta, bss] = [bytesOfMac48(station), bytesOfMac48(ap)];
  const addresses = from === 'station' ? [bss, sta, bss] : [sta, bss, bss];
  const flags = (from === 'station' ? TO_DS : FROM_DS) | (isRetry ? RETRY : 0);
  const header = Uint8Array.of(0x08, flags, 0, 0, ...addresses.flatMap((address) => [...address]), 0, 0);
  const octet = (i: number): number => Math.floor(packetNumber / 256 ** i) % 256;
  const cipherHeader = [octet(0), octet(1), 0, EXTENDED_IV | (keyId << 6), octet(2), octet(3), octet(4), octet(5)];
  const mpdu = mpduOf({ header, body: Uint8Array.from(cipherHeader) }, false);
  if (mpdu === undefined) throw new Error('the frame has no header');
  const cipher: CipherCCM = createCipheriv('aes-128-ccm', tk, ccmpNonce(mpdu), { authTagLength: 8 });
  cipher.setAAD(associatedData(mpdu), { plaintextLength: plain.length });
  const body = Uint8Array.of(...cipherHeader, ...cipher.update(plain), ...cipher.final(), ...cipher.getAuthTag());
  return { kind: 'sealed', frame, time: frame * 1000, station, ap, from, sealed: { header, body } };
};
