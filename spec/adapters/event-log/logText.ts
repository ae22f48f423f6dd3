import { bytesOf, type Log, readLog } from '../../../adapters/event-log/index.js';

export const bytesOfText = (text: string): Uint8Array => new TextEncoder().encode(text);

export const logOfText = (text: string): Log => readLog(bytesOf(bytesOfText(text)));

export const logOfLines = (lines: ReadonlyArray<string>): Log => logOfText(lines.map((line) => `${line}\n`).join(''));
