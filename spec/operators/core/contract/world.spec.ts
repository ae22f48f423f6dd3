import { expect } from 'chai';
import fc from 'fast-check';
import { checkStep } from '../../../../operators/core/contract/step.js';
import { MEMORY } from '../../../../operators/core/contract/world/memory.js';
import { emptyWorld, type World } from '../../../../operators/core/contract/world/World.js';
import type { Effect, HostEvent, SessionHandle } from '../../../../streams/events/index.js';
import {
  ADAPTER,
  AP,
  complete,
  OTHER_ADAPTER,
  OTHER_SERVICE,
  PORT,
  pairwise,
  perform,
  returned,
  send,
  sent,
  stop,
} from './cast.js';
import * as stories from './stories.js';
import {
  api,
  check,
  findings,
  host,
  insertAfter,
  inside,
  type Line,
  late,
  lineOf,
  numbered,
  type Story,
  startingAt,
  upTo,
} from './story.js';
import { allows, breaks } from './verdicts.js';

const { oneX, psk, resetPending, roam } = stories;
const clean: ReadonlyArray<Story> = [psk, oneX, roam, resetPending];

const HANDLERS = /^(get|init|deinit|perform|adapterReset|stopPost|receivePacket|sendPacketCompletion|oneXIndicate)/;

/** The same story told by a log that records when handlers return, with time passing inside of them. */
const recorded = (story: Story): Story => {
  const told: Array<Line> = [];
  let open: string | undefined;
  for (const line of [...story, undefined]) {
    if (open !== undefined && line?.inside !== true) told.push({ ...host(`${open} returned`, returned(open)), wait: 50 });
    if (line === undefined) break;
    if (line.inside !== true) open = HANDLERS.test(line.what.event.kind) ? line.what.event.kind : undefined;
    told.push(line.inside ? late(line, 200) : line);
  }
  return told;
};

describe('contract: handlers and their returns', () => {
  for (const [name, story] of Object.entries(stories))
    allows('R36', `the story "${name}" with its returns recorded`, recorded(story));

  breaks('R151', 'what a reset owed, at its recorded return', recorded(resetPending.filter(({ as }) => as !== 'c')), 'Z');
  breaks(
    'R152',
    'a completion after the recorded return of a reset, in the same microsecond',
    insertAfter(
      'adapterReset returned',
      inside(api('c', complete({ win32: 1223, reason: 0x48011 }))),
    )(recorded(psk.filter(({ as }) => as !== 'S'))),
    'c',
  );
  breaks(
    'R37',
    'a completion inside Perform, although another handler was entered and left meanwhile',
    [
      ...recorded(upTo('COMPLETION')(psk)),
      ...[
        host('P', perform(PORT, AP, { unicastCipher: 0 })),
        host('u', sent(1)),
        inside(host('u left', returned('sendPacketCompletion'))),
      ],
      ...[api('C', complete()), host('P left', returned('performPostAssociate', 0, PORT))],
    ],
    'C',
  );
  allows(
    'R36',
    'a refused call that was never entered',
    insertAfter('2', host('refused', returned('stopPostAssociate', 87)))(psk),
  );
  allows(
    'R36',
    'a return that got lost',
    recorded(psk).filter((line) => line.as !== 'receivePacket returned'),
  );
});

const worldAfter = (story: Story): World => {
  const step = checkStep();
  return numbered(story).reduce((world, entry) => step(world, entry).state, emptyWorld());
};

describe('contract: what is remembered', () => {
  it('R192: nothing of a port lives on but what its silence is judged by', () => {
    const world = worldAfter(upTo('E')(psk));
    expect(world.adapters.get(ADAPTER)?.ports.size).to.equal(0);
    expect(world.waiting.size + world.packets.size).to.equal(0);
    const [by, openedBy, completedBy] = [lineOf(psk, 'S'), lineOf(psk, 'P'), lineOf(psk, 'C')];
    expect([...world.ended.values()]).to.deep.equal([
      {
        ...{ adapter: ADAPTER, session: PORT, peer: AP, how: 'stopped', phase: 'authorised' },
        ...{ by, openedBy, completedBy, cancelledBy: undefined },
      },
    ]);
  });

  it('R11: the keys of a port are wiped when it ends', () => {
    const step = checkStep();
    const world = emptyWorld();
    const entries = numbered(upTo('S')(psk));
    for (const entry of entries.slice(0, -1)) step(world, entry);
    const keys = world.adapters.get(ADAPTER)?.ports.get(PORT)?.installed ?? [];
    expect(keys.map(({ key }) => key.reveal()[0])).to.deep.equal([0x11, 0x22, 0x33]);
    for (const entry of entries.slice(-1)) step(world, entry);
    expect(keys.map(({ key }) => key.reveal()[0])).to.deep.equal([0, 0, 0]);
  });

  it('R135: a key wiped by its owner is still recognised', () => {
    const first = pairwise(0x77);
    const second = pairwise(0x77);
    const step = checkStep();
    const world = emptyWorld();
    const entries = numbered([...upTo('C')(psk), api('first', first), api('second', second)]);
    const rules = entries.flatMap((entry) => {
      const { violations } = step(world, entry);
      if (entry.event === first && first.kind === 'setKeyMappingKey') first.material.key.zeroise();
      return violations.map(({ rule }) => rule);
    });
    expect(rules).to.deep.equal(['R135']);
  });

  it('memory does not grow with the number of ports', () => {
    const port = (i: number): Story => {
      const session = `0x${i.toString(16)}` as SessionHandle;
      return [
        host('P', perform(session, AP)),
        inside(api('2', send(i, { session, call: i }))),
        inside(api('K', pairwise(1, { session, call: i }))),
        host('S', stop(AP)),
      ];
    };
    const world = worldAfter([...upTo('connected')(psk), ...Array.from({ length: MEMORY + 500 }, (_, i) => port(i + 1)).flat()]);
    expect(world.adapters.get(ADAPTER)?.ports.size).to.equal(0);
    expect(world.waiting.size).to.equal(0);
    expect(world.handlers.size).to.equal(1);
    for (const memory of [world.ended, world.calls, world.packets]) expect(memory.size).to.equal(MEMORY);
  });
});

const anyStory = fc.constantFrom(...clean);
const lines = clean.flat();

/** The same players on the other adapter. */
const elsewhere = (line: Line): Line => {
  const event = { ...line.what.event } as Record<string, unknown>;
  if ('adapter' in event) event['adapter'] = OTHER_ADAPTER;
  if ('service' in event) event['service'] = OTHER_SERVICE;
  if (typeof event['call'] === 'number') event['call'] += 100_000;
  if (typeof event['packet'] === 'number') event['packet'] += 100_000;
  return { ...line, as: `other ${line.as}`, what: { ...line.what, event: event as unknown as HostEvent & Effect } };
};

const merge = (first: Story, second: Story, turns: ReadonlyArray<boolean>): Story => {
  const [left, right] = [[...first], [...second]];
  const merged = turns.flatMap((isLeft) => (isLeft ? left : right).splice(0, 1));
  return [...merged, ...left, ...right];
};

describe('contract: properties', () => {
  it('no order of lines makes the check fail, and each finding names a line of the log', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...lines), { maxLength: 60 }), (story) => {
        for (const { rule, event, expected, why } of check(numbered(story))) {
          expect(rule).to.match(/^R\d+$/);
          expect(event).to.be.within(1, story.length);
          expect(expected.length * why.length).to.be.above(0);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('the same log has the same findings', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...lines), { maxLength: 60 }), (story) => {
        expect(check(numbered(story))).to.deep.equal(check(numbered(story)));
      }),
    );
  });

  it('one call breaks at most one rule', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...lines), { maxLength: 60 }), (story) => {
        const entries = numbered(story);
        const calls = check(entries).filter(({ event }) => entries[event - 1]?.dir === 'out');
        expect(new Set(calls.map(({ event }) => event)).size).to.equal(calls.length);
      }),
    );
  });

  it('a piece cut out of a clean log is clean', () => {
    fc.assert(
      fc.property(anyStory, fc.nat(40), fc.nat(40), (story, from, length) => {
        const piece = story.slice(from, from + length);
        const step = checkStep();
        const world = emptyWorld();
        expect(numbered(piece).flatMap((entry) => step(world, entry).violations)).to.deep.equal([]);
      }),
      { numRuns: 500 },
    );
  });

  it('a clean log that leaves out what the host says beside its calls is clean', () => {
    const optional = [
      'associationStart',
      'associationCompletion',
      'sendPacketCompletion',
      'receivePacket',
      'getVersionInfo',
      'initService',
    ];
    fc.assert(
      fc.property(anyStory, fc.subarray(optional), (story, missing) => {
        expect(findings(story.filter(({ what }) => !missing.includes(what.event.kind)))).to.deep.equal([]);
      }),
    );
  });

  it('R4: what one adapter does is judged alike whatever another does', () => {
    const ofAdapter = (story: Story): Story => recorded(startingAt('adapter')(story).slice(0, -1));
    fc.assert(
      fc.property(anyStory, anyStory, fc.array(fc.boolean(), { maxLength: 120 }), (first, second, turns) => {
        const up = recorded(upTo('service')(psk));
        expect(findings([...up, ...merge(ofAdapter(first), ofAdapter(second).map(elsewhere), turns)])).to.deep.equal([]);
      }),
    );
  });
});
