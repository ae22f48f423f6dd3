import { createCipheriv } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { associatedData, ccmpNonce, mpduOf } from '../../../../operators/core/shadow/protection/Mpdu.js';
import { groupKeysOfSleepExit } from '../../../../operators/core/shadow/sleepExit.js';
import type { Action, AirEvent } from '../../../../streams/air/index.js';
import { bytesOfMac48 } from '../../../../streams/air/index.js';
import { Secret, toHex } from '../../../../streams/events/index.js';
import { hex } from '../../../streams/frames/hex.js';
import { A, EPOCH, S } from '../../../support/airScript.js';
import { connectionsOf } from '../../../support/observed.js';

const gtk = '11'.repeat(16);
const igtk = '22'.repeat(16);
const bigtk = '33'.repeat(16);

/** Key information 2, length 16, RSC; then IGTK 5 and BIGTK 6 with their packet numbers; a subelement of a vendor in between. */
const keyData = `00 1b 0200 10 ${'00'.repeat(8)} ${gtk} dd 02 0102 01 18 0500 ${'00'.repeat(6)} ${igtk} 02 18 0600 ${'00'.repeat(6)} ${bigtk}`;
const length = hex(keyData).length;
const response = hex(`0a 11 07 ${length.toString(16).padStart(2, '0')}00 ${keyData} 5d 04 0100 0000`);

const shown = (keys: ReturnType<typeof groupKeysOfSleepExit>): ReadonlyArray<string> =>
  keys.map(({ purpose, index, key, via }) => `${purpose} ${index} ${toHex(key.reveal())} ${via}`);

const expected = [`gtk 2 ${gtk} wnm`, `igtk 5 ${igtk} wnm`, `bigtk 6 ${bigtk} wnm`];

describe('the exit from WNM sleep mode', () => {
  it('brings group keys', () => {
    expect(shown(groupKeysOfSleepExit(response, { frame: 1, time: 2 }))).to.deep.equal(expected);
  });

  it('brings none that are cut off, or of another length', () => {
    const cut = response.slice();
    cut[3] = length - 1;
    expect(shown(groupKeysOfSleepExit(cut, { frame: 1, time: 2 }))).to.deep.equal(expected.slice(0, 2));
    const long = response.slice();
    long[9] = 17;
    expect(shown(groupKeysOfSleepExit(long, { frame: 1, time: 2 }))).to.deep.equal(expected.slice(1));
  });

  it('may be any octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (body) => Array.isArray(groupKeysOfSleepExit(body, { frame: 1, time: 2 }))),
    );
  });

  const tk = new Uint8Array(16).fill(7);
  const action = (isSealed: boolean): Action => {
    const [ap, station] = [bytesOfMac48(A), bytesOfMac48(S)];
    const header = Uint8Array.of(0xd0, 0x40, 0, 0, ...station, ...ap, ...ap, 0, 0);
    const cipherHeader = Uint8Array.of(1, 0, 0, 0x20, 0, 0, 0, 0);
    const event = { kind: 'action', frame: 2, time: EPOCH + 1, station: S, ap: A, from: 'ap' } as const;
    const mpdu = mpduOf({ header, body: cipherHeader }, false);
    if (!isSealed || mpdu === undefined) return { ...event, category: 10, body: response };
    const cipher = createCipheriv('aes-128-ccm', tk, ccmpNonce(mpdu), { authTagLength: 8 });
    cipher.setAAD(associatedData(mpdu), { plaintextLength: response.length });
    const body = Uint8Array.of(...cipherHeader, ...cipher.update(response), ...cipher.final(), ...cipher.getAuthTag());
    return { ...event, category: -1, body: new Uint8Array(0), sealed: { header, body } };
  };
  const keysAfter = (event: AirEvent) => {
    const data: AirEvent = {
      ...{ kind: 'sealed', frame: 1, time: EPOCH, station: S, ap: A, from: 'ap' },
      sealed: { header: new Uint8Array(24), body: new Uint8Array(24) },
    };
    const told: AirEvent = {
      ...{ kind: 'told', frame: 3, time: EPOCH + 2, station: S, ap: A },
      ...{ phase: 'connection', outcome: 'success', text: 'connected' },
    };
    const [connection] = connectionsOf([data, event, told], { credentials: [{ kind: 'tk', tk: Secret.of(tk) }] });
    return shown(connection?.groupKeys ?? []);
  };

  it('counts where it was encrypted, and could be opened', () => {
    expect(keysAfter(action(true))).to.deep.equal(expected);
  });

  it('in the clear is nobody’s', () => {
    expect(keysAfter(action(false))).to.deep.equal([]);
  });
});
