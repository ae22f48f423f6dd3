import { expect } from 'chai';
import { type Handler, type Indication, Win32 } from '../../../streams/events/index.js';
import { ADAPTER } from '../../support/fixtures.js';
import { hex } from '../frames/hex.js';
import { AP, STATION } from '../frames/samples.js';
import { frontDoor } from './frontDoor.js';

/** The event an indication becomes on its way in. */
const lifted = (type: number, payload: Uint8Array) => {
  const { handlers, events, turn } = frontDoor();
  expect(handlers.receiveIndication({ adapter: ADAPTER, type, payload })).to.equal(Win32.codes.ERROR_SUCCESS);
  turn();
  expect(events).to.have.length(1);
  return events[0];
};

const PAYLOADS: ReadonlyArray<readonly [number, string, Indication]> = [
  [
    1,
    '80 01 0c 00  0c 00 00 00  0c 00 00 00  02 00 00 00 01 00  00 00  01 00 00 00',
    { kind: 'pmkidCandidates', adapter: ADAPTER, candidates: [{ bssid: AP, preauthentication: true }] },
  ],
  [
    2,
    '80 01 14 00  01 00 00 00  02 00 00 00  02 00 00 00 01 00  00 00',
    { kind: 'tkipMicFailure', adapter: ADAPTER, peer: AP, defaultKey: true, keyIndex: 2 },
  ],
  [
    3,
    '80 01 0c 00  03 00 00 00  00 01  00 00',
    { kind: 'phyState', adapter: ADAPTER, phy: 3, hardwareOn: false, softwareOn: true },
  ],
  [
    4,
    '80 01 0c 00  07 00 00 00  0c 00 00 00  02 00 00 00 00 05 64',
    { kind: 'linkQuality', adapter: ADAPTER, links: [{ peer: STATION, quality: 100 }] },
  ],
];

describe('what an indication of the miniport becomes', () => {
  for (const [type, payload, indication] of PAYLOADS) {
    it(`R250: type ${type} becomes ${indication.kind}`, () => {
      expect(lifted(type, hex(payload))).to.deep.equal(indication);
    });

    it(`R250: ${indication.kind} cut short is dropped with a remark that names the structure`, () => {
      const remark = lifted(type, hex(payload).slice(0, -1));
      expect(remark).to.include({ kind: 'handlerReturned', handler: 'receiveIndication', win32: 0, adapter: ADAPTER });
      expect(remark)
        .to.have.property('detail')
        .that.matches(/^DOT11_\w+_PARAMETERS/);
    });
  }

  it("R250: the vendor's own stays as it is, whatever its bytes", () => {
    for (const payload of [hex(''), hex('80 01 0c 00')]) {
      const raw: Handler<'receiveIndication'> = { kind: 'receiveIndication', adapter: ADAPTER, type: 0, payload };
      expect(lifted(0, payload)).to.deep.equal(raw);
    }
  });

  it('R250: an unknown type is ignored', () => {
    for (const type of [5, 0xffffffff]) {
      const detail = `an indication of the unknown type ${type}`;
      expect(lifted(type, hex('00'))).to.include({ kind: 'handlerReturned', win32: 0, detail });
    }
  });
});
