import type { Command } from './Command.js';
import { check } from './commands/check.js';
import { demo } from './commands/demo.js';
import { replay } from './commands/replay.js';

export const commands: ReadonlyArray<Command> = [check, replay, demo];
