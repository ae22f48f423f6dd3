import { expect } from 'chai';
import { Subject } from 'rxjs';
import { type ApiCall, type BufferHandle, type Effect, type Guid, type HostEvent, Win32 } from '../../../streams/events/index.js';
import { apiTable, driving, type Sink } from '../../../streams/sources/index.js';
import { ADAPTER, SERVICE, SESSION } from '../../support/fixtures.js';
import { secretOf } from './frontDoor.js';

const { ERROR_SUCCESS, ERROR_NOT_SUPPORTED, ERROR_GEN_FAILURE, ERROR_BUSY } = Win32.codes;

const allocate = (call: number): ApiCall => ({ kind: 'allocateBuffer', call, size: 8 });
const port = { adapter: ADAPTER, service: SERVICE, session: SESSION, generation: 1 };
const startOneX = (call: number): ApiCall => ({ kind: 'startOneX', call, ...port });
const DIAGNOSTIC: Effect = { kind: 'diagnostic', rule: 'R3', message: 'a remark' };

/** What a sink is asked for, and the answers that come back. */
const driven = (sink: Sink, ...effects: ReadonlyArray<Effect>) => {
  const asked: Effect[] = [];
  const answers: HostEvent[] = [];
  const heard: Sink = (effect) => {
    asked.push(effect);
    return sink(effect);
  };
  const effects$ = new Subject<Effect>();
  effects$.subscribe(driving(heard, (event) => answers.push(event)));
  for (const effect of effects) effects$.next(effect);
  return { asked, answers };
};

describe('apiTable', () => {
  it('asks the function that is named like the effect, with the effect', () => {
    const asked: ApiCall[] = [];
    const sink = apiTable({
      startOneX: (effect) => {
        asked.push(effect);
        return ERROR_BUSY;
      },
      allocateBuffer: () => ({ win32: ERROR_SUCCESS, buffer: '0xb' as BufferHandle }),
    });
    const start = startOneX(1);
    expect(sink(start)).to.equal(ERROR_BUSY);
    expect(asked).to.have.ordered.members([start]);
    expect(sink(allocate(2))).to.deep.equal({ win32: ERROR_SUCCESS, buffer: '0xb' });
  });

  it('R2: copies the table by value', () => {
    const table: { startOneX?: () => number; allocateBuffer?: () => number } = { startOneX: () => ERROR_SUCCESS };
    const sink = apiTable(table);
    table.startOneX = () => ERROR_BUSY;
    table.allocateBuffer = () => ERROR_SUCCESS;
    expect(sink(startOneX(1))).to.equal(ERROR_SUCCESS);
    expect(sink(allocate(2))).to.equal(ERROR_NOT_SUPPORTED);
    delete table.startOneX;
    expect(sink(startOneX(3))).to.equal(ERROR_SUCCESS);
  });

  it('R254: what it lacks is not supported, and survivable', () => {
    expect(apiTable({})(startOneX(1))).to.equal(ERROR_NOT_SUPPORTED);
  });

  it('lets a function answer later', () => {
    expect(apiTable({ startOneX: () => undefined })(startOneX(1))).to.equal(undefined);
  });
});

describe('driving', () => {
  it('carries out every call in order, with one reply each, by its number', () => {
    const effects = [startOneX(4), allocate(5), startOneX(6)];
    const { asked, answers } = driven(() => ERROR_SUCCESS, ...effects);
    expect(asked).to.have.ordered.members(effects);
    expect(answers).to.deep.equal([4, 5, 6].map((call) => ({ kind: 'reply', call, win32: ERROR_SUCCESS })));
  });

  it('replies with a code', () => {
    expect(driven(() => ERROR_BUSY, allocate(1)).answers).to.deep.equal([{ kind: 'reply', call: 1, win32: ERROR_BUSY }]);
  });

  it('replies with a result, and all that came back beside the code', () => {
    const secret = secretOf(1);
    const output = Uint8Array.of(1);
    const result = { win32: ERROR_SUCCESS, output, secret, buffer: '0xb' as BufferHandle, interface: 'a' as Guid };
    const { answers } = driven(() => result, allocate(1));
    expect(answers).to.deep.equal([{ kind: 'reply', call: 1, ...result }]);
    expect(answers[0]).to.have.property('secret', secret);
  });

  it('replies nothing for a sink that answers later', () => {
    const { asked, answers } = driven(() => undefined, allocate(1));
    expect(asked).to.have.length(1);
    expect(answers).to.deep.equal([]);
  });

  it('R263: a sink that throws has failed that one call, with one reply, and is asked again', () => {
    const sink: Sink = (effect) => {
      if (effect.call === 1) throw new Error('a fault of the sink');
      return ERROR_SUCCESS;
    };
    const { asked, answers } = driven(sink, allocate(1), allocate(2));
    expect(asked).to.have.length(2);
    expect(answers).to.deep.equal([
      { kind: 'reply', call: 1, win32: ERROR_GEN_FAILURE },
      { kind: 'reply', call: 2, win32: ERROR_SUCCESS },
    ]);
  });

  it('never asks a sink about a remark', () => {
    const { asked, answers } = driven(() => ERROR_SUCCESS, DIAGNOSTIC, allocate(1), DIAGNOSTIC);
    expect(asked).to.deep.equal([allocate(1)]);
    expect(answers).to.have.length(1);
  });

  it('R265: what a sink reports from inside a call comes before its reply', () => {
    const answers: HostEvent[] = [];
    const offer = (event: HostEvent) => void answers.push(event);
    const sink: Sink = () => {
      offer({ kind: 'sendPacketCompletion', packet: 9 });
      return ERROR_SUCCESS;
    };
    driving(sink, offer).next?.(startOneX(1));
    expect(answers.map(({ kind }) => kind)).to.deep.equal(['sendPacketCompletion', 'reply']);
  });
});
