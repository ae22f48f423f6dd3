import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { readCredentials, writeAnnotated } from '../../adapters/capture/index.js';
import { bytesOf } from '../../adapters/event-log/index.js';
import type { Credential } from '../../operators/core/index.js';
import { withoutChatter } from './withoutChatter.js';

const folders = ['../../examples/captures/', '../../spec/fixtures/captures/'].map((folder) =>
  fileURLToPath(new URL(folder, import.meta.url)),
);

/** What is changed: small captures of every kind of handshake, and the same as pcapng and compressed. */
export interface Seeds {
  readonly captures: ReadonlyArray<Uint8Array>;
  readonly credentials: ReadonlyArray<Credential>;
}

/** A slice of a Buffer is no copy, and what is made of a seed must not change it. */
const octetsOf = (buffer: Buffer): Uint8Array => new Uint8Array(buffer);

const asPcapng = (pcap: Uint8Array): Uint8Array => {
  const pieces: Uint8Array[] = [];
  writeAnnotated(bytesOf(pcap), (bytes) => pieces.push(bytes.slice()), {
    application: 'postassoc',
    commentsOf: (frame) => (frame % 7 === 0 ? [`frame ${frame}`] : undefined),
  });
  return octetsOf(Buffer.concat(pieces));
};

export const hostileSeeds = (): Seeds => {
  const pcaps = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.pcap'))
      .sort()
      .map((name) => withoutChatter(octetsOf(readFileSync(`${folder}${name}`)))),
  );
  const compressed = pcaps.slice(0, 2).map((pcap) => octetsOf(gzipSync(pcap)));
  return {
    captures: [...pcaps, ...pcaps.map(asPcapng), ...compressed],
    credentials: folders.flatMap((folder) => readCredentials(readFileSync(`${folder}lab.keys`, 'utf8'), 'lab.keys').credentials),
  };
};
