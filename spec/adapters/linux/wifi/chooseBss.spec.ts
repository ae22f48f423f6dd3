import { expect } from 'chai';
import type { Wiphy } from '../../../../adapters/linux/nl80211/Wiphy.js';
import { chooseBss, type WantedNetwork } from '../../../../adapters/linux/wifi/chooseBss.js';
import { chooseSecurity } from '../../../../adapters/linux/wifi/chooseSecurity.js';
import type { Credentials, Demands } from '../../../../adapters/linux/wifi/Demands.js';
import { type MacAddress, toHex } from '../../../../streams/events/index.js';
import { accessPoint, octets, PSK_BEACON, PSK_RSNE } from './accessPoints.js';

const CCMP = 0x000fac04;
const GCMP_256 = 0x000fac09;
const BIP = 0x000fac06;
const radio: Wiphy = {
  ...{ index: 0, name: 'phy0', ciphers: [0x000fac02, CCMP, GCMP_256, BIP], connects: true, protectsManagement: true },
  ...{ sae: { byFrames: true, byRequest: false, inFirmware: false }, handshakeInFirmware: { psk: false, oneX: false } },
  ...{ fastTransition: true, fils: false, multiLink: false, controlPort: true, controlPortStatus: true, extendedKeyId: false },
  ...{ replacesPairwiseKeys: true, beaconProtection: false, channelValidation: false, rekeyOffload: false, channels: [] },
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
const SUITE_B_192 = '000fac0c';
const [PLAIN, CAPABLE, REQUIRED] = ['0000', '8000', 'c000'];

const chosen = (element: Uint8Array | undefined, wanted: Credentials | Demands = 'passphrase', wiphy = radio) => {
  const demands = typeof wanted === 'string' ? { credentials: wanted } : wanted;
  const security = chooseSecurity(accessPoint(element), demands, wiphy);
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

  it('takes a fast transition where there is a domain to roam in and a radio that can, and repeats the element of the domain', () => {
    const [FT_EAP, FT_PSK, FT_SAE] = ['000fac03', '000fac04', '000fac09'];
    const element = rsne(CC, CC, PSK + FT_PSK + SAE + FT_SAE + EAP_SHA256 + FT_EAP, CAPABLE);
    const mde = octets('3603 a1b201');
    const takes = (credentials: Demands['credentials'], wiphy = radio, more = mde) => {
      const bss = accessPoint(Uint8Array.of(...element, ...more));
      const security = chooseSecurity(bss, { credentials }, wiphy);
      if (security._tag === 'Left' || security.right === undefined) throw new Error('no security');
      const { akm, mobilityDomain } = security.right;
      return [akm, mobilityDomain && toHex(mobilityDomain)];
    };
    expect(takes('passphrase')).to.deep.equal([0x000fac09, '3603a1b201']);
    expect(takes('passphrase', { ...radio, sae: NO_SAE })).to.deep.equal([0x000fac04, '3603a1b201']);
    expect(takes('eap')).to.deep.equal([0x000fac03, '3603a1b201']);
    expect(takes('passphrase', { ...radio, fastTransition: false })).to.deep.equal([0x000fac08, undefined]);
    expect(takes('passphrase', radio, octets(''))).to.deep.equal([0x000fac08, undefined]);
    expect(takes('passphrase', radio, octets('3602 a1b2')), 'a damaged element').to.deep.equal([0x000fac08, undefined]);
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
    expect(chosen(rsne('000fac01', '000fac01', PSK, PLAIN))).to.match(/no cipher for us/);
    expect(chosen(rsne(GC, CC, PSK, PLAIN), 'passphrase', simple)).to.match(/no group cipher GCMP_256/);
    expect(chosen(octets('3003 0100 00'))).to.match(/damaged/);
    expect(chosen(octets('dd06 0050f2010100'))).to.match(/first kind/);
    expect(
      chooseSecurity(accessPoint(undefined, { capabilities: 0x0411 }), { credentials: 'passphrase' }, radio),
    ).to.deep.include({
      _tag: 'Left',
    });
  });
});

/** What hostapd 2.10 announces with `wpa=1` and TKIP. */
const WPA1 = octets('dd16 0050f201 0100 0050f202 0100 0050f202 0100 0050f202');

describe('what is demanded of a network', () => {
  const personal = (more: Partial<Demands> = {}): Demands => ({ credentials: 'passphrase', ...more });
  const enterprise = (more: Partial<Demands> = {}): Demands => ({ credentials: 'eap', ...more });

  it('wpa3-personal is never WPA2, whoever offers both', () => {
    const wpa3 = personal({ security: 'wpa3-personal' });
    expect(chosen(PSK_RSNE, wpa3)).to.match(/is not the wpa3-personal that is wanted: it offers PSK/);
    expect(chosen(rsne(CC, CC, PSK + SAE, CAPABLE), wpa3)).to.include({ akm: 0x000fac08 });
    expect(chosen(rsne(CC, CC, PSK + SAE, CAPABLE), wpa3, simple)).to.match(/no protected management frames .* required here/);
    expect(chosen(rsne(CC, CC, PSK + SAE, CAPABLE), personal({ security: 'wpa2-personal' }))).to.include({ akm: 0x000fac08 });
  });

  it('an enterprise is neither a passphrase nor open', () => {
    for (const security of ['wpa2-enterprise', 'wpa3-enterprise', 'wpa3-enterprise-192'] as const) {
      expect(chosen(PSK_RSNE, enterprise({ security }))).to.match(/wanted: it offers PSK/);
      expect(chosen(undefined, enterprise({ security }))).to.match(/it is open/);
    }
    expect(chosen(PSK_RSNE, { credentials: 'none', security: 'owe' })).to.match(/is not the owe/);
    expect(chosen(undefined, { credentials: 'none', security: 'owe' })).to.match(/it is open, and not the owe/);
    expect(chosen(undefined, { credentials: 'none', security: 'open' })).to.equal(undefined);
  });

  it('wpa3-enterprise is SHA-256 with protected management frames, and says that it takes them', () => {
    const wanted = enterprise({ security: 'wpa3-enterprise' });
    expect(chosen(rsne(CC, CC, EAP, CAPABLE), wanted)).to.match(/wanted: it offers IEEE_802_1X/);
    expect(chosen(rsne(CC, CC, EAP_SHA256, PLAIN), wanted)).to.match(/no protected management frames/);
    const security = chosen(rsne(CC, CC, EAP + EAP_SHA256, CAPABLE), wanted);
    if (typeof security !== 'object') throw new Error(String(security));
    expect(toHex(security.element)).to.equal(`30140100${CC}0100${CC}0100${EAP_SHA256}${REQUIRED}`);
  });

  it('wpa3-enterprise-192 has 192 bits throughout', () => {
    const wanted = enterprise({ security: 'wpa3-enterprise-192' });
    const strong = { ...radio, ciphers: [...radio.ciphers, 0x000fac0c] };
    const full = rsne(GC, GC, SUITE_B_192, REQUIRED, '0000000fac0c');
    const security = chosen(full, wanted, strong);
    if (typeof security !== 'object') throw new Error(String(security));
    expect(security).to.include({ akm: 0x000fac0c, pairwise: GCMP_256, group: GCMP_256, groupManagement: 0x000fac0c });
    expect(toHex(security.element)).to.equal(toHex(full));
    expect(chosen(rsne(GC, CC, SUITE_B_192, REQUIRED, '0000000fac0c'), wanted, strong)).to.match(/no cipher for us/);
    expect(chosen(rsne(CC, GC, SUITE_B_192, REQUIRED, '0000000fac0c'), wanted, strong)).to.match(/192 bits are weakened/);
    expect(chosen(rsne(GC, GC, SUITE_B_192, REQUIRED), wanted, strong)).to.match(/192 bits are weakened/);
  });

  it('protected management frames are required where that is said', () => {
    const wanted = personal({ requiresPmf: true });
    expect(chosen(PSK_RSNE, wanted)).to.match(/no protected management frames/);
    const security = chosen(rsne(CC, CC, PSK, CAPABLE), wanted);
    expect(typeof security === 'object' && toHex(security.element)).to.equal(`30140100${CC}0100${CC}0100${PSK}${REQUIRED}`);
  });

  it('a password with an identifier is for SAE by hash-to-element', () => {
    const wanted = personal({ security: 'wpa3-personal', passwordIdentifier: octets('73') });
    const element = rsne(CC, CC, PSK + SAE, CAPABLE);
    expect(chosen(element, wanted)).to.match(/no hash-to-element/);
    expect(chosen(Uint8Array.of(...element, ...octets('f40120')), wanted)).to.include({ akm: 0x000fac08 });
    expect(chosen(rsne(CC, CC, PSK, CAPABLE), personal({ passwordIdentifier: octets('73') }))).to.match(/it offers PSK/);
  });

  it('TKIP and WPA of the first kind take a consent', () => {
    expect(chosen(WPA1)).to.match(/first kind only.*--insecure-wpa1/);
    expect(chosen(rsne(TK, TK, PSK, PLAIN))).to.match(/TKIP only.*--insecure-wpa1/);
    const consent = personal({ insecureWpa1: true });
    expect(chosen(WPA1, consent)).to.deep.equal({
      ...{ element: WPA1, wpaVersion: 1, akm: 0x0050f202, pairwise: 0x0050f202, group: 0x0050f202 },
    });
    expect(chosen(rsne(TK, TK, PSK, PLAIN), consent)).to.include({ pairwise: 0x000fac02, group: 0x000fac02 });
    expect(chosen(rsne(TK, TK + CC, PSK, PLAIN), consent)).to.include({ pairwise: CCMP });
    expect(chosen(WPA1, { ...consent, requiresPmf: true })).to.match(/first kind only/);
    expect(chosen(WPA1, { ...consent, security: 'wpa3-personal' })).to.match(/first kind only/);
    expect(chosen(WPA1, enterprise({ insecureWpa1: true }))).to.match(/other credentials/);
    expect(chosen(octets('dd06 0050f2010200'), consent)).to.be.a('string');
  });

  it('two pairwise keys at a time are agreed on where both can, and not with TKIP', () => {
    const extended = { ...radio, extendedKeyId: true };
    const capabilitiesOf = (element: Uint8Array, demands: Demands, wiphy: Wiphy): string => {
      const security = chosen(element, demands, wiphy);
      return typeof security === 'object' ? toHex(security.element.slice(-2)) : String(security);
    };
    expect(capabilitiesOf(rsne(CC, CC, PSK, '0020'), personal(), extended)).to.equal('0020');
    expect(capabilitiesOf(rsne(CC, CC, PSK, '0020'), personal(), radio)).to.equal('0000');
    expect(capabilitiesOf(rsne(CC, CC, PSK, PLAIN), personal(), extended)).to.equal('0000');
    expect(capabilitiesOf(rsne(TK, TK, PSK, '0020'), personal({ insecureWpa1: true }), extended)).to.equal('0000');
  });
});

describe('an open network beside an encrypted one', () => {
  const HIDDEN = octets('6c616232');
  const BESIDE = '02:00:00:00:00:01' as MacAddress;
  /** As hostapd announces it: OUI and type, BSSID, the length of the name, the name. */
  const named = octets('dd0f 506f9a1c 020000000001 04 6c616232');
  const open = accessPoint(named, { capabilities: 0x0401 });
  const encrypted = accessPoint(rsne(CC, CC, OWE, REQUIRED), { bssid: BESIDE, ssid: HIDDEN, signal: -5000 });
  const wanted: WantedNetwork = { ssid: octets('6c6162'), credentials: 'none' };
  const found = (heard: Parameters<typeof chooseBss>[0], more: Partial<WantedNetwork> = {}) => {
    const choice = chooseBss(heard, { ...wanted, ...more }, radio);
    return choice._tag === 'Right' ? choice.right.bss.bssid : choice.left;
  };

  it('is left alone for the encrypted one, though it is louder', () => {
    expect(found([open, encrypted])).to.equal(BESIDE);
    expect(found([open, encrypted], { bssid: open.bssid })).to.equal(BESIDE);
  });

  it('is left alone when the encrypted one was not heard, which is asked for by its name', () => {
    const none = found([open]);
    expect(none).to.deep.include({ kind: 'unfit', hidden: [HIDDEN] });
    expect(typeof none === 'object' && none.message).to.match(/its network can be encrypted \(OWE\)/);
    expect(found([open, accessPoint(undefined, { bssid: BESIDE })])).to.deep.include({ kind: 'unfit' });
  });

  it('is left alone when another of its name offers encryption', () => {
    const same = accessPoint(rsne(CC, CC, OWE, REQUIRED), { bssid: BESIDE, signal: -8000 });
    expect(found([accessPoint(undefined), same])).to.equal(BESIDE);
  });

  it('names nobody else: a name, an address or an element that does not fit is none', () => {
    expect(found([open, { ...encrypted, ssid: octets('6c616233') }])).to.deep.include({ kind: 'unfit' });
    expect(found([open, { ...encrypted, bssid: '02:00:00:00:00:09' as MacAddress }])).to.deep.include({ kind: 'unfit' });
    const damaged = accessPoint(octets('dd0b 506f9a1c 020000000001 ff'), { capabilities: 0x0401 });
    expect(found([damaged])).to.equal(open.bssid);
  });

  it('does not matter to whoever has a passphrase', () => {
    const choice = chooseBss([open, encrypted], { ...wanted, credentials: 'passphrase' }, radio);
    expect(choice._tag === 'Left' && choice.left.hidden).to.deep.equal([]);
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
