import { basename } from 'node:path';
import { expect } from 'chai';
import { isLeft, isRight } from 'fp-ts/lib/Either.js';
import {
  nodeProfileIo,
  type ProfileIo,
  peerOf,
  type ResolvedProfile,
  readProfile,
  resolveProfile,
} from '../../../adapters/profile/index.js';
import { Secret } from '../../../streams/events/index.js';
import { converseTls, exportedBy, openCommand } from '../../support/tlsConversation.js';
import { certificateFile, tlsHost } from '../../support/tlsServer.js';

const octets = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (secret: Secret | undefined): string => new TextDecoder().decode(secret?.reveal());
const failure = (code: string | number): Error => Object.assign(new Error('hunter2'), { code });

/** Files are the committed certificates; `secret.txt` beside them. */
const io: ProfileIo = {
  readFile: (path) => {
    const name = basename(path);
    if (name === 'secret.txt') return Promise.resolve(octets('from a file\r\n'));
    return path.startsWith('/profiles/') ? Promise.resolve(certificateFile(name)) : Promise.reject(failure('ENOENT'));
  },
  environment: (variable) => (variable === 'PASSWORD' ? 'from the environment' : undefined),
  run: (program, args) =>
    program === 'pass' ? Promise.resolve(octets(`from ${args.join(' ')}\n\n`)) : Promise.reject(failure(3)),
  ask: (question) => Promise.resolve(question === 'Password?' ? Secret.of(octets('from a person')) : undefined),
};

const resolve = (eap: string, from = io) => {
  const read = readProfile(`name: Test\nsecurity: wired\neap: ${eap}`, '/profiles/test.yaml');
  if (isLeft(read)) throw new Error(read.left.join('\n'));
  return resolveProfile(read.right, from);
};
const resolved = async (eap: string, from = io): Promise<ResolvedProfile> => {
  const found = await resolve(eap, from);
  if (isLeft(found)) throw new Error(found.left.join('\n'));
  return found.right;
};
const faults = async (eap: string, from = io): Promise<ReadonlyArray<string>> => {
  const found = await resolve(eap, from);
  return isLeft(found) ? found.left : [];
};

const pwd = (password: string): string => `{ methods: PWD, identity: me, password: ${password} }`;

describe('resolveProfile', () => {
  it('remarks on a certificate of its own that a server will refuse, by field', async () => {
    const certificate = (name: string): string => `certificate: { certFile: ${name}.pem, keyFile: ${name}.key }`;
    const tls = (name: string): string => `{ methods: TLS, identity: me, ${certificate(name)}, server: { caFile: ca.pem } }`;
    expect((await resolved(tls('client-ec'))).remarks).to.deep.equal([]);
    const [remark, ...others] = (await resolved(tls('client-expired'))).remarks;
    expect(others).to.deep.equal([]);
    expect(remark).to.match(/^\/profiles\/test\.yaml: eap\.certificate: the client certificate .* expired on 2021-01-01/);
  });

  for (const [form, reference, secret] of [
    ['the profile', 'it is "here"', 'it is "here"'],
    ['a file', '{ file: secret.txt }', 'from a file'],
    ['the environment', '{ env: PASSWORD }', 'from the environment'],
    ['a program', '{ command: [pass, show, office] }', 'from show office\n'],
    ['a person', '{ prompt: "Password?" }', 'from a person'],
  ] as const) {
    it(`fetches a secret from ${form}`, async () => {
      const { eap } = await resolved(pwd(reference));
      expect(eap?.password?.form).to.equal('text');
      expect(textOf(eap?.password?.secret)).to.equal(secret);
    });
  }

  for (const [what, reference, message] of [
    ['a file that is not there', '{ file: /nowhere/x }', 'the file /nowhere/x cannot be read: there is none of that name'],
    ['a variable that is not set', '{ env: NOTHING }', 'the environment variable NOTHING is not set'],
    ['a program that fails', '{ command: [false] }', 'the program false gave no secret: it ended with exit status 3'],
    ['a person who says nothing', '{ prompt: "Really?" }', 'nothing was answered'],
  ] as const) {
    it(`says so of ${what}`, async () => {
      const text = pwd(reference).replace('[false]', '["false"]');
      expect(await faults(text)).to.deep.equal([`/profiles/test.yaml: eap.password: ${message}`]);
    });
  }

  it('says so where there is nobody to ask', async () => {
    const { ask: _, ...alone } = io;
    expect(await faults(pwd('{ prompt: "Password?" }'), alone)).to.have.length(1);
  });

  it('makes octets of a hash', async () => {
    const hash = '8846F7EAEE8FB117AD06BDD830B7586C';
    const { eap } = await resolved(`{ methods: MSCHAPv2, identity: me, ntHash: ${hash} }`);
    expect(eap?.password?.form).to.equal('ntHash');
    expect(Buffer.from(eap?.password?.secret.reveal() ?? []).toString('hex')).to.equal(hash.toLowerCase());
    expect(await faults('{ methods: MSCHAPv2, identity: me, ntHash: abcd }')).to.deep.equal([
      '/profiles/test.yaml: eap.ntHash: expected 32 hex digits',
    ]);
  });

  for (const [what, server, certificate, message] of [
    ['a file of authorities without any', '{ caFile: client-rsa.key }', '', 'there is no certificate in PEM'],
    [
      'a wrong passphrase',
      '{ caFile: ca.pem }',
      '{ certFile: client-rsa.pem, keyFile: client-rsa-encrypted.key, keyPassphrase: hunter2 }',
      'the passphrase of the key is wrong',
    ],
    [
      'a missing passphrase',
      '{ caFile: ca.pem }',
      '{ certFile: client-rsa.pem, keyFile: client-rsa-encrypted.key }',
      'no passphrase is given',
    ],
    [
      'the key of another certificate',
      '{ caFile: ca.pem }',
      '{ certFile: client-rsa.pem, keyFile: client-ec.key }',
      'does not belong',
    ],
    [
      'a bundle with a wrong passphrase',
      '{ caFile: ca.pem }',
      '{ pkcs12File: client.p12, keyPassphrase: hunter2 }',
      'the passphrase of the key is wrong',
    ],
    [
      'a bundle in the old form',
      '{ caFile: ca.pem }',
      '{ pkcs12File: client-legacy.p12, keyPassphrase: correct horse }',
      'no longer reads',
    ],
    ['a bundle that is none', '{ caFile: ca.pem }', '{ pkcs12File: ca.pem, keyPassphrase: hunter2 }', 'cannot be used'],
  ] as const) {
    it(`finds ${what} before there is anything to authenticate to`, async () => {
      const shown = certificate === '' ? '' : `, certificate: ${certificate}`;
      const [fault, ...more] = await faults(`{ methods: TTLS, identity: me, server: ${server}${shown} }`);
      expect(fault).to.contain(message).and.not.contain('hunter2');
      expect(more).to.deep.equal([]);
    });
  }

  it('destroys the secrets when it is told to', async () => {
    const profile = await resolved('{ methods: PWD, identity: me, password: secret }');
    const { password, identity } = profile.eap ?? {};
    profile.release();
    expect(password?.secret.reveal().every((octet) => octet === 0)).to.equal(true);
    expect(identity?.reveal().every((octet) => octet === 0)).to.equal(true);
  });

  it('runs a program without a shell, and reads files and variables of this machine', async () => {
    const here = nodeProfileIo();
    expect(Buffer.from(await here.run(process.execPath, ['-p', '"$HOME;" + 1'])).toString()).to.equal('$HOME;1\n');
    expect(await here.readFile(import.meta.filename)).to.have.length.greaterThan(100);
    expect(here.environment('PATH')).to.equal(process.env['PATH']);
    expect(isRight(await resolve(pwd('{ env: PATH }'), here))).to.equal(true);
  });
});

describe('peerOf', () => {
  const tunnel = `{ methods: [TTLS, PEAP, TLS], identity: me, anonymousIdentity: "@example.org", password: x, fragmentSize: 500,
    certificate: { certFile: client-rsa.pem, keyFile: client-rsa.key }, server: { caFile: ca.pem, names: radius.example.org },
    innerServer: { caFile: rsa-ca.pem } }`;

  it('gives the methods, the names and the room', async () => {
    const { options } = peerOf(await resolved(tunnel));
    expect(options.methods.map(({ name }) => name)).to.have.length(3);
    expect(options.methods.map(({ type }) => type)).to.deep.equal([21, 25, 13]);
    expect([textOf(options.identity), textOf(options.shownIdentity), options.room]).to.deep.equal(['me', '@example.org', 500]);
    expect(options.draw(9)).to.have.length(9);
  });

  it('gives each authentication secrets of its own', async () => {
    const profile = await resolved(tunnel);
    peerOf(profile).options.password?.secret.zeroise();
    expect(textOf(peerOf(profile).options.password?.secret)).to.equal('x');
  });

  it('trusts outside whom it trusts outside, inside whom it trusts inside, and resumes', async () => {
    const profile = await resolved(tunnel);
    const outer = tlsHost({ certificate: 'server-ec', asksFor: 'rsa-ca' });
    const inner = tlsHost({ certificate: 'server-rsa', asksFor: 'rsa-ca' });
    const talk = (host: typeof outer, name: string) => converseTls(host, peerOf(profile).openTls(name), openCommand(true));
    const first = await talk(outer, 'tls');
    expect(first.standing?.established?.keys['msk']).to.deep.equal(exportedBy(first.peer));
    expect((await talk(outer, 'tls')).standing?.established?.isResumed).to.equal(true);
    expect((await talk(inner, 'tls')).last.fault?.code).to.equal('certificate');
    expect((await talk(outer, 'inner.tls')).last.fault?.code).to.equal('certificate');
  });

  it('wants a profile with EAP', async () => {
    const { eap: _, ...none } = await resolved(pwd('x'));
    expect(() => peerOf(none)).to.throw('says nothing of EAP');
  });
});
