import { createHash } from 'node:crypto';
import { nodeCrypto } from '../../../../adapters/crypto/index.js';
import { type EapPeerMethod, eapTls, gtc, md5, mschapv2, peap, pwd, ttls } from '../../../../operators/core/index.js';
import { type EapScript, failure, request, success } from '../../../../spec/support/eapServer.js';
import { mschapv2Script } from '../../../../spec/support/mschapv2Server.js';
import { pwdScript } from '../../../../spec/support/pwdServer.js';
import { EapMethod } from '../../../../streams/frames/index.js';

const { IDENTITY, MD5_CHALLENGE, GTC, TLS, PEAP, TTLS } = EapMethod.codes;
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
export const USER = utf8('bob');
export const PASSWORD = utf8('secret');
const ntHash = nodeCrypto.md4(new Uint8Array(Buffer.from('secret', 'utf16le')));

/** What both sides know once they are done, as far as the server tells. */
export interface Known {
  msk?: string;
  readonly names: string[];
  packets: number;
}

function* md5Script(): EapScript {
  yield request(IDENTITY);
  const { identifier, data } = yield request(MD5_CHALLENGE, Uint8Array.of(2, 7, 9));
  const expected = createHash('md5')
    .update(Uint8Array.of(identifier, ...PASSWORD, 7, 9))
    .digest();
  yield expected.equals(data.subarray(1, 17)) ? success : failure;
}

function* gtcScript(): EapScript {
  yield request(IDENTITY);
  yield request(GTC, utf8('Password: '));
  yield success;
}

const mschapv2Server = (known: Known): EapScript =>
  mschapv2Script(
    { ntHash, userName: 'bob', refusals: ['E=691 R=1 C=00112233445566778899aabbccddeeff V=3 M=no', 'E=648 R=0'] },
    known,
  );
const pwdServer =
  (room: number) =>
  (known: Known): EapScript =>
    pwdScript({ group: 19, password: PASSWORD, room }, known);

/** How what is said inside of a tunnel is wrapped. */
export type Wrapping = 'header' | 'avp' | 'none';

/** A method of ours, and a server of it. */
export interface Scenario {
  readonly methods: () => ReadonlyArray<EapPeerMethod>;
  /** Whose success means that the server has proven itself, by keys it alone knows. */
  readonly isMutual: boolean;
  /** Outside, or inside of the tunnel of this type. */
  readonly script: (known: Known) => EapScript;
  readonly tunnel?: { readonly type: number; readonly wrapping: Wrapping };
}

const plain = (method: () => EapPeerMethod, script: (known: Known) => EapScript, isMutual = false): Scenario => ({
  ...{ methods: () => [method()], script, isMutual },
});

const inside = (
  type: number,
  wrapping: Wrapping,
  method: () => EapPeerMethod,
  script: (known: Known) => EapScript,
): Scenario => ({
  ...{ methods: () => [method()], script, isMutual: false, tunnel: { type, wrapping } },
});

const inPeap = (inner: () => EapPeerMethod, script: (known: Known) => EapScript, cryptobinding: 'offer' | 'require' | 'never') =>
  inside(PEAP, 'header', () => peap({ inner: [inner()], cryptobinding }), script);

export const scenarios: ReadonlyArray<Scenario> = [
  plain(md5, md5Script),
  plain(gtc, gtcScript),
  plain(mschapv2, mschapv2Server, true),
  plain(pwd, pwdServer(1000), true),
  inside(TLS, 'none', eapTls, gtcScript),
  inPeap(gtc, gtcScript, 'offer'),
  inPeap(mschapv2, mschapv2Server, 'require'),
  inPeap(eapTls, gtcScript, 'never'),
  ...(['pap', 'chap', 'mschap', 'mschapv2'] as const).map((kind) =>
    inside(TTLS, 'none', () => ttls({ inner: { kind } }), gtcScript),
  ),
  inside(TTLS, 'avp', () => ttls({ inner: { kind: 'eap', methods: [mschapv2(), gtc()] } }), mschapv2Server),
  {
    methods: () => [peap({ inner: [mschapv2()] }), eapTls(), ttls({ inner: { kind: 'pap' } }), mschapv2(), gtc(), md5()],
    ...{ script: mschapv2Server, isMutual: false },
  },
  plain(pwd, pwdServer(40), true),
];
