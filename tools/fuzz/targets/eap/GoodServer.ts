import {
  AvpCode,
  avp,
  isAvp,
  MicrosoftAvp,
  microsoftAvp,
  readAvps,
  writeAvps,
} from '../../../../operators/core/eap/methods/ttls/avp.js';
import type { TlsEstablished, TlsTurn } from '../../../../operators/core/index.js';
import { bindingTlv, extensionsRequest, resultTlv, serverCompound, serverCsk } from '../../../../spec/support/eap/compound.js';
import { type EapServer, eapRequest, eapServer } from '../../../../spec/support/eapServer.js';
import { fromHex, toHex } from '../../../../streams/events/index.js';
import { EapMethod } from '../../../../streams/frames/index.js';
import { elsewhere } from '../rsn/secrets.js';
import type { PeerUnderTest } from './PeerUnderTest.js';
import type { Known, Scenario } from './scenario.js';

const { IDENTITY, PEAP } = EapMethod.codes;
const EMPTY = new Uint8Array(0);
const HELLO = Uint8Array.of(22, 3, 3, 0, 1, 1);
const START = Uint8Array.of(0x20);
const HEADER = 4;
const SUCCESS = 1;
const NONCE = new Uint8Array(32).fill(0x4e);
const FIRST_RESULT = 3;

/** Key material that tells one session from another. */
export const materialOf = (session: number): Uint8Array => Uint8Array.from({ length: 128 }, (_, at) => (at * 3 + session) | 1);

/** What the tunnel of a good server exports. */
export const established = (flags: number, session: number): TlsEstablished => ({
  version: (flags & 1) === 0 ? 'TLSv1.2' : 'TLSv1.3',
  cipher: 'TLS_AES_128_GCM_SHA256',
  isResumed: (flags & 2) !== 0,
  keys: {
    keyMaterial: materialOf(session),
    methodId: new Uint8Array(64).fill(9),
    ...((flags & 4) === 0 && { challenge: new Uint8Array(17).fill(3) }),
  },
});

/** What a server says that keeps to the rules, step by step; TLS is what it says it is. */
export class GoodServer {
  readonly #scenario: Scenario;
  readonly known: Known = { names: [], packets: 0 };
  readonly #script: EapServer;
  readonly #flags: number;
  #identifier = 0x10;
  #outer: Uint8Array | undefined;
  #inner: Uint8Array | undefined;
  #hasSpoken = false;
  #receives = 0;

  constructor(scenario: Scenario, flags: number) {
    this.#scenario = scenario;
    this.#flags = flags;
    this.#script = eapServer(() => scenario.script(this.known), scenario.tunnel?.wrapping === 'avp' ? 0 : 0x40);
  }

  get identifier(): number {
    return this.#identifier;
  }

  /** All keys a success may have. */
  get keys(): ReadonlyArray<string> {
    const material = materialOf(0);
    const isk = fromHex(this.known.msk ?? '')?.slice(0, 32);
    const compounds = [
      undefined,
      new Uint8Array(32),
      ...(isk === undefined ? [] : [Uint8Array.of(...isk, ...new Uint8Array(32)).slice(0, 32)]),
    ];
    const bound = compounds.map((key) => serverCsk(serverCompound(material, key)).slice(0, 64));
    return [material.slice(0, 64), ...bound].map(toHex);
  }

  /** The packet that is due. */
  packet(peer: PeerUnderTest): Uint8Array {
    const { tunnel } = this.#scenario;
    if (tunnel === undefined) return this.#next(peer.last);
    if (this.#outer === undefined) return this.#say(IDENTITY, EMPTY);
    if (!this.#hasSpoken) {
      this.#hasSpoken = true;
      return this.#say(tunnel.type, START);
    }
    return this.#say(tunnel.type, Uint8Array.of(0, ...HELLO));
  }

  /** What comes of what the peer wants of TLS; what is said inside may be somebody else's. */
  turn(peer: PeerUnderTest, plain?: Uint8Array): TlsTurn {
    const command = peer.asked?.command;
    if (command?.do === 'write') this.#hear(command.plain);
    if (command?.do !== 'receive') return { records: HELLO, plain: EMPTY };
    this.#receives++;
    if (this.#receives === 1) return { records: HELLO, plain: EMPTY, established: established(this.#flags, 0) };
    return { records: EMPTY, plain: plain ?? this.#inside() };
  }

  /** The result inside of PEAP, with the binding of a server that knows the inner keys, or those of another. */
  conclusion(how: number): Uint8Array {
    const known = fromHex(this.known.msk ?? '') ?? EMPTY;
    const isk =
      how % 3 === 0
        ? undefined
        : how % 3 === 1
          ? new Uint8Array(32).map((_, at) => known[at] ?? 0)
          : new Uint8Array(32).fill(how);
    const compound = serverCompound(materialOf(0), isk);
    const tlvs = (how & 8) === 0 ? [bindingTlv(compound, NONCE, 0)] : [];
    return extensionsRequest(this.#identifier, resultTlv((how & 16) === 0 ? SUCCESS : 2), ...tlvs);
  }

  #say(type: number, data: Uint8Array): Uint8Array {
    this.#identifier = (this.#identifier + 1) & 0xff;
    this.#outer = eapRequest(this.#identifier, type, data);
    return this.#outer;
  }

  #next(answer: Uint8Array | undefined): Uint8Array {
    const next = elsewhere(() => (this.#outer === undefined ? this.#script.begin() : answer && this.#script.receive(answer)));
    this.#outer = next ?? this.#script.again();
    return this.#outer;
  }

  #inside(): Uint8Array {
    const { tunnel } = this.#scenario;
    this.#inner ??= elsewhere(() => this.#script.begin());
    if (tunnel?.type === PEAP && (this.#inner[0] ?? 0) >= FIRST_RESULT) return this.conclusion(1);
    if (tunnel?.wrapping === 'none') return EMPTY;
    return tunnel?.wrapping === 'avp' ? writeAvps([avp(AvpCode.EAP_MESSAGE, this.#inner)]) : this.#inner;
  }

  #hear(plain: Uint8Array): void {
    const { tunnel } = this.#scenario;
    const packet = tunnel?.wrapping === 'avp' ? this.#messageIn(plain) : this.#withHeader(plain);
    this.#inner ??= elsewhere(() => this.#script.begin());
    this.#inner = elsewhere(() => this.#script.receive(packet)) ?? this.#inner;
  }

  #messageIn(plain: Uint8Array): Uint8Array {
    const avps = readAvps(plain);
    return (avps._tag === 'Right' && avps.right.find((one) => isAvp(one, AvpCode.EAP_MESSAGE))?.data) || EMPTY;
  }

  #withHeader(plain: Uint8Array): Uint8Array {
    const length = HEADER + plain.length;
    return Uint8Array.of(2, this.#inner?.[1] ?? 0, length >>> 8, length & 0xff, ...plain);
  }
}

/** What a server of MSCHAPv2 inside of TTLS says that knows nothing. */
export const proofAvp = (octets: Uint8Array): Uint8Array => writeAvps([microsoftAvp(MicrosoftAvp.CHAP2_SUCCESS, octets)]);
