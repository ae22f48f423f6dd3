import { expect } from 'chai';
import type { EapRound, EapSeen } from '../../../../../operators/core/shadow/Connection.js';
import { timelineOf } from '../../../../../operators/core/verdict/course/timeline.js';
import { timingOf } from '../../../../../operators/core/verdict/course/timing.js';
import { at, connection, eap } from '../../../../support/connections.js';
import { explainLab, hasLabCases } from '../../../../support/labExplanations.js';

const round = (frame: number, code: number, identifier: number, type?: number): EapRound => ({
  ...at(frame),
  from: code === 2 ? 'station' : 'ap',
  ...{ code, identifier },
  ...(type !== undefined && { type }),
});

/** Identity, a method that takes the station long, success; and much later once more. */
const rounds = [round(5, 1, 1, 1), round(6, 2, 1, 1), round(7, 1, 2, 13), round(57, 2, 2, 13), round(58, 3, 2)];
const again = [round(5000, 1, 3, 1), round(5001, 2, 3, 1)];

const seen = (changes: Partial<EapSeen>) =>
  connection({ eap: eap({ packets: changes.rounds?.length ?? 0, first: at(5), last: at(58), lastFrom: 'ap', ...changes }) });
const through = { rounds, result: 'success', resultMark: at(58) } as const;

describe('the rounds of EAP', () => {
  it('are in the timeline, each by its name', () => {
    const { timeline } = timelineOf(seen(through));
    const said = timeline.filter(({ what }) => what.startsWith('EAP')).map(({ frame, from, what }) => `${frame} ${from} ${what}`);
    expect(said).to.deep.equal([
      '5 ap EAP-Request Identity, identifier 1',
      '6 station EAP-Response Identity, identifier 1',
      '7 ap EAP-Request TLS, identifier 2',
      '57 station EAP-Response TLS, identifier 2',
      '58 ap EAP-Success',
    ]);
  });

  it('tell who was slow', () => {
    expect(timingOf(seen(through)).slowest).to.deep.equal({ step: 'eap', by: 'station', ms: 500, after: 7, until: 57 });
  });

  it('are apart when the station authenticates again: nobody was waited for in between', () => {
    const twice = seen({ ...through, rounds: [...rounds, ...again], last: at(5001), lastFrom: 'station' });
    const { steps, slowest } = timingOf(twice);
    expect(slowest).to.include({ after: 7, until: 57 });
    const ofEap = steps.filter(({ step }) => step === 'eap').map(({ began, ended, turn }) => [began.frame, ended.frame, turn]);
    expect(ofEap).to.deep.equal([
      [5, 58, null],
      [5000, 5001, 'ap'],
    ]);
  });

  it('that were not kept are counted, and no silence is made of them', () => {
    const cut = seen({ ...through, packets: 80, last: at(900), resultMark: at(900) });
    expect(timelineOf(cut).timeline.map(({ what }) => what)).to.include.members(['75 more EAP packets', 'EAP-Success']);
    expect(timingOf(cut).slowest).to.include({ after: 7, until: 57 });
  });

  it('of a request that nobody answers end with what was said again', () => {
    const silent = seen({
      rounds: rounds.slice(0, 3),
      packets: 4,
      retransmissions: [{ ...at(300), from: 'ap' }],
      last: at(300),
      unanswered: at(7),
    });
    expect(timingOf(silent).slowest).to.deep.equal({ step: 'eap', by: 'station', ms: 2930, after: 7, until: 300 });
    expect(timingOf(silent).steps.at(-1)).to.include({ step: 'eap', turn: 'station' });
  });

  it('of a real exchange are all there', function () {
    if (!hasLabCases) this.skip();
    const [explanation] = explainLab('eap-peap-mschapv2');
    const words = explanation?.timeline.map(({ what }) => what).filter((what) => what.startsWith('EAP-')) ?? [];
    expect(words).to.have.length(explanation?.eap?.packets ?? 0);
    expect(words.filter((what) => what.includes('PEAP')).length).to.be.greaterThan(8);
  });
});
