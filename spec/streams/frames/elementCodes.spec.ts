import { expect } from 'chai';
import {
  AuthenticationAlgorithm,
  ElementExtension,
  ElementId,
  RsnCapability,
  RsnxCapability,
  StatusCode,
} from '../../../streams/frames/index.js';

/** Written down from hostap's src/common/ieee802_11_defs.h and wpa_common.h (2026), not from the tables under test. */
const numbered = (space: Readonly<Record<string, number>>): Readonly<Record<number, string>> =>
  Object.fromEntries(Object.entries(space).map(([name, code]) => [code, name]));

describe('numbers on the air', () => {
  it('of elements', () => {
    expect(numbered(ElementId.codes)).to.deep.equal({
      0: 'SSID',
      48: 'RSN',
      54: 'MOBILITY_DOMAIN',
      55: 'FAST_TRANSITION',
      56: 'TIMEOUT_INTERVAL',
      57: 'RIC_DATA',
      76: 'MANAGEMENT_MIC',
      140: 'MIC',
      221: 'VENDOR',
      240: 'FILS_INDICATION',
      242: 'FRAGMENT',
      244: 'RSNX',
      255: 'EXTENSION',
    });
  });

  it('of element extensions', () => {
    expect(numbered(ElementExtension.codes)).to.deep.equal({
      1: 'ASSOCIATION_DELAY',
      2: 'FILS_REQUEST_PARAMETERS',
      3: 'FILS_KEY_CONFIRMATION',
      4: 'FILS_SESSION',
      5: 'FILS_HLP_CONTAINER',
      6: 'FILS_IP_ADDRESS',
      7: 'KEY_DELIVERY',
      8: 'WRAPPED_DATA',
      12: 'FILS_PUBLIC_KEY',
      13: 'FILS_NONCE',
      32: 'OWE_DH',
      33: 'PASSWORD_IDENTIFIER',
      54: 'OPERATING_CHANNEL',
      92: 'REJECTED_GROUPS',
      93: 'ANTI_CLOGGING_TOKEN',
      100: 'PASN_PARAMETERS',
      107: 'MULTI_LINK',
      114: 'AKM_SUITE_SELECTOR',
    });
  });

  it('of RSN capabilities, as bits', () => {
    const bits = Object.fromEntries(Object.entries(RsnCapability).map(([name, mask]) => [name, Math.log2(mask)]));
    expect(bits).to.deep.equal({
      PREAUTHENTICATION: 0,
      NO_PAIRWISE: 1,
      MFPR: 6,
      MFPC: 7,
      JOINT_MULTI_BAND: 8,
      PEERKEY: 9,
      SPP_A_MSDU_CAPABLE: 10,
      SPP_A_MSDU_REQUIRED: 11,
      PBAC: 12,
      EXTENDED_KEY_ID: 13,
      OCVC: 14,
    });
  });

  it('of extended RSN capabilities, as bits', () => {
    expect(numbered(RsnxCapability)).to.deep.equal({
      4: 'PROTECTED_TWT',
      5: 'SAE_H2E',
      6: 'SAE_PK',
      8: 'SECURE_LTF',
      9: 'SECURE_RTT',
      10: 'URNM_MFPR_X20',
      14: 'SPP_A_MSDU',
      15: 'URNM_MFPR',
      18: 'KEK_IN_PASN',
      21: 'SSID_PROTECTION',
    });
  });

  it('of authentication algorithms', () => {
    expect(Object.values(AuthenticationAlgorithm.codes)).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(AuthenticationAlgorithm.show(3)).to.equal('SAE (0x0003)');
    expect(AuthenticationAlgorithm.show(2)).to.equal('FAST_TRANSITION (0x0002)');
  });

  it('of the status codes that an exchange turns on', () => {
    const { codes } = StatusCode;
    expect([codes.SUCCESS, codes.UNSPECIFIED_FAILURE, codes.CHALLENGE_FAILURE]).to.deep.equal([0, 1, 15]);
    expect([codes.ASSOCIATION_TEMPORARILY_REJECTED, codes.ROBUST_MANAGEMENT_POLICY_VIOLATION]).to.deep.equal([30, 31]);
    expect([codes.INVALID_PMKID, codes.INVALID_MDE, codes.INVALID_FTE]).to.deep.equal([53, 54, 55]);
    expect([codes.ANTI_CLOGGING_TOKEN_REQUIRED, codes.UNSUPPORTED_FINITE_CYCLIC_GROUP]).to.deep.equal([76, 77]);
    expect([codes.UNKNOWN_PASSWORD_IDENTIFIER, codes.SAE_HASH_TO_ELEMENT, codes.SAE_PK]).to.deep.equal([123, 126, 127]);
    expect([codes.INVALID_PUBLIC_KEY, codes.OCI_MISMATCH]).to.deep.equal([136, 138]);
  });
});
