import type { Command } from './Command.js';

/** A command by its name. It is loaded when it is called: what the others need is none of its business, nor of its time. */
export interface CommandEntry {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

export const commands: ReadonlyArray<CommandEntry> = [
  {
    name: 'explain',
    summary: 'say what happened in a capture or a log, and why',
    load: async () => (await import('./commands/explain.js')).explain,
  },
  {
    name: 'check',
    summary: 'check a log against the contract of the interface, whoever wrote it',
    load: async () => (await import('./commands/check.js')).check,
  },
  {
    name: 'replay',
    summary: 'run the engine over the inputs of a log and compare its effects with the recorded ones',
    load: async () => (await import('./commands/replay.js')).replay,
  },
  {
    name: 'radius',
    summary: 'authenticate to a RADIUS server as a station would, and say what came of it',
    load: async () => (await import('./commands/radius.js')).radius,
  },
  {
    name: 'live',
    summary: 'authenticate this machine at the port of a switch, or connect it to a Wi-Fi network',
    load: async () => (await import('./commands/live.js')).live,
  },
  {
    name: 'demo',
    summary: 'play a station with a vendor method in memory: association, rekey, roam, stop, reset, removal',
    load: async () => (await import('./commands/demo.js')).demo,
  },
];
