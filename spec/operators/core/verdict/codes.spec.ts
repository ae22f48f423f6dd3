import { expect } from 'chai';
import { meaningOfReason, ReasonCode, showReason } from '../../../../operators/core/verdict/codes/reasonCodes.js';
import { meaningOfStatus } from '../../../../operators/core/verdict/codes/statusTexts.js';
import { akmName, cipherName, showSelector } from '../../../../operators/core/verdict/codes/suiteNames.js';
import {
  meaningOfAlert,
  nameOfAlert,
  refusedCertificate,
  todoOfAlert,
} from '../../../../operators/core/verdict/codes/tlsAlerts.js';
import { AkmSuite, CipherSuite, StatusCode } from '../../../../streams/frames/index.js';

describe('codes in words', () => {
  it('IEEE 802.11-2020 Table 9-49: each reason has one number, one name and a sentence of its own', () => {
    const codes = Object.values<number>(ReasonCode.codes);
    expect(codes).to.have.length(new Set(codes).size);
    expect(new Set(codes.map(meaningOfReason))).to.have.property('size', codes.length);
    expect(codes.filter((code) => code <= 39)).to.deep.equal(Array.from({ length: 39 }, (_, at) => at + 1));
  });

  it('shows a reason by number, name and hex', () => {
    expect(showReason(15)).to.equal('reason 15, FOURWAY_HANDSHAKE_TIMEOUT (0x000F)');
    expect(showReason(999)).to.equal('reason 999, UNNAMED (0x03E7)');
    expect(meaningOfReason(999)).to.equal('a code the standard does not explain');
  });

  it('IEEE 802.11-2020 Table 9-50: the refusals a connection can end in are explained', () => {
    for (const name of [
      'UNSPECIFIED_FAILURE',
      'TOO_MANY_STATIONS',
      'INVALID_AKMP',
      'ROBUST_MANAGEMENT_POLICY_VIOLATION',
    ] as const) {
      expect(meaningOfStatus(StatusCode.codes[name]), name).to.not.equal(meaningOfStatus(0xffff));
    }
  });

  it('RFC 8446 section 6: an alert about a certificate is about the one its sender was shown', () => {
    expect(nameOfAlert(48)).to.equal('unknown_ca');
    expect(nameOfAlert(250)).to.equal('alert_250');
    expect(meaningOfAlert(45)).to.contain('expired');
    expect(refusedCertificate(48, 'station')).to.equal('server');
    expect(refusedCertificate(48, 'ap')).to.equal('client');
    expect(refusedCertificate(40, 'ap')).to.equal(undefined);
    expect(todoOfAlert(48, 'station')).to.contain('on the station');
    expect(todoOfAlert(48, 'ap')).to.contain('on the RADIUS server');
  });

  it('writes selectors as the standard does, and names as people do', () => {
    expect(showSelector(AkmSuite.codes.PSK)).to.equal('00-0F-AC:2');
    expect(showSelector(0x506f9a02)).to.equal('50-6F-9A:2');
    expect(cipherName(CipherSuite.codes.CCMP)).to.equal('CCMP');
    expect(cipherName(CipherSuite.codes.WPA_TKIP)).to.equal('TKIP');
    expect(cipherName(CipherSuite.codes.GCMP_256)).to.equal('GCMP-256');
    expect(cipherName(0x00112233)).to.equal('00-11-22:51');
    expect(akmName(AkmSuite.codes.WPA_PSK)).to.equal('WPA-PSK');
  });
});
