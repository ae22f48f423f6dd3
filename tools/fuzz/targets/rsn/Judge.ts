import { isLeft } from 'fp-ts/lib/Either.js';
import type { KeyDownload, MethodCommand } from '../../../../operators/core/index.js';
import type { RsnState } from '../../../../operators/core/rsn/index.js';
import { parametersOf } from '../../../../operators/core/rsn/index.js';
import { toHex } from '../../../../streams/events/index.js';
import { readEapolKey } from '../../../../streams/frames/index.js';
import { observe } from '../../features.js';
import { demand } from '../../target.js';
import type { Scenario } from './scenario.js';

type Keyed = Extract<KeyDownload, { material: unknown }>;
const isKeyed = (download: KeyDownload): download is Keyed => 'material' in download;

/** Why a step was taken. */
export interface Cause {
  readonly what: string;
  /** A packet the key holder has made; nothing else proves anything. */
  readonly isProven: boolean;
  readonly isPacket: boolean;
}

/** Looks at every step of the machine, and objects to what must never be. */
export class Judge {
  readonly #scenario: Scenario;
  readonly #installed = new Set<string>();
  #counter = -1n;
  #isOver = false;

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
  }

  /** A key goes to the hardware once in a session: again would start its replay counters anew (KRACK). */
  #checkKeys(keys: ReadonlyArray<KeyDownload>): void {
    for (const key of keys.filter(isKeyed)) {
      const bytes = key.material.key.reveal();
      const place = `${key.slot} ${'link' in key ? key.link?.id : ''}`;
      const known = `${place} ${toHex(bytes)}`;
      demand(
        bytes.some((octet) => octet !== 0),
        `a ${place} key of zeros is handed over`,
      );
      demand(!this.#installed.has(known), `a ${place} key is handed over twice`);
      this.#installed.add(known);
    }
  }

  /** A changed association may have agreed on another AKM than that of the scenario, and so on another length of MIC. */
  #checkSend(state: RsnState, tag: string, payload: Uint8Array): void {
    const { akm, pmk } = this.#scenario;
    const root = 'root' in state ? state.root : undefined;
    const { mic } = root?.parameters ?? parametersOf(akm, pmk.length);
    demand(!isLeft(readEapolKey(payload, mic)), `${tag} cannot be read`);
    const counter = /^(?:message 4|group message 2) of (\d+)$/.exec(tag)?.[1];
    if (counter === undefined) return;
    demand(BigInt(counter) > this.#counter, `${tag} answers what was answered`);
    this.#counter = BigInt(counter);
  }

  #checkCommand(state: RsnState, command: MethodCommand, { what, isProven, isPacket }: Cause): void {
    const decides = command.do === 'install' || command.do === 'succeed';
    demand(!decides || isProven, `${what} leads to ${command.do}, and nothing proves it`);
    if (command.do === 'install' || command.do === 'adopt') this.#checkKeys(command.keys);
    if (command.do === 'send') this.#checkSend(state, command.tag, command.payload);
    if (command.do === 'fail') {
      demand(command.reason !== 0 && command.win32 !== 0, `${what} fails without a reason`);
      demand(isProven || !isPacket, `${what} ends the handshake, and nothing proves it`);
    }
    if (command.do === 'setTimer')
      demand(command.ms > 0 && command.ms <= 3_600_000, `${command.name} is set to ${command.ms} ms`);
    if (command.do === 'report') demand(command.message.length < 2000, `a remark of ${command.message.length} characters`);
  }

  check(before: string, state: RsnState, commands: ReadonlyArray<MethodCommand>, cause: Cause): void {
    demand(!this.#isOver || commands.length === 0, `${cause.what}: a machine that is over wants ${commands[0]?.do}`);
    for (const command of commands) this.#checkCommand(state, command, cause);
    const faults = state.evidence.faults.length;
    demand(faults <= 16, `${faults} faults are kept`);
    if (state.phase === 'proving') demand(state.attempt.heard.length <= 8, 'too many messages 1 are kept');
    if (state.phase === 'established') demand(state.installed.length <= 64, 'too many keys are kept');
    const fault = state.evidence.faults.at(-1);
    observe(`${before} ${cause.what} ${state.phase} ${commands.map((command) => command.do).join()} ${fault?.code ?? ''}`);
    this.#isOver = state.phase === 'over';
  }
}
