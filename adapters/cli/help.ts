import type { Command } from './Command.js';
import type { CommandEntry } from './commands.js';

export const helpOf = ({ name, summary }: CommandEntry, { usage, details }: Command): string =>
  `Usage: postassoc ${name} ${usage}\n\n${summary[0]?.toUpperCase()}${summary.slice(1)}.\n\n${details}\n`;

export const overview = (commands: ReadonlyArray<CommandEntry>): string => {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return `Usage: postassoc COMMAND [ARGUMENT]...

The Wi-Fi post-association operation as a reactive pipeline: driven live, recorded, replayed,
explained, and checked against its contract.

Commands:
${commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`).join('\n')}

postassoc COMMAND --help tells more about a command; postassoc --version tells which this is.

Examples:
  postassoc explain air.pcapng
  postassoc demo
  postassoc check run.ndjson
  postassoc replay run.ndjson
`;
};
