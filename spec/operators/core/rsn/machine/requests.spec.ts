import { expect } from 'chai';
import { type AdapterHandle, IndicationType, macToBytes } from '../../../../../streams/events/index.js';
import { writeTkipMicFailure } from '../../../../../streams/frames/index.js';
import { cipher } from '../../../../support/associationFor.js';
import { type ApEvent, receive, rekeyPairwise, shownKeys } from '../../../../support/authenticator/authenticator.js';
import { established, happened, type Opened, opened, setups, since } from '../../../../support/stages.js';

const SUCCESS = '0/0';
const ADAPTER = '0xa1' as AdapterHandle;
const MIXED = { ...setups.psk, group: cipher('TKIP') };

const failure = ({ network }: Opened, defaultKey: boolean) =>
  ({ kind: 'tkipMicFailure', adapter: ADAPTER, peer: network.peer, defaultKey, keyIndex: defaultKey ? 1 : 0 }) as const;

/** What the access point makes of everything that was sent. */
const heard = (all: Opened): ReadonlyArray<ApEvent> => {
  const events: ApEvent[] = [];
  let { ap } = all;
  for (const packet of all.bench.takeSent()) {
    const turn = receive(ap, packet);
    ap = turn.ap;
    events.push(...turn.events);
  }
  return events;
};

const informationOf = (event: ApEvent | undefined) => (event?.kind === 'took' ? event.key.information : undefined);

describe('requests of the station', () => {
  it('R253: a Michael failure is reported, of the pairwise and of the group key', () => {
    for (const defaultKey of [false, true]) {
      const all = established(setups.wpa);
      all.bench.indicate(failure(all, defaultKey));
      const [event] = heard(all);
      expect(event && happened([event])).to.deep.equal(['request']);
      expect(informationOf(event)).to.deep.include({
        ...{ pairwise: !defaultKey, error: true, request: true, secure: true, mic: true, ack: false },
      });
      expect(all.bench.completions).to.deep.equal([SUCCESS]);
    }
  });

  it('R253: reports have replay counters of their own, from zero', () => {
    const all = established(setups.wpa);
    for (let time = 0; time < 3; time++) all.bench.indicate(failure(all, false));
    const counters = heard(all).map((event) => (event.kind === 'took' ? event.key.replayCounter : undefined));
    expect(counters).to.deep.equal([0n, 1n, 2n]);
  });

  it('R253: and they go on after a rekey', () => {
    const all = established(setups.wpa);
    all.bench.indicate(failure(all, false));
    const [first = new Uint8Array(0)] = all.bench.takeSent();
    const { ap } = all.bench.hear(rekeyPairwise(receive(all.ap, first).ap));
    all.bench.indicate(failure(all, false));
    const [event] = heard({ ...all, ap });
    expect(event?.kind === 'took' ? event.key.replayCounter : undefined).to.equal(1n);
  });

  it('R253: only where TKIP protects something', () => {
    const [mixed, none] = [established(MIXED), established(setups.psk)];
    for (const all of [mixed, none]) all.bench.indicate(failure(all, true));
    expect(heard(mixed)).to.have.length(1);
    expect(heard(none)).to.have.length(0);
  });

  it('R253: two within a minute are no more than two reports, unless the owner has it otherwise', () => {
    const all = established(setups.wpa);
    all.bench.indicate(failure(all, false));
    all.bench.indicate(failure(all, false));
    expect(all.bench.completions).to.deep.equal([SUCCESS]);
    expect(heard(all)).to.have.length(2);
  });

  it('R253: two within a minute end the port, if that is the policy, and the second is reported before', () => {
    const all = established(setups.wpa, { bench: { policy: { countermeasures: 'fail' } } });
    all.bench.indicate(failure(all, false));
    expect(all.bench.timers.get('michael')).to.equal(60_000);
    all.bench.indicate(failure(all, false));
    expect(heard(all)).to.have.length(2);
    expect(all.bench.completions).to.deep.equal([SUCCESS, '4800e/1236']);
    expect([...all.bench.timers.keys()]).to.deep.equal([]);
    for (const packet of rekeyPairwise(all.ap).packets) all.bench.packet(packet);
    expect(all.bench.takeSent()).to.deep.equal([]);
  });

  it('R253: two more than a minute apart do not', () => {
    const all = established(setups.wpa, { bench: { policy: { countermeasures: 'fail' } } });
    all.bench.indicate(failure(all, false));
    all.bench.expire('michael');
    all.bench.indicate(failure(all, false));
    expect(all.bench.completions).to.deep.equal([SUCCESS]);
  });

  it('R253: is understood as octets of the miniport too, and what is none is passed over (R250)', () => {
    const all = established(setups.wpa);
    const octets = writeTkipMicFailure({ defaultKey: false, keyIndex: 0, peer: all.network.peer });
    expect(octets.subarray(-6)).to.have.length(macToBytes(all.network.peer).length);
    const indicate = (type: number, payload: Uint8Array) =>
      all.bench.indicate({ kind: 'receiveIndication', adapter: ADAPTER, type, payload });
    indicate(IndicationType.codes.TKIP_MIC_FAILURE, octets);
    expect(heard(all)).to.have.length(1);
    indicate(IndicationType.codes.TKIP_MIC_FAILURE, octets.subarray(0, 3));
    indicate(IndicationType.codes.LINK_QUALITY, octets);
    expect(heard(all)).to.have.length(0);
    expect(all.bench.completions).to.deep.equal([SUCCESS]);
  });

  it('R253: before there are keys it cannot be reported', () => {
    const all = opened(setups.wpa);
    all.bench.indicate(failure(all, false));
    expect(all.bench.takeSent()).to.deep.equal([]);
  });

  it('a new pairwise key is asked for when the old one is old, once, and the rekey that follows renews the wait', () => {
    const all = established(setups.protectedPsk, { bench: { policy: { pairwiseKeyLifetime: 3_600_000 } } });
    expect(all.bench.timers.get('lifetime')).to.equal(3_600_000);
    expect(all.bench.expire('lifetime')).to.equal(true);
    const [event] = heard(all);
    expect(informationOf(event)).to.deep.include({ pairwise: true, error: false, request: true, secure: true, mic: true });
    expect(all.bench.timers.has('lifetime')).to.equal(false);
    const from = all.bench.log.length;
    const { ap } = all.bench.hear(rekeyPairwise(all.ap));
    expect(since(all.bench, from)).to.include(shownKeys(ap)[0]);
    expect(all.bench.timers.get('lifetime')).to.equal(3_600_000);
  });

  it('by default it is not asked for', () => {
    expect(established(setups.psk).bench.timers.has('lifetime')).to.equal(false);
  });
});
