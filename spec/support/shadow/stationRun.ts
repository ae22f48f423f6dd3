import type { KeyDownload, MethodCommand } from '../../../operators/core/method/commands.js';
import type { MethodInput } from '../../../operators/core/method/inputs.js';
import type { MethodContext, SecurityMethod } from '../../../operators/core/method/SecurityMethod.js';
import { type KeyMaterial, type PmkEntry, Secret, type SecretRequest } from '../../../streams/events/index.js';

/** What a method has around it. */
export interface Surroundings<S> {
  /** When the association was made, in seconds. */
  readonly since: number;
  answer(request: SecretRequest, installed: ReadonlyArray<KeyDownload>): Secret | undefined;
  /** A packet leaves; the method is in that state right afterwards. */
  sends(packet: Uint8Array, state: S): void;
}

/** What the method told the host. */
export type Outcome = Extract<MethodCommand, { do: 'succeed' | 'fail' }> & { readonly time: number };

/** A method at work, and what it has done so far. */
export interface StationRun<S> {
  /** In the order of their download, with copies of their keys. */
  readonly installed: ReadonlyArray<KeyDownload>;
  readonly outcomes: ReadonlyArray<Outcome>;
  readonly remarks: ReadonlyArray<string>;
  readonly remembered: ReadonlyArray<PmkEntry>;
  state(): S;
  /** Whether 802.1X was started and has not come to an end: then EAP is no concern of the method. */
  oneXRuns(): boolean;
  /** Lets the timers run out that are due, and takes an input at that time. */
  at(time: number, input?: MethodInput): void;
  /** Ends the port; answers whether every secret the method held reads as zero. */
  release(): boolean;
}

const copyOf = (material: KeyMaterial): KeyMaterial =>
  material.form === 'tkip'
    ? { ...material, key: material.key.copy(), mic: material.mic.copy() }
    : { ...material, key: material.key.copy() };

/** The hardware has its own copy: a method that goes on using a key it handed over is found out. */
const takenOver = (download: KeyDownload): KeyDownload => {
  if (!('material' in download)) return download;
  const { material } = download;
  const taken = { ...download, material: copyOf(material) };
  material.key.zeroise();
  if (material.form === 'tkip') material.mic.zeroise();
  return taken;
};

const secretsIn = (value: unknown): ReadonlyArray<Secret> => {
  if (value instanceof Secret) return [value];
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
  return Object.values(value).flatMap(secretsIn);
};

/** Runs a method as the engine would: what it asks is answered at once, what it sends has left, and its keys are in. */
export const runStation = <S>(
  method: SecurityMethod<S>,
  context: MethodContext,
  { since, answer, sends }: Surroundings<S>,
): StationRun<S> => {
  const installed: KeyDownload[] = [];
  const outcomes: Outcome[] = [];
  const remarks: string[] = [];
  const remembered: PmkEntry[] = [];
  const timers = new Map<string, number>();
  const inputs: MethodInput[] = [];
  let now = since;
  let oneXRuns = false;

  const carryOut = (command: MethodCommand, state: S): void => {
    switch (command.do) {
      case 'send':
        sends(command.payload.slice(), state);
        inputs.push({ kind: 'sent', tag: command.tag });
        return;
      case 'install':
        installed.push(...command.keys.map(takenOver));
        inputs.push({ kind: 'installed' });
        return;
      case 'succeed':
      case 'fail':
        outcomes.push({ ...command, time: now });
        return;
      case 'setTimer':
        timers.set(command.name, now + command.ms / 1000);
        return;
      case 'clearTimer':
        timers.delete(command.name);
        return;
      case 'ask': {
        const secret = answer(command.request, installed);
        inputs.push({ kind: 'supplied', tag: command.tag, ...(secret && { secret }) });
        return;
      }
      case 'startOneX':
        oneXRuns = true;
        return;
      case 'rememberPmk':
        remembered.push({ ...command.entry, pmk: command.entry.pmk.copy() });
        command.entry.pmk.zeroise();
        return;
      case 'report':
        remarks.push(command.message);
        return;
      default:
        return;
    }
  };

  const first = method.begin(context);
  let state = first.state;
  const settle = (effects: ReadonlyArray<MethodCommand>): void => {
    for (const command of effects) carryOut(command, state);
    for (let input = inputs.shift(); input !== undefined; input = inputs.shift()) take(input);
  };
  const take = (input: MethodInput): void => {
    const step = method.step(state, input);
    state = step.state;
    settle(step.effects);
  };
  const fire = (until: number): void => {
    for (;;) {
      const [due] = [...timers].filter(([, time]) => time <= until).sort(([, a], [, b]) => a - b);
      if (due === undefined) return;
      timers.delete(due[0]);
      now = due[1];
      take({ kind: 'timer', name: due[0] });
    }
  };

  const run: StationRun<S> = {
    ...{ installed, outcomes, remarks, remembered },
    state: () => state,
    oneXRuns: () => oneXRuns,
    at: (time, input) => {
      fire(time);
      now = time;
      if (input?.kind === 'oneXSucceeded' || input?.kind === 'oneXFailed') oneXRuns = false;
      if (input !== undefined) take(input);
    },
    release: () => {
      const held = secretsIn(state);
      method.release?.(state);
      return held.every((secret) => secret.reveal().every((octet) => octet === 0));
    },
  };
  settle(first.effects);
  return run;
};
