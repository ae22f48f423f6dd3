import { expect } from 'chai';
import type { Secret } from '../../../streams/events/index.js';
import { play, type Said, type Script, type Stage } from '../../support/marbles.js';
import { symbolic } from '../../support/symbolicMethod.js';

interface Terminated {
  readonly symbol: 'S' | 'Z' | 'D';
  readonly name: string;
  /** What may still be said, in this order, from the moment the handler is entered. */
  readonly partings: (was: { readonly pending: boolean; readonly oneX: boolean }) => string;
}

const terminators: ReadonlyArray<Terminated> = [
  { symbol: 'S', name: 'stop', partings: ({ oneX }) => (oneX ? 'z' : '') },
  { symbol: 'Z', name: 'reset', partings: ({ oneX, pending }) => `${oneX ? 'z' : ''}${pending ? 'c' : ''}E` },
  { symbol: 'D', name: 'deinit', partings: () => '' },
];

const diagrams = [
  { name: 'S1', in: 'P--1-u----3-v----g-w--', usesOneX: false },
  { name: 'S2', in: 'P-e--e-1e-R-u--3-v---g-w--', usesOneX: true },
] as const;

const outputs = (log: ReadonlyArray<Said>): string =>
  log
    .filter(({ lane }) => lane === 'out')
    .map(({ symbol }) => symbol)
    .join('');

const count = (text: string, symbol: string): number => text.split(symbol).length - 1;

/** What a log says about the port when the terminator came. */
const stateAt = (log: ReadonlyArray<Said>, at: number) => {
  const before = log.slice(0, at);
  const said = outputs(before);
  const results = before.filter(({ lane, symbol }) => lane === 'in' && symbol === 'R').length;
  const wasOpen = before.some(({ lane, symbol }) => lane === 'in' && symbol === 'P');
  return { wasOpen, pending: wasOpen && !said.includes('C'), oneX: count(said, 's') > results };
};

const allZero = { ports: 0, calls: 0, packets: 0, uiRequests: 0, buffers: 0, timers: 0 };

const expectSilence = (stage: Stage, { symbol, partings }: Terminated, keys: ReadonlyArray<Secret>): void => {
  const { log, ledger, supplied } = stage;
  const at = log.findIndex((said) => said.lane === 'in' && said.symbol === symbol);
  const state = stateAt(log, at);
  const story = log.map((said) => (said.lane === 'in' ? said.symbol : `(${said.symbol})`)).join('');
  expect(outputs(log.slice(at)), story).to.equal(partings(state));
  expect(ledger.stale, `R260: ${story}`).to.equal(0);
  for (const secret of [...keys, ...supplied]) {
    expect(
      [...secret.reveal()].every((octet) => octet === 0),
      `R11: a key outlived its port: ${story}`,
    ).to.equal(true);
  }
};

const run = (diagram: (typeof diagrams)[number], changes: Partial<Script>) => {
  const keys: Secret[] = [];
  const methods = [symbolic(diagram.usesOneX, { onKey: (key) => keys.push(key) })];
  return { keys, stage: play({ in: diagram.in, methods, ...changes }) };
};

/** What the host calls from inside the first call, the second, and so on; `-` is nothing. */
const inTurn = (line: string): (() => string) => {
  const symbols = [...line];
  return () => (symbols.shift() ?? '-').replace('-', '');
};

for (const diagram of diagrams) {
  const plain = run(diagram, {}).stage;
  const said = plain.log.flatMap(({ lane, symbol }) => (lane === 'out' ? [symbol] : []));

  describe(`${diagram.name} ended everywhere`, () => {
    for (const terminator of terminators) {
      it(`R137, R199: ${terminator.name} behind what happens in each frame`, () => {
        for (let frame = 0; frame < diagram.in.length; frame++) {
          const { stage, keys } = run(diagram, { and: `${'-'.repeat(frame)}${terminator.symbol}` });
          expectSilence(stage, terminator, keys);
          expect(stage.ledger.outstanding(), `frame ${frame}`).to.deep.equal(allZero);
        }
      });

      it(`R193, R199: ${terminator.name} ahead of what happens in each frame`, () => {
        for (let frame = 1; frame < diagram.in.length; frame++) {
          const { stage, keys } = run(diagram, { in: `${'-'.repeat(frame)}${terminator.symbol}`, and: diagram.in });
          expectSilence(stage, terminator, keys);
          expect(stage.ledger.outstanding(), `frame ${frame}`).to.deep.equal(allZero);
        }
      });

      it(`R264, R265: ${terminator.name} from inside each call`, () => {
        said.forEach((_, nth) => {
          let seen = 0;
          const { stage, keys } = run(diagram, { inside: () => (seen++ === nth ? terminator.symbol : '') });
          expectSilence(stage, terminator, keys);
          expect(stage.ledger.outstanding(), `call ${nth}`).to.deep.equal(allZero);
        });
      });

      it(`R264, R265: ${terminator.name} from inside each call, and again from inside what is said then`, () => {
        said.forEach((_, nth) => {
          const { stage } = run(diagram, { inside: inTurn('-'.repeat(nth) + terminator.symbol + terminator.symbol) });
          const at = stage.log.findIndex((entry) => entry.lane === 'in' && entry.symbol === terminator.symbol);
          const withoutRegistrations = (text: string): string => text.replaceAll('E', '');
          expect(withoutRegistrations(outputs(stage.log.slice(at))), `call ${nth}`).to.equal(
            withoutRegistrations(terminator.partings(stateAt(stage.log, at))),
          );
          expect(stage.ledger.outstanding(), `call ${nth}`).to.deep.equal(allZero);
        });
      });

      it(`R7, R160: deinit from inside what is said at a ${terminator.name}`, () => {
        said.forEach((_, nth) => {
          const { stage, keys } = run(diagram, { inside: inTurn(`${'-'.repeat(nth)}${terminator.symbol}D`) });
          const at = stage.log.findIndex((entry) => entry.lane === 'in' && entry.symbol === 'D');
          expect(at < 0 ? '' : outputs(stage.log.slice(at)), `call ${nth}`).to.equal('');
          if (at >= 0) expect(stage.ledger.outstanding(), `call ${nth}`).to.deep.equal(allZero);
          for (const key of keys) expect([...key.reveal()].every((octet) => octet === 0)).to.equal(true);
        });
      });
    }

    it('R9, R192: an output nobody listens to any more releases its ports at every frame', () => {
      for (let frame = 1; frame < diagram.in.length; frame++) {
        const { stage, keys } = run(diagram, { in: diagram.in.slice(0, frame) });
        expect(stage.ledger.outstanding()).to.include({ ports: 0, timers: 0 });
        for (const key of keys) expect([...key.reveal()].every((octet) => octet === 0)).to.equal(true);
      }
    });
  });
}
