import { expect } from 'chai';
import fc from 'fast-check';
import { type Fault, failing, type MemoryHost, reentering, silent, slow, throwing } from '../../../adapters/memory/index.js';
import { type ApiCall, OneXResult, Secret } from '../../../streams/events/index.js';
import { AP } from '../../support/fixtures.js';
import { eapol, symbolic } from '../../support/symbolicMethod.js';
import { hosted, NEXT_AP, NOTHING_OUT } from './hosted.js';

const oneXKeys = () => ({
  status: 3,
  reason: 0,
  sendKey: Secret.of(new Uint8Array(32).fill(1)),
  receiveKey: Secret.of(new Uint8Array(32).fill(2)),
});

/** What a host can do to its first adapter, by a letter. */
const acts: Readonly<Record<string, (host: MemoryHost) => void>> = {
  a: (host) => host.associate(AP),
  r: (host) => host.roam(NEXT_AP),
  f: (host) => host.roam(NEXT_AP, { status: 1 }),
  x: (host) => host.disassociate(),
  d: (host) => host.disconnect(),
  Z: (host) => host.reset(),
  D: (host) => host.deinit(),
  p: (host) => host.preAssociate(),
  '1': (host) => host.packetFromPeer(eapol('1')),
  '3': (host) => host.packetFromPeer(eapol('3')),
  g: (host) => host.packetFromPeer(eapol('g'), { protected: true }),
  e: (host) => host.packetFromPeer(eapol('e', 0)),
  R: (host) => host.oneXResult(OneXResult.codes.SUCCESS, oneXKeys()),
  N: (host) => host.oneXResult(OneXResult.codes.FAILURE),
  L: (host) => host.logoff(1),
};
const letters = Object.keys(acts);

/** A removed adapter has no handlers to call; a connection is prepared only where no port is in use. */
const act = (host: MemoryHost, letter: string): void => {
  if (!host.adapter.isAlive || (letter === 'p' && host.adapter.ports.length > 0)) return;
  acts[letter]?.(host);
};

const kinds: ReadonlyArray<ApiCall['kind']> = [
  'sendPacket',
  'startOneX',
  'processOneXPacket',
  'setKeyMappingKey',
  'setDefaultKey',
  'setExcludeUnencrypted',
  'postAssociateCompletion',
];

/** The module has no result before StartOneX has returned. */
const isOfThisWorld = ({
  kind,
  how,
  letter,
}: {
  readonly kind: string;
  readonly how: string;
  readonly letter: string;
}): boolean =>
  kind !== 'startOneX' || how === 'failing' || how === 'throwing' || (how === 'reentering' && !'RN'.includes(letter));

const anyFault: fc.Arbitrary<Fault> = fc
  .record({
    kind: fc.constantFrom(...kinds),
    nth: fc.integer({ min: 1, max: 3 }),
    how: fc.constantFrom('failing', 'slow', 'silent', 'throwing', 'reentering'),
    letter: fc.constantFrom(...letters),
  })
  .filter(isOfThisWorld)
  .map(({ kind, nth, how, letter }) => {
    switch (how) {
      case 'failing':
        return failing(kind, 31, { nth });
      case 'slow':
        return slow(kind, 20, { nth });
      case 'silent':
        return silent(kind, { nth });
      case 'throwing':
        return throwing(kind, { nth });
      default:
        return reentering(kind, (host) => act(host, letter), { nth });
    }
  });

/** Mostly what makes progress, now and then anything. */
const anyScript = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom('a1', '13', 'aeR13', 'g', '.') },
    { weight: 2, arbitrary: fc.constantFrom(...letters) },
  ),
  { maxLength: 12 },
);

describe('whatever a host does', () => {
  for (const usesOneX of [false, true])
    it(`R6, R80, R137, R177, R199: an engine keeps to the interface${usesOneX ? ', with 802.1X' : ''}`, () => {
      fc.assert(
        fc.property(
          anyScript,
          fc.array(anyFault, { maxLength: 2 }),
          fc.constantFrom('later' as const, 'within' as const),
          (script, faults, sendCompletions) => {
            const { host, engine, settle } = hosted({ faults, sendCompletions }, [symbolic(usesOneX)]);
            for (const letter of script.join('')) {
              act(host, letter);
              settle(letter === '.' ? 40_000 : 3);
            }
            // R210 and R213 are remarks about the driver, which was told to do anything.
            const offences = host.remarks.filter(({ rule }) => rule !== 'R210' && rule !== 'R213');
            expect(offences).to.deep.equal([]);
            expect(engine.ledger.stale).to.equal(0);
            host.deinitService();
            expect(engine.ledger.outstanding()).to.deep.equal(NOTHING_OUT);
            expect(host.buffers.size).to.equal(0);
          },
        ),
        { numRuns: 300 },
      );
    });
});
