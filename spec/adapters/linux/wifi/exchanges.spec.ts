import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { nodeCrypto } from '../../../../adapters/crypto/index.js';
import { OweExchange, oweGroupAfter } from '../../../../adapters/linux/wifi/OweExchange.js';
import { prepareSae, SaeExchange } from '../../../../adapters/linux/wifi/SaeExchange.js';
import {
  beginOwe,
  beginSae,
  oweRandomOctets,
  type SaeFailure,
  type SaeOutput,
  type SaeSetup,
  type SaeState,
  stepSae,
} from '../../../../operators/core/index.js';
import { type MacAddress, macToBytes, Secret, toHex } from '../../../../streams/events/index.js';
import { LogicalClock } from '../../../../streams/sources/index.js';
import { octets, PSK_BEACON, PSK_RSNE } from './accessPoints.js';

const STATION = '02:00:00:00:01:00' as MacAddress;
const SAE = 0x000fac08;
const secretOf = (text: string): Secret => Secret.of(new TextEncoder().encode(text));

interface Terms {
  readonly groups?: ReadonlyArray<number>;
  readonly identifier?: Uint8Array;
}

/** The other end of SAE, as an access point has it. */
class AccessPoint {
  readonly sent: Uint8Array[] = [];
  pmk: string | undefined;
  readonly #setup: SaeSetup;
  #state: SaeState;

  constructor(password: string, methods: SaeSetup['methods'], { groups = [19], identifier }: Terms) {
    this.#setup = {
      ...{ crypto: nodeCrypto, role: 'accessPoint', akm: SAE, groups, methods },
      addresses: { own: macToBytes(PSK_BEACON.bssid), peer: macToBytes(STATION) },
      credential: { ssid: PSK_BEACON.ssid, password: secretOf(password), ...(identifier && { identifier }) },
    };
    this.#state = beginSae(this.#setup).state;
  }

  hear(body: Uint8Array): void {
    this.#step({ kind: 'frame', body });
  }

  #step(input: Parameters<ReturnType<typeof stepSae>>[1]): void {
    const { state, effects } = stepSae(this.#setup)(this.#state, input);
    this.#state = state;
    for (const output of effects) this.#act(output);
  }

  #act(output: SaeOutput): void {
    if (output.do === 'needRandom') this.#step({ kind: 'random', octets: randomBytes(output.octets) });
    if (output.do === 'send') this.sent.push(output.body);
    if (output.do === 'accepted') this.pmk = toHex(output.pmk.reveal());
  }
}

const play = (
  theirs: string,
  extension: Uint8Array | undefined,
  isHeard = true,
  terms: Terms = {},
  identifier = terms.identifier,
) => {
  const accessPoint = new AccessPoint(theirs, [extension === undefined ? 'huntingAndPecking' : 'hashToElement'], terms);
  const clock = new LogicalClock();
  const password = secretOf('correct horse battery');
  const said: { pmk?: string; failure?: SaeFailure; sent: number } = { sent: 0 };
  const security = { element: PSK_RSNE, wpaVersion: 2, akm: SAE, pairwise: 0x000fac04, group: 0x000fac04 };
  const exchange = new SaeExchange(
    {
      ...{ own: STATION, password, scheduler: clock, ...(identifier && { identifier }) },
      transmit: (body) => {
        said.sent++;
        if (isHeard) accessPoint.hear(body);
      },
      accepted: (pmk) => {
        said.pmk = toHex(pmk.reveal());
      },
      failed: (failure) => {
        said.failure = failure;
      },
    },
    { bss: PSK_BEACON, security: { ...security, ...(extension && { extension }) } },
    extension === undefined ? [] : prepareSae(PSK_BEACON.ssid, password, identifier),
  );
  exchange.start();
  for (let body = accessPoint.sent.shift(); body !== undefined; body = accessPoint.sent.shift()) exchange.hear(body);
  return { said, accessPoint, clock, exchange };
};

const H2E = octets('f40120');

describe('SAE before an association', () => {
  for (const extension of [undefined, H2E]) {
    const how = extension === undefined ? 'hunting and pecking' : 'hash-to-element';

    it(`ends by ${how} with the key that the access point has`, () => {
      const { said, accessPoint } = play('correct horse battery', extension);
      expect(said.pmk).to.have.length(64).and.to.equal(accessPoint.pmk);
      expect(said.sent).to.equal(2);
    });

    it(`ends by ${how} with no key where the passwords differ`, () => {
      const { said, accessPoint, clock } = play('wrong horse battery', extension);
      clock.advanceTo(60_000);
      expect([said.pmk, accessPoint.pmk]).to.deep.equal([undefined, undefined]);
    });
  }

  for (const extension of [undefined, H2E])
    for (const group of [20, 21])
      it(`goes on to group ${group} where the access point has no other, ${extension === undefined ? 'hunting' : 'hashing'}`, () => {
        const { said, accessPoint } = play('correct horse battery', extension, true, { groups: [group] });
        expect(said.pmk).to.have.length(64).and.to.equal(accessPoint.pmk);
        expect(said.sent).to.equal(group - 17);
      });

  it('fails where there is no group in common', () => {
    const { said } = play('correct horse battery', H2E, true, { groups: [15] });
    expect(said.failure).to.deep.include({ reason: 'noCommonGroup', rejected: [19, 20, 21] });
  });

  it('names its password where there are several', () => {
    const identifier = new TextEncoder().encode('staff');
    const { said, accessPoint } = play('correct horse battery', H2E, true, { identifier });
    expect(said.pmk).to.have.length(64).and.to.equal(accessPoint.pmk);
    const other = play('correct horse battery', H2E, true, { identifier }, new TextEncoder().encode('guest'));
    other.clock.advanceTo(60_000);
    expect(other.said.failure?.reason).to.equal('unknownPasswordIdentifier');
  });

  it('does not wait for ever, and says nothing once it is cancelled', () => {
    const { said, clock } = play('correct horse battery', undefined, false);
    clock.advanceTo(60_000);
    expect(said.failure?.reason).to.equal('noAnswer');
    const other = play('correct horse battery', undefined, false);
    other.exchange.cancel();
    other.clock.advanceTo(60_000);
    expect([other.said.sent, other.said.failure]).to.deep.equal([1, undefined]);
  });
});

describe('OWE with an association', () => {
  const accessPoint = (group: number) => {
    const begun = beginOwe(nodeCrypto, group, randomBytes(oweRandomOctets(nodeCrypto, group) ?? 0));
    if (begun._tag === 'Left') throw new Error(begun.left.reason);
    return begun.right;
  };

  for (const [group, begin, length] of [
    [19, 'ff23201300', 32],
    [20, 'ff33201400', 48],
    [21, 'ff45201500', 64],
  ] as const)
    it(`makes a key of the answer among the elements of the response, in group ${group}`, () => {
      const ours = OweExchange.begin(group);
      const theirs = accessPoint(group);
      expect(toHex(ours?.element ?? octets('')).slice(0, 10)).to.equal(begin);
      const pmk = ours?.finish(Uint8Array.of(...octets('0108 82848b960c121824'), ...theirs.element));
      expect([pmk?.pmk.length, pmk?.pmkid.length]).to.deep.equal([length, 16]);
    });

  it('proposes one group after the other, and then none', () => {
    expect([19, 20, 21].map(oweGroupAfter)).to.deep.equal([20, 21, undefined]);
    expect(OweExchange.begin(15)).to.equal(undefined);
  });

  it('makes none of an answer in another group', () => {
    expect(OweExchange.begin(20)?.finish(accessPoint(19).element)).to.equal(undefined);
  });

  it('makes none of an answer that has no key, or a damaged one', () => {
    expect(OweExchange.begin(19)?.finish(octets('0108 82848b960c121824'))).to.equal(undefined);
    expect(OweExchange.begin(19)?.finish(octets('ff23 2013 00'))).to.equal(undefined);
  });
});
