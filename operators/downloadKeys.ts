import type { OperatorFunction } from 'rxjs';
import type { MacAddress } from '../streams/events/index.js';
import {
  answer,
  type DownloadStep,
  type Downloads,
  install,
  type KeyDownload,
  noDownloads,
  openGate,
  type PortCall,
  releaseKeys,
  type Step,
} from './core/index.js';
import { runSteps } from './runSteps.js';

/** What happens to the downloads of one port. */
export type DownloadInput =
  /** A batch, in any order; `after` holds it back until that packet was sent (R134). */
  | { readonly kind: 'install'; readonly keys: ReadonlyArray<KeyDownload>; readonly after?: string }
  | { readonly kind: 'sent'; readonly tag: string }
  /** The sink's answer to the one call under way. */
  | { readonly kind: 'answered'; readonly win32: number };

/** The next call, or how the round ended. */
export type DownloadOutput =
  | { readonly kind: 'call'; readonly call: PortCall }
  | { readonly kind: 'report'; readonly rule: string; readonly message: string }
  | { readonly kind: 'settled' }
  | { readonly kind: 'refused'; readonly win32: number; readonly reason: number };

const progressOf = ({ progress }: DownloadStep): ReadonlyArray<DownloadOutput> => {
  if (progress === 'settled') return [{ kind: 'settled' }];
  return typeof progress === 'object' ? [{ kind: 'refused', win32: progress.refused, reason: progress.reason }] : [];
};

const outputsOf = (step: DownloadStep): Step<Downloads, DownloadOutput> => {
  const calls = step.effects.flatMap((output): ReadonlyArray<DownloadOutput> => {
    if (output.do === 'call') return [{ kind: 'call', call: output.call }];
    return output.do === 'report' ? [{ kind: 'report', rule: output.rule, message: output.message }] : [];
  });
  return { state: step.state, effects: [...calls, ...progressOf(step)] };
};

const stepDownloads =
  (peer: MacAddress) =>
  (downloads: Downloads, input: DownloadInput): DownloadStep => {
    switch (input.kind) {
      case 'install':
        return install(downloads, input.keys, input.after, peer);
      case 'sent':
        return openGate(downloads, input.tag, peer);
      case 'answered':
        return answer(downloads, input.win32, peer);
    }
  };

/**
 * Downloads the keys of one port: in the order of R133, one call at a time, each only after the one before was accepted, none
 * twice (R135). A refusal is final for all that wait behind it (R136). When the stream ends, every key it holds is zeroised.
 *
 * `postAssociation` does this for every port; this is for a pipeline of one's own.
 *
 * @example
 * merge(batches$, sent$, answers$).pipe(downloadKeys(peer), cancelOn(terminator$))
 *
 * @since 0.1.0
 */
export const downloadKeys = (peer: MacAddress): OperatorFunction<DownloadInput, DownloadOutput> => {
  const step = stepDownloads(peer);
  return runSteps(noDownloads, (downloads: Downloads, input: DownloadInput) => outputsOf(step(downloads, input)), releaseKeys);
};
