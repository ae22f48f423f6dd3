import { expect } from 'chai';
import { oneXVerdicts } from '../../../../adapters/cli/live/wifi/oneXVerdicts.js';
import type { WifiEvent } from '../../../../adapters/linux/index.js';
import { type EapFaultCode, type EapNote, eapFault } from '../../../../operators/core/index.js';
import { EapMethod } from '../../../../streams/frames/index.js';
import { PSK_BEACON } from '../../linux/wifi/accessPoints.js';

const note = (said: EapNote): WifiEvent => ({ kind: 'note', note: said });
const method = (name: string, type: number, isInner = false): WifiEvent =>
  note({ kind: 'method', name, type, isInner, isAllowed: true });
const tls = note({ kind: 'tls', isInner: false, version: 'TLSv1.2', cipher: 'ECDHE-RSA-AES256-GCM-SHA384', isResumed: false });
const failed = (code: EapFaultCode): WifiEvent => ({
  kind: 'failed',
  why: 'the port did not come up',
  fault: eapFault(code, 'why'),
});

const { PEAP, MSCHAPV2 } = EapMethod.codes;

const verdictOf = (...events: ReadonlyArray<WifiEvent>) => {
  const see = oneXVerdicts();
  return events.map(see).at(-1);
};

describe('the verdict of 802.1X over Wi-Fi', () => {
  it('is drawn from what went before it', () => {
    const verdict = verdictOf(method('PEAP', PEAP), tls, method('MSCHAPv2', MSCHAPV2, true), failed('rejected'));
    expect(verdict).to.include({ kind: 'rejectedCredentials', method: 'PEAP' });
    expect(verdict?.message).to.contain('in MSCHAPv2 inside of PEAP');
  });

  it('of another attempt is not drawn from the one before', () => {
    const chosen: WifiEvent = { kind: 'chosen', candidate: { bss: PSK_BEACON }, way: 'full' };
    const before = [method('PEAP', PEAP), tls, method('MSCHAPv2', MSCHAPV2, true)];
    expect(verdictOf(...before, chosen, failed('rejected'))).to.include({ kind: 'rejectedIdentity' });
    expect(verdictOf(chosen, ...before, failed('certificate'))).to.include({ kind: 'badServerCertificate' });
  });

  it('of silence says where to look', () => {
    expect(verdictOf(failed('noAnswer'))?.advice).to.contain('RADIUS');
  });

  it('is none where it was our own wish, or where 802.1X had no part', () => {
    expect(verdictOf(failed('cancelled'))).to.equal(undefined);
    expect(verdictOf({ kind: 'failed', why: 'x' })).to.equal(undefined);
    expect(verdictOf({ kind: 'scanning' })).to.equal(undefined);
  });
});
