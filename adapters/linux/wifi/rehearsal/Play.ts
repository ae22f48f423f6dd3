import {
  cipherOf,
  keyMic,
  type Ptk,
  pairwiseKey,
  parametersOf,
  wrapKeyData,
  zeroisePtk,
} from '../../../../operators/core/index.js';
import { macToBytes } from '../../../../streams/events/index.js';
import {
  CipherSuite,
  type EapolKey,
  KeyDescriptor,
  type KeyInformation,
  withMic,
  writeEapolKey,
} from '../../../../streams/frames/index.js';
import { nodeCrypto } from '../../../crypto/index.js';
import { type Exchange, STAGE } from './exchange.js';

/** The access point's half of a handshake. */
export interface Handshake {
  readonly message1: Uint8Array;
  readonly message3: Uint8Array;
}

const NOTHING = new Uint8Array(0);
const NO_MIC = new Uint8Array(16);
const KEY_LENGTH = 16;
const addresses = { authenticator: macToBytes(STAGE.accessPoint), supplicant: macToBytes(STAGE.station.address) };
const ccmp = cipherOf(CipherSuite.codes.CCMP);

const asks: Omit<KeyInformation, 'descriptorVersion'> = {
  ...{ pairwise: true, index: 0, install: false, ack: true, mic: false, secure: false },
  ...{ error: false, request: false, encrypted: false, smk: false },
};
const installs = { ...asks, install: true, mic: true, secure: true, encrypted: true };

const ptkOf = ({ akm }: Exchange, nonce: Uint8Array): Ptk | undefined => {
  if (akm === undefined || ccmp === undefined) return undefined;
  return pairwiseKey(nodeCrypto, akm, ccmp, STAGE.pmk, {
    addresses,
    nonces: { authenticator: nonce, supplicant: STAGE.stationNonce },
  });
};

/** A connection as the access point plays it. */
export interface Play {
  readonly beacon: Uint8Array;
  readonly handshakes: ReadonlyArray<Handshake>;
  /** Its first packet comes before the news of the association. */
  readonly isEarly: boolean;
}

/** What the access point says in its n-th handshake, each with another nonce: other keys come of it. */
const handshakeOf = (exchange: Exchange, n: number): Handshake => {
  const { akm, descriptorVersion, keyData } = exchange;
  const nonce = new Uint8Array(32).fill(n + 1);
  const key: EapolKey = {
    ...{ version: 2, descriptor: KeyDescriptor.codes.RSN, keyLength: KEY_LENGTH, nonce, mic: NO_MIC, keyData: NOTHING },
    ...{ iv: NOTHING, receiveCounter: NOTHING, reserved: NOTHING },
    ...{ information: { ...asks, descriptorVersion }, replayCounter: BigInt(2 * n + 1) },
  };
  const message1 = writeEapolKey(key);
  const ptk = ptkOf(exchange, nonce);
  if (akm === undefined || ptk === undefined) return { message1, message3: NOTHING };
  const parameters = parametersOf(akm, STAGE.pmk.length);
  const message3 = writeEapolKey({
    ...{ ...key, information: { ...installs, descriptorVersion }, replayCounter: BigInt(2 * n + 2) },
    keyData: wrapKeyData(nodeCrypto, parameters, descriptorVersion, ptk.kek.reveal(), { iv: NOTHING, keyData }) ?? NOTHING,
  });
  const mic = keyMic(nodeCrypto, parameters, descriptorVersion, ptk.kck.reveal(), message3) ?? NO_MIC;
  zeroisePtk(ptk);
  return { message1, message3: withMic(message3, mic) };
};

/** One handshake that connects, one that changes its keys, and others with a driver that has roamed. */
export const playOf = (exchange: Exchange, handshakes: number): Play => ({
  beacon: exchange.beacon,
  isEarly: exchange.isEarly,
  handshakes: Array.from({ length: handshakes }, (_, n) => handshakeOf(exchange, n)),
});
