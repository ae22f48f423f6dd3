import { expect } from 'chai';
import type { Wiphy } from '../../../../adapters/linux/nl80211/Wiphy.js';
import { chooseBss, type WantedNetwork } from '../../../../adapters/linux/wifi/chooseBss.js';
import { type Credentials, chooseSecurity } from '../../../../adapters/linux/wifi/chooseSecurity.js';
import { type MacAddress, toHex } from '../../../../streams/events/index.js';
import { accessPoint, octets, PSK_BEACON, PSK_RSNE } from './accessPoints.js';

const CCMP = 0x000fac04;
const GCMP_256 = 0x000fac09;
const BIP = 0x000fac06;
const radio: Wiphy = {
  ...{ index: 0, name: 'phy0', ciphers: [0x000fac02, CCMP, GCMP_256, BIP], connects: true, protectsManagement: true },
  ...{ sae: { byFrames: true, byRequest: false, inFirmware: false }, handshakeInFirmware: { psk: false, oneX: false } },
  ...{ fastTransition: true, fils: false, multiLink: false, controlPort: true, controlPortStatus: true, extendedKeyId: false },
  ...{ replacesPairwiseKeys: true, beaconProtection: false, channelValidation: false, rekeyOffload: false },
};
const NO_SAE = { byFrames: false, byRequest: true, inFirmware: false };
const simple: Wiphy = { ...radio, ciphers: [0x000fac02, CCMP], protectsManagement: false };

/** An RSN element: group, pairwise, AKM, capabilities. */
const rsne = (group: string, pairwise: string, akm: string, capabilities: string, rest = ''): Uint8Array => {
  const count = (list: string): string => `${(list.length / 8).toString(16).padStart(2, '0')}00${list}`;
  const body = `0100${group}${count(pairwise)}${count(akm)}${capabilities}${rest}`;
  return octets(`30${(body.length / 2).toString(16).padStart(2, '0')}${body}`);
};
const [CC, GC, TK] = ['000fac04', '000fac09', '000fac02'];
const [PSK, PSK_SHA256, EAP, EAP_SHA256, SAE, OWE] = ['000fac02', '000fac06', '000fac01', '000fac05', '000fac08', '000fac12'];
const [PLAIN, CAPABLE, REQUIRED] = ['0000', '8000', 'c000'];

const chosen = (element: Uint8Array | undefined, credentials: Credentials = 'passphrase', wiphy = radio) => {
  const security = chooseSecurity(accessPoint(element), credentials, wiphy);
  return security._tag === 'Left' ? security.left : security.right;
};

describe('the choice of a security', () => {
  it('of WPA2 with a passphrase writes the element that the request will bear', () => {
    expect(chosen(PSK_RSNE)).to.deep.equal({ element: PSK_RSNE, wpaVersion: 2, akm: 0x000fac02, pairwise: CCMP, group: CCMP });
  });

  it('protects management frames wherever both can, and prefers SHA-256 and the longer cipher', () => {
    const security = chosen(rsne(CC, CC + GC, PSK + PSK_SHA256, CAPABLE));
    if (typeof security !== 'object') throw new Error(String(security));
    expect(security).to.include({ akm: 0x000fac06, pairwise: GCMP_256, group: CCMP, groupManagement: BIP });
    expect(toHex(security.element)).to.equal(`30140100${CC}0100${GC}0100${PSK_SHA256}${CAPABLE}`);
  });

  it('names a group management cipher that is not the usual one', () => {
    const element = rsne(GC, GC, PSK, CAPABLE, '0000000fac0c');
    const security = chosen(element, 'passphrase', { ...radio, ciphers: [...radio.ciphers, 0x000fac0c] });
    if (typeof security !== 'object') throw new Error(String(security));
    expect(toHex(security.element)).to.equal(toHex(element));
  });

  it('goes without protected management frames only where they are not required', () => {
    expect(chosen(rsne(CC, CC, PSK, CAPABLE), 'passphrase', simple)).not.to.have.property('groupManagement');
    expect(chosen(rsne(CC, CC, PSK, REQUIRED), 'passphrase', simple)).to.match(/requires protected management frames/);
  });

  it('of 802.1X takes SHA-256 where it is offered', () => {
    expect(chosen(rsne(CC, CC, EAP + EAP_SHA256, PLAIN), 'eap')).to.include({ akm: 0x000fac05 });
    expect(chosen(rsne(CC, CC, EAP, PLAIN), 'eap')).to.include({ akm: 0x000fac01 });
  });

  it('is SAE where it is offered beside a passphrase, and both can protect management frames', () => {
    expect(chosen(rsne(CC, CC, PSK + SAE, CAPABLE))).to.include({ akm: 0x000fac08, groupManagement: BIP });
    expect(chosen(rsne(CC, CC, PSK + SAE, CAPABLE), 'passphrase', simple)).to.include({ akm: 0x000fac02 });
    expect(chosen(rsne(CC, CC, PSK + SAE, PLAIN))).to.include({ akm: 0x000fac02 });
    expect(chosen(rsne(CC, CC, PSK + SAE, CAPABLE), 'passphrase', { ...radio, sae: NO_SAE })).to.include({ akm: 0x000fac02 });
  });

  it('is OWE where nothing is to be shown', () => {
    expect(chosen(rsne(CC, CC, OWE, REQUIRED), 'none')).to.include({ akm: 0x000fac12, groupManagement: BIP });
    expect(chosen(rsne(CC, CC, OWE, REQUIRED))).to.match(/it offers OWE/);
  });

  it('says that it knows hash-to-element where the access point does', () => {
    const element = rsne(CC, CC, SAE, REQUIRED);
    expect(chosen(element)).not.to.have.property('extension');
    expect(chosen(Uint8Array.of(...element, ...octets('f40120')))).to.deep.include({ extension: octets('f40120') });
    expect(chosen(Uint8Array.of(...rsne(CC, CC, PSK, CAPABLE), ...octets('f40120')))).not.to.have.property('extension');
  });

  it('of an open network is none, and shows no secret there', () => {
    expect(chosen(undefined, 'none')).to.equal(undefined);
    expect(chosen(undefined)).to.match(/it is open/);
  });

  it('says what is in the way', () => {
    expect(chosen(PSK_RSNE, 'none')).to.match(/takes a passphrase or a profile: it offers PSK/);
    expect(chosen(PSK_RSNE, 'eap')).to.match(/802\.1X: it offers PSK/);
    expect(chosen(rsne(CC, CC, SAE, REQUIRED), 'passphrase', { ...radio, sae: NO_SAE })).to.match(
      /no passphrase in a way .*: it offers SAE/,
    );
    expect(chosen(rsne(TK, TK, PSK, PLAIN))).to.match(/no cipher for us/);
    expect(chosen(rsne(GC, CC, PSK, PLAIN), 'passphrase', simple)).to.match(/no group cipher GCMP_256/);
    expect(chosen(octets('3003 0100 00'))).to.match(/damaged/);
    expect(chosen(octets('dd06 0050f2010100'))).to.match(/first kind/);
    expect(chooseSecurity(accessPoint(undefined, { capabilities: 0x0411 }), 'passphrase', radio)).to.deep.include({
      _tag: 'Left',
    });
  });
});

describe('the choice of an access point', () => {
  const wanted: WantedNetwork = { ssid: octets('6c6162'), credentials: 'passphrase' };
  const quiet = accessPoint(PSK_RSNE, { bssid: '02:00:00:00:02:00' as MacAddress, signal: -7000, frequency: 5180 });
  const bssidOf = (heard: Parameters<typeof chooseBss>[0], changes: Partial<WantedNetwork> = {}) => {
    const found = chooseBss(heard, { ...wanted, ...changes }, radio);
    return found._tag === 'Right' ? found.right.bss.bssid : found.left.kind;
  };

  it('is the loudest of that name', () => {
    expect(bssidOf([quiet, PSK_BEACON])).to.equal(PSK_BEACON.bssid);
    expect(bssidOf([accessPoint(PSK_RSNE, { ssid: octets('6c6163') }), quiet])).to.equal(quiet.bssid);
  });

  it('passes over the louder one that will not do', () => {
    expect(bssidOf([accessPoint(undefined), quiet])).to.equal(quiet.bssid);
  });

  it('keeps to an address or a channel', () => {
    expect(bssidOf([quiet, PSK_BEACON], { bssid: quiet.bssid })).to.equal(quiet.bssid);
    expect(bssidOf([quiet, PSK_BEACON], { frequency: 5180 })).to.equal(quiet.bssid);
    expect(bssidOf([PSK_BEACON], { frequency: 5180 })).to.equal('unheard');
  });

  it('does not go where nobody was heard for long', () => {
    expect(bssidOf([accessPoint(PSK_RSNE, { seenMsAgo: 60_000 })])).to.equal('unheard');
  });

  it('says of each why it will not do', () => {
    const found = chooseBss([accessPoint(undefined), quiet], { ...wanted, credentials: 'eap' }, radio);
    expect(found._tag === 'Left' && found.left).to.deep.include({ kind: 'unfit' });
    expect(found._tag === 'Left' && found.left.message.split('; ')).to.have.length(2);
  });
});
