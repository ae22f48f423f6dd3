import { expect } from 'chai';
import { isLeft, isRight } from 'fp-ts/lib/Either.js';
import { type Profile, readProfile, readProfiles } from '../../../adapters/profile/index.js';

const FILE = 'wpa_supplicant.conf';
const block = (...lines: ReadonlyArray<string>): string =>
  ['ctrl_interface=/run/wpa', 'network={', ...lines.map((line) => `\t${line}`), '}', ''].join('\n');

const peap = [
  'ssid="office"',
  'key_mgmt=WPA-EAP',
  'eap=PEAP',
  'identity="me"',
  'anonymous_identity="anonymous"',
  'password="secret"',
  'ca_cert="/etc/ca.pem"',
  'phase2="auth=MSCHAPV2"',
];

const profile = (...lines: ReadonlyArray<string>): Profile => {
  const read = readProfile(block(...lines), FILE);
  if (isLeft(read)) throw new Error(read.left.join('\n'));
  return read.right;
};
const faults = (...lines: ReadonlyArray<string>): ReadonlyArray<string> => {
  const read = readProfiles(block(...lines), FILE);
  return isLeft(read) ? read.left : [];
};
const password = ({ eap }: Profile): string | undefined =>
  eap?.password?.from === 'profile' ? new TextDecoder().decode(eap.password.secret.reveal()) : undefined;

describe('the network blocks of wpa_supplicant', () => {
  it('become a profile', () => {
    const read = profile(...peap, 'domain_suffix_match="example.org;example.net"', 'fragment_size=1000', 'priority=5', 'ocsp=2');
    expect(read).to.deep.include({ name: 'office', ssid: ['office'], security: 'wpa2-enterprise', source: FILE });
    expect(read.eap?.methods).to.deep.equal([{ method: 'PEAP', inner: ['MSCHAPv2'] }]);
    expect(read.eap).to.include({ anonymousIdentity: 'anonymous', fragmentSize: 1000 });
    expect(password(read)).to.equal('secret');
    expect(read.eap?.server).to.deep.equal({
      caFile: '/etc/ca.pem',
      ocsp: 'require',
      names: [
        { kind: 'suffix', value: 'example.org' },
        { kind: 'suffix', value: 'example.net' },
      ],
    });
    expect(read.remarks).to.have.length(1);
  });

  for (const [line, inner] of [
    ['phase2="auth=PAP"', { password: 'PAP' }],
    ['phase2="auth=MSCHAPV2"', { password: 'MSCHAPv2' }],
    ['phase2="autheap=MSCHAPV2 autheap=GTC"', { eap: ['MSCHAPv2', 'GTC'] }],
  ] as const) {
    it(`take ${line} for what TTLS makes of it`, () => {
      expect(profile(...peap, 'eap=TTLS', line).eap?.methods).to.deep.equal([{ method: 'TTLS', inner }]);
    });
  }

  it('show a certificate from PEM or PKCS#12', () => {
    const tls = ['eap=TLS', 'private_key_passwd="x"', 'private_key="/etc/me.key"'];
    expect(profile(...peap, ...tls, 'client_cert="/etc/me.pem"').eap?.certificate).to.include({
      certFile: '/etc/me.pem',
      keyFile: '/etc/me.key',
    });
    expect(profile(...peap, ...tls).eap?.certificate).to.include({ pkcs12File: '/etc/me.key' });
  });

  it('trust another inside of the tunnel', () => {
    const { eap } = profile(
      ...peap,
      'phase2="autheap=TLS"',
      'ca_cert2="/etc/ca2.pem"',
      'private_key2="/etc/me.p12"',
      'domain_match2="inner.example"',
    );
    expect(eap?.innerServer).to.deep.equal({ caFile: '/etc/ca2.pem', names: [{ kind: 'dns', value: 'inner.example' }] });
    expect(eap?.innerCertificate).to.deep.equal({ pkcs12File: '/etc/me.p12' });
  });

  it('give a hash for a password, and a pin for an authority', () => {
    const pin = 'ab'.repeat(32);
    const { eap } = profile(...peap, 'password=hash:8846f7eaee8fb117ad06bdd830b7586c', `ca_cert="hash://server/sha256/${pin}"`);
    expect(eap?.password).to.equal(undefined);
    expect(eap?.ntHash).to.have.property('from', 'profile');
    expect(eap?.server).to.deep.equal({ pinSha256: [pin] });
  });

  it('say what TLS is to be like', () => {
    const { eap } = profile(...peap, 'phase1="tls_disable_tlsv1_3=1 tls_suiteb=1 crypto_binding=2 tls_disable_session_ticket=1"');
    expect(eap).to.include({ tlsMax: '1.2', suiteB192: true, resumption: false });
    expect(eap?.methods[0]).to.deep.include({ cryptobinding: 'require' });
  });

  it('read names of every kind', () => {
    const { eap } = profile(...peap, 'altsubject_match="DNS:a.example;EMAIL:b@example;URI:c:d"');
    expect(eap?.server?.names).to.deep.equal([
      { kind: 'dns', value: 'a.example' },
      { kind: 'email', value: 'b@example' },
      { kind: 'uri', value: 'c:d' },
    ]);
  });

  it('keep the passphrase of a network without EAP', () => {
    const read = profile('ssid=686f6d65', 'psk="correct horse"', 'proto=RSN');
    expect(read).to.include({ name: 'home', security: 'wpa2-personal' });
    expect(read.passphrase).to.have.property('from', 'profile');
    expect(profile('ssid="home"', 'key_mgmt=SAE', 'sae_password="x"').security).to.equal('wpa3-personal');
  });

  for (const [words, security] of [
    ['SAE WPA-PSK', 'wpa2-personal'],
    ['WPA-EAP-SHA256 WPA-EAP', 'wpa2-enterprise'],
    ['WPA-EAP-SUITE-B-192 WPA-EAP-SHA256', 'wpa3-enterprise'],
    ['WPA-PSK WPA-EAP', 'wpa2-enterprise'],
    ['FT-SAE FT-PSK', 'wpa2-personal'],
    ['FT-SAE', 'wpa3-personal'],
    ['FT-EAP WPA-EAP-SHA256', 'wpa2-enterprise'],
    ['NONE OWE', 'open'],
  ] as const) {
    it(`demand no more than the weakest of ${words}`, () => {
      const isPersonal = security.includes('personal');
      expect(profile(...(isPersonal ? ['ssid="home"', 'psk="correct horse"'] : peap), `key_mgmt=${words}`).security).to.equal(
        security,
      );
    });
  }

  it('say whether management frames have to be protected, and which of several passwords it is', () => {
    expect(profile(...peap, 'ieee80211w=2').pmf).to.equal('required');
    expect(profile(...peap, 'pmf=2').pmf).to.equal('required');
    expect(profile(...peap, 'ieee80211w=1').pmf).to.equal(undefined);
    expect(profile(...peap, 'proactive_key_caching=1').opportunisticKeyCaching).to.equal(true);
    expect(profile(...peap, 'proactive_key_caching=0').opportunisticKeyCaching).to.equal(undefined);
    const sae = profile('ssid="home"', 'key_mgmt=SAE', 'sae_password="x"', 'sae_password_id="staff"');
    expect(sae.passwordIdentifier).to.equal('staff');
    expect(sae.remarks.join()).not.to.match(/is not used/);
  });

  for (const [title, lines, fault] of [
    ['subject_match', ['subject_match="/CN=radius"'], 'line 11: subject_match: it is met by any certificate'],
    ['a directory of authorities', ['ca_path="/etc/ssl"'], 'line 11: ca_path: directories'],
    [
      'names that would all have to be met',
      ['domain_match="a"', 'domain_suffix_match="b"'],
      'line 12: domain_suffix_match: domain_match, domain_suffix_match',
    ],
    ['an authority in a store', ['ca_cert="keystore://x"'], 'line 11: ca_cert: expected the name of a file'],
    ['a password that is kept elsewhere', ['password=ext:1'], 'line 11: password: it is kept elsewhere'],
    ['PEAP version 1', ['phase1="peapver=1"'], 'line 11: phase1: peapver=1'],
    ['an inner method that is not done', ['phase2="auth=SIM"'], 'line 11: phase2: auth= names what is not done here'],
    ['methods that are not done', ['eap=FAST LEAP'], 'line 11: eap: none of these methods is done here'],
    ['a quote without its end', ['identity="me'], 'line 11: identity: expected a closing quote'],
  ] as const) {
    it(`refuse ${title}`, () => {
      const [first] = faults(...peap, ...lines);
      expect(first).to.match(new RegExp(`^${FILE}, ${fault.replace(/[.[\]]/g, '\\$&')}`));
    });
  }

  it('want an authority, which wpa_supplicant does without', () => {
    expect(faults(...peap.filter((line) => !line.startsWith('ca_cert')))).to.deep.equal([
      `${FILE}, line 2: ca_cert: is missing; wpa_supplicant then takes anybody for the server, and this does not`,
    ]);
  });

  it('remark on what is not used', () => {
    const { remarks } = profile(...peap, 'openssl_ciphers="ALL"', 'engine=1');
    expect(remarks.map((remark) => remark.split(': ')[1])).to.deep.equal(['openssl_ciphers', 'password', 'engine']);
  });

  it('are chosen among by name', () => {
    const text = block(...peap) + block('ssid="home"', 'psk="correct horse"');
    const home = readProfile(text, FILE, 'home');
    expect(isRight(home) && home.right.security).to.equal('wpa2-personal');
    const any = readProfile(text, FILE);
    expect(isLeft(any) && any.left).to.deep.equal([`${FILE}: there are several profiles; name one of "office", "home"`]);
  });

  it('have an end', () => {
    const read = readProfiles(block(...peap).replace('}', ''), FILE);
    expect(isLeft(read) && read.left).to.deep.equal([`${FILE}, line 2: the block that begins here has no end`]);
  });
});
