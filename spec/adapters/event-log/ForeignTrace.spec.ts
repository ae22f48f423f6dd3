import { expect } from 'chai';
import { from, toArray } from 'rxjs';
import { bytesOf, ForeignTrace, readLog } from '../../../adapters/event-log/index.js';
import type { Violation } from '../../../operators/core/index.js';
import { checkContract } from '../../../operators/index.js';
import type { LogEntry } from '../../../streams/events/index.js';
import { toHex } from '../../../streams/events/index.js';
import { writeAssociationCompletion, writePortState } from '../../../streams/frames/index.js';
import { AP, association, portState } from '../../support/fixtures.js';

type Line = Readonly<Record<string, unknown>>;

const textOf = (lines: ReadonlyArray<Line>): Uint8Array =>
  new TextEncoder().encode(lines.map((line, i) => JSON.stringify({ v: 1, t: 1_000 * i, ...line })).join('\n'));

/** The lines as a reader that completes them sees them; one that is refused is its sentence. */
const read = (...lines: ReadonlyArray<Line>): ReadonlyArray<LogEntry | string> => {
  const trace = new ForeignTrace();
  return [...readLog(bytesOf(textOf(lines)), { complete: (json) => trace.complete(json) })]
    .flat()
    .map(({ entry }) => (entry._tag === 'Right' ? entry.right : entry.left));
};

const check = (...lines: ReadonlyArray<Line>): ReadonlyArray<string> => {
  const found: Violation[] = [];
  const entries = read(...lines).flatMap((entry, i) => (typeof entry === 'string' ? [] : [{ ...entry, n: i + 1 }]));
  expect(entries).to.have.length(lines.length);
  from(entries)
    .pipe(checkContract(), toArray())
    .subscribe((violations) => found.push(...violations));
  return found.map(({ rule, event }) => `${rule} line ${event}`);
};

const init: Line = { dir: 'in', kind: 'initAdapter', adapter: '0x1f00', service: '0x7ff0' };
const algorithms = { authAlgorithm: 'OPEN', unicastCipher: 'NONE', multicastCipher: 'NONE' };
const perform: Line = {
  dir: 'in',
  kind: 'performPostAssociate',
  adapter: '0x1f00',
  session: '0x5',
  portState: { peer: AP },
  association: algorithms,
};
const stopped: Line = { dir: 'in', kind: 'stopPostAssociate', adapter: '0x1f00', peer: AP, status: 'PEER_DEAUTHENTICATED+3' };
const completion: Line = { dir: 'out', kind: 'postAssociateCompletion', session: '0x5', peer: AP, reason: 0, win32: 0 };

const eventAt = (n: number, entries: ReadonlyArray<LogEntry | string>): LogEntry['event'] => {
  const entry = entries[n];
  if (typeof entry !== 'object') throw new Error(`line ${n + 1}: ${String(entry)}`);
  return entry.event;
};

describe('ForeignTrace', () => {
  it('numbers calls, and finds an adapter by either handle or by being the only one', () => {
    const calls = [{ adapter: '0x1f00' }, { service: '0x7ff0' }, {}].map((handles) => ({
      dir: 'out',
      kind: 'nicSpecificExtension',
      input: '',
      outputSize: 0,
      ...handles,
    }));
    const entries = read(init, ...calls);
    const seen = [1, 2, 3].map((n) => eventAt(n, entries));
    expect(seen.map((event) => 'adapter' in event && 'service' in event && [event.adapter, event.service])).to.deep.equal(
      Array(3).fill(['0x1f00', '0x7ff0']),
    );
    expect(new Set(seen.map((event) => 'call' in event && event.call))).to.have.property('size', 3);
  });

  it('keeps what is written', () => {
    const call = { dir: 'out', kind: 'stopOneX', call: 7, adapter: '0x9', service: '0x8', session: '0x7', generation: 6 };
    expect(eventAt(1, read(init, call))).to.deep.equal({
      kind: 'stopOneX',
      call: 7,
      adapter: '0x9',
      service: '0x8',
      session: '0x7',
      generation: 6,
    });
  });

  it('gives a key call the port its adapter has', () => {
    const key = {
      dir: 'out',
      kind: 'setDefaultKeyId',
      keyIndex: 1,
    };
    expect(eventAt(2, read(init, perform, key))).to.include({ session: '0x5', adapter: '0x1f00' });
    const transmit = { dir: 'out', kind: 'setPairwiseTransmitKey', peer: AP, keyId: 1 };
    expect(eventAt(2, read(init, perform, transmit))).to.include({ session: '0x5', keyId: 1 });
  });

  it('takes the structures as the bytes they are', () => {
    const raw = {
      ...perform,
      portState: toHex(writePortState(portState())),
      association: toHex(writeAssociationCompletion(association())),
    };
    const event = eventAt(1, read(init, raw));
    expect(event).to.deep.include({ portState: portState(), association: association() });
  });

  it('refuses bytes that are not the structure, by the name of the field', () => {
    expect(read(init, { ...perform, association: '00ff' })[1]).to.match(/^"association[.\w]*"/);
  });

  it('takes a packet handle written as hex', () => {
    const packet = { dir: 'out', kind: 'sendPacket', packet: '0x7ffd10', peer: AP, etherType: 'EAPOL', payload: '0203' };
    const sent = { dir: 'in', kind: 'sendPacketCompletion', packet: '0x7ffd10' };
    const entries = read(init, perform, packet, sent);
    expect(eventAt(2, entries)).to.include({ packet: 0x7ffd10 });
    expect(eventAt(3, entries)).to.include({ packet: 0x7ffd10 });
  });

  it('leaves to the codec what it cannot know', () => {
    expect(read({ dir: 'out', kind: 'stopOneX' })[0]).to.match(/"adapter"/);
    expect(read(init, { ...perform, association: { unicastCipher: 'NONE' } })[1]).to.match(/"association\.authAlgorithm"/);
  });

  it('makes a bare trace checkable', () => {
    expect(check({ dir: 'in', kind: 'initService', version: 0 }, init, perform, { ...stopped })).to.deep.equal([]);
    expect(check({ dir: 'in', kind: 'initService', version: 0 }, init, perform, stopped, completion)).to.deep.equal([
      'R193 line 5',
    ]);
  });
});
