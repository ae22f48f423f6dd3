import type { RecordBatch } from '../../../streams/air/index.js';
import type { ByteWindow } from '../ByteWindow.js';
import type { Damages } from '../Damages.js';
import { mayHaveFcs } from '../fcs.js';
import type { PcapHeader } from '../pcap/PcapHeader.js';
import { pcapBatches } from '../pcap/pcapBatches.js';
import { OptionCode } from '../pcapng/options.js';
import type { AnnotateOptions } from './AnnotateOptions.js';
import type { BlockWriter } from './BlockWriter.js';
import type { WrittenOption } from './WrittenOption.js';
import { sectionOptions, type WrittenFrame, writeFrame, writeInterface, writeSecrets, writeSection } from './writeBlocks.js';

const NANOSECONDS = 9;
const NO_COMMENTS: ReadonlyArray<string> = [];

const interfaceOptions = ({ fractionsPerMicrosecond, fcsLength, linkType }: PcapHeader): ReadonlyArray<WrittenOption> => [
  ...(fractionsPerMicrosecond === 1 ? [] : [{ code: OptionCode.timestampResolution, value: Uint8Array.of(NANOSECONDS) }]),
  ...(fcsLength > 0 && mayHaveFcs(linkType) ? [{ code: OptionCode.fcsLength, value: Uint8Array.of(fcsLength) }] : []),
];

/** The frame as its record has it: the batch's times are rounded, and its ends leave an FCS out. */
const frameOf = ({ bytes, starts }: RecordBatch, i: number, view: DataView, header: PcapHeader): WrittenFrame => {
  const { isLittle, recordHeaderSize, fractionsPerMicrosecond } = header;
  const start = starts[i] ?? 0;
  const at = start - recordHeaderSize;
  const unit = BigInt(1e6 * fractionsPerMicrosecond);
  const ticks = BigInt(view.getUint32(at, isLittle)) * unit + BigInt(view.getUint32(at + 4, isLittle));
  return {
    interfaceId: 0,
    ticksHigh: Number(ticks >> 32n),
    ticksLow: Number(ticks & 0xffffffffn),
    length: view.getUint32(at + 12, isLittle),
    bytes: bytes.subarray(start, start + view.getUint32(at + 8, isLittle)),
  };
};

/** Writes a capture of the classic format anew, as pcapng. Answers how many frames it has. */
export const annotatePcap = (
  window: ByteWindow,
  header: PcapHeader,
  writer: BlockWriter,
  damages: Damages,
  options: AnnotateOptions,
): number => {
  writeSection(
    writer,
    sectionOptions(options, () => false),
  );
  writeSecrets(writer, options.secrets ?? []);
  writeInterface(writer, header.linkType, header.snapLength, interfaceOptions(header));
  let frames = 0;
  for (const batch of pcapBatches(window, header, damages)) {
    for (let i = 0; i < batch.count; i++) {
      frames++;
      writeFrame(writer, frameOf(batch, i, window.view, header), options.commentsOf(frames) ?? NO_COMMENTS);
    }
  }
  return frames;
};
