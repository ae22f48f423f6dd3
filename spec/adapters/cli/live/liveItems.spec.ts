import { expect } from 'chai';
import type { Io } from '../../../../adapters/cli/Io.js';
import type { LiveItem } from '../../../../adapters/cli/live/LiveItem.js';
import { jsonReport, textReport } from '../../../../adapters/cli/live/LiveReport.js';
import { idleLive, liveItems } from '../../../../adapters/cli/live/liveItems.js';
import type { WiredEvent } from '../../../../adapters/linux/index.js';
import { type EapFaultCode, type EapNote, eapFault, type PaeNote } from '../../../../operators/core/index.js';
import type { AdapterHandle, MacAddress, SessionHandle } from '../../../../streams/events/index.js';
import { EapMethod, EapolType, writeEapol } from '../../../../streams/frames/index.js';
import { eapRequest, eapSuccess } from '../../../support/eapServer.js';

const address = '02:aa:00:00:00:02' as MacAddress;
const link = (isUp: boolean): WiredEvent => ({ kind: 'link', link: { index: 2, name: 'eth0', address, isUp, mtu: 1500 } });
const note = (said: EapNote | PaeNote): WiredEvent => ({ kind: 'note', note: said });
const phase = (name: Extract<PaeNote, { kind: 'phase' }>['phase']): WiredEvent => note({ kind: 'phase', phase: name });
const method = (name: string, type: number, more: Partial<Extract<EapNote, { kind: 'method' }>> = {}): WiredEvent =>
  note({ kind: 'method', name, type, isInner: false, isAllowed: true, ...more });
const tls = note({ kind: 'tls', isInner: false, version: 'TLSv1.3', cipher: 'TLS_AES_128_GCM_SHA256', isResumed: false });
const failed = (code: EapFaultCode, message = 'why'): WiredEvent => note({ kind: 'failed', fault: eapFault(code, message) });
const authenticated = (name: string): WiredEvent => note({ kind: 'authenticated', method: name, hasKeys: true });
const port = (state: 'unauthorised' | 'authorised' | 'deleted'): WiredEvent => ({
  kind: 'port',
  port: { adapter: '0x2' as AdapterHandle, session: '0x1' as SessionHandle, peer: address, controlled: true, state },
});
const packet = (dir: 'in' | 'out', bytes: Uint8Array): WiredEvent => ({ kind: 'packet', dir, packet: bytes });
const eap = (body: Uint8Array): Uint8Array => writeEapol({ version: 2, type: EapolType.codes.EAP_PACKET, body });

/** A millisecond from one to the next. */
const itemsOf = (...events: ReadonlyArray<WiredEvent>): ReadonlyArray<LiveItem> => {
  let state = idleLive;
  return events.flatMap((event, i) => {
    const step = liveItems(state, i * 1000, event);
    state = step.state;
    return step.effects;
  });
};

const verdictOf = (...events: ReadonlyArray<WiredEvent>) => {
  const item = itemsOf(...events).find(({ kind }) => kind === 'verdict');
  return item?.kind === 'verdict' ? item : undefined;
};

const EMPTY = new Uint8Array(0);
const { PEAP, MD5_CHALLENGE, MSCHAPV2 } = EapMethod.codes;

describe('what is made of a supplicant’s events', () => {
  it('is a verdict with the methods and the time it took, from the first sign of life', () => {
    const inner = method('MSCHAPv2', MSCHAPV2, { isInner: true });
    const found = verdictOf(
      link(true),
      phase('connecting'),
      phase('authenticating'),
      method('PEAP', PEAP),
      tls,
      inner,
      authenticated('PEAP'),
    );
    expect(found).to.deep.include({
      ms: 5,
      verdict: { kind: 'authenticated', message: 'PEAP with MSCHAPv2 inside succeeded', method: 'PEAP' },
    });
  });

  it('forgets one authentication before the next', () => {
    const events = [phase('authenticating'), method('PEAP', PEAP), tls, authenticated('PEAP'), phase('connecting')];
    const again = itemsOf(...events, phase('authenticating'), failed('rejected')).findLast(({ kind }) => kind === 'verdict');
    expect(again?.kind === 'verdict' && again.verdict.kind).to.equal('rejectedIdentity');
    expect(again?.kind === 'verdict' && again.ms).to.equal(2);
  });

  it('tells a refusal by what was asked for before it', () => {
    expect(verdictOf(phase('authenticating'), failed('rejected'))?.verdict.kind).to.equal('rejectedIdentity');
    const md5 = verdictOf(phase('authenticating'), method('MD5-Challenge', MD5_CHALLENGE), failed('rejected'));
    expect(md5?.verdict).to.include({ kind: 'rejectedCredentials', method: 'MD5-Challenge' });
    const refused = method('TLS', EapMethod.codes.TLS, { isAllowed: false });
    expect(verdictOf(phase('authenticating'), refused, failed('noCommonMethod'))?.verdict.kind).to.equal('methodRefused');
  });

  it('tells a switch that says nothing from one whose server says nothing', () => {
    const nobody = verdictOf(phase('connecting'), phase('idle'), failed('noAnswer', 'nobody answered'));
    expect(nobody?.verdict).to.include({ kind: 'noAnswer', message: 'nobody answered' });
    expect(nobody?.verdict.advice).to.include('802.1X is switched on');
    const silent = verdictOf(phase('connecting'), phase('authenticating'), failed('noAnswer'));
    expect(silent?.verdict.advice).to.include('its server does not');
  });

  it('is no verdict when it was logged off', () => {
    expect(verdictOf(phase('authenticating'), phase('loggedOff'), failed('cancelled'))).to.equal(undefined);
  });

  it('starts its time anew with each port', () => {
    const before = [phase('connecting'), port('deleted'), link(false), link(true), port('unauthorised')];
    expect(verdictOf(...before, phase('connecting'), phase('authenticating'), failed('rejected'))?.ms).to.equal(2);
  });

  it('names packets, and shows no identity', () => {
    const response = Uint8Array.of(2, 1, 0, 8, EapMethod.codes.IDENTITY, 0x62, 0x6f, 0x62);
    const items = itemsOf(
      packet('out', writeEapol({ version: 2, type: EapolType.codes.START, body: EMPTY })),
      packet('in', eap(eapRequest(1, EapMethod.codes.IDENTITY))),
      packet('out', eap(response)),
      packet('in', eap(eapSuccess(1))),
      packet('in', Uint8Array.of(2, 0)),
    );
    const words = items.map((item) => (item.kind === 'packet' ? `${item.dir} ${item.type} ${item.words}` : item.kind));
    expect(words).to.deep.equal([
      'out START EAPOL-Start',
      'in EAP_PACKET Request Identity',
      'out EAP_PACKET Response Identity',
      'in EAP_PACKET EAP-Success',
      'in malformed malformed EAPOL',
    ]);
  });
});

const written = (report: (io: Io) => { item: (item: LiveItem) => boolean }, items: ReadonlyArray<LiveItem>): string => {
  const lines: string[] = [];
  const io: Io = {
    out: (text) => lines.push(text) > 0,
    err: () => undefined,
    open: () => expect.fail('nothing is opened'),
    env: {},
    isTerminal: false,
    isErrTerminal: false,
    now: () => 0,
    cwd: '/',
  };
  const { item } = report(io);
  for (const one of items) item(one);
  return lines.join('');
};

const story = itemsOf(
  link(true),
  port('unauthorised'),
  phase('connecting'),
  note({ kind: 'start', attempt: 1, of: 3 }),
  packet('out', writeEapol({ version: 2, type: EapolType.codes.START, body: EMPTY })),
  { kind: 'told', event: { kind: 'initService', version: 0 } },
  phase('authenticating'),
  method('MD5-Challenge', MD5_CHALLENGE),
  failed('rejected'),
  { kind: 'trouble', fault: { code: 'ENETDOWN', message: 'cannot send\u001b[2J' } },
  { kind: 'removed' },
);

describe('what is shown of a supplicant', () => {
  it('is a line for whatever happens, and advice under a verdict', () => {
    const text = written((io) => textReport(io, { showsCalls: false, columns: 100 }), story);
    expect(text).to.equal(`    0.000 s  the link is up (02:aa:00:00:00:02)
    0.001 s  the port is closed but for 802.1X
    0.002 s   ·  asks whether anybody is there
    0.004 s  ──▶ EAPOL-Start (4 octets)
    0.006 s   ·  authenticates
    0.007 s   ·  the server asks for MD5-Challenge
    0.008 s  NOT AUTHENTICATED: the server refused the user or the password in MD5-Challenge; it does not say which, after 6.0 ms
               what to do   check the password, and whether the user exists in the database that the
                            server looks in
    0.009 s  cannot send\\x1b[2J
    0.010 s  the interface is gone; waits for it to come back
`);
  });

  it('is the calls of the interface too, if they are asked for', () => {
    const text = written((io) => textReport(io, { showsCalls: true, columns: 100 }), story);
    expect(text).to.match(/^ {2}0\.005000 ──▶ initService/m);
  });

  it('is an object a line for programs', () => {
    const lines = written(jsonReport, story).trim().split('\n');
    const kinds = lines.map((line) => (JSON.parse(line) as { readonly kind: string }).kind);
    expect(kinds).to.deep.equal(['link', 'port', 'note', 'note', 'packet', 'note', 'note', 'verdict', 'trouble', 'removed']);
    expect(JSON.parse(lines[0] ?? '')).to.deep.equal({
      t: 0,
      kind: 'link',
      index: 2,
      name: 'eth0',
      address,
      isUp: true,
      mtu: 1500,
    });
  });
});
