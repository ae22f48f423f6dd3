import { parseArgs } from 'node:util';
import { type Arguments, type Command, ExitStatus, isUsageError, UsageError } from './Command.js';
import { type CommandEntry, commands } from './commands.js';
import { helpOf, overview } from './help.js';
import type { Io } from './Io.js';
import { versionOf } from './version.js';

/** What Node says of wrong arguments, but for its advice. */
const firstSentence = ({ message }: Error): string =>
  `${message[0]?.toLowerCase()}${message.slice(1).split('. ')[0]?.replace(/\.$/, '')}`;

const parse = ({ options }: Command, argv: ReadonlyArray<string>): Arguments => {
  try {
    const help = { type: 'boolean', short: 'h' } as const;
    return parseArgs({ args: [...argv], options: { ...options, help }, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? firstSentence(error) : 'wrong arguments', { cause: error });
  }
};

const answer = (io: Io, text: string): number => {
  io.out(text);
  return ExitStatus.good;
};

const runCommand = async (entry: CommandEntry, argv: ReadonlyArray<string>, io: Io): Promise<number> => {
  const command = await entry.load();
  const args = parse(command, argv);
  return args.values['help'] === true ? answer(io, helpOf(entry, command)) : command.run(args, io);
};

const dispatch = (argv: ReadonlyArray<string>, io: Io): number | Promise<number> => {
  const [name, ...rest] = argv;
  switch (name) {
    case undefined:
      io.err(overview(commands));
      return ExitStatus.unreadable;
    case '--help':
    case '-h':
    case 'help':
      return rest[0] === undefined ? answer(io, overview(commands)) : dispatch([rest[0], '--help'], io);
    case '--version':
      return answer(io, `${versionOf()}\n`);
  }
  const command = commands.find((one) => one.name === name);
  if (command !== undefined) return runCommand(command, rest, io);
  throw new UsageError(name.startsWith('-') ? `there is no option ${name}` : `there is no command "${name}"`);
};

const seeAlso = ([name]: ReadonlyArray<string>): string =>
  commands.some((command) => command.name === name) ? `postassoc ${name} --help` : 'postassoc --help';

/**
 * The command line, with the process around it left out: whatever goes wrong is one sentence and an exit status.
 *
 * @example
 * process.exitCode = await run(process.argv.slice(2), processIo());
 */
export const run = async (argv: ReadonlyArray<string>, io: Io): Promise<number> => {
  try {
    return await dispatch(argv, io);
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    const hint = isUsageError(error) ? `; see ${seeAlso(argv)}` : '';
    io.err(`postassoc: ${message}${hint}\n`);
    return ExitStatus.unreadable;
  }
};
