import { openCapture, readSecretsBlock, writeAnnotated } from '../../adapters/capture/index.js';
import { remarks } from '../../adapters/cli/explain/remarks.js';
import { bulkCrypto } from '../../adapters/crypto/bulkCrypto.js';
import { rememberingPassphrases } from '../../adapters/crypto/portable/rememberingPassphrases.js';
import { bytesOf } from '../../adapters/event-log/index.js';
import {
  type Credential,
  type Explanation,
  ExplanationCodec,
  explainConnection,
  keyFingerprints,
  readConnections,
} from '../../operators/core/index.js';

/** What came of a capture. */
export interface Trial {
  readonly isReadable: boolean;
  readonly frames: number;
  readonly connections: number;
  readonly damages: number;
  /** What must never be. */
  readonly faults: ReadonlyArray<string>;
}

const crypto = rememberingPassphrases(bulkCrypto);
const fingerprint = keyFingerprints(crypto);

interface Options {
  readonly credentials: ReadonlyArray<Credential>;
  /** How much is read at once: what lies across two chunks is read like anything else. */
  readonly chunkSize: number;
}

interface Heard {
  readonly frames: number;
  /** The number of the last one: those that are damaged are counted, too. */
  readonly last: number;
  readonly isWhole: boolean;
  readonly isCompressed: boolean;
}

const PER_FRAME = 4096;

/** What is written beside the frames, read once more. */
const annotatedFaults = (
  capture: Uint8Array,
  explanations: ReadonlyArray<Explanation>,
  { frames, last, isWhole, isCompressed }: Heard,
): ReadonlyArray<string> => {
  const noted = remarks();
  for (const explanation of explanations) noted.add(explanation);
  const pieces: Uint8Array[] = [];
  const keep = (bytes: Uint8Array): void => void pieces.push(bytes.slice());
  const written = writeAnnotated(bytesOf(capture), keep, { application: 'postassoc', commentsOf: noted.of });
  // How much of a damaged compression can be used depends on how it is cut into pieces.
  if (written._tag === 'Left') return isCompressed ? [] : [`it could be read, and not annotated: ${written.left.message}`];
  const size = pieces.reduce((sum, { length }) => sum + length, 0);
  const again = openCapture(bytesOf(Buffer.concat(pieces)));
  if (again._tag === 'Left') return [`the annotated capture cannot be read: ${again.left.message}`];
  let count = 0;
  for (const batch of again.right.batches()) count += batch.count;
  return [
    ...(isCompressed || (count === frames && written.right.frames >= last)
      ? []
      : [`${frames} frames, annotated ${written.right.frames}, read ${count}`]),
    // Blocks of pcapng are copied as they are, whatever they hold.
    ...(isWhole && again.right.damageCount > 0 ? [`annotated, it is damaged: ${again.right.damages[0]?.message}`] : []),
    ...(size > (capture.length + frames * PER_FRAME) * 16 + 1e6 ? [`${capture.length} octets became ${size}`] : []),
  ];
};

const explanationFaults = (explanation: Explanation, last: number): ReadonlyArray<string> => {
  const { began, ended, findings } = explanation;
  const cited = [began.frame, ended.frame, ...findings.flatMap((finding) => finding.frames)];
  const isDecoded = ExplanationCodec.decode(JSON.parse(JSON.stringify(explanation)))._tag === 'Right';
  return [
    ...(isDecoded ? [] : ['an explanation is not of its own schema']),
    ...(cited.every((frame) => frame >= 1 && frame <= last) ? [] : [`of ${last} frames, ${Math.max(...cited)} is cited`]),
  ];
};

/** Drives everything there is over a capture that anybody may have written: reader, ear, observer, verdict, writer. */
export const tryCapture = (bytes: Uint8Array, { credentials, chunkSize }: Options): Trial => {
  const opened = openCapture(bytesOf(bytes), { chunkSize });
  if (opened._tag === 'Left') {
    const faults = opened.left.message === '' ? ['refused without a word'] : [];
    return { isReadable: false, frames: 0, connections: 0, damages: 0, faults };
  }
  const capture = opened.right;
  const known = [...credentials];
  const explanations: Explanation[] = [];
  const explain = readConnections({ crypto, credentials: known }, (connection) => {
    explanations.push(explainConnection(connection, { fingerprint }));
  });
  let [frames, last] = [0, 0];
  for (const batch of capture.batches()) {
    frames += batch.count;
    last = batch.count > 0 ? batch.first + batch.count - 1 : last;
    explain.take(batch);
  }
  explain.finish();
  const { damages, damageCount, secrets, compression } = capture;
  for (const each of secrets) readSecretsBlock(each, 'the capture');
  const isWithin = (offset: number): boolean =>
    Number.isInteger(offset) && offset >= 0 && (compression !== undefined || offset <= bytes.length);
  const heard = { frames, last, isWhole: damageCount === 0, isCompressed: compression !== undefined };
  const faults = [
    ...damages.filter(({ offset, message }) => !isWithin(offset) || message === '').map(({ offset }) => `a damage at ${offset}`),
    ...explanations.flatMap((explanation) => explanationFaults(explanation, last)),
    ...annotatedFaults(bytes, explanations, heard),
  ];
  return { isReadable: true, frames, connections: explanations.length, damages: damageCount, faults };
};
