import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import type { LogEntry } from '../../../streams/events/LogEntry.js';
import { readLogEntry, redactSecrets, revealSecrets, writeLogEntry } from '../../../streams/events/LogEntry.js';
import { Secret } from '../../../streams/events/Secret.js';
import type { AdapterHandle } from '../../../streams/events/values.js';
import { entriesByKind } from './arbitraries.js';

const open = writeLogEntry(revealSecrets);
const fingerprint = (bytes: Uint8Array): string => createHmac('sha256', 'one recording').update(bytes).digest('hex').slice(0, 16);
const sealed = writeLogEntry(redactSecrets(fingerprint));

const read = (line: string): LogEntry => {
  const entry = readLogEntry(line);
  if (entry._tag === 'Left') throw new Error(entry.left);
  return entry.right;
};

const complaint = (line: string): string => {
  const entry = readLogEntry(line);
  if (entry._tag === 'Right') throw new Error(`accepted ${line}`);
  return entry.left;
};

/** What two entries must have in common to be the same: chai sees neither the bytes of a secret nor its fingerprint. */
const plain = (value: unknown): unknown => {
  if (value instanceof Secret) return { known: value.isKnown, length: value.length, bytes: [...value.reveal()] };
  if (value instanceof Uint8Array) return { bytes: [...value] };
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, plain(field)]));
};

/** Found in no line by accident. */
const MARK = [0xc0, 0xff, 0xee, 0x5e, 0xc2, 0xe7, 0xc0, 0xde];
const marked = fc.uint8Array({ maxLength: 24 }).map((bytes) => Secret.of(Uint8Array.of(...MARK, ...bytes)));
const MARK_AS_TEXT = /c0ffee5ec2e7c0de|192,255,238,94|"0":192|\/\+5ewufA3g/i;

const secretsIn = (value: unknown): ReadonlyArray<Secret> => {
  if (value instanceof Secret) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(secretsIn) : [];
};

describe('LogEntry', () => {
  for (const [kind, entries] of entriesByKind()) {
    it(`reads ${kind} back as it was written`, () => {
      fc.assert(
        fc.property(entries, (entry) => {
          const line = open(entry);
          expect(line).to.not.contain('\n');
          expect(plain(read(line))).to.deep.equal(plain(entry));
          expect(open(read(line))).to.equal(line);
        }),
        { numRuns: 25 },
      );
    });
  }

  it('keeps the fields of events apart from those of the line', () => {
    fc.assert(
      fc.property(fc.oneof(...entriesByKind().map(([, entries]) => entries)), ({ event }) => {
        expect(event).to.not.have.any.keys('v', 't', 'dir');
      }),
    );
  });

  for (const [kind, entries] of entriesByKind(marked)) {
    const holdsSecrets = fc.sample(entries, { seed: 1, numRuns: 50 }).some(({ event }) => secretsIn(event).length > 0);
    if (!holdsSecrets) continue;
    it(`R11: writes ${kind} without a byte of its secrets`, () => {
      fc.assert(
        fc.property(entries, (entry) => {
          const secrets = secretsIn(entry.event);
          if (secrets.length > 0) expect(open(entry)).to.match(MARK_AS_TEXT);
          const line = sealed(entry);
          expect(line).to.not.match(MARK_AS_TEXT);
          expect(secretsIn(read(line).event).map(({ length }) => length)).to.deep.equal(secrets.map(({ length }) => length));
        }),
        { numRuns: 25 },
      );
    });
  }

  const derive = (input: Secret): LogEntry =>
    read(
      open({ at: 1, dir: 'in', event: { kind: 'secretSupplied', request: { want: 'unprotected', blob: input }, secret: input } }),
    );

  it('R11: shows equal secrets by equal fingerprints, and others by others', () => {
    fc.assert(
      fc.property(marked, marked, (a, b) => {
        const [inA, besideA] = secretsIn(read(sealed(derive(a))).event);
        const [inB] = secretsIn(read(sealed(derive(b))).event);
        expect(inA?.fingerprint).to.equal(besideA?.fingerprint);
        expect(inA?.fingerprint === inB?.fingerprint).to.equal(a.equals(b));
      }),
    );
  });

  it('keeps the fingerprints of a redacted log when it is written again, whatever the policy', () => {
    const line = sealed(derive(Secret.of(Uint8Array.from(MARK))));
    expect(sealed(read(line))).to.equal(line);
    expect(open(read(line))).to.equal(line);
  });

  describe('names the field that is wrong', () => {
    for (const [kind, entries] of entriesByKind()) {
      it(`of ${kind}`, () => {
        const required = (line: Record<string, unknown>): ReadonlyArray<string> =>
          Object.keys(line).filter((key) => !['v', 't', 'dir', 'kind'].includes(key));
        fc.assert(
          fc.property(entries, (entry) => {
            const line = JSON.parse(open(entry)) as Record<string, unknown>;
            for (const field of required(line)) {
              expect(complaint(JSON.stringify({ ...line, [field]: { not: 'this' } }))).to.match(new RegExp(`^"${field}[".]`));
            }
          }),
          { numRuns: 5 },
        );
      });
    }
  });

  const reset = { v: 1, t: 5, dir: 'in', kind: 'adapterReset', adapter: '0x1f' };
  const adapter = '0x1f' as AdapterHandle;

  it('writes time, direction and event side by side', () => {
    expect(JSON.parse(open({ at: 5, dir: 'in', event: { kind: 'adapterReset', adapter } }))).to.deep.equal(reset);
  });

  const wrong: ReadonlyArray<readonly [string, unknown, RegExp]> = [
    ['another version', { ...reset, v: 2 }, /^"v": /],
    ['no time', { ...reset, t: '5' }, /^"t": /],
    ['a direction there is not', { ...reset, dir: 'up' }, /^"dir": /],
    ['a kind there is not', { ...reset, kind: 'adapterReboot' }, /unknown kind "adapterReboot"/],
    ['an effect that claims to come in', { ...reset, kind: 'stopOneX' }, /no host event: unknown kind "stopOneX"/],
    ['an event that claims to go out', { ...reset, dir: 'out' }, /no effect: unknown kind "adapterReset"/],
    ['no kind', { v: 1, t: 5, dir: 'in' }, /it has no "kind"/],
    ['no object', [1], /expected \{ v: 1/],
    ['a handle that is none', { ...reset, adapter: 31 }, /^"adapter": expected a handle/],
    [
      'a field of a field',
      { ...reset, kind: 'performPreAssociate', connect: '0x1', profile: { security: { secret: '' }, useMsOneX: 'yes' } },
      /^"profile.useMsOneX": /,
    ],
  ];
  for (const [what, json, sentence] of wrong) {
    it(`refuses ${what}`, () => {
      expect(complaint(JSON.stringify(json))).to.match(sentence);
    });
  }

  it('refuses what is not JSON', () => {
    expect(complaint('{"v":1')).to.equal('not JSON');
  });

  it('R11: never quotes a secret that it cannot read', () => {
    const badSecret = { secret: 'correct horse battery staple' };
    const line = { ...reset, kind: 'performPreAssociate', connect: '0x1', profile: { security: badSecret, useMsOneX: true } };
    expect(complaint(JSON.stringify(line)))
      .to.match(/^"profile\.security": /)
      .and.not.contain('horse');
    expect(complaint(JSON.stringify({ ...line, profile: { security: badSecret.secret, useMsOneX: true } }))).to.not.contain(
      'horse',
    );
  });
});
