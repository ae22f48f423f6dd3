import type { DecryptionSecrets } from '../Capture.js';
import { BlockType, padded } from '../pcapng/blockTypes.js';
import { OptionCode } from '../pcapng/options.js';
import type { AnnotateOptions } from './AnnotateOptions.js';
import type { BlockWriter } from './BlockWriter.js';
import { sizeWith, textOption, type WrittenOption, writeOptions } from './WrittenOption.js';

const NONE: Uint8Array = new Uint8Array(0);

/** A frame with what is needed to write it down. */
export interface WrittenFrame {
  readonly interfaceId: number;
  readonly ticksHigh: number;
  readonly ticksLow: number;
  readonly length: number;
  readonly bytes: Uint8Array;
}

export const commentOptions = (comments: ReadonlyArray<string>): ReadonlyArray<WrittenOption> =>
  comments.map((comment) => textOption(OptionCode.comment, comment));

/** What a section header says of its making; codes that are there already are left alone. */
export const sectionOptions = (options: AnnotateOptions, isThere: (code: number) => boolean): ReadonlyArray<WrittenOption> => {
  const described: ReadonlyArray<readonly [code: number, text: string | undefined]> = [
    [OptionCode.hardware, options.hardware],
    [OptionCode.operatingSystem, options.operatingSystem],
    [OptionCode.application, options.application],
  ];
  return [
    ...commentOptions(options.comment === undefined ? [] : [options.comment]),
    ...described.flatMap(([code, text]) => (text === undefined || isThere(code) ? [] : [textOption(code, text)])),
  ];
};

/** A section of a length nobody knows yet, of version 1.0. */
export const writeSection = (writer: BlockWriter, options: ReadonlyArray<WrittenOption>, others = NONE, minor = 0): void => {
  const size = 28 + sizeWith(options, others);
  for (const value of [BlockType.sectionHeader, size, 0x1a2b3c4d]) writer.u32(value);
  writer.u16(1);
  writer.u16(minor);
  writer.u32(0xffffffff);
  writer.u32(0xffffffff);
  writeOptions(writer, options, others);
  writer.u32(size);
};

export const writeSecrets = (writer: BlockWriter, secrets: ReadonlyArray<DecryptionSecrets>): void => {
  for (const { type, data } of secrets) {
    const size = 20 + padded(data.length);
    for (const value of [BlockType.decryptionSecrets, size, type, data.length]) writer.u32(value);
    writer.padded(data.reveal());
    writer.u32(size);
  }
};

export const writeInterface = (
  writer: BlockWriter,
  linkType: number,
  snapLength: number,
  options: ReadonlyArray<WrittenOption>,
): void => {
  const size = 20 + sizeWith(options, NONE);
  writer.u32(BlockType.interfaceDescription);
  writer.u32(size);
  writer.u16(linkType);
  writer.u16(0);
  writer.u32(snapLength);
  writeOptions(writer, options, NONE);
  writer.u32(size);
};

/** An enhanced packet block. */
export const writeFrame = (writer: BlockWriter, frame: WrittenFrame, comments: ReadonlyArray<string>): void => {
  const options = commentOptions(comments);
  const size = 32 + padded(frame.bytes.length) + (options.length === 0 ? 0 : sizeWith(options, NONE));
  writer.u32(BlockType.enhancedPacket);
  writer.u32(size);
  writer.u32(frame.interfaceId);
  writer.u32(frame.ticksHigh);
  writer.u32(frame.ticksLow);
  writer.u32(frame.bytes.length);
  writer.u32(frame.length);
  writer.padded(frame.bytes);
  if (options.length > 0) writeOptions(writer, options, NONE);
  writer.u32(size);
};
