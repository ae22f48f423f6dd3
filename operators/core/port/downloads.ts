import type { MacAddress, Secret } from '../../../streams/events/index.js';
import { L2Reason, Win32 } from '../../../streams/events/index.js';
import type { KeyDownload } from '../method/commands.js';
import { emit, type Step, stay } from '../Step.js';
import { type History, inDownloadOrder, isInHardware, isKeyed, keyCall, objection, remember, secretsOf } from './keyRules.js';
import { call, type PortOutput, report } from './Port.js';

/** Downloads that wait for the send completion of a packet (R134). */
interface Gated {
  readonly after: string;
  /** Its packet was sent, but what was handed over before it still waits: the order is kept (R133). */
  readonly isOpen: boolean;
  readonly keys: ReadonlyArray<KeyDownload>;
}

/**
 * The downloads of a port: one call at a time, in order, each only after the one before was accepted.
 */
export interface Downloads {
  readonly gated: ReadonlyArray<Gated>;
  readonly queue: ReadonlyArray<KeyDownload>;
  readonly inFlight?: KeyDownload;
  readonly history: History;
  /** What was handed over and did not go in, remembered PMKs too: kept for nothing but to be destroyed with the port (R11). */
  readonly spent: ReadonlyArray<Secret>;
  readonly pairwiseAccepted: boolean;
  /** The last round failed: no success can stand on it (R136). */
  readonly refused: boolean;
}

export const noDownloads: Downloads = { gated: [], queue: [], history: [], spent: [], pairwiseAccepted: false, refused: false };

/** How a round of downloads stands after an input. */
export type Progress = 'underway' | 'settled' | 'unchanged' | { readonly refused: number; readonly reason: number };

export interface DownloadStep extends Step<Downloads, PortOutput> {
  readonly progress: Progress;
}

export const isBusy = ({ inFlight, queue, gated }: Downloads): boolean =>
  inFlight !== undefined || queue.length > 0 || gated.length > 0;

const { MSMSEC_KEY_FORMAT, MSMSEC_NIC_FAILURE } = L2Reason.codes;

const progressing = ({ state, effects }: Step<Downloads, PortOutput>, progress: Progress): DownloadStep => ({
  state,
  effects,
  progress,
});

/** Everything that is handed over and not in the hardware yet. */
const waiting = ({ queue, gated, inFlight }: Downloads): ReadonlyArray<KeyDownload> => [
  ...queue,
  ...gated.flatMap(({ keys }) => keys),
  ...(inFlight === undefined ? [] : [inFlight]),
];

const abandoned = (downloads: Downloads): Downloads => {
  const { history, pairwiseAccepted, spent } = downloads;
  return {
    ...noDownloads,
    history,
    pairwiseAccepted,
    spent: [...spent, ...waiting(downloads).flatMap(secretsOf)],
    refused: true,
  };
};

/** R135: a key that is in stays as it is, its replay counters included; so does a setting. */
const passOver = (downloads: Downloads, download: KeyDownload, queue: Downloads['queue'], peer: MacAddress): DownloadStep => {
  if (!isKeyed(download)) return advance({ ...downloads, queue }, peer);
  const rest = advance({ ...downloads, queue, spent: [...downloads.spent, ...secretsOf(download)] }, peer);
  return {
    ...rest,
    effects: [report('R135', `the ${download.slot} key is installed already and stays as it is`), ...rest.effects],
  };
};

/** Hands the next download out, passing over keys the hardware already has. */
const advance = (downloads: Downloads, peer: MacAddress): DownloadStep => {
  const [next, ...queue] = downloads.queue;
  if (downloads.inFlight !== undefined) return progressing(stay(downloads), 'underway');
  if (next === undefined) return progressing(stay(downloads), isBusy(downloads) ? 'underway' : 'settled');

  const fault = objection(next);
  if (fault !== undefined) {
    const remark = report(fault.slice(0, fault.indexOf(':')), fault.slice(fault.indexOf(':') + 2));
    return progressing(emit(abandoned(downloads), remark), {
      refused: Win32.codes.ERROR_INVALID_DATA,
      reason: MSMSEC_KEY_FORMAT,
    });
  }
  if (isInHardware(downloads.history, next)) return passOver(downloads, next, queue, peer);
  return progressing(emit({ ...downloads, queue, inFlight: next }, call(keyCall(next, peer), next.slot)), 'underway');
};

/** Takes a batch of downloads, at once or behind the packet it has to wait for. */
export const install = (
  downloads: Downloads,
  keys: ReadonlyArray<KeyDownload>,
  after: string | undefined,
  peer: MacAddress,
): DownloadStep => {
  const ordered = inDownloadOrder(keys);
  const renewed = { ...downloads, refused: false };
  if (after === undefined) return advance({ ...renewed, queue: [...downloads.queue, ...ordered] }, peer);
  const batch: Gated = { after, isOpen: false, keys: ordered };
  const replaced = downloads.gated.findIndex((other) => other.after === after);
  if (replaced < 0) return progressing(stay({ ...renewed, gated: [...downloads.gated, batch] }), 'underway');
  const spent = [...downloads.spent, ...(downloads.gated[replaced]?.keys ?? []).flatMap(secretsOf)];
  return progressing(stay({ ...renewed, spent, gated: downloads.gated.with(replaced, batch) }), 'underway');
};

/** R135: what the hardware has by other means is in as if it had been downloaded, and no call is made for it. */
export const adopt = (downloads: Downloads, keys: ReadonlyArray<KeyDownload>): Downloads =>
  inDownloadOrder(keys).reduce(
    (next: Downloads, key) => (isInHardware(next.history, key) ? own(next, secretsOf(key)) : entered(next, key)),
    downloads,
  );

/** Takes over the destruction of secrets that a method gave away. */
export const own = (downloads: Downloads, secrets: ReadonlyArray<Secret>): Downloads =>
  secrets.length === 0 ? downloads : { ...downloads, spent: [...downloads.spent, ...secrets] };

/** A packet was sent: what waited for it may go. */
export const openGate = (downloads: Downloads, tag: string, peer: MacAddress): DownloadStep => {
  if (!downloads.gated.some(({ after }) => after === tag)) return progressing(stay(downloads), 'unchanged');
  const gated = downloads.gated.map((batch) => (batch.after === tag ? { ...batch, isOpen: true } : batch));
  const shut = gated.findIndex(({ isOpen }) => !isOpen);
  const ready = shut < 0 ? gated : gated.slice(0, shut);
  const opened = ready.flatMap(({ keys }) => keys);
  return advance({ ...downloads, gated: gated.slice(ready.length), queue: [...downloads.queue, ...opened] }, peer);
};

const entered = (downloads: Downloads, download: KeyDownload): Downloads => ({
  ...downloads,
  history: remember(downloads.history, download),
  pairwiseAccepted: downloads.pairwiseAccepted || download.slot === 'pairwise',
});

const accepted = (downloads: Downloads, download: KeyDownload): Downloads => {
  const { inFlight: _, ...rest } = downloads;
  return entered(rest, download);
};

/** The sink answered the download under way; a refusal is final for it and for all behind it (R136). */
export const answer = (downloads: Downloads, win32: number, peer: MacAddress): DownloadStep => {
  const { inFlight } = downloads;
  if (inFlight === undefined) return progressing(stay(downloads), 'unchanged');
  if (win32 === Win32.codes.ERROR_SUCCESS) return advance(accepted(downloads, inFlight), peer);
  return progressing(stay(abandoned(downloads)), { refused: win32, reason: MSMSEC_NIC_FAILURE });
};

/** Destroys every key still held for a port (R11, R192). */
export const releaseKeys = (downloads: Downloads): void => {
  const secrets = [...downloads.history, ...waiting(downloads)].flatMap(secretsOf);
  for (const secret of [...secrets, ...downloads.spent]) secret.zeroise();
};
