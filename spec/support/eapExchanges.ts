import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Crypto } from '../../operators/core/crypto/index.js';
import { type EapPeerMethod, gtc, md5, mschapv2, type PeerPassword, pwd } from '../../operators/core/index.js';
import { Secret } from '../../streams/events/index.js';
import { hex } from '../streams/frames/hex.js';
import { PeerRun } from './eapPeerRun.js';

/** A conversation of a real server with a peer, ours or eapol_test, whose random numbers are known. */
export interface EapExchange {
  readonly name: string;
  readonly method: keyof typeof methods;
  readonly identity: string;
  readonly password: string;
  /** A text where it does not say. */
  readonly form?: 'ntHash';
  readonly asks?: ReadonlyArray<string>;
  readonly room: number;
  readonly draws: ReadonlyArray<string>;
  /** Of the server, as far as it told. */
  readonly msk?: string;
  readonly fault?: string;
  /** Who said what, e.g. `server 01020304`. */
  readonly packets: ReadonlyArray<string>;
}

const methods: Readonly<Record<'md5' | 'gtc' | 'mschapv2' | 'pwd', () => EapPeerMethod>> = { md5, gtc, mschapv2, pwd };

export const { exchanges }: { readonly exchanges: ReadonlyArray<EapExchange> } = JSON.parse(
  readFileSync(new URL('../fixtures/eap/exchanges.json', import.meta.url), 'utf8'),
);

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const passwordOf = ({ form, password }: EapExchange): PeerPassword => ({
  form: form ?? 'text',
  secret: Secret.of(form === 'ntHash' ? hex(password) : utf8(password)),
});

/** The peer that says its part again, up to so many packets of the server's. */
export const replay = (exchange: EapExchange, crypto: Crypto, upTo = exchange.packets.length): PeerRun => {
  const { method, identity, asks = [], room, draws, packets } = exchange;
  const left = draws.map(hex);
  const run = new PeerRun({
    methods: [methods[method]()],
    ...{ identity: Secret.of(utf8(identity)), shownIdentity: Secret.of(utf8(identity)) },
    ...{ password: passwordOf(exchange), crypto, room },
    draw: (octets) => {
      const next = left.shift() ?? new Uint8Array(0);
      expect(next).to.have.length(octets);
      return next;
    },
  });
  const answers = asks.map((text) => Secret.of(utf8(text)));
  for (const line of packets.filter((one) => one.startsWith('server')).slice(0, upTo)) {
    const said = run.packet(hex(line.slice('server '.length)));
    if (!said.some((one) => one.do === 'ask')) continue;
    const secret = answers.shift();
    run.feed(secret === undefined ? { kind: 'supplied' } : { kind: 'supplied', secret });
  }
  return run;
};
