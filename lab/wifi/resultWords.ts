import type { Result } from './playAll.js';

const indented = (text: string): string =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => `     ${line}`)
    .join('\n');

const spanOf = (seconds: number): string => (seconds < 60 ? `${Math.round(seconds)}s` : `${Math.round(seconds / 60)}m`);

export const resultLine = ({ name, seconds, said, isGood }: Result): string =>
  `    ${isGood ? '✔' : '✗'} ${name} (${seconds.toFixed(1)}s)${isGood && said !== '' ? `: ${said}` : ''}\n`;

/** What it all came to, as mocha would say it: `.ci/run` counts by these lines. */
export const summary = (results: ReadonlyArray<Result>, seconds: number): string => {
  const failed = results.filter(({ isGood }) => !isGood);
  const again = results.filter(({ isGood, atFirst }) => isGood && atFirst !== undefined);
  return [
    '',
    `  ${results.length - failed.length} passing (${spanOf(seconds)})`,
    ...again.map(({ name, atFirst = '' }) => `  ran twice: ${name}; at first:\n${indented(atFirst)}`),
    ...(failed.length === 0 ? [] : [`  ${failed.length} failing`, '']),
    ...failed.map(({ name, said, folder }, i) => `  ${i + 1}) ${name} (${folder}):\n${indented(said)}\n`),
    '',
  ].join('\n');
};
