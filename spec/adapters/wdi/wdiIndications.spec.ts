import { expect } from 'chai';
import { TestScheduler } from 'rxjs/testing';
import { type WdiError, type WdiEvent, type WdiIndication, wdiIndications } from '../../../adapters/wdi/index.js';
import { ADAPTER, AP, OTHER_AP, RESULT } from './samples.js';

const adapter = ADAPTER;
const failed = { ...RESULT, status: 51 };
const { bssid, statusCode, reassociation, ...rest } = RESULT;

const wdi: Readonly<Record<string, WdiIndication>> = {
  r: { kind: 'associationResult', adapter, results: [failed, RESULT] },
  f: { kind: 'associationResult', adapter, results: [failed] },
  b: { kind: 'associationResult', adapter, results: [RESULT, { ...RESULT, bssid: OTHER_AP }] },
  x: { kind: 'disassociation', adapter, peer: AP, status: 10 },
  m: { kind: 'roamComplete', adapter, ndisStatus: 0 },
};

const ndis: Readonly<Record<string, WdiEvent>> = {
  k: {
    kind: 'associationCompletion',
    adapter,
    association: { ...rest, peer: bssid, reassociationRequest: false, reassociationResponse: false },
  },
  x: { kind: 'disassociation', adapter, peer: AP, reason: 0xb },
};

describe('wdiIndications', () => {
  const run = (source: string, expected: string, subs: string, refused?: (error: WdiError) => void): void => {
    const scheduler = new TestScheduler((actual, wanted) => {
      expect(actual).to.deep.equal(wanted);
    });
    scheduler.run(({ hot, expectObservable, expectSubscriptions }) => {
      const indications = hot<WdiIndication>(source, wdi);
      expectObservable(indications.pipe(wdiIndications(refused))).toBe(expected, ndis);
      expectSubscriptions(indications.subscriptions).toBe(subs);
    });
  };

  it('S18: a roam is a disassociation and a completion, in that order', () => {
    run('r---x-r-m--', 'k---x-k----', '^----------');
  });

  it('S18: a roam that changed nothing says nothing', () => {
    run('r---m---', 'k-------', '^-------');
  });

  it('S18: failed attempts say nothing', () => {
    run('f-f-r-|', '----k-|', '^-----!');
  });

  it('R263: a contradiction is told apart and ends nothing', () => {
    const refused: WdiError[] = [];
    run('b-r-|', '--k-|', '^---!', (error) => refused.push(error));
    expect(refused.map(({ code }) => code)).to.deep.equal(['TWO_SUCCESSES']);
  });

  it('R263: nobody has to listen to contradictions', () => {
    run('b-r-|', '--k-|', '^---!');
  });

  it('an error of the source passes', () => {
    run('r-#', 'k-#', '^-!');
  });

  it('a source that is empty or never speaks', () => {
    run('|', '|', '(^!)');
    run('---', '---', '^--');
  });
});
