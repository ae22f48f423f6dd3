import { expect } from 'chai';
import { type AdapterHandle, type MacAddress, Secret } from '../../../../../streams/events/index.js';
import { cipher } from '../../../../support/associationFor.js';
import {
  type Ap,
  receive,
  rekeyGroup,
  rekeyPairwise,
  repeatGroup,
  retransmit,
  shownKeys,
  start,
  type Turn,
} from '../../../../support/authenticator/authenticator.js';
import { withFields, withItems, withMore } from '../../../../support/authenticator/modifiers.js';
import { established, happened, type Opened, opened, setups, since } from '../../../../support/stages.js';

const SUCCESS = '0/0';
const ADAPTER = '0xa1' as AdapterHandle;
const isKey = (line: string): boolean => line.includes(': ');

const keyUpdated = ({ network }: Opened, keyIndex: number, key?: Uint8Array) =>
  ({
    kind: 'cipherKeyUpdated',
    ...{ adapter: ADAPTER, peer: network.peer, keyIndex },
    ...(key && { key: Secret.of(key) }),
  }) as const;

/** WPA1 up to its message 4: the access point's group message 1 comes next. */
const wpaBeforeGroup = (all: Opened): Turn => {
  const first = start(all.ap);
  all.bench.packet(first.packets[0] ?? new Uint8Array(0));
  const third = receive(first.ap, all.bench.takeSent()[0] ?? new Uint8Array(0));
  all.bench.packet(third.packets[0] ?? new Uint8Array(0));
  return receive(third.ap, all.bench.takeSent()[0] ?? new Uint8Array(0));
};

describe('group message 1', () => {
  it('R135: replayed octet for octet: neither an answer nor a download', () => {
    const { bench, ap } = established(setups.protectedPsk);
    const turn = rekeyGroup(ap);
    for (const packet of [...turn.packets, ...turn.packets, ...turn.packets]) bench.packet(packet);
    expect(bench.log.filter((line) => line.startsWith('send group message 2'))).to.have.length(1);
    expect(bench.keys.filter((line) => line.startsWith('group 2'))).to.have.length(1);
  });

  it('R135: retransmitted with another counter: answered again, and nothing is installed again', () => {
    const { bench, ap } = established(setups.protectedPsk);
    const turn = rekeyGroup(ap);
    const again = retransmit(turn.ap);
    for (const packet of [...turn.packets, ...again.packets]) bench.packet(packet);
    const answers = bench.takeSent();
    expect(answers).to.have.length(2);
    expect(happened(receive(again.ap, answers[1] ?? new Uint8Array(0)).events)).to.deep.equal(['group message 2', 'up']);
    expect(new Set(bench.keys).size).to.equal(bench.keys.length);
    expect(bench.keys.filter((line) => line.startsWith('group 2'))).to.have.length(1);
  });

  it('R135: an old key that comes back, even under another index or with another counter, is not installed', () => {
    const { bench, ap } = established(setups.psk);
    const next = bench.hear(rekeyGroup(ap));
    const old: Ap = { ...next.ap, groups: ap.groups.map((keys) => ({ ...keys, gtk: { ...keys.gtk, keyId: 3 } })) };
    const reset: Ap = {
      ...old,
      groups: ap.groups.map((keys) => ({ ...keys, gtk: { ...keys.gtk, packetNumber: new Uint8Array(6) } })),
    };
    const from = bench.log.length;
    const after = bench.hear(repeatGroup(old));
    bench.hear(repeatGroup({ ...reset, counter: after.ap.counter }));
    expect(since(bench, from).filter(isKey)).to.deep.equal([]);
    expect(since(bench, from).filter((line) => line.startsWith('send group message 2'))).to.have.length(2);
  });

  it('R134: the new keys wait for the send completion of message 2', () => {
    const { bench, ap } = opened(setups.psk, { bench: { holdsSends: true } });
    const up = bench.hear(start(ap));
    bench.release();
    bench.hear(rekeyGroup(up.ap));
    expect(bench.keys).to.have.length(2);
    bench.release();
    expect(bench.keys).to.have.length(3);
    expect(bench.completions).to.deep.equal([SUCCESS]);
  });

  it('before there is a pairwise key: dropped', () => {
    const { bench, ap } = opened(setups.psk);
    const { ptk } = established(setups.psk).ap;
    for (const packet of rekeyGroup({ ...ap, ...(ptk && { ptk }) }).packets) bench.packet(packet);
    expect(bench.takeSent()).to.deep.equal([]);
    expect(bench.completions).to.deep.equal([]);
    expect(happened(bench.hear(start(ap)).events)).to.deep.equal(['message 2', 'message 4', 'up']);
  });

  it('under the keys before a rekey: dropped', () => {
    const { bench, ap } = established(setups.psk);
    const { ap: rekeyed } = bench.hear(rekeyPairwise(ap));
    const from = bench.log.length;
    const stale = rekeyGroup({ ...rekeyed, ...(ap.ptk && { ptk: ap.ptk }) });
    for (const packet of stale.packets) bench.packet(packet);
    expect(since(bench, from)).to.deep.equal([]);
    expect(happened(bench.hear(rekeyGroup(rekeyed)).events)).to.deep.equal(['group message 2', 'up']);
  });

  it('R90: in the clear after the keys are in: dropped, where the host can tell', () => {
    const { bench, ap } = established(setups.psk);
    const turn = rekeyGroup(ap);
    for (const packet of turn.packets) bench.packet(packet, false);
    expect(bench.takeSent()).to.deep.equal([]);
    for (const packet of turn.packets) bench.packet(packet, true);
    expect(bench.takeSent()).to.have.length(1);
    const rekey = rekeyPairwise(turn.ap);
    for (const packet of rekey.packets) bench.packet(packet, false);
    expect(bench.takeSent()).to.deep.equal([]);
  });

  it('of several links: each key goes to its link, and a renewal may be of one of them', () => {
    const all = established({ ...setups.sae, linkIds: [0, 1, 2] });
    const { bench, ap } = all;
    expect(bench.keys).to.deep.equal(shownKeys(ap));
    expect(bench.keys.filter((line) => line.startsWith('group 1 of link'))).to.have.length(3);
    const onlyOne = withItems((item) => (item.kind !== 'mloGtk' || item.linkId === 1 ? item : undefined));
    const from = bench.log.length;
    const modified: Ap = { ...ap, options: { ...ap.options, modify: { group1: onlyOne } } };
    bench.hear(rekeyGroup(modified));
    const fresh = since(bench, from).filter((line) => line.startsWith('group'));
    expect(fresh).to.have.length(1);
    expect(fresh[0]).to.match(/^group 2 of link 1 at 02:00:00:0a:00:02: /);
  });

  it('of several links: those of links that are not ours are passed over, in message 3 as well', () => {
    const key = { keyId: 1, packetNumber: new Uint8Array(6), key: new Uint8Array(16).fill(9) };
    const more = withMore(
      { kind: 'mloLink', linkId: 9, address: '02:00:00:0a:00:0a' as MacAddress, rsne: Uint8Array.of(48, 2, 1, 0) },
      { kind: 'mloGtk', linkId: 9, transmit: false, ...key },
      { kind: 'mloIgtk', linkId: 9, ...key, keyId: 4 },
    );
    const setup = { ...setups.sae, linkIds: [0, 1] };
    const { bench, ap } = established(setup, { ap: { modify: { message3: more, group1: more } } });
    expect(bench.keys).to.deep.equal(shownKeys(ap));
    bench.hear(rekeyGroup(ap));
    expect(bench.keys.filter((line) => line.includes('link 9'))).to.deep.equal([]);
  });

  it('operating channel validation: message 2 tells the channel, and a message 1 from another one ends it (0x4800a)', () => {
    const channel = { operatingClass: 115, primaryChannel: 36, frequencySegment1: 0 };
    const elsewhere = withItems((item) => (item.kind === 'operatingChannel' ? { ...item, primaryChannel: 40 } : item));
    const { bench, ap } = established({ ...setups.psk, channel });
    const good = bench.hear(rekeyGroup(ap));
    expect(happened(good.events)).to.deep.equal(['group message 2', 'up']);
    bench.hear(rekeyGroup({ ...good.ap, options: { ...ap.options, modify: { group1: elsewhere } } }));
    expect(bench.completions).to.deep.equal([SUCCESS, '4800a/13']);
    expect(bench.keys.filter((line) => line.startsWith('group'))).to.have.length(2);
  });

  it('of several links: one key for two of them is installed for each', () => {
    const { bench, ap: before } = opened({ ...setups.sae, linkIds: [0, 1] });
    const groups = before.groups.map((keys) => ({ ...keys, gtk: { ...keys.gtk, key: new Uint8Array(16).fill(7) } }));
    const { ap } = bench.hear(start({ ...before, groups }));
    expect(bench.keys).to.deep.equal(shownKeys(ap));
    const from = bench.log.length;
    bench.hear(repeatGroup(ap));
    expect(since(bench, from).filter(isKey)).to.deep.equal([]);
  });

  it('R135: a key the firmware took by itself is adopted, and a group message 1 with it installs nothing', () => {
    const all = established(setups.psk);
    const { bench, ap } = all;
    const turn = rekeyGroup(ap);
    const [key] = turn.ap.groups;
    bench.indicate(keyUpdated(all, key?.gtk.keyId ?? 0, key?.gtk.key));
    const from = bench.log.length;
    expect(happened(bench.hear(turn).events)).to.deep.equal(['group message 2', 'up']);
    expect(since(bench, from).filter(isKey)).to.deep.equal([]);
    expect(happened(bench.hear(rekeyGroup(turn.ap)).events)).to.deep.equal(['group message 2', 'up']);
    expect(since(bench, from).filter(isKey)).to.have.length(1);
  });

  it('R135: so are the IGTK and the BIGTK', () => {
    const all = established({ ...setups.sae, beaconProtection: true });
    const turn = rekeyGroup(all.ap);
    const [keys] = turn.ap.groups;
    for (const key of [keys?.gtk, keys?.igtk, keys?.bigtk]) all.bench.indicate(keyUpdated(all, key?.keyId ?? 0, key?.key));
    const from = all.bench.log.length;
    all.bench.hear(turn);
    expect(since(all.bench, from).filter(isKey)).to.deep.equal([]);
  });

  it('a key update that tells no key, or one of another length, changes nothing', () => {
    const all = established(setups.psk);
    const { state } = all.bench;
    all.bench.indicate(keyUpdated(all, 1));
    all.bench.indicate(keyUpdated(all, 1, new Uint8Array(5).fill(1)));
    all.bench.indicate(keyUpdated(all, 4, new Uint8Array(16).fill(1)));
    expect(all.bench.state).to.equal(state);
  });
});

describe('WPA1', () => {
  it('R58: is not up before the group key', () => {
    const all = opened(setups.wpa);
    const group = wpaBeforeGroup(all);
    expect(all.bench.keys).to.deep.equal(shownKeys(group.ap).slice(0, 1));
    expect(all.bench.completions).to.deep.equal([]);
    expect(all.bench.log).to.not.include('exclude unencrypted true');
    const { ap, events } = all.bench.hear(group);
    expect(happened(events)).to.include.members(['group message 2', 'up']);
    expect(all.bench.keys).to.deep.equal(shownKeys(ap));
    expect(all.bench.log.slice(-2)).to.deep.equal(['exclude unencrypted true', 'completion 0/0']);
  });

  it('R180: whose group key never comes: 0x4800d, and it is taken even then (R178)', () => {
    const all = opened(setups.wpa);
    const group = wpaBeforeGroup(all);
    expect(all.bench.expire('finish')).to.equal(true);
    expect(all.bench.completions).to.deep.equal(['4800d/1460']);
    all.bench.hear(group);
    expect(all.bench.completions).to.deep.equal(['4800d/1460', SUCCESS]);
  });

  it('R180: and so it is when somebody forges a message 1 in between', () => {
    const all = opened(setups.wpa);
    const group = wpaBeforeGroup(all);
    const nonce = withFields({ nonce: new Uint8Array(32).fill(7), replayCounter: 1000n });
    const forged = start({ ...group.ap, options: { ...all.ap.options, modify: { message1: nonce } } });
    for (const packet of forged.packets) all.bench.packet(packet);
    all.bench.takeSent();
    for (let time = 0; time < 3; time++) all.bench.expire('finish');
    expect(all.bench.completions).to.deep.equal(['4800d/1460']);
    all.bench.hear(group);
    expect(all.bench.completions).to.deep.equal(['4800d/1460', SUCCESS]);
  });

  it('with CCMP wraps its bare group key as AES key wrap has it, and a TKIP key among CCMP ones too', () => {
    for (const group of [cipher('WPA_CCMP'), cipher('WPA_TKIP')]) {
      const { bench, ap } = established({ ...setups.wpa, pairwise: cipher('WPA_CCMP'), group });
      expect(bench.keys).to.deep.equal(shownKeys(ap));
    }
  });
});
