/** One deliberate fault, and the specs that must notice it. */
export interface Mutant {
  /** What the fault does, in a few words. */
  readonly name: string;
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** Spec files or globs, at least one of which fails under the fault. */
  readonly specs: ReadonlyArray<string>;
}

const secretSpec = ['spec/streams/events/Secret.spec.ts'];
const sequences = ['spec/contract/sequences/*.spec.ts'];
const rules = ['spec/contract/rules/*.spec.ts'];
const handshake = ['spec/operators/core/rsn/machine/*.spec.ts'];
const refusals = ['spec/operators/core/rsn/negative/*.spec.ts'];
const acknowledgements = ['spec/streams/air/acknowledgements.spec.ts', 'spec/operators/core/verdict/reception.spec.ts'];
const recordings = ['spec/real/fixtures.spec.ts'];

export const mutants: ReadonlyArray<Mutant> = [
  {
    name: 'a secret prints its bytes',
    file: 'streams/events/Secret.ts',
    find: 'return `[redacted ${this.length} B]`;',
    replace: 'return String(this.#bytes);',
    specs: secretSpec,
  },
  {
    name: 'zeroising a secret leaves its bytes',
    file: 'streams/events/Secret.ts',
    find: 'wipeBytes(this.#bytes);',
    replace: 'wipeBytes(this.#bytes.slice());',
    specs: secretSpec,
  },
  {
    name: 'a redacted log shows secrets',
    file: 'streams/events/LogEntry.ts',
    find: 'return original instanceof Secret ? policy(original) : value;',
    replace: 'return original instanceof Secret ? revealSecrets(original) : value;',
    specs: ['spec/streams/events/LogEntry.spec.ts'],
  },
  {
    name: 'the completion latch is gone',
    file: 'operators/core/port/latch.ts',
    find: 'told === after(verdict)',
    replace: 'false',
    specs: rules,
  },
  {
    name: 'the completion goes out inside Perform',
    file: 'operators/core/port/completion.ts',
    find: "if (port.completion.inPerform) return emit(wishing(port, verdict), { do: 'awaitLaterTurn' });",
    replace: '',
    specs: sequences,
  },
  {
    name: 'success does not wait for the keys',
    file: 'operators/core/port/completion.ts',
    find: 'if (isBusy(port.downloads)) return stay(wishing(port, verdict));',
    replace: '',
    specs: sequences,
  },
  {
    name: 'success needs no pairwise key',
    file: 'operators/core/port/completion.ts',
    find: '!port.facts.needsPairwiseKey || port.downloads.pairwiseAccepted',
    replace: 'true || !port.facts.needsPairwiseKey',
    specs: rules,
  },
  {
    name: 'the guard lets stale effects through',
    file: 'operators/guardGeneration.ts',
    find: '!ledger.live.has(effect.generation)',
    replace: 'false',
    specs: ['spec/operators/guardGeneration.spec.ts'],
  },
  {
    name: 'what comes back is not told apart by generation',
    file: 'operators/core/port/addressed.ts',
    find: 'return ownerOf(event, ledger)?.generation === generation;',
    replace: 'return ownerOf(event, ledger) !== undefined;',
    specs: sequences,
  },
  {
    name: 'keys do not wait for the send completion of message 4',
    file: 'operators/core/port/stepPort.ts',
    find: 'install(port.downloads, command.keys, command.after, peer)',
    replace: 'install(port.downloads, command.keys, undefined, peer)',
    specs: sequences,
  },
  {
    name: 'a reset completes nothing',
    file: 'operators/core/port/endPort.ts',
    find: 'return isPending(port) ? [...partingCalls(port), cancelled] : partingCalls(port);',
    replace: 'return partingCalls(port);',
    specs: sequences,
  },
  {
    name: 'a reset completes what was completed',
    file: 'operators/core/port/endPort.ts',
    find: 'return isPending(port) ? [...partingCalls(port), cancelled] : partingCalls(port);',
    replace: 'return [...partingCalls(port), cancelled];',
    specs: sequences,
  },
  {
    name: 'a stop completes like a reset',
    file: 'operators/runPort.ts',
    find: 'partingCalls(this.#port).map((call) => this.#stamp(call',
    replace: 'resetCalls(this.#port).map((call) => this.#stamp(call',
    specs: sequences,
  },
  {
    name: 'EAPOL-Key packets are forwarded to the 802.1X module',
    file: 'operators/core/port/oneX.ts',
    find: 'return isKey ? stay({ ...oneX, parked: keep(oneX.parked, packet) }) : emit(oneX, forward(packet));',
    replace: 'return emit(oneX, forward(packet));',
    specs: sequences,
  },
  {
    name: 'a key is installed again',
    file: 'operators/core/port/downloads.ts',
    find: 'if (isInHardware(downloads.history, next)) return passOver(downloads, next, queue, peer);',
    replace: '',
    specs: sequences,
  },
  {
    name: 'keys of a port are not zeroised',
    file: 'operators/core/port/endPort.ts',
    find: '  releaseKeys(port.downloads);',
    replace: '',
    specs: [...rules, ...sequences],
  },
  {
    name: 'a method is not released',
    file: 'operators/core/port/endPort.ts',
    find: 'tryCatch(() => port.facts.method.release?.(port.method));',
    replace: '',
    specs: [...rules, ...sequences],
  },
  {
    name: 'timers outlive their port',
    file: 'operators/runPort.ts',
    find: 'for (const name of [...(this.#timers?.keys() ?? [])]) this.#clearTimer(name);',
    replace: '',
    specs: [...rules, ...sequences],
  },
  {
    name: 'a stop does not end the work',
    file: 'operators/cancelOn.ts',
    find: 'else this.until.next(terminator);',
    replace: '',
    specs: sequences,
  },
  {
    name: 'what re-enters is not taken in turn',
    file: 'operators/inTurn.ts',
    find: 'else waiting.push(event);',
    replace: 'else subscriber.next(event);',
    specs: ['spec/operators/inTurn.spec.ts'],
  },
  {
    name: 'a stop leaves what waits for its port',
    file: 'streams/sources/WaitingEvents.ts',
    find: '!this.#isSuperseded(event, waiting)',
    replace: 'true',
    specs: ['spec/streams/sources/intake.spec.ts', 'spec/operators/inTurn.spec.ts'],
  },
  {
    name: 'packets of another access point reach the port',
    file: 'operators/core/port/addressed.ts',
    find: "    case 'cipherKeyUpdated':\n      return event.peer === peer;",
    replace: "    case 'cipherKeyUpdated':\n      return true;",
    specs: [...rules, ...sequences],
  },
  {
    name: 'any MIC will do',
    file: 'operators/core/rsn/keyFrame.ts',
    find: 'crypto.equal(expected, frame.key.mic)',
    replace: 'expected.length > 0',
    specs: refusals,
  },
  {
    name: 'a replayed message is taken',
    file: 'operators/core/rsn/proveMessage3.ts',
    find: 'seen === undefined || counter > seen',
    replace: 'seen === undefined || counter >= 0n',
    specs: handshake,
  },
  {
    name: 'a key that is in goes in again',
    file: 'operators/core/rsn/installed.ts',
    find: 'isIn(installed, download) || isIn(added, download)',
    replace: 'isIn(added, download)',
    specs: handshake,
  },
  {
    name: 'the keys do not wait for message 4',
    file: 'operators/core/rsn/conclude.ts',
    find: "return [send, { do: 'install', keys: [...pairwise, ...others], after: tag }];",
    replace: "return [send, { do: 'install', keys: [...pairwise, ...others] }];",
    specs: handshake,
  },
  {
    name: 'message 3 may announce another RSNE',
    file: 'operators/core/rsn/fourWay/announcement.ts',
    find: "return same ? undefined : differs('RSNE', 'RSNE', announced.rsne, first);",
    replace: 'return undefined;',
    specs: refusals,
  },
  {
    name: 'a forged message 1 outdates the genuine one',
    file: 'operators/core/rsn/proveMessage3.ts',
    find: 'attempt.isOverrun || hasHeard(attempt, frame.key.nonce)',
    replace: 'attempt.isOverrun',
    specs: recordings,
  },
  {
    name: 'a failed handshake keeps its secrets',
    file: 'operators/core/rsn/state.ts',
    find: '  zeroiseState(state);\n',
    replace: '',
    specs: refusals,
  },
  {
    name: 'a storm of deauthentications meets no growing delay',
    file: 'adapters/linux/wifi/Course.ts',
    find: 'hasLasted(lastedMs) ? before : after',
    replace: 'lastedMs >= 0 ? before : after',
    specs: ['spec/adapters/linux/wifi/course.spec.ts', 'spec/adapters/linux/wifi/returning.spec.ts'],
  },
  {
    name: 'KCK and KEK leave the engine unasked',
    file: 'operators/core/rsn/offloadRekeys.ts',
    find: '!policy.offloadsRekeys || ',
    replace: '',
    specs: ['spec/operators/core/rsn/machine/offloadRekeys.spec.ts'],
  },
  {
    name: 'an acknowledgement is of whatever frame its receiver sent before',
    file: 'streams/air/acknowledgements.ts',
    find: 'const isNext = one?.frame === hearing.frame - 1;',
    replace: 'const isNext = one !== undefined;',
    specs: acknowledgements,
  },
  {
    name: 'who hears no acknowledgements proves by their absence',
    file: 'operators/core/verdict/judge/reception.ts',
    find: 'return frames.every(({ frame }) => expected.includes(frame)) ? ',
    replace: 'return frames.every(({ frame }) => frame + expected.length > 0) ? ',
    specs: acknowledgements,
  },
  {
    name: 'who hears slow acknowledgements proves by the absence of fast ones',
    file: 'streams/air/audible.ts',
    find: 'pace <= (paces[place] ?? 0) && ',
    replace: '',
    specs: acknowledgements,
  },
  {
    name: 'a single acknowledgement that is absent proves something',
    file: 'operators/core/verdict/judge/reception.ts',
    find: 'const ENOUGH = 3;',
    replace: 'const ENOUGH = 1;',
    specs: acknowledgements,
  },
  {
    name: 'a capture that lost frames proves by what is absent',
    file: 'operators/core/verdict/judge/reception.ts',
    find: '  lostFrames === 0 &&\n',
    replace: '',
    specs: acknowledgements,
  },
  {
    name: 'who asks for the identity anew has acknowledged the response before',
    file: 'operators/core/verdict/judge/eapSayings.ts',
    find: 'next.code === REQUEST && next.type !== EapMethod.codes.IDENTITY',
    replace: 'next.code === REQUEST',
    specs: acknowledgements,
  },
  {
    name: 'what was not captured of EAP acknowledges nothing',
    file: 'operators/core/verdict/judge/eapSayings.ts',
    find: 'eap === undefined || hasHole(eap)',
    replace: 'eap === undefined',
    specs: acknowledgements,
  },
  {
    name: 'who was not heard was refused',
    file: 'operators/core/verdict/judge/acceptance.ts',
    find: '!isUnheard(connection, handshake, 2)',
    replace: 'handshake.messages.length > 0',
    specs: acknowledgements,
  },
];
