import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { from, lastValueFrom, NEVER, Subject, take, toArray } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { openCapture, readCredentials } from '../../adapters/capture/index.js';
import { bulkCrypto } from '../../adapters/crypto/index.js';
import { bytesOf } from '../../adapters/event-log/index.js';
import type { AirBatch, Connection } from '../../operators/core/index.js';
import { shadow } from '../../operators/index.js';
import type { Secret } from '../../streams/events/index.js';
import { bytesOfCapture, LAB_KEYS } from '../adapters/cli/explainIo.js';

const { credentials } = readCredentials(readFileSync(LAB_KEYS, 'utf8'), 'lab.keys');
const options = { crypto: bulkCrypto, credentials };

const batchesOf = (name: string): Iterable<AirBatch> => {
  const capture = openCapture(bytesOf(bytesOfCapture(name)), { chunkSize: 1024 });
  return capture._tag === 'Right' ? capture.right.batches() : [];
};

const scheduler = (): TestScheduler =>
  new TestScheduler((actual, expected) => {
    expect(actual).to.deep.equal(expected);
  });

const likenesses = ({ handshakes }: Connection): ReadonlyArray<string> =>
  handshakes.flatMap(({ messages: [, second, , fourth] }) => [...second, ...fourth].map(({ likeness }) => likeness));

describe('shadow', () => {
  for (const name of ['pairwise-rekeys.pcap', 'access-point-gone.pcap', 'spoofed-deauthentication.pcap']) {
    it(`finds that the station says what the engine would have said: ${name}`, async () => {
      const seen = await lastValueFrom(from(batchesOf(name)).pipe(shadow(options, likenesses), toArray()));
      expect(new Set(seen.flat())).to.deep.equal(new Set(['identical']));
    });
  }

  it('has copies of the keys for whoever reads, and destroys them right afterwards', async () => {
    const keys: Secret[] = [];
    const shown: string[] = [];
    const read = ({ handshakes }: Connection): void => {
      for (const { tk } of handshakes) {
        if (tk === undefined) continue;
        keys.push(tk);
        shown.push(tk.reveal().join());
      }
    };
    await lastValueFrom(from(batchesOf('pairwise-rekeys.pcap')).pipe(shadow(options, read)));
    expect(shown).to.have.length(3);
    expect(new Set(shown).size).to.equal(3);
    expect(keys.flatMap((key) => [...key.reveal()]).every((octet) => octet === 0)).to.equal(true);
  });

  it('hands out what is open when the source completes, and nothing when it goes on', () => {
    const heard: string[] = [];
    const source = new Subject<AirBatch>();
    source.pipe(shadow(options, ({ ending }) => ending)).subscribe((ending) => heard.push(ending));
    for (const batch of batchesOf('access-point-gone.pcap')) source.next(batch);
    expect(heard).to.deep.equal([]);
    source.complete();
    expect(heard).to.deep.equal(['gone']);
  });

  it('unsubscribes from the source when nobody listens any more', () => {
    scheduler().run(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot<AirBatch>('-a-a-', { a: [] });
      const subs = '                ^--!';
      const result = source.pipe(shadow(options, ({ ending }) => ending));
      expectObservable(result, '    ^--!').toBe('----');
      expectSubscriptions(source.subscriptions).toBe(subs);
    });
  });

  it('passes on an error of the source', () => {
    scheduler().run(({ hot, expectObservable }) => {
      const source = hot<AirBatch>('-a-#', { a: [] });
      expectObservable(source.pipe(shadow(options, () => 0))).toBe('---#');
    });
  });

  it('never ends with a source that never does', () => {
    scheduler().run(({ expectObservable }) => {
      expectObservable(
        NEVER.pipe(
          shadow(options, () => 0),
          take(1),
        ),
      ).toBe('-');
    });
  });
});
