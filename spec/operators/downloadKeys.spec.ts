import { expect } from 'chai';
import { Subject } from 'rxjs';
import { type DownloadInput, type DownloadOutput, downloadKeys, type KeyDownload } from '../../index.js';
import { Cipher, type KeyMaterial, L2Reason, Secret } from '../../streams/events/index.js';
import { AP } from '../support/fixtures.js';
import { marbles } from './marble.js';

const material = (fill: number): KeyMaterial => ({
  form: 'ccmp',
  counter: new Uint8Array(6),
  key: Secret.of(new Uint8Array(16).fill(fill)),
});
const pairwise: KeyDownload = { slot: 'pairwise', algorithm: Cipher.codes.CCMP, material: material(1) };
const group: KeyDownload = { slot: 'group', keyIndex: 1, algorithm: Cipher.codes.CCMP, material: material(2) };
const exclude: KeyDownload = { slot: 'excludeUnencrypted', exclude: true };
const misplaced: KeyDownload = { slot: 'group', keyIndex: 7, algorithm: Cipher.codes.CCMP, material: material(3) };

const inputs: Record<string, DownloadInput> = {
  i: { kind: 'install', keys: [exclude, group, pairwise] },
  w: { kind: 'install', keys: [pairwise], after: '4' },
  m: { kind: 'install', keys: [misplaced] },
  v: { kind: 'sent', tag: '4' },
  u: { kind: 'sent', tag: '2' },
  y: { kind: 'answered', win32: 0 },
  n: { kind: 'answered', win32: 31 },
};

const symbolOf = (output: DownloadOutput): string => {
  if (output.kind === 'call')
    return { setKeyMappingKey: 'K', setDefaultKey: 'G', setExcludeUnencrypted: 'X' }[output.call.kind as never];
  return { report: 'r', settled: 's', refused: 'f' }[output.kind];
};

const expectDownloads = (source: string, expected: string): void =>
  marbles(({ hot, expectObservable, expectSubscriptions }) => {
    const inputs$ = hot(source, inputs);
    const symbols$ = new Subject<string>();
    inputs$.pipe(downloadKeys(AP)).subscribe((output) => symbols$.next(symbolOf(output)));
    expectObservable(symbols$).toBe(expected);
    expectSubscriptions(inputs$.subscriptions).toBe('^');
  });

describe('downloadKeys', () => {
  it('R133: goes in order, one call at a time', () => expectDownloads('-i--y--y--y', '-K--G--X--s'));

  it('R134: waits for the packet it is told to wait for', () => expectDownloads('-w-u-v---y', '-----K---s'));

  it('R135: gives a key out once', () => expectDownloads('-w-v-y-w-v------', '---K-s---(rs)---'));

  it('R136: ends with the first refusal', () => expectDownloads('-i--n--y', '-K--f---'));

  it('R123: refuses an index of nowhere before the sink has to', () => expectDownloads('-m-----', '-(rf)--'));

  it('R136: says why', () => {
    const source = new Subject<DownloadInput>();
    const seen: DownloadOutput[] = [];
    source.pipe(downloadKeys(AP)).subscribe((output) => seen.push(output));
    source.next({ kind: 'install', keys: [pairwise] });
    source.next({ kind: 'answered', win32: 31 });
    expect(seen.at(-1)).to.deep.equal({ kind: 'refused', win32: 31, reason: L2Reason.codes.MSMSEC_NIC_FAILURE });
  });

  it('R11, R192: destroys its keys when nobody listens any more', () => {
    const source = new Subject<DownloadInput>();
    const [installed, waiting] = [material(4), material(5)];
    const subscription = source.pipe(downloadKeys(AP)).subscribe();
    source.next({ kind: 'install', keys: [{ slot: 'pairwise', algorithm: Cipher.codes.CCMP, material: installed }] });
    source.next({ kind: 'answered', win32: 0 });
    source.next({
      kind: 'install',
      keys: [{ slot: 'group', keyIndex: 1, algorithm: Cipher.codes.CCMP, material: waiting }],
      after: 'never',
    });
    expect(installed.key.reveal()[0]).to.equal(4);
    subscription.unsubscribe();
    for (const { key } of [installed, waiting]) expect([...key.reveal()]).to.deep.equal(Array(16).fill(0));
  });
});
