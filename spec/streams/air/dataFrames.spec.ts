import { expect } from 'chai';
import { type AirEvent, BROADCAST, type EarOptions } from '../../../streams/air/index.js';
import { hex } from '../frames/hex.js';
import {
  AP,
  be16,
  data,
  EAP_RESPONSE,
  EAPOL_START,
  eapol,
  FROM_DS,
  joined,
  LLC,
  llc,
  MESSAGE_1,
  MESSAGE_2,
  ORDER,
  OTHER_AP,
  OTHER_STATION,
  PROTECTED,
  STATION,
  TO_DS,
} from './building.js';
import { captured, hearFrames, watchingAll } from './hearAll.js';

const heard = (frame: Uint8Array, options?: EarOptions): ReadonlyArray<AirEvent> => hearFrames(captured(105, frame), options);
const packets = (frame: Uint8Array) => heard(frame).map((event) => event.kind === 'eapol' && event.packet);
const HTC = hex('ffffffff');

/** An MSDU as an A-MSDU has it. */
const subframe = (msdu: Uint8Array, padding = (4 - ((14 + msdu.length) % 4)) % 4): Uint8Array =>
  joined(new Uint8Array(12), be16(msdu.length), msdu, new Uint8Array(padding));

describe('EAPOL in data frames', () => {
  it('from the station', () => {
    expect(heard(data(llc(MESSAGE_2)))).to.deep.equal([
      {
        ...{ kind: 'eapol', frame: 1, time: 1e9, station: STATION, ap: AP, from: 'station' },
        ...{ packet: MESSAGE_2, isProtected: false, medium: 'air' },
      },
    ]);
  });

  it('from the access point', () => {
    const [event] = heard(data(llc(MESSAGE_1), { flags: FROM_DS }));
    expect(event).to.include({ kind: 'eapol', station: STATION, ap: AP, from: 'ap' });
  });

  it('to a group of stations', () => {
    const [event] = heard(data(llc(MESSAGE_1), { flags: FROM_DS, addresses: [0x0180c2000003, AP, AP] }));
    expect(event).to.include({ station: BROADCAST, ap: AP, from: 'ap' });
  });

  it('with every shape of header', () => {
    const shapes = [{}, { qos: 5 }, { qos: 0, flags: TO_DS | ORDER, htControl: HTC }, { flags: TO_DS | ORDER }, { subtype: 1 }];
    for (const shape of shapes) expect(packets(data(llc(MESSAGE_2), shape))).to.deep.equal([MESSAGE_2]);
  });

  it('with four addresses the packet tells who speaks', () => {
    const addresses = [AP, STATION, OTHER_AP, OTHER_STATION];
    const flags = TO_DS | FROM_DS;
    expect(heard(data(llc(MESSAGE_2), { flags, addresses }))[0]).to.include({ station: STATION, ap: AP, from: 'station' });
    expect(heard(data(llc(MESSAGE_1), { flags, addresses, qos: 0 }))[0]).to.include({ station: AP, ap: STATION, from: 'ap' });
  });

  it('behind the LLC of RFC 1042 and of bridge tunnels, and no other', () => {
    expect(packets(data(joined(hex('aaaa03 0000f8 888e'), EAPOL_START)))).to.deep.equal([EAPOL_START]);
    for (let at = 0; at < LLC.length; at += 1) {
      const other = llc(EAPOL_START);
      other.set([(other[at] ?? 0) ^ 1], at);
      expect(packets(data(other)), `octet ${at}`).to.deep.equal([]);
    }
  });

  it('is cut to its own length', () => {
    expect(packets(data(joined(llc(EAPOL_START), hex('deadbeef'))))).to.deep.equal([EAPOL_START]);
  });

  it('is what there is of it, if the capture cut it off', () => {
    expect(packets(data(llc(MESSAGE_2).subarray(0, 60)))).to.deep.equal([MESSAGE_2.subarray(0, 52)]);
    expect(packets(data(llc(MESSAGE_2).subarray(0, 11)))).to.deep.equal([]);
    const cutAt = (end: number) => heard(data(llc(MESSAGE_2).subarray(0, end))).map((event) => 'isCut' in event && event.isCut);
    expect([cutAt(60), cutAt(LLC.length + MESSAGE_2.length - 1)]).to.deep.equal([[true], [true]]);
    expect(cutAt(LLC.length + MESSAGE_2.length)).to.deep.equal([false]);
  });

  it('of the types that matter', () => {
    for (const type of [0, 1, 2, 3]) expect(packets(data(llc(eapol(type, hex('00')))))).to.have.length(1);
    for (const type of [4, 5, 6, 255]) expect(packets(data(llc(eapol(type, hex('00')))))).to.deep.equal([]);
  });

  it('not of stations among themselves, not in frames without data, not of another version', () => {
    expect(packets(data(llc(MESSAGE_2), { flags: 0 }))).to.deep.equal([]);
    expect(packets(data(llc(MESSAGE_2), { subtype: 4 }))).to.deep.equal([]);
    const frame = data(llc(MESSAGE_2));
    frame[0] = 0x09;
    expect(packets(frame)).to.deep.equal([]);
  });

  it('in an A-MSDU, wherever it stands', () => {
    const other = hex('aaaa03 000000 0800 4500001400');
    const aggregate = joined(subframe(other), subframe(llc(EAP_RESPONSE)), subframe(llc(EAPOL_START), 0));
    expect(packets(data(aggregate, { qos: 0x80 }))).to.deep.equal([EAP_RESPONSE, EAPOL_START]);
    expect(packets(data(aggregate, { qos: 0 }))).to.deep.equal([]);
  });

  it('in an A-MSDU whose lengths lie', () => {
    const lying = joined(new Uint8Array(12), be16(0xffff), llc(EAPOL_START));
    expect(packets(data(lying, { qos: 0x80 }))).to.deep.equal([EAPOL_START]);
    expect(packets(data(new Uint8Array(100), { qos: 0x80 }))).to.deep.equal([]);
  });
});

describe('encrypted data frames', () => {
  const body = hex('0100002000000000 5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f');

  it('are told where they are watched', () => {
    const frame = data(body, { flags: FROM_DS | PROTECTED, qos: 3 });
    expect(heard(frame)).to.deep.equal([
      {
        ...{ kind: 'sealed', frame: 1, time: 1e9, station: STATION, ap: AP, from: 'ap' },
        sealed: { header: frame.subarray(0, 26), body },
      },
    ]);
    expect(heard(frame, { isWatched: () => false })).to.deep.equal([]);
  });

  it('are asked for by station and access point', () => {
    const asked: Array<readonly number[]> = [];
    const isWatched = (...pair: readonly number[]): boolean => {
      asked.push(pair);
      return false;
    };
    heard(data(body, { flags: TO_DS | PROTECTED }), { isWatched });
    heard(data(body, { flags: FROM_DS | PROTECTED }), { isWatched });
    heard(data(body, { flags: FROM_DS | PROTECTED, addresses: [0x01005e000001, AP, AP] }), { isWatched });
    heard(data(body, { flags: TO_DS | FROM_DS | PROTECTED, addresses: [AP, STATION, 0, 0] }), { isWatched });
    expect(asked).to.deep.equal([
      [STATION, AP],
      [STATION, AP],
      [BROADCAST, AP],
      [STATION, AP],
      [AP, STATION],
    ]);
  });

  it('with four addresses are of the pair that is watched', () => {
    const frame = data(body, { flags: TO_DS | FROM_DS | PROTECTED, addresses: [AP, STATION, 0, 0], qos: 0 });
    const [event] = heard(frame, { isWatched: (station) => station === AP });
    expect(event).to.include({ kind: 'sealed', station: AP, ap: STATION, from: 'ap' });
    expect(event?.kind === 'sealed' && event.sealed.header.length).to.equal(32);
    expect(heard(frame)).to.have.length(1);
  });

  it('with an HT Control field it belongs to the header', () => {
    const frame = data(body, { flags: TO_DS | PROTECTED | ORDER, qos: 0, htControl: HTC });
    expect(heard(frame).map((event) => event.kind === 'sealed' && event.sealed)).to.deep.equal([
      { header: frame.subarray(0, 30), body },
    ]);
  });

  it('of a fragmented one each fragment, sealed by itself', () => {
    const pieces = [0, 1].map((fragment) =>
      data(body, { flags: TO_DS | PROTECTED | (fragment === 0 ? 4 : 0), sequence: 7, fragment }),
    );
    expect(hearFrames(captured(105, ...pieces), watchingAll).map(({ kind }) => kind)).to.deep.equal(['sealed', 'sealed']);
  });

  it('without a body are nothing', () => {
    expect(heard(data(hex(''), { flags: TO_DS | PROTECTED }))).to.deep.equal([]);
  });
});
