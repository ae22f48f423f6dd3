import { expect } from 'chai';
import * as fc from 'fast-check';
import type { Bss } from '../../../../adapters/linux/nl80211/Bss.js';
import {
  noRadio,
  type RadioCall,
  type RadioInput,
  type RadioState,
  stepRadio,
} from '../../../../adapters/linux/wifi/stepRadio.js';
import { elementsOfAssociation, readNetwork } from '../../../../operators/core/rsn/network.js';
import { defaultPolicy } from '../../../../operators/core/rsn/policy.js';
import type { MacAddress } from '../../../../streams/events/index.js';
import { readAssociationRequest } from '../../../../streams/frames/index.js';
import { PSK_BEACON, PSK_RSNE } from './accessPoints.js';

const AP = '02:00:00:00:00:00' as MacAddress;
const OTHER_AP = '02:00:00:00:02:00' as MacAddress;
const station = { index: 3, name: 'wlan1', address: '02:00:00:00:01:00' as MacAddress };
const NOTHING = new Uint8Array(0);

const bss: Bss = PSK_BEACON;
const security = { element: PSK_RSNE, wpaVersion: 2, akm: 0x000fac02, pairwise: 0x000fac04, group: 0x000fac04 };
const candidate = { bss, security };
const connected = { kind: 'connected', bssid: AP, status: 0, timedOut: false, request: PSK_RSNE, response: NOTHING } as const;
const deauthenticated: ReadonlyArray<RadioInput> = [
  { kind: 'left', frame: 'deauthentication' },
  { kind: 'disconnected', reason: 5, byAccessPoint: true },
];

const play = (inputs: ReadonlyArray<RadioInput>) => {
  let state: RadioState = noRadio;
  const calls: RadioCall[] = [];
  for (const input of inputs) {
    const step = stepRadio(state, input);
    state = step.state;
    calls.push(...step.effects);
  }
  return { state, calls };
};

const UP: ReadonlyArray<RadioInput> = [{ kind: 'arrived', station }, { kind: 'connecting', candidate }, connected];
const following = (...inputs: ReadonlyArray<RadioInput>): ReadonlyArray<RadioCall> => play([...UP, ...inputs]).calls.slice(3);

describe('a radio as an engine knows it', () => {
  it('is an adapter, and its association a start and a completion', () => {
    const { calls } = play(UP);
    expect(calls.map(({ kind }) => kind)).to.deep.equal(['initAdapter', 'associationStart', 'associationCompletion']);
    expect(calls[0]).to.include({ adapter: '0x3', address: station.address });
    expect(calls[1]).to.include({ peer: AP });
  });

  it('tells an association from which the handshake reads what was agreed', () => {
    const [, , completion] = play(UP).calls;
    if (completion?.kind !== 'associationCompletion') throw new Error('no completion');
    const { association } = completion;
    const portState = { peer: AP, sessionId: 1, controlled: true, authorized: false };
    const context = { association, peer: AP, portState, ownAddress: station.address };
    const read = readNetwork(context, elementsOfAssociation(context), defaultPolicy);
    if (read._tag === 'Left') throw new Error(read.left.detail);
    expect(new TextDecoder().decode(read.right.ssid)).to.equal('lab');
    expect([read.right.akm.name, read.right.announced.isKnown]).to.deep.equal(['PSK', true]);
    expect(read.right.ownElement).to.deep.equal(PSK_RSNE);
  });

  it('tells why an association did not come about', () => {
    const failing = (event: Partial<typeof connected> | { status: number } | { timedOut: boolean }) => {
      const { calls, state } = play([...UP.slice(0, 2), { ...connected, ...event }]);
      const [, , completion] = calls;
      return [state.phase, completion?.kind === 'associationCompletion' && completion.association.status];
    };
    expect(failing({ status: 17 })).to.deep.equal(['idle', 0x30011]);
    expect(failing({ timedOut: true })).to.deep.equal(['idle', 2]);
  });

  it('tells who ended an association, by which frame, and for what reason', () => {
    const reasonOf = (...inputs: ReadonlyArray<RadioInput>) => {
      const [call] = following(...inputs);
      return call?.kind === 'disassociation' && call.reason;
    };
    expect(reasonOf(...deauthenticated)).to.equal(0x10005);
    expect(
      reasonOf({ kind: 'left', frame: 'disassociation' }, { kind: 'disconnected', reason: 8, byAccessPoint: true }),
    ).to.equal(0x20008);
    expect(reasonOf({ kind: 'disconnected', reason: 3, byAccessPoint: false })).to.equal(7);
    expect(reasonOf({ kind: 'disconnected', reason: 4, byAccessPoint: false }), 'beacons lost').to.equal(2);
    expect(reasonOf({ kind: 'lost' })).to.equal(2);
  });

  it('forgets the frame that ended an association with it', () => {
    const [, , , second] = following(...deauthenticated, { kind: 'connecting', candidate }, connected, {
      kind: 'disconnected',
      reason: 8,
      byAccessPoint: true,
    });
    expect(second?.kind === 'disassociation' && second.reason).to.equal(0x10008);
  });

  it('hands over EAPOL only while there is an association', () => {
    const eapol = { kind: 'eapol', from: AP, isProtected: true, packet: Uint8Array.of(2, 3, 0, 0) } as const;
    const [packet] = following(eapol);
    expect(packet).to.deep.include({ kind: 'receivePacket', peer: AP, etherType: 0x888e, protected: true });
    expect(following(...deauthenticated, eapol).map(({ kind }) => kind)).to.deep.equal(['disassociation']);
    expect(play([eapol]).calls).to.deep.equal([]);
  });

  it('lets EAP in the clear through only as long as there is no key, and leaves keys to who can tell', () => {
    const [eap, key] = [0, 3].map((type) => ({
      ...({ kind: 'eapol', from: AP, isProtected: false } as const),
      packet: Uint8Array.of(2, type, 0, 0),
    }));
    if (eap === undefined || key === undefined) throw new Error('there are two');
    const keyed = { kind: 'keyed', isKeyed: true } as const;
    expect(following(eap)).to.have.length(1);
    expect(following(keyed, eap)).to.deep.equal([]);
    expect(following(keyed, key)).to.have.length(1);
    expect(following(keyed, { ...eap, isProtected: true })).to.have.length(1);
    // A driver without the way of nl80211 does not tell.
    expect(following(keyed, { kind: 'eapol', from: AP, packet: eap.packet })).to.have.length(1);
    expect(following(keyed, { kind: 'keyed', isKeyed: false }, eap)).to.have.length(1);
  });

  it('keeps a packet that overtakes the news of its association, and hands it over behind it', () => {
    const eapol = { kind: 'eapol', from: AP, isProtected: false, packet: Uint8Array.of(2, 3, 0, 0) } as const;
    const associating = UP.slice(0, 2);
    const later = (...inputs: ReadonlyArray<RadioInput>) => play([...associating, ...inputs]).calls.slice(2);
    const [completed, received, ...more] = later(eapol, connected, connected);
    expect([completed?.kind, more]).to.deep.equal(['associationCompletion', []]);
    expect(received).to.deep.include({ kind: 'receivePacket', peer: AP, payload: eapol.packet, protected: false });
    expect(
      later(eapol, { ...connected, status: 17 }, { kind: 'connecting', candidate }, connected).map(({ kind }) => kind),
    ).to.eql(['associationCompletion', 'associationStart', 'associationCompletion']);
    expect(later({ ...eapol, from: OTHER_AP }, connected).map(({ kind }) => kind)).to.eql(['associationCompletion']);
  });

  it('tells of a Michael failure', () => {
    expect(following({ kind: 'michael', isGroupKey: true, keyIndex: 1, peer: AP })).to.deep.equal([
      { kind: 'tkipMicFailure', adapter: '0x3', peer: AP, defaultKey: true, keyIndex: 1 },
    ]);
  });

  it('starts anew where the driver has roamed to', () => {
    const moved = {
      kind: 'moved',
      candidate: { ...candidate, bss: { ...bss, bssid: OTHER_AP } },
      request: PSK_RSNE,
      response: NOTHING,
    } as const;
    const { calls, state } = play([...UP, moved]);
    expect(calls.slice(3).map(({ kind }) => kind)).to.deep.equal(['associationStart', 'associationCompletion']);
    expect(state.phase === 'associated' && state.candidate.bss.bssid).to.equal(OTHER_AP);
  });

  it('R211: leaves its access point for another by a start alone, and does not take the end of the one for that of the other', () => {
    const there = { ...candidate, bss: { ...bss, bssid: OTHER_AP }, from: AP };
    const kinds = (calls: ReadonlyArray<RadioCall>) => calls.map(({ kind }) => kind);
    const leftByKernel = { kind: 'disconnected', reason: 1, byAccessPoint: false } as const;
    const going: ReadonlyArray<RadioInput> = [
      { kind: 'connecting', candidate: there },
      deauthenticated[0] ?? leftByKernel,
      leftByKernel,
    ];
    expect(kinds(following(...going))).to.deep.equal(['associationStart']);
    const calls = following(...going, connected);
    expect(kinds(calls)).to.deep.equal(['associationStart', 'associationCompletion']);
    expect(kinds(following(...going, connected, leftByKernel)).at(-1)).to.equal('disassociation');
  });

  it('tells of a reassociation where it comes from', () => {
    const there = { ...candidate, bss: { ...bss, bssid: OTHER_AP }, from: AP };
    const [, completion] = following({ kind: 'connecting', candidate: there }, connected);
    if (completion?.kind !== 'associationCompletion') throw new Error('no completion');
    const { association } = completion;
    expect([association.reassociationRequest, association.reassociationResponse]).to.deep.equal([true, true]);
    const request = readAssociationRequest(association.request, true);
    expect(request._tag === 'Right' && request.right.currentAp).to.equal(AP);
    const portState = { peer: OTHER_AP, sessionId: 1, controlled: true, authorized: false };
    const context = { association, peer: OTHER_AP, portState, ownAddress: station.address };
    const read = readNetwork(context, elementsOfAssociation(context), defaultPolicy);
    expect(read._tag === 'Right' && new TextDecoder().decode(read.right.ssid)).to.equal('lab');
  });

  it('ends what there is before the adapter goes', () => {
    const kinds = (input: RadioInput) => following(input).map(({ kind }) => kind);
    expect(kinds({ kind: 'removed' })).to.deep.equal(['disassociation', 'deinitAdapter']);
    expect(kinds({ kind: 'ended' })).to.deep.equal(['disassociation', 'deinitAdapter']);
    expect(
      play([...UP.slice(0, 2), { kind: 'removed' }])
        .calls.map(({ kind }) => kind)
        .slice(2),
    ).to.deep.equal(['associationCompletion', 'deinitAdapter']);
  });

  it('never completes what has not started, nor ends what is not up, whatever the kernel says', () => {
    const inputs: ReadonlyArray<RadioInput> = [
      ...UP,
      { kind: 'connecting', candidate: { ...candidate, from: OTHER_AP } },
      ...deauthenticated,
      { kind: 'lost' },
      { kind: 'removed' },
      { kind: 'ended' },
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...inputs), { maxLength: 30 }), (story) => {
        let [isPresent, isStarted, isUp] = [false, false, false];
        for (const call of play(story).calls) {
          if (call.kind === 'initAdapter') isPresent = true;
          else expect(isPresent, call.kind).to.equal(true);
          if (call.kind === 'associationCompletion') {
            expect(isStarted).to.equal(true);
            [isStarted, isUp] = [false, call.association.status === 0];
          }
          if (call.kind === 'disassociation') {
            expect(isUp).to.equal(true);
            isUp = false;
          }
          if (call.kind === 'associationStart') isStarted = true;
          if (call.kind === 'deinitAdapter') {
            expect([isUp, isStarted]).to.deep.equal([false, false]);
            isPresent = false;
          }
        }
      }),
    );
  });
});
