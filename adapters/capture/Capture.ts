import type { RecordBatch } from '../../streams/air/index.js';
import type { Secret } from '../../streams/events/index.js';

/** Why something cannot be read as a capture at all: what it is instead, and what to do about it. */
export interface CaptureFault {
  readonly kind: 'unreadable' | 'empty' | 'unknown' | 'unsupported';
  readonly message: string;
}

/** Octets of a capture that make no sense, or are missing. What lies before and behind them is read all the same. */
export interface Damage {
  /** Where it begins: of a compressed capture, in what it decompresses to. */
  readonly offset: number;
  readonly message: string;
}

/** What a decryption secrets block holds. */
export interface DecryptionSecrets {
  /** How the data are to be read: see `SecretsType`. */
  readonly type: number;
  readonly data: Secret;
}

export type CaptureFormat = 'pcap' | 'pcapng';

/**
 * An opened capture, to be pulled through once.
 *
 * @since 0.2.0
 */
export interface Capture {
  readonly format: CaptureFormat;
  readonly compression?: 'gzip' | 'zstd';
  /** The frames. A batch, and the bytes in it, are good until the next one is pulled. Closes the source at the end. */
  batches(): Iterable<RecordBatch>;
  /** The first hundred damages met so far. */
  readonly damages: ReadonlyArray<Damage>;
  readonly damageCount: number;
  /** What the decryption secrets blocks met so far hold. */
  readonly secrets: ReadonlyArray<DecryptionSecrets>;
  /** How many octets of the source were read: of a compressed capture, compressed ones. */
  readonly offset: number;
  close(): void;
}
