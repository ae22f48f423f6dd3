import { padded } from '../pcapng/blockTypes.js';
import { OptionCode } from '../pcapng/options.js';
import type { BlockWriter } from './BlockWriter.js';

/** An option to be written. */
export interface WrittenOption {
  readonly code: number;
  readonly value: Uint8Array;
}

const LONGEST = 0xffff;

/** Text as an option has it: UTF-8, cut between two characters where it is longer than an option may be. */
export const textOption = (code: number, text: string): WrittenOption => {
  const value = new TextEncoder().encode(text);
  if (value.length <= LONGEST) return { code, value };
  let end = LONGEST;
  while (((value[end] ?? 0) & 0xc0) === 0x80) end--;
  return { code, value: value.subarray(0, end) };
};

/** How many octets the options take, without what ends them. */
export const sizeOf = (options: ReadonlyArray<WrittenOption>): number =>
  options.reduce((size, { value }) => size + 4 + padded(value.length), 0);

/** Writes options before those that are there already, which end themselves; if there are none, these are ended. */
export const writeOptions = (writer: BlockWriter, options: ReadonlyArray<WrittenOption>, others: Uint8Array): void => {
  for (const { code, value } of options) {
    writer.u16(code);
    writer.u16(value.length);
    writer.padded(value);
  }
  if (others.length > 0) writer.bytes(others);
  else writer.u32(OptionCode.endOfOptions);
};

/** How many octets these options and the others take, with what ends them. */
export const sizeWith = (options: ReadonlyArray<WrittenOption>, others: Uint8Array): number =>
  sizeOf(options) + (others.length > 0 ? others.length : 4);
