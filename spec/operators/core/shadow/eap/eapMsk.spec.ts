import { expect } from 'chai';
import { nodeCrypto } from '../../../../../adapters/crypto/index.js';
import type { TlsSecrets } from '../../../../../operators/core/shadow/Credential.js';
import { createEapWatch } from '../../../../../operators/core/shadow/eapWatch.js';
import { fromHex, Secret, toHex } from '../../../../../streams/events/index.js';
import { EapMethod } from '../../../../../streams/frames/index.js';
import { tlsConversation } from '../../../../support/eapConversation.js';
import { type TlsExchange, tlsExchange } from '../../../../support/tlsExchange.js';

const { TLS, TTLS, PEAP, FAST } = EapMethod.codes;

/** The key log as TLS wrote it. */
const secretsOf = ({ keyLog }: TlsExchange): TlsSecrets => {
  const lines = new Map(
    keyLog.split('\n').map((line) => {
      const [label = '', random = '', secret = ''] = line.split(' ');
      return [`${label} ${random}`, secret] as const;
    }),
  );
  return {
    find: (label, clientRandom) => {
      const secret = fromHex(lines.get(`${label} ${toHex(clientRandom)}`) ?? '');
      return secret === undefined || secret.length === 0 ? undefined : Secret.of(secret);
    },
  };
};

const mskOf = (exchange: TlsExchange, type: number, secrets?: TlsSecrets): string | undefined => {
  const watch = createEapWatch(nodeCrypto, secrets ?? secretsOf(exchange));
  for (const event of tlsConversation(exchange.flights, type).success().events) watch.take(event);
  const msk = watch.msk?.reveal();
  return msk && toHex(msk);
};

/** What the other end of the connection says: OpenSSL exports the key material itself. */
const wanted = ({ exported }: TlsExchange, octets: number, label: string, context?: Uint8Array): string =>
  toHex(exported(octets, label, context).subarray(0, 64));

describe('the MSK of a TLS session', () => {
  const suites = [
    ['ECDHE-ECDSA-AES128-GCM-SHA256', 'TLSv1.2'],
    ['ECDHE-ECDSA-AES256-GCM-SHA384', 'TLSv1.2'],
    ['ECDHE-ECDSA-AES256-SHA384', 'TLSv1.2'],
    ['ECDHE-ECDSA-CHACHA20-POLY1305', 'TLSv1.2'],
    ['ECDHE-ECDSA-AES256-CCM8', 'TLSv1.2'],
    ['ECDHE-ECDSA-AES256-SHA:@SECLEVEL=0', 'TLSv1.1'],
    ['ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0', 'TLSv1'],
  ] as const;

  for (const [ciphers, version] of suites) {
    it(`${version} with ${ciphers}: what its exporter gives, by the label of the method`, async () => {
      const exchange = await tlsExchange(version, { ciphers });
      const tunnelled = wanted(exchange, 64, 'client EAP encryption');
      expect(mskOf(exchange, TLS)).to.equal(tunnelled);
      expect(mskOf(exchange, PEAP)).to.equal(tunnelled);
      expect(mskOf(exchange, TTLS)).to.equal(wanted(exchange, 64, 'ttls keying material'));
    });
  }

  for (const ciphers of ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256']) {
    it(`TLSv1.3 with ${ciphers}: what its exporter gives, by the type of the method`, async () => {
      const exchange = await tlsExchange('TLSv1.3', { ciphers });
      for (const type of [TLS, PEAP, TTLS]) {
        expect(mskOf(exchange, type)).to.equal(wanted(exchange, 128, 'EXPORTER_EAP_TLS_Key_Material', Uint8Array.of(type)));
      }
    });
  }

  it('TLSv1.3 after a request for another hello', async () => {
    const server = { ecdhCurve: 'P-384' };
    const exchange = await tlsExchange('TLSv1.3', {}, server);
    expect(mskOf(exchange, TLS)).to.equal(wanted(exchange, 128, 'EXPORTER_EAP_TLS_Key_Material', Uint8Array.of(TLS)));
  });

  it('hangs on the inner methods in FAST, and is unknown', async () => {
    expect(mskOf(await tlsExchange('TLSv1.2'), FAST)).to.equal(undefined);
  });

  it('is unknown without the secrets, and with those of another session', async () => {
    const [one, other] = [await tlsExchange('TLSv1.2'), await tlsExchange('TLSv1.2')];
    expect(mskOf(one, TLS, secretsOf(other))).to.equal(undefined);
    expect(mskOf(one, TLS, { find: () => Secret.of(new Uint8Array(47)) })).to.equal(undefined);
  });
});
