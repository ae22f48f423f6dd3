import { expect } from 'chai';
import { attribute, u32Attribute, u32In } from '../../../../adapters/linux/genetlink/attributes.js';
import { type GenericRequest, genericBody, readGeneric } from '../../../../adapters/linux/genetlink/GenericMessage.js';
import { readAirFrame } from '../../../../lab/wifi/air/AirFrame.js';
import { radioAddress } from '../../../../lab/wifi/air/hwsim.js';
import { Medium } from '../../../../lab/wifi/air/Medium.js';
import type { Rule } from '../../../../lab/wifi/air/Rule.js';

const AP = '020000000000';
const STATION = '020000000100';
const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

const key = (information: string, data = '0000'): string =>
  `aaaa03000000888e 0203005f02 ${information} 0010 0000000000000001 ${'07'.repeat(32)} ${'00'.repeat(48)} ${data}`;
const fromAp = (body: string): Uint8Array => bytesOf(`0802 0000 ${STATION} ${AP} ${AP} 1000 ${body}`);
const fromStation = (body: string): Uint8Array => bytesOf(`8801 0000 ${AP} ${STATION} ${AP} 1000 0000 ${body}`);
const MESSAGE_1 = fromAp(key('008a'));
const MESSAGE_2 = fromStation(key('010a', '0016'));
const BEACON = bytesOf(`8000 0000 ffffffffffff ${AP} ${AP} 1000`);

const FRAME = 2;
const TRANSMITTED = 3;
const ACKNOWLEDGED = 4;

const setting = (...rules: ReadonlyArray<Rule>) => {
  const asked: GenericRequest[] = [];
  const recorded: Uint8Array[] = [];
  const told: object[] = [];
  const ran: string[] = [];
  const world = {
    ask: (request: GenericRequest) => asked.push(request),
    record: (frame: Uint8Array) => recorded.push(frame),
    tell: (what: object) => told.push(what),
    run: (command: string) => ran.push(command),
  };
  const medium = new Medium(world, [0, 1], rules);
  const send = (radio: number, frame: Uint8Array, frequency?: number): void => {
    const attributes = [
      ...(frequency === undefined ? [] : [u32Attribute(19, frequency)]),
      ...[attribute(2, radioAddress(radio)), attribute(3, frame), u32Attribute(4, 1)],
      ...[attribute(8, new Uint8Array(8)), attribute(7, new Uint8Array(8))],
    ];
    const message = readGeneric({ body: genericBody({ command: FRAME, attributes }) });
    if (message !== undefined) medium.hear(message);
  };
  const heardBy = () =>
    asked.flatMap((request) => {
      const { attributes } = readGeneric({ body: genericBody(request) }) ?? { attributes: new Map<number, Uint8Array>() };
      return request.command === FRAME ? [{ radio: attributes.get(1)?.[4], frame: attributes.get(3) }] : [];
    });
  const channels = () =>
    asked.flatMap((request) => {
      const { attributes } = readGeneric({ body: genericBody(request) }) ?? { attributes: new Map<number, Uint8Array>() };
      return request.command === FRAME ? [u32In(attributes, 19)] : [];
    });
  const acknowledged = () =>
    asked.flatMap((request) => {
      const { attributes } = readGeneric({ body: genericBody(request) }) ?? { attributes: new Map<number, Uint8Array>() };
      return request.command === TRANSMITTED ? [((attributes.get(4)?.[0] ?? 0) & ACKNOWLEDGED) !== 0] : [];
    });
  return { medium, send, asked, heardBy, channels, acknowledged, recorded, told, ran };
};

describe('the medium of the lab', () => {
  it('carries a frame on the channel it was sent on, and forges on that of the access point', () => {
    const { medium, send, channels } = setting();
    send(0, MESSAGE_1, 2412);
    send(1, MESSAGE_2, 5200);
    medium.obey({ forge: [{ replay: 'message1' }] });
    expect(channels()).to.deep.equal([2412, 5200, 2412, 2412]);
  });

  it('knows frames by their content', () => {
    const kinds = [
      MESSAGE_1,
      MESSAGE_2,
      fromAp(key('13ca', '0020')),
      fromStation(key('030a')),
      BEACON,
      MESSAGE_1.subarray(0, 10),
    ];
    expect(kinds.map((bytes) => readAirFrame(bytes)).map(({ kind, by }) => `${by} ${kind}`)).to.deep.equal([
      ...['ap message1', 'station message2', 'ap message3', 'station message4', 'ap beacon', 'ap other'],
    ]);
    expect(readAirFrame(fromAp('aaaa03000000888e 0200')).kind).to.equal('eap');
    expect(readAirFrame(fromAp('aaaa030000000800')).kind).to.equal('data');
  });

  it('carries what one radio sends to the other, and acknowledges it', () => {
    const { send, heardBy, acknowledged } = setting();
    send(0, MESSAGE_1);
    expect(heardBy()).to.deep.equal([{ radio: 1, frame: MESSAGE_1 }]);
    expect(acknowledged()).to.deep.equal([true]);
  });

  it('acknowledges a frame before anybody can answer it', () => {
    const { send, asked } = setting();
    send(0, MESSAGE_1);
    expect(asked.map(({ command }) => command)).to.deep.equal([TRANSMITTED, FRAME]);
  });

  it('acknowledges nothing that is for all', () => {
    const { send, acknowledged } = setting();
    send(0, BEACON);
    expect(acknowledged()).to.deep.equal([false]);
  });

  it('loses the first of a kind', () => {
    const { send, heardBy, acknowledged } = setting({ frame: 'message1', nth: 1, fate: 'lost' });
    for (let n = 0; n < 2; n++) send(0, MESSAGE_1);
    expect(heardBy()).to.have.length(1);
    expect(acknowledged()).to.deep.equal([false, true]);
  });

  it('loses the first that is for one alone, however many were for all before it', () => {
    const toAll = bytesOf(`0802 0000 ffffffffffff ${AP} ${AP} 1000 ${key('008a')}`);
    const { send, heardBy, acknowledged } = setting({ frame: 'message1', isToAll: false, nth: 1, fate: 'lost' });
    for (const frame of [toAll, MESSAGE_1, toAll, MESSAGE_1]) send(0, frame);
    expect(heardBy().map(({ frame }) => frame)).to.deep.equal([toAll, toAll, MESSAGE_1]);
    expect(acknowledged()).to.deep.equal([false, false, false, true]);
  });

  it('loses all of a kind, and nothing of the other side', () => {
    const { send, heardBy } = setting({ frame: 'message1', fate: 'lost' }, { frame: 'message2', by: 'ap', fate: 'lost' });
    for (let n = 0; n < 3; n++) send(0, MESSAGE_1);
    send(1, MESSAGE_2);
    expect(heardBy()).to.deep.equal([{ radio: 0, frame: MESSAGE_2 }]);
  });

  it('lets a frame be heard twice', () => {
    const { send, heardBy } = setting({ frame: 'message1', fate: 'twice' });
    send(0, MESSAGE_1);
    expect(heardBy()).to.have.length(2);
  });

  it('forges after what it has heard, with changes and another number, on the air as well', () => {
    const changes = [{ at: 17, octets: 2 }];
    const { send, heardBy, recorded, told } = setting({ frame: 'message1', after: [{ replay: 'message1', times: 3, changes }] });
    send(0, MESSAGE_1);
    expect(recorded).to.have.length(3);
    expect(heardBy()).to.have.length(1 + 3 * 2);
    expect(
      new Set([MESSAGE_1, ...recorded].map((bytes) => Buffer.from(bytes.subarray(22, 24)).toString('hex'))),
    ).to.have.property('size', 4);
    for (const bytes of recorded) {
      expect(readAirFrame(bytes).kind).to.equal('message1');
      expect(bytes.length).to.equal(MESSAGE_1.length);
    }
    expect(told.filter((line) => 'fate' in line && line.fate === 'forged')).to.have.length(3);
  });

  it('starts a command when a frame was heard', () => {
    const { send, ran } = setting({ frame: 'message1', nth: 2, run: 'true' });
    send(0, MESSAGE_1);
    expect(ran).to.deep.equal([]);
    send(0, MESSAGE_1);
    expect(ran).to.deep.equal(['true']);
  });

  it('counts anew with new rules', () => {
    const { medium, send, heardBy } = setting();
    send(0, MESSAGE_1);
    medium.obey({ rules: [{ frame: 'message1', nth: 1, fate: 'lost' }] });
    send(0, MESSAGE_1);
    expect(heardBy()).to.have.length(1);
  });

  it('forges nothing of a kind it has not heard', () => {
    const { medium, recorded } = setting();
    medium.obey({ forge: [{ replay: 'message3' }] });
    expect(recorded).to.deep.equal([]);
  });

  it('forges farewells and EAPOL in any name', () => {
    const { medium, recorded } = setting();
    const names = { from: '02:00:00:00:00:00', to: '02:00:00:00:01:00', bssid: '02:00:00:00:00:00' };
    medium.obey({
      forge: [
        { farewell: 'deauthentication', reason: 7, ...names },
        { eapol: '0100 0004 04010004', ...names },
      ],
    });
    expect(recorded.map((bytes) => readAirFrame(bytes)).map(({ kind, by }) => `${by} ${kind}`)).to.deep.equal([
      ...['ap deauthentication', 'ap eap'],
    ]);
    expect(recorded[0]?.subarray(24)).to.deep.equal(Uint8Array.of(7, 0));
  });
});
