import { createRecordedEngine, type RecordingOptions } from '../../../adapters/event-log/index.js';
import { emit, type MethodCommand, type MethodInput, type SecurityMethod, stay } from '../../../operators/core/index.js';
import type { Engine } from '../../../operators/index.js';
import { type ApiCall, EtherType, Secret } from '../../../streams/events/index.js';
import { driving, LiveClock, LogicalClock, type RealTime, type SinkResult } from '../../../streams/sources/index.js';
import { ADAPTER, AP, association, portState, SERVICE, SESSION } from '../../support/fixtures.js';
import { eapol, symbolic } from '../../support/symbolicMethod.js';

/** A method that asks for randomness, sends several packets at once, and retransmits by a timer. */
export const curious: SecurityMethod<number> = {
  name: 'curious',
  etherTypes: [EtherType.codes.EAPOL],
  usesOneX: false,
  serves: () => true,
  installsNoKeys: true,
  begin: () => stay(0),
  step: (sent: number, input: MethodInput) => {
    const send = (tag: string, payload: Uint8Array): MethodCommand => ({
      do: 'send',
      tag,
      etherType: EtherType.codes.EAPOL,
      payload,
    });
    switch (input.kind) {
      case 'packet':
        return emit<number, MethodCommand>(sent, { do: 'ask', tag: 'nonce', request: { want: 'entropy', length: 4 } });
      case 'supplied':
        return emit<number, MethodCommand>(
          sent + 1,
          send('first', input.secret?.reveal().slice() ?? eapol('-')),
          { do: 'setTimer', name: 'again', ms: 30 },
          send('second', eapol('s')),
          { do: 'succeed' },
        );
      case 'timer':
        return emit<number, MethodCommand>(sent, send('again', eapol('a')), send('and again', eapol('b')));
      default:
        return stay(sent);
    }
  },
};

/** Real time that passes when it is told to: also inside a call, where no host timer can fire. */
class TestTime implements RealTime {
  #microseconds = 1_000_250;
  #wake: (() => void) | undefined;
  #at = 0;

  now(): number {
    return this.#microseconds / 1000;
  }

  setTimeout(run: () => void, ms: number): unknown {
    this.#wake = run;
    this.#at = this.now() + ms;
    return run;
  }

  clearTimeout(): void {
    this.#wake = undefined;
  }

  /** A call blocks meanwhile. */
  block(ms: number): void {
    this.#microseconds += Math.round(ms * 1000);
  }

  pass(ms: number): void {
    this.block(ms);
    for (let wake = this.#wake; wake !== undefined && this.#at <= this.now(); wake = this.#wake) {
      this.#wake = undefined;
      wake();
    }
  }
}

/** The outside of a recorded run: what to do, and the sink's answers. */
export interface Stage {
  readonly engine: Engine;
  /** Lets everything that waits for a later turn happen. */
  readonly turn: () => void;
  readonly init: () => void;
  readonly perform: () => void;
  readonly packet: (symbol: string) => void;
  readonly stop: () => void;
  readonly reset: () => void;
  readonly pass: (ms: number) => void;
  /** Time goes by inside a call. */
  readonly block: (ms: number) => void;
}

export type TestSink = (call: ApiCall, stage: Stage) => SinkResult | number | undefined;

/** Accepts everything; a packet's buffer is released on a later turn. */
export const willing: TestSink = (call, { engine }) => {
  if (call.kind === 'sendPacket') engine.handlers.sendPacketCompletion({ packet: call.packet });
  return 0;
};

export interface RunOptions {
  readonly methods?: ReadonlyArray<SecurityMethod>;
  readonly sink?: TestSink;
  readonly secrets?: RecordingOptions['secrets'];
}

/** Runs a script against a recorded engine and hands back the lines of its log. */
export const recordedRun = (
  script: (stage: Stage) => void,
  { methods = [symbolic()], sink = willing, secrets = 'reveal' }: RunOptions = {},
): ReadonlyArray<string> => {
  const lines: string[] = [];
  const time = new TestTime();
  const turns = new LogicalClock();
  let drawn = 0;
  const engine = createRecordedEngine({
    methods,
    scheduler: new LiveClock(time),
    turns,
    secrets: (request) =>
      request.want === 'entropy' ? Secret.of(new Uint8Array(request.length).fill(0xe0 + drawn++)) : undefined,
    record: { write: (line) => lines.push(line), secrets },
  });
  const { handlers } = engine;
  const turn = () => turns.advanceTo(turns.now());
  const stage: Stage = {
    engine,
    turn,
    init: () => handlers.initAdapter({ adapter: ADAPTER, service: SERVICE }),
    perform: () =>
      handlers.performPostAssociate({ adapter: ADAPTER, session: SESSION, portState: portState(), association: association() }),
    packet: (symbol) => {
      handlers.receivePacket({ adapter: ADAPTER, peer: AP, etherType: EtherType.codes.EAPOL, payload: eapol(symbol) });
      turn();
    },
    stop: () => handlers.stopPostAssociate({ adapter: ADAPTER, peer: AP, status: 0x00010003 }),
    reset: () => handlers.adapterReset({ adapter: ADAPTER }),
    pass: (ms) => {
      time.pass(ms);
      turn();
    },
    block: (ms) => time.block(ms),
  };
  const drive = driving((call) => sink(call, stage), engine.offer);
  engine.effects$.subscribe(drive);
  handlers.initService({ version: 0 });
  turn();
  script(stage);
  turn();
  return lines;
};

/** S1: the whole way to the keys and the completion. */
export const handshake = ({ init, perform, packet, pass }: Stage): void => {
  init();
  perform();
  pass(2);
  packet('1');
  pass(5);
  packet('3');
  pass(5);
};
