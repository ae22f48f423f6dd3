import { expect } from 'chai';
import * as fc from 'fast-check';
import { concatMap, type OperatorFunction, scan } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { noWire, stepWire, WIRE_PEER, type WireCall, type WireInput, type WireLink } from '../../../adapters/linux/index.js';
import { type Step, stay, WIRED_ALGORITHM } from '../../../operators/core/index.js';
import { Cipher, isUnicast, type MacAddress } from '../../../streams/events/index.js';

const link = (changes: Partial<WireLink> = {}): WireInput => ({
  kind: 'link',
  link: { index: 4, name: 'eth0', address: '02:aa:00:00:00:02' as MacAddress, isUp: true, mtu: 1500, ...changes },
});

const packet: WireInput = { kind: 'packet', from: '02:aa:00:00:00:01' as MacAddress, payload: Uint8Array.of(2, 0, 0, 0) };

/** One character an input. */
const INPUTS: Readonly<Record<string, WireInput>> = {
  u: link(),
  d: link({ isUp: false }),
  m: link({ mtu: 9000, name: 'renamed' }),
  a: link({ address: '02:aa:00:00:00:99' as MacAddress }),
  n: link({ index: 5 }),
  r: { kind: 'removed' },
  p: packet,
  e: { kind: 'ended' },
};

const SYMBOLS: Readonly<Record<WireCall['kind'], string>> = {
  initAdapter: 'I',
  deinitAdapter: 'D',
  associationStart: 'S',
  associationCompletion: 'C',
  disassociation: 'X',
  receivePacket: 'P',
};

const calls = (): OperatorFunction<WireInput, string> => (source) =>
  source.pipe(
    scan<WireInput, Step<typeof noWire, WireCall>>(({ state }, input) => stepWire(state, input), stay(noWire)),
    concatMap(({ effects }) => effects.map(({ kind }) => SYMBOLS[kind])),
  );

const diagram = (inputs: string, expected: string): void => {
  const scheduler = new TestScheduler((actual, wanted) => {
    expect(actual).to.deep.equal(wanted);
  });
  scheduler.run(({ hot, expectObservable }) => {
    expectObservable(hot(inputs, INPUTS).pipe(calls())).toBe(expected);
  });
};

const callsOf = (...inputs: ReadonlyArray<WireInput>): ReadonlyArray<WireCall> => {
  let step: Step<typeof noWire, WireCall> = stay(noWire);
  const all: WireCall[] = [];
  for (const input of inputs) {
    step = stepWire(step.state, input);
    all.push(...step.effects);
  }
  return all;
};

describe('a wire as an engine is told of it', () => {
  it('R2, R30: a link that is up from the beginning is an adapter and an association', () => {
    diagram('-u-----', '-(ISC)-');
  });

  it('a link that comes up later is associated then', () => {
    diagram('-d--u---', '-I--(SC)');
  });

  it('R213: a link that goes down is a disassociation, and up again another association', () => {
    diagram('-u----d--u---', '-(ISC)X--(SC)');
  });

  it('R161: an interface that goes away leaves its peer first', () => {
    diagram('-u-----r---', '-(ISC)-(XD)');
    diagram('-d--r--', '-I--D--');
  });

  it('an interface that comes back is another adapter', () => {
    diagram('-u-----r---n----', '-(ISC)-(XD)(ISC)');
    const handles = callsOf(link(), { kind: 'removed' }, link({ index: 5 })).flatMap((call) =>
      call.kind === 'initAdapter' ? [call.adapter] : [],
    );
    expect(handles).to.deep.equal(['0x4', '0x5']);
  });

  it('another address is another station', () => {
    diagram('-u-----a------', '-(ISC)-(XDISC)');
  });

  it('a new name or length changes nothing', () => {
    diagram('-u----m-u-', '-(ISC)----');
  });

  it('packets count only while the link is up', () => {
    diagram('p-u----p-d-p-r-p', '--(ISC)P-X---D--');
  });

  it('R160: whoever has enough leaves in the same order, and once', () => {
    diagram('-u-----e---e', '-(ISC)-(XD)-');
    diagram('-e-', '---');
  });

  it('R34, R44: the other end has an address that a port can be for', () => {
    expect(isUnicast(WIRE_PEER)).to.equal(true);
    const [, start, completion] = callsOf(link());
    expect(start).to.deep.include({ kind: 'associationStart', peer: WIRE_PEER });
    expect(completion).to.deep.nested.include({
      'association.peer': WIRE_PEER,
      'association.status': 0,
      'association.authAlgorithm': WIRED_ALGORITHM,
      'association.unicastCipher': Cipher.codes.NONE,
    });
  });

  it('R214: a link that was lost may come back, a port that was given up may not', () => {
    const reasonOf = (input: WireInput) => callsOf(link(), input).find(({ kind }) => kind === 'disassociation');
    expect(reasonOf(link({ isUp: false }))).to.include({ reason: 2 });
    expect(reasonOf({ kind: 'removed' })).to.include({ reason: 2 });
    expect(reasonOf({ kind: 'ended' })).to.include({ reason: 7 });
  });

  it('whatever happens in whatever order, adapters and associations come in pairs', () => {
    const inputs = fc.array(fc.constantFrom(...Object.keys(INPUTS)), { maxLength: 60 });
    const property = fc.property(inputs, (keys) => {
      const said = callsOf(...keys.flatMap((key) => INPUTS[key] ?? []), { kind: 'ended' })
        .map(({ kind }) => SYMBOLS[kind])
        .join('');
      expect(said).to.match(/^(?:I(?:SCP*X)*D)*$/);
    });
    fc.assert(property, { numRuns: 500 });
  });
});
