import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { isLeft, isRight } from 'fp-ts/lib/Either.js';
import { readProfiles } from '../../adapters/profile/index.js';
import { root } from '../house/sources.js';

const folder = join(root, 'examples/profiles');
const documentation = readFileSync(join(root, 'docs/profiles.md'), 'utf8');
const blocks = [...documentation.matchAll(/```(yaml|json|conf)\n([\s\S]*?)```/g)].map(([, , text = '']) => text);

const FIELDS = {
  top: ['name', 'ssid', 'security', 'passphrase', 'passwordIdentifier', 'pmf', 'insecureWpa1', 'opportunisticKeyCaching', 'eap'],
  eap: [
    'methods',
    'identity',
    'anonymousIdentity',
    'password',
    'ntHash',
    'certificate',
    'server',
    'innerCertificate',
    'innerServer',
    'tlsMin',
    'tlsMax',
    'insecureObsoleteTls',
    'suiteB192',
    'fragmentSize',
    'resumption',
  ],
  server: ['caFile', 'system', 'names', 'acceptsCommonName', 'pinSha256', 'ocsp', 'insecureNoVerify'],
  certificate: ['certFile', 'keyFile', 'pkcs12File', 'keyPassphrase'],
};

/** What a reader says the fields are. */
const known = (text: string): ReadonlyArray<string> => {
  const read = readProfiles(text, 'x');
  const [fault = ''] = isLeft(read) ? read.left.filter((one) => one.includes('the fields here are')) : [];
  return fault.split('the fields here are ')[1]?.split(', ') ?? [];
};

describe('the examples of profiles', () => {
  const files = readdirSync(folder);

  it('are there', () => {
    expect(files).to.have.length.greaterThan(6);
  });

  for (const file of files) {
    it(`${file} is read, and nothing is to be remarked but what has to be there`, () => {
      const read = readProfiles(readFileSync(join(folder, file), 'utf8'), file);
      expect(isLeft(read) ? read.left : []).to.deep.equal([]);
      if (isRight(read) && !file.endsWith('.conf')) expect(read.right.flatMap(({ remarks }) => remarks)).to.deep.equal([]);
    });
  }
});

describe('docs/profiles.md', () => {
  it('has examples, and each is read', () => {
    expect(blocks).to.have.length.greaterThan(2);
    for (const text of blocks) {
      const read = readProfiles(text, 'docs/profiles.md');
      expect(isLeft(read) ? read.left : []).to.deep.equal([]);
    }
  });

  it('tells every field there is', () => {
    expect(known('{ zzzzzzzzzzzz: 1, name: a }')).to.deep.equal(FIELDS.top);
    expect(known('{ name: a, eap: { zzzzzzzzzzzz: 1, methods: PWD } }')).to.have.members(FIELDS.eap);
    expect(known('{ name: a, eap: { methods: PWD, server: { zzzzzzzzzzzz: 1 } } }')).to.have.members(FIELDS.server);
    expect(known('{ name: a, eap: { methods: PWD, certificate: { zzzzzzzzzzzz: 1 } } }')).to.have.members(FIELDS.certificate);
    for (const field of Object.values(FIELDS).flat()) expect(documentation, field).to.contain(`\`${field}\``);
  });
});
