import { expect } from 'chai';
import { nodeCrypto } from '../../../../../adapters/crypto/index.js';
import { type FaultCode, type RsnPolicy, rsnMethods } from '../../../../../operators/core/rsn/index.js';
import { isZero, L2Reason, Secret, type SecretRequest, Win32 } from '../../../../../streams/events/index.js';
import { writeFastTransition } from '../../../../../streams/frames/index.js';
import { made, type NetworkSetup, networkFor, type TestNetwork } from '../../../../support/associationFor.js';
import { drawn } from '../../../../support/authenticator/keys.js';
import { answering, portBench } from '../../../../support/portBench.js';
import { setups } from '../../../../support/stages.js';
import { proven, type ReasonName, shownReason } from './badFrame.js';
import { zeros } from './changes.js';
import { asking, networks, reporting, responding } from './setups.js';

const { ERROR_INVALID_DATA, ERROR_NOT_FOUND } = Win32.codes;

interface Row {
  readonly name: string;
  readonly setup?: NetworkSetup;
  readonly network?: (network: TestNetwork) => TestNetwork;
  readonly policy?: Partial<RsnPolicy>;
  readonly octets?: number;
  /** What one of the questions is answered with. */
  readonly answer?: { readonly want: SecretRequest['want']; readonly secret?: Secret };
  readonly code: FaultCode;
  readonly outcome: ReasonName;
  readonly win32?: number;
}

const check = (row: Row): void => {
  const { name, setup = setups.psk, policy, octets = 32, code, outcome, win32 = ERROR_INVALID_DATA } = row;
  proven.push({ code, outcome });
  it(`R180: ${name}: the association cannot be served, ${outcome} (${code})`, () => {
    const network = (row.network ?? ((same) => same))(networkFor(setup));
    const secret = drawn('master', 0, octets);
    const usual = answering({ network, secret });
    const answer = (request: SecretRequest) => (request.want === row.answer?.want ? row.answer.secret : usual(request));
    const methods = rsnMethods({ crypto: nodeCrypto, policy: { ...network.policy, ...policy } });
    const method = methods.find((each) => each.name === setup.akm.name);
    const bench = portBench({ network, secret, answer, ...(method && { method }) });
    const fault = bench.state.evidence.faults.at(-1);
    expect(fault?.code, fault?.detail).to.equal(code);
    expect(L2Reason.nameOf(fault?.reason ?? 0)).to.equal(outcome);
    expect(fault?.stage).to.equal('association');
    expect(bench.state.phase).to.equal('over');
    expect(bench.completions.map(shownReason)).to.deep.equal([`${outcome}/${win32}`]);
    expect(bench.keys).to.deep.equal([]);
    expect([...bench.spied()].filter((one) => !isZero(one.reveal()))).to.deep.equal([]);
  });
};

const checkAll = (
  defaults: Pick<Row, 'code' | 'outcome'> & Partial<Row>,
  rows: ReadonlyArray<Pick<Row, 'name'> & Partial<Row>>,
): void => {
  for (const row of rows) check({ ...defaults, ...row });
};

/** An RSNE by its suites: group, pairwise, AKM, and group management. */
const rsne = (group: number, pairwise: ReadonlyArray<number>, akms: ReadonlyArray<number>, management?: number): Uint8Array => {
  const suite = (type: number) => [0, 0xf, 0xac, type];
  const body = [1, 0, ...suite(group), pairwise.length, 0, ...pairwise.flatMap(suite), akms.length, 0, ...akms.flatMap(suite)];
  const rest = management === undefined ? [0, 0] : [0x80, 0, 0, 0, ...suite(management)];
  return Uint8Array.of(0x30, body.length + rest.length, ...body, ...rest);
};

const WPA_OF_TWO_AKMS = Uint8Array.of(
  ...[0xdd, 26, 0, 0x50, 0xf2, 1, 1, 0, 0, 0x50, 0xf2, 2, 1, 0, 0, 0x50, 0xf2, 2],
  ...[2, 0, 0, 0x50, 0xf2, 1, 0, 0x50, 0xf2, 2],
);
const NO_ELEMENT_OF_WPA = Uint8Array.of(0xdd, 5, 0, 0x50, 0xf2, 1, 1);

/** The FTE of a response, with the holders that are given. */
const fte = (holders: Partial<Parameters<typeof writeFastTransition>[0]>): Uint8Array =>
  made(writeFastTransition({ micControl: 0, elementCount: 0, mic: zeros(16), anonce: zeros(32), snonce: zeros(32), ...holders }));

const R0 = { r0KeyHolder: new TextEncoder().encode('r0.example') };
const R1 = { r1KeyHolder: Uint8Array.of(2, 0, 0, 0, 0, 0x71) };

describe('an association that cannot be served', () => {
  describe('for its request', () => {
    checkAll({ code: 'RSNE', outcome: 'MSMSEC_SEC_IE_MATCHING' }, [
      { name: 'assoc_req_no_rsne', network: asking() },
      { name: 'assoc_req_rsne_truncated', network: asking(Uint8Array.of(0x30, 1, 1)) },
      { name: 'assoc_req_two_akms', network: asking(rsne(4, [4], [2, 6])) },
      { name: 'assoc_req_two_pairwise_ciphers', network: asking(rsne(4, [4, 2], [2])) },
      { name: 'assoc_req_unknown_akm', network: asking(rsne(4, [4], [99])) },
      { name: 'assoc_req_unknown_pairwise_cipher', network: asking(rsne(4, [99], [2])) },
      { name: 'assoc_req_pairwise_cipher_for_management', network: asking(rsne(4, [6], [2])) },
      { name: 'assoc_req_unknown_group_cipher', network: asking(rsne(99, [4], [2])) },
      { name: 'assoc_req_group_cipher_for_management', network: asking(rsne(6, [4], [2])) },
      { name: 'assoc_req_group_management_cipher_for_data', network: asking(rsne(4, [4], [2], 4)) },
      { name: 'assoc_req_wpa_of_two_akms', setup: setups.wpa, network: asking(WPA_OF_TWO_AKMS) },
      { name: 'assoc_req_wpa_truncated', setup: setups.wpa, network: asking(NO_ELEMENT_OF_WPA) },
      { name: 'assoc_reported_another_pairwise_cipher', network: reporting({ unicastCipher: 2 }) },
      { name: 'assoc_reported_another_group_cipher', network: reporting({ multicastCipher: 2 }) },
    ]);
  });

  describe('for what the host does not tell', () => {
    check({
      name: 'own_address_unknown',
      network: ({ context: { ownAddress: _, ...context }, ...network }) => ({ ...network, context }),
      ...{ code: 'UNSUPPORTED', outcome: 'UNKNOWN' },
    });
    check({
      name: 'ocv_channel_unknown',
      ...{ setup: networks.channelValidated, policy: { channelOf: () => undefined } },
      ...{ code: 'CHANNEL', outcome: 'UNKNOWN' },
    });
  });

  describe('for its response', () => {
    checkAll({ setup: networks.mobile, code: 'FAST_TRANSITION', outcome: 'MSMSEC_SEC_IE_MATCHING' }, [
      { name: 'ft_assoc_resp_no_mde', network: responding(({ mobility }) => (mobility ? [mobility.fte] : [])) },
      { name: 'ft_assoc_resp_no_fte', network: responding(({ mobility }) => (mobility ? [mobility.mde] : [])) },
      {
        name: 'ft_assoc_resp_mde_truncated',
        network: responding(({ mobility }) => (mobility ? [Uint8Array.of(54, 2, 1, 2), mobility.fte] : [])),
      },
      {
        name: 'ft_assoc_resp_fte_truncated',
        network: responding(({ mobility }) => (mobility ? [mobility.mde, Uint8Array.of(55, 2, 0, 0)] : [])),
      },
      { name: 'ft_assoc_resp_no_r0kh_id', network: responding(({ mobility }) => (mobility ? [mobility.mde, fte(R1)] : [])) },
      { name: 'ft_assoc_resp_no_r1kh_id', network: responding(({ mobility }) => (mobility ? [mobility.mde, fte(R0)] : [])) },
    ]);
  });

  describe('for want of a secret', () => {
    checkAll({ code: 'NO_SECRET', outcome: 'UNKNOWN', win32: ERROR_NOT_FOUND }, [
      { name: 'psk_missing', answer: { want: 'credential' } },
      { name: 'psk_redacted', answer: { want: 'credential', secret: Secret.redacted(8, 'ff') } },
      {
        name: 'passphrase_too_short',
        answer: { want: 'credential', secret: Secret.of(zeros(7).fill(0x61)) },
      },
      {
        name: 'passphrase_too_long',
        answer: { want: 'credential', secret: Secret.of(zeros(65).fill(0x61)) },
      },
      {
        name: 'passphrase_not_printable',
        answer: { want: 'credential', secret: Secret.of(zeros(8).fill(0x1f)) },
      },
      { name: 'nonce_missing', answer: { want: 'entropy' } },
      { name: 'nonce_too_short', answer: { want: 'entropy', secret: Secret.of(zeros(31).fill(7)) } },
      { name: 'sae_pmk_missing', setup: setups.sae, answer: { want: 'pmk' } },
    ]);
    check({
      name: 'sae_pmk_too_short',
      ...{ setup: setups.sae, octets: 31 },
      ...{ code: 'NO_SECRET', outcome: 'MSMSEC_SEC_IE_MATCHING' },
    });
  });
});
