import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { capturedFrames } from '../../../../lab/wifi/air/capturedFrames.js';
import { fallbacks } from '../../../../lab/wifi/air/packetNumbers.js';

const cases = fileURLToPath(new URL('../../../../../shared/lab/cases/', import.meta.url));
const AP = '020000000000';
const STATION = '020000000100';
const ALL = 'ffffffffffff';

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

/** Data under CCMP: packet number, key, and what is encrypted. */
const sealed = (pn: number, { to = AP, from = STATION, keyId = 0, text = '00', qos = false } = {}): Uint8Array => {
  const low = (pn & 0xff).toString(16).padStart(2, '0');
  const high = ((pn >> 8) & 0xff).toString(16).padStart(2, '0');
  const iv = `${low}${high}00${(0x20 | (keyId << 6)).toString(16).padStart(2, '0')}00000000`;
  return bytesOf(`${qos ? '88' : '08'}41 0000 ${to} ${from} ${AP} 0000 ${qos ? '0000' : ''} ${iv} ${text}`);
};
const associated = bytesOf(`1000 0000 ${STATION} ${AP} ${AP} 0000 0000 0000 0000`);

const found = (...frames: ReadonlyArray<Uint8Array>) => fallbacks(frames.map((bytes, i) => ({ frame: i + 1, bytes })));

describe('packet numbers on the air', () => {
  it('rise, whatever the header is like', () => {
    expect(found(sealed(1), sealed(2, { qos: true }), sealed(0x100))).to.deep.equal([]);
  });

  it('are told where they fall back', () => {
    expect(found(sealed(1), sealed(2), sealed(1, { text: '01' }))).to.deep.equal([
      { frame: 3, transmitter: '02:00:00:00:01:00', isGroup: false, keyId: 0, packetNumber: 1, highest: 2 },
    ]);
  });

  it('are told where another frame has the same', () => {
    expect(found(sealed(2), sealed(2, { text: '01' }))).to.have.length(1);
  });

  it('may be those of the same frame again', () => {
    expect(found(sealed(2), sealed(2))).to.deep.equal([]);
  });

  it('are counted from where they fell back to', () => {
    expect(found(sealed(9), sealed(1, { text: '01' }), sealed(2), sealed(3))).to.have.length(1);
  });

  it('begin anew with an association, but not those of the group', () => {
    const toAll = { to: ALL, from: AP, keyId: 1 };
    expect(found(sealed(9), sealed(9, toAll), associated, sealed(1), sealed(1, { ...toAll, text: '01' }))).to.have.length(1);
  });

  it('are counted by key, by who sends and by who is meant', () => {
    expect(found(sealed(9), sealed(1, { keyId: 1 }), sealed(1, { from: AP, to: STATION }), sealed(1, { to: ALL }))).to.deep.equal(
      [],
    );
  });

  it('have another form with TKIP', () => {
    const tkip = (low: number, text = '00'): Uint8Array =>
      bytesOf(`0841 0000 ${AP} ${STATION} ${AP} 0000 0020${low.toString(16).padStart(2, '0')}20 00000000 ${text}`);
    expect(found(tkip(1), tkip(2), tkip(0xff))).to.deep.equal([]);
    expect(found(tkip(1), tkip(2), tkip(1, '01'))).to.have.length(1);
  });

  it('are not looked for in what is open, cut short, or has none', () => {
    const open = bytesOf(`0801 0000 ${AP} ${STATION} ${AP} 0000 0000000000000000 00`);
    expect(found(sealed(9), open, sealed(1).subarray(0, 30), sealed(1).subarray(0, 3))).to.deep.equal([]);
  });

  const hasCases = existsSync(cases);
  it(`show a station that would begin anew after an old message 3${hasCases ? '' : ' (skipped: there is no ../shared/lab)'}`, function () {
    if (!hasCases) this.skip();
    const frames = [...capturedFrames(join(cases, 'adv-krack-resend/air.pcap'))];
    expect(fallbacks(frames)).to.deep.equal([]);
    // What a station would send that has installed its key again: the numbers of before, under other content.
    const first = frames.find(({ bytes }) => bytes[0] === 0x08 && ((bytes[1] ?? 0) & 0x41) === 0x41);
    const again = Uint8Array.from(first?.bytes ?? []);
    again[again.length - 1] = (again.at(-1) ?? 0) ^ 1;
    expect(fallbacks([...frames, { frame: frames.length + 1, bytes: again }])).to.have.length(1);
  });

  it(`fall back once at each renewal of the pairwise key${hasCases ? '' : ' (skipped: there is no ../shared/lab)'}`, function () {
    if (!hasCases) this.skip();
    const all = fallbacks(capturedFrames(join(cases, 'wpa2-psk-ptk-rekey/air.pcap')));
    expect(all.filter(({ transmitter }) => transmitter === '02:00:00:00:01:00')).to.have.length(2);
  });

  it(`rise in every other exchange that was recorded${hasCases ? '' : ' (skipped: there is no ../shared/lab)'}`, function () {
    if (!hasCases) this.skip();
    for (const name of [
      'wpa2-psk-ccmp',
      'wpa2-psk-gcmp256',
      'psk-m4-lost-m3-retry',
      'wpa3-sae',
      'adv-replay-m3',
      'multi-sta',
      'owe',
    ])
      expect(
        fallbacks(capturedFrames(join(cases, name, 'air.pcap'))).filter(({ transmitter }) => transmitter !== '02:00:00:00:00:00'),
        name,
      ).to.deep.equal([]);
  });
});
