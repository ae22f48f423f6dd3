import { isLeft } from 'fp-ts/lib/Either.js';
import type { Crypto } from '../../../../operators/core/index.js';
import {
  type Akm,
  type CipherRow,
  type FilsKeys,
  filsKeyAuth,
  filsKeys,
  filsPmk,
  ftR0,
  ftR1,
} from '../../../../operators/core/rsn/index.js';
import { octetsOf, octetsOfPoint, pointOf } from '../../../../operators/core/rsn/sae/octets.js';
import { macToBytes } from '../../../../streams/events/index.js';
import * as frames from '../../../../streams/frames/index.js';
import { DOMAIN, HOLDERS, joined, mobilityDomainElement, OWN, PEER, SSID, written } from './scenario.js';

export const R_MSK = new Uint8Array(64).fill(0x3c);
export const INITIATE = new Uint8Array(40).fill(0x11);
export const CACHED = { pmkid: new Uint8Array(16).fill(0x99), pmk: new Uint8Array(48).fill(0x4d) };
const ANONCE = new Uint8Array(16).fill(0xa1);
const ADDRESSES = { authenticator: macToBytes(PEER), supplicant: macToBytes(OWN) };

/** What both sides of a FILS authentication know before. */
export interface FilsScene {
  readonly akm: Akm;
  readonly cipher: CipherRow;
  readonly rsne: Uint8Array;
  readonly rsnxe: Uint8Array;
  readonly usesCached: boolean;
  readonly managementKeyLength: number;
}

const fastTransition = ({ akm }: FilsScene): Uint8Array =>
  written(
    frames.writeFastTransition({
      ...{ micControl: 0, elementCount: 0, mic: new Uint8Array(akm.pmkLengths[0] === 48 ? 24 : 16), ...HOLDERS },
      ...{ anonce: new Uint8Array(32), snonce: new Uint8Array(32) },
    }),
  );

interface Answered {
  readonly snonce: Uint8Array;
  readonly session: Uint8Array;
  readonly keys: FilsKeys;
  readonly proof: Uint8Array;
}

/** An access point that answers a first frame, and the association request behind it. */
export class FilsHolder {
  readonly #crypto: Crypto;
  readonly #scene: FilsScene;
  #answered: Answered | undefined;

  constructor(crypto: Crypto, scene: FilsScene) {
    this.#crypto = crypto;
    this.#scene = scene;
  }

  /** The fields of the answer, and the algorithm it is of. */
  answer(body: Uint8Array): { readonly algorithm: number; readonly fields: frames.FilsAuthentication } | undefined {
    const frame = frames.readAuthenticationFrame(body);
    if (isLeft(frame)) return undefined;
    const { algorithm, rest } = frame.right;
    const request = frames.readFilsAuthentication(rest, algorithm === frames.AuthenticationAlgorithm.codes.FILS_PFS);
    if (isLeft(request)) return undefined;
    const { akm, rsne, usesCached } = this.#scene;
    const share = this.#derive(request.right);
    return {
      algorithm,
      fields: {
        ...(share && { keyShare: share }),
        rsne: usesCached ? frames.withPmkids(rsne, [CACHED.pmkid]) : rsne,
        ...(akm.fastTransition && { mobilityDomain: mobilityDomainElement, fastTransition: fastTransition(this.#scene) }),
        ...{ nonce: ANONCE, session: request.right.session },
        ...(!usesCached && { wrappedData: Uint8Array.of(6, 1, 0, 4) }),
      },
    };
  }

  #derive({ keyShare, nonce: snonce, session }: frames.FilsAuthentication): frames.FilsKeyShare | undefined {
    const { akm, cipher, usesCached } = this.#scene;
    const curve = keyShare && this.#crypto.curve(keyShare.group);
    const own = curve?.multiply(curve.generator, 77n);
    const point = keyShare && curve?.multiply(pointOf(curve, keyShare.element), 77n);
    const shared = curve && point ? { sharedSecret: octetsOf(point.x, curve.length) } : {};
    const nonces = { supplicant: snonce, authenticator: ANONCE };
    const length = akm.pmkLengths[0] ?? 32;
    const pmk = usesCached ? CACHED.pmk.subarray(0, length) : filsPmk(this.#crypto, akm, R_MSK, { nonces, ...shared }).reveal();
    const handshake = { addresses: ADDRESSES, nonces };
    const keys = filsKeys(this.#crypto, akm, cipher, pmk, { ...handshake, ...(usesCached && shared) });
    const share = keyShare && own && curve ? { group: keyShare.group, element: octetsOfPoint(curve, own) } : undefined;
    const shares = share && keyShare && { supplicant: keyShare.element, authenticator: share.element };
    const proof = filsKeyAuth(this.#crypto, akm, keys.ick, handshake, shares).response.reveal();
    this.#answered = { snonce, session, keys, proof };
    return share;
  }

  #names({ keys: { filsFt } }: Answered): ReadonlyArray<Uint8Array> {
    const { akm } = this.#scene;
    if (filsFt === undefined) return [];
    const { supplicant } = ADDRESSES;
    const scope = { ssid: SSID, mobilityDomain: DOMAIN, r0KeyHolder: HOLDERS.r0KeyHolder, supplicant };
    const r0 = ftR0(this.#crypto, akm, filsFt.reveal(), scope);
    return [ftR1(this.#crypto, akm, r0, { r1KeyHolder: HOLDERS.r1KeyHolder, supplicant }).name];
  }

  /** The association response, what is in it changed before it is sealed. */
  response(change: (plain: Uint8Array) => Uint8Array): Uint8Array {
    const answered = this.#answered;
    if (answered === undefined) return new Uint8Array(6);
    const { akm, rsne, rsnxe, managementKeyLength } = this.#scene;
    const names = this.#names(answered);
    const mobility = akm.fastTransition ? joined(mobilityDomainElement, fastTransition(this.#scene)) : new Uint8Array(0);
    const own = names.length === 0 ? rsne : frames.withPmkids(rsne, names);
    const elements = joined(own, rsnxe, mobility, written(frames.writeFilsSession(answered.session)));
    const clear = frames.writeAssociationResponse({ capabilities: 1, status: 0, associationId: 1, elements });
    const items: ReadonlyArray<frames.KeyDataItem> = [
      { kind: 'gtk', keyId: 1, transmit: false, key: new Uint8Array(16).fill(0x61) },
      { kind: 'igtk', keyId: 4, packetNumber: new Uint8Array(6), key: new Uint8Array(managementKeyLength).fill(0x62) },
    ];
    const plain = joined(
      written(frames.writeFilsKeyConfirmation(answered.proof)),
      written(frames.writeKeyDelivery({ receiveCounter: new Uint8Array(8), items })),
    );
    const associated = [ADDRESSES.authenticator, ADDRESSES.supplicant, ANONCE, answered.snonce, clear];
    const sealed = this.#crypto.aesSivSeal(answered.keys.ptk.kek.reveal(), change(plain), associated);
    return joined(clear, sealed ?? new Uint8Array(0));
  }
}
