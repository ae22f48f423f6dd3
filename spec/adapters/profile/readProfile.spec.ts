import { expect } from 'chai';
import * as fc from 'fast-check';
import { type Either, isLeft, isRight } from 'fp-ts/lib/Either.js';
import { type Profile, readProfile, readProfiles } from '../../../adapters/profile/index.js';

const FILE = 'office.yaml';
const minimal = `name: Office
ssid: office
security: wpa2-enterprise
eap:
  methods: PEAP
  identity: me@example.org
  anonymousIdentity: anonymous@example.org
  password: { env: OFFICE_PASSWORD }
  server: { caFile: ca.pem, names: radius.example.org }
`;

const faultsOf = (text: string, file = FILE): ReadonlyArray<string> => {
  const read = readProfile(text, file);
  return isLeft(read) ? read.left : [];
};

const profileOf = (read: Either<ReadonlyArray<string>, Profile>): Profile => {
  if (isLeft(read)) throw new Error(read.left.join('\n'));
  return read.right;
};

describe('readProfile', () => {
  it('reads YAML', () => {
    const { eap, remarks, ssid, source } = profileOf(readProfile(minimal, FILE));
    expect({ remarks, ssid, source }).to.deep.equal({ remarks: [], ssid: ['office'], source: FILE });
    expect(eap?.methods).to.deep.equal([{ method: 'PEAP' }]);
    expect(eap?.password).to.deep.equal({ from: 'environment', variable: 'OFFICE_PASSWORD' });
    expect(eap?.server).to.deep.equal({ caFile: 'ca.pem', names: [{ kind: 'dns', value: 'radius.example.org' }] });
  });

  it('repeats no name that no field has, whatever it does to a terminal', () => {
    for (const name of ['"\\e[2J"', 'n'.repeat(400), 'p4ss§word!', '? hunter2 is my password']) {
      const said = faultsOf(`${minimal}${name}: 1\n`).join('\n');
      expect(said).to.contain('unknown field');
      expect(said).to.not.match(/\p{Cc}(?<!\n)|nnnn|§|hunter2/u);
    }
    const config = `network={\n key_mgmt=NONE\n ${'n'.repeat(400)}=1\n}\n`;
    const profile = profileOf(readProfile(config, 'w.conf'));
    expect(profile.remarks.map(({ length }) => length < 80)).to.deep.equal([true]);
  });

  it('reads JSON', () => {
    const json = {
      name: 'Wire',
      security: 'wired',
      eap: {
        methods: [
          { method: 'ttls', inner: { eap: ['GTC'] } },
          'PWD',
          { method: 'TTLS', inner: 'pap' },
          { method: 'PEAP', inner: 'TLS' },
        ],
        identity: { prompt: 'Who?' },
        anonymousIdentity: 'a',
        certificate: { pkcs12File: 'me.p12', keyPassphrase: { command: ['pass', 'show', 'me'] } },
        server: { system: true, names: [{ suffix: 'example.org' }, 'b.example'], ocsp: 'require' },
        tlsMin: '1.2',
        tlsMax: 1.3,
        fragmentSize: 1000,
        resumption: false,
      },
    };
    const { eap } = profileOf(readProfile(JSON.stringify(json, undefined, 2), 'wire.json'));
    expect(eap?.methods).to.deep.equal([
      { method: 'TTLS', inner: { eap: ['GTC'] } },
      { method: 'PWD' },
      { method: 'TTLS', inner: { password: 'PAP' } },
      { method: 'PEAP', inner: ['TLS'] },
    ]);
    expect(eap).to.deep.include({ tlsMin: '1.2', tlsMax: '1.3', fragmentSize: 1000, resumption: false });
    expect(eap?.server?.names).to.deep.equal([
      { kind: 'suffix', value: 'example.org' },
      { kind: 'dns', value: 'b.example' },
    ]);
  });

  for (const [title, from, to, faults] of [
    ['an unknown field', 'identity:', 'idenity:', ['line 6: eap.idenity: unknown field; is identity meant?']],
    ['a field of another system', 'password:', 'passwd:', ['line 8: eap.passwd: unknown field; is password meant?']],
    [
      'a field like nothing',
      'ssid:',
      'colour:',
      [
        'line 2: colour: unknown field; the fields here are name, ssid, security, passphrase, passwordIdentifier, pmf, insecureWpa1, opportunisticKeyCaching, eap',
      ],
    ],
    [
      'a method that is not known',
      'PEAP',
      'PAEP',
      ['line 5: eap.methods: expected one of TLS, PEAP, TTLS, PWD, MSCHAPv2, GTC, MD5; is PEAP meant?'],
    ],
    ['a number for a text', 'me@example.org', '4711', ['line 6: eap.identity: expected text, found a number; put it in quotes']],
    [
      'a secret from two places',
      '{ env: OFFICE_PASSWORD }',
      '{ env: A, file: b }',
      ['line 8: eap.password: expected one of text, { file }, { env }, { prompt }, { command: [program, argument …] }'],
    ],
    [
      'a command for a shell',
      '{ env: OFFICE_PASSWORD }',
      '{ command: pass show me }',
      ['line 8: eap.password.command: expected the program and its arguments as a list of texts; no shell reads it'],
    ],
    [
      'no server to trust',
      '{ caFile: ca.pem, names: radius.example.org }',
      '{ names: a.example }',
      ['line 9: eap.server: says nobody to trust; give caFile, system: true, or pinSha256'],
    ],
    [
      'a whole system to trust, without a name',
      '{ caFile: ca.pem, names: radius.example.org }',
      '{ system: true }',
      ['line 9: eap.server.names: is missing; a certificate of any site would do, so name the server'],
    ],
    [
      'a flag that is beside what it makes vain',
      'names: radius.example.org',
      'insecureNoVerify: true',
      ['line 9: eap.server.insecureNoVerify: would make what stands beside it vain; take one or the other away'],
    ],
    [
      'a pin that is none',
      'names: radius.example.org',
      'pinSha256: [abcd]',
      ['line 9: eap.server.pinSha256[0]: expected a SHA-256: 64 hex digits, with colons or without'],
    ],
    [
      'TLS without a certificate',
      'methods: PEAP',
      'methods: TLS',
      ['line 4: eap.certificate: is missing; TLS shows a certificate'],
    ],
    [
      'methods without certificates where the network has 192 bits',
      'wpa2-enterprise',
      'wpa3-enterprise-192',
      ['line 5: eap.methods: expected TLS alone; wpa3-enterprise-192 takes certificates on both sides'],
    ],
    [
      'a weaker TLS than 192 bits take',
      'wpa2-enterprise\neap:',
      'wpa3-enterprise-192\neap:\n  suiteB192: false',
      [
        'line 6: eap.methods: expected TLS alone; wpa3-enterprise-192 takes certificates on both sides',
        'line 5: eap.suiteB192: cannot be false; wpa3-enterprise-192 is made of it',
      ],
    ],
    [
      'a passphrase where there is EAP',
      'wpa2-enterprise',
      'wpa2-enterprise\npassphrase: { env: A }',
      ['line 4: passphrase: has no place in wpa2-enterprise'],
    ],
    [
      'a name for a password where there is no place for it',
      'wpa2-enterprise',
      'wpa2-enterprise\npasswordIdentifier: staff',
      ['line 4: passwordIdentifier: takes security: wpa3-personal; no other kind of network has a place for it'],
    ],
    [
      'WPA of the first kind beside WPA3',
      'wpa2-enterprise',
      'wpa3-enterprise\ninsecureWpa1: true',
      ['line 4: insecureWpa1: goes with security: wpa2-personal or wpa2-enterprise, and without pmf: required'],
    ],
    [
      'WPA of the first kind beside what it cannot protect',
      'wpa2-enterprise',
      'wpa2-enterprise\npmf: required\ninsecureWpa1: true',
      ['line 5: insecureWpa1: goes with security: wpa2-personal or wpa2-enterprise, and without pmf: required'],
    ],
    [
      'a key of 802.1X for others where there is no 802.1X',
      'wpa2-enterprise',
      'wired\nopportunisticKeyCaching: true',
      ['line 4: opportunisticKeyCaching: goes with eap, in a network that is not wired'],
    ],
    ['EAP in a network that has none', 'wpa2-enterprise', 'open', ['line 4: eap: has no place in open']],
    [
      'an obsolete TLS',
      'identity: me@example.org',
      'identity: me\n  tlsMin: 1.1',
      ['line 7: eap.tlsMin: is obsolete (RFC 8996), and is not used unless insecureObsoleteTls is true'],
    ],
    ['a field said twice', 'security: wpa2-enterprise', 'name: Other', ['line 3: a field stands here for the second time']],
    ['tabs', '  methods', '\tmethods', ['line 5: lines are indented by spaces, not by tabs']],
    [
      'an anchor',
      'me@example.org',
      '&a [*a]',
      ['line 6: eap.identity: expected text, { file }, { env }, { prompt }, { command: [program, argument …] }, found a list'],
    ],
    [
      'a fragment that is too small',
      'identity: me@example.org',
      'identity: me\n  fragmentSize: 20',
      ['line 7: eap.fragmentSize: expected a whole number from 100 to 4000'],
    ],
  ] as const) {
    it(`refuses ${title}, and says where`, () => {
      const found = faultsOf(minimal.replace(from, to));
      if (title === 'an anchor') expect(found).to.have.length(1);
      else expect(found).to.deep.equal(faults.map((fault) => `${FILE}, ${fault}`));
    });
  }

  it('tells all that is wrong at once', () => {
    expect(faultsOf('{ "colour": 1, "eap": { "methods": [] } }')).to.have.length(3);
  });

  it('shows no value, whatever is wrong with it', () => {
    const secret = 'hunter2hunter2';
    for (const text of [
      minimal.replace('{ env: OFFICE_PASSWORD }', `{ enf: ${secret} }`),
      minimal.replace('{ env: OFFICE_PASSWORD }', `[${secret}]`),
      minimal.replace('{ env: OFFICE_PASSWORD }', `"${secret}`),
      minimal.replace('{ env: OFFICE_PASSWORD }', `*${secret}`),
      minimal.replace('{ env: OFFICE_PASSWORD }', `%${secret}: : {`),
      minimal.replace('PEAP', secret),
      minimal.replace('wpa2-enterprise', secret),
    ]) {
      const faults = faultsOf(text);
      expect(faults).to.not.deep.equal([]);
      expect(faults.join('\n')).to.not.contain(secret);
    }
    const { eap } = profileOf(readProfile(minimal.replace('{ env: OFFICE_PASSWORD }', secret), FILE));
    expect(JSON.stringify(eap)).to.not.contain(secret).and.not.contain('me@example.org');
  });

  it('remarks on what is open to others', () => {
    const text = minimal
      .replace('  anonymousIdentity: anonymous@example.org\n', '')
      .replace('{ env: OFFICE_PASSWORD }', 'hunter2')
      .replace('{ caFile: ca.pem, names: radius.example.org }', '{ insecureNoVerify: true }');
    const { remarks } = profileOf(readProfile(text, FILE));
    expect(remarks.map((remark) => remark.split(': ')[1])).to.deep.equal([
      'eap.password',
      'eap.server.insecureNoVerify',
      'eap.anonymousIdentity',
    ]);
  });

  it('throws nothing, whatever the text', () => {
    const word = fc.oneof(
      fc.constantFrom(...minimal.split(/(\s+|[{}:,])/)),
      fc.string(),
      fc.constantFrom('network={\n', '}\n', 'eap=PEAP\n', 'ssid="a"\n', '*a', '&a ', '- ', '? ', '!!binary ', '__proto__: 1\n'),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (words) => {
        const text = words.join('');
        const read = readProfiles(text, FILE);
        if (isLeft(read)) for (const fault of read.left) expect(fault).to.match(/^office\.yaml(, line \d+)?: /);
      }),
      { numRuns: 300 },
    );
    for (const text of [
      '['.repeat(100_000),
      '{a: '.repeat(20_000),
      `a: &a [${'*a,'.repeat(1000)}]`,
      '\0',
      '---\na: 1\n---\nb: 2\n',
    ]) {
      expect(isRight(readProfiles(text, FILE))).to.equal(false);
    }
  });

  it('takes any tree of values for what it is', () => {
    const fields = fc.constantFrom(
      'name',
      'ssid',
      'security',
      'eap',
      'methods',
      'method',
      'inner',
      'server',
      'names',
      'password',
      'file',
      'caFile',
      'certificate',
      '__proto__',
      'constructor',
    );
    const tree = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom('PEAP', 'TTLS', 'wired', '', 'a', 1, 1.2, true, null),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fields, tie('value')),
      ),
    })).value;
    fc.assert(
      fc.property(tree, (value) => {
        const read = readProfile(JSON.stringify(value), FILE);
        if (isRight(read)) expect(read.right.name).to.be.a('string');
      }),
      { numRuns: 500 },
    );
  });
});
