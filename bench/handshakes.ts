/** Handshakes as an access point would run them, made beforehand: WPA2-PSK with CCMP, or any AKM and cipher that is asked for. */
import { randomBytes } from 'node:crypto';
import {
  type AssociationCompletion,
  type Crypto,
  Direction,
  type MacAddress,
  type MethodContext,
  macToBytes,
  Secret,
} from 'postassoc';
import { type Akm, akmOf, type CipherRow, cipherOf, keyMic, pairwiseKey, parametersOf, wrapKeyData } from 'postassoc/core';
import {
  type EapolKey,
  MIC_AT,
  padKeyData,
  writeAssociationRequest,
  writeAssociationResponse,
  writeBeaconBody,
  writeEapolKey,
  writeKeyData,
  writeRsnElement,
} from 'postassoc/frames';

export interface Handshake {
  readonly context: MethodContext;
  /** 64 hex digits: stretching a passphrase is not what is measured. */
  readonly credential: Uint8Array;
  readonly pmk: Uint8Array;
  readonly snonce: Uint8Array;
  readonly message1: Uint8Array;
  readonly message3: Uint8Array;
}

const NOTHING = new Uint8Array(0);
const RSN = 2;

export const rightOf = <A>(either: { readonly _tag: string; readonly right?: A }): A => {
  if (either._tag !== 'Right') throw new Error('the workload is not what it should be');
  return either.right as A;
};

const macOf = (n: number): MacAddress =>
  `02:00:${[n >>> 24, n >>> 16, n >>> 8, n].map((octet) => (octet & 255).toString(16).padStart(2, '0')).join(':')}` as MacAddress;

export const known = <A>(found: A | undefined): A => {
  if (found === undefined) throw new Error('no such suite');
  return found;
};

export const PSK: Akm = known(akmOf(0x000fac02));
export const CCMP: CipherRow = known(cipherOf(0x000fac04));

const rsne = rightOf(
  writeRsnElement({
    ...{ version: 1, group: CCMP.selector, pairwise: [CCMP.selector], akms: [PSK.selector] },
    ...{ capabilities: 0, rest: NOTHING },
  }),
);
const SSID = Uint8Array.of(0, 5, 98, 101, 110, 99, 104);
const elements = Uint8Array.of(...SSID, ...rsne);

const associationWith = (peer: MacAddress): AssociationCompletion => ({
  ...{ peer, status: 0, reassociationRequest: false, reassociationResponse: false },
  request: writeAssociationRequest({ capabilities: 0x11, listenInterval: 10, elements }),
  response: writeAssociationResponse({ capabilities: 0x11, status: 0, associationId: 1, elements: NOTHING }),
  beacon: writeBeaconBody({ timestamp: new Uint8Array(8), interval: 100, capabilities: 0x11, elements }),
  ...{ ihvData: NOTHING, authAlgorithm: 7, unicastCipher: CCMP.windows, multicastCipher: CCMP.windows },
  ...{ activePhys: [], fourAddress: false, portAuthorized: false, qosProtocol: 0, dsInfo: 0, encapsulation: [] },
  ...{ managementCipher: 0, comebackTime: 0 },
});

const PLAIN = { index: 0, install: false, ack: true, mic: false, secure: false, error: false, request: false, encrypted: false };

const keyFrame = (counter: bigint, nonce: Uint8Array): EapolKey => ({
  ...{ version: 2, descriptor: RSN, keyLength: CCMP.keyLength, replayCounter: counter, nonce },
  information: { ...PLAIN, descriptorVersion: 2, pairwise: true, smk: false },
  ...{ iv: NOTHING, receiveCounter: new Uint8Array(8), reserved: NOTHING, mic: new Uint8Array(16), keyData: NOTHING },
});

const hex = (bytes: Uint8Array): Uint8Array => new TextEncoder().encode(Buffer.from(bytes).toString('hex'));
const draw = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

/** One handshake, with secrets of its own. */
export const handshakeOf = (crypto: Crypto, n: number): Handshake => {
  const [pmk, anonce, snonce, gtk] = [draw(32), draw(32), draw(32), draw(16)];
  const [peer, ownAddress] = [macOf(n), macOf(0x40000000 + n)];
  const addresses = { authenticator: macToBytes(peer), supplicant: macToBytes(ownAddress) };
  const ptk = pairwiseKey(crypto, PSK, CCMP, pmk, { addresses, nonces: { authenticator: anonce, supplicant: snonce } });
  const parameters = parametersOf(PSK, pmk.length);
  const items = rightOf(writeKeyData([{ kind: 'gtk', keyId: 1, transmit: false, key: gtk }]));
  const plain = padKeyData(Uint8Array.of(...rsne, ...items));
  const keyData = known(wrapKeyData(crypto, parameters, 2, ptk.kek.reveal(), { iv: new Uint8Array(16), keyData: plain }));
  const third = keyFrame(2n, anonce);
  const information = { ...third.information, install: true, mic: true, secure: true, encrypted: true };
  const message3 = writeEapolKey({ ...third, information, keyData });
  message3.set(known(keyMic(crypto, parameters, 2, ptk.kck.reveal(), message3)), MIC_AT);
  const portState = { peer, sessionId: n, controlled: true, authorized: false };
  return {
    context: { peer, ownAddress, portState, association: associationWith(peer) },
    ...{ credential: hex(pmk), pmk, snonce, message1: writeEapolKey(keyFrame(1n, anonce)), message3 },
  };
};

export const isPairwise = (direction: number): boolean => direction === Direction.codes.BOTH;
export const secretOf = (bytes: Uint8Array): Secret => Secret.of(bytes);
