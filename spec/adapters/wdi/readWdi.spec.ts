import { expect } from 'chai';
import fc from 'fast-check';
import { readTlvs, readWdi, WdiIndicationId } from '../../../adapters/wdi/index.js';
import { fromHex } from '../../../streams/events/index.js';
import type { Decoded, DecodeError } from '../../../streams/frames/index.js';
import { ADAPTER, AP, OTHER_AP } from './samples.js';

const { codes } = WdiIndicationId;

const hex = (text: string): Uint8Array => fromHex(text.replaceAll(/\s+/g, '')) ?? new Uint8Array(0);
const read = (id: number, body: Uint8Array) => readWdi({ adapter: ADAPTER, id, body });
const value = <A>(result: Decoded<A>): A => {
  if (result._tag === 'Left') throw new Error(result.left.message);
  return result.right;
};
const refusal = <A>(result: Decoded<A>): DecodeError => {
  if (result._tag === 'Right') throw new Error('decoded, but should have been refused');
  return result.left;
};

const DEAUTHENTICATED = 'bc 00 0a 00  02 00 00 00 01 00  0d 00 00 00';
const DISASSOCIATED = 'bc 00 0a 00  02 00 00 00 01 00  0e 00 00 00';
const DEAUTH_FRAME = '37 00 02 00  06 00';
const DISASSOC_FRAME = '38 00 02 00  08 00';
const UNKNOWN = 'fe 7f 03 00  01 02 03';

const PARAMETERS = (status: string) => `2d 00 2c 00
  ${status}  00 00 00 00  01  07 00 00 00  04 00 00 00  04 00 00 00  06 00 00 00
  00 00 01  01 00 00 00  e8 03 00 00  01 00 00 00  00 00 00 00`;
const SUCCESS = `35 00 59 00
  02 00 06 00  02 00 00 00 01 00
  ${PARAMETERS('00 00 00 00')}
  2e 00 01 00  aa   2f 00 01 00  bb   30 00 01 00  cc
  31 00 04 00  88 8e 01 00   19 00 04 00  07 00 00 00`;
const FAILURE = `35 00 3a 00  02 00 06 00  02 00 00 00 02 00  ${PARAMETERS('33 00 00 00')}`;

describe('WDI TLVs', () => {
  it('S18: are type, length and value without padding', () => {
    expect(value(readTlvs(hex('02 00 01 00 aa  fe 7f 00 00')))).to.deep.equal([
      { type: 2, value: Uint8Array.of(0xaa) },
      { type: 0x7ffe, value: new Uint8Array(0) },
    ]);
  });

  it('S18: a length beyond the bytes given is refused by name, at its byte', () => {
    const error = refusal(readTlvs(hex('02 00 01 00 aa  bc 00 0b 00  02 00 00 00 01 00')));
    expect(error).to.include({ code: 'LENGTH', offset: 7 });
    expect(error.message).to.equal(
      'WDI message.DISASSOCIATION_INDICATION_PARAMETERS (0x00BC) Length at byte 7: expected at most the 6 bytes left, found 11',
    );
  });

  it('S18: a header cut off is refused', () => {
    for (const bytes of ['02', '02 00', '02 00 01']) expect(refusal(readTlvs(hex(bytes))).code).to.equal('TRUNCATED');
  });
});

describe('readWdi', () => {
  it('R196: DISASSOCIATION with a deauthentication frame', () => {
    expect(value(read(codes.DISASSOCIATION, hex(DEAUTHENTICATED + DEAUTH_FRAME)))).to.deep.equal({
      kind: 'disassociation',
      adapter: ADAPTER,
      peer: AP,
      status: 13,
      reason: 6,
    });
  });

  it('R196: DISASSOCIATION takes the reason of the frame its status speaks of', () => {
    const both = hex(DISASSOCIATED + DEAUTH_FRAME + DISASSOC_FRAME);
    expect(value(read(codes.DISASSOCIATION, both))).to.include({ status: 14, reason: 8 });
  });

  it('R196: DISASSOCIATION without a frame, or with one too short, has no reason', () => {
    for (const frame of ['', '37 00 01 00 06']) {
      expect(value(read(codes.DISASSOCIATION, hex(DEAUTHENTICATED + frame)))).to.not.have.property('reason');
    }
  });

  it('R196: DISASSOCIATION skips TLVs it does not know', () => {
    const body = hex(UNKNOWN + DEAUTHENTICATED + UNKNOWN + DEAUTH_FRAME);
    expect(value(read(codes.DISASSOCIATION, body))).to.include({ peer: AP, reason: 6 });
  });

  it('R196: DISASSOCIATION tolerates a longer value, not a shorter one', () => {
    const longer = hex('bc 00 0c 00  02 00 00 00 01 00  0d 00 00 00  99 99');
    expect(value(read(codes.DISASSOCIATION, longer))).to.include({ status: 13 });
    const shorter = hex('bc 00 09 00  02 00 00 00 01 00  0d 00 00');
    expect(refusal(read(codes.DISASSOCIATION, shorter))).to.include({
      code: 'TRUNCATED',
      field: 'DisassociationStatus',
      offset: 10,
    });
  });

  it('R196: DISASSOCIATION without its parameters is refused', () => {
    const error = refusal(read(codes.DISASSOCIATION, hex(DEAUTH_FRAME)));
    expect(error).to.include({ code: 'VALUE', structure: 'DISASSOCIATION (0x40050033)' });
    expect(error.field).to.equal('DISASSOCIATION_INDICATION_PARAMETERS (0x00BC)');
  });

  it('S18: ASSOCIATION_RESULT is one entry for each attempt', () => {
    const indication = value(read(codes.ASSOCIATION_RESULT, hex(FAILURE + SUCCESS)));
    if (indication?.kind !== 'associationResult') throw new Error('another indication');
    expect(indication.results.map(({ bssid, status }) => ({ bssid, status }))).to.deep.equal([
      { bssid: OTHER_AP, status: 51 },
      { bssid: AP, status: 0 },
    ]);
    expect(indication.results[1]).to.deep.equal({
      bssid: AP,
      status: 0,
      statusCode: 0,
      reassociation: true,
      authAlgorithm: 7,
      unicastCipher: 4,
      multicastCipher: 4,
      managementCipher: 6,
      fourAddress: false,
      portAuthorized: false,
      qosProtocol: 1,
      dsInfo: 1,
      comebackTime: 1000,
      request: Uint8Array.of(0xaa),
      response: Uint8Array.of(0xbb),
      beacon: Uint8Array.of(0xcc),
      ihvData: new Uint8Array(0),
      activePhys: [7],
      encapsulation: [{ etherType: 0x888e, encapsulation: 1 }],
    });
  });

  it('S18: ASSOCIATION_RESULT without BSSID or parameters is refused', () => {
    const noBssid = hex(`35 00 30 00 ${PARAMETERS('00 00 00 00')}`);
    const noParameters = hex('35 00 0a 00  02 00 06 00  02 00 00 00 01 00');
    expect(refusal(read(codes.ASSOCIATION_RESULT, noBssid)).field).to.equal('BSSID (0x0002)');
    expect(refusal(read(codes.ASSOCIATION_RESULT, noParameters)).field).to.equal('ASSOCIATION_RESULT_PARAMETERS (0x002D)');
  });

  it('R253: TKIP_MIC_FAILURE', () => {
    const body = hex('57 00 0b 00  01  02 00 00 00  02 00 00 00 01 00');
    const wanted = { kind: 'tkipMicFailure', adapter: ADAPTER, defaultKey: true, keyIndex: 2, peer: AP };
    expect(value(read(codes.TKIP_MIC_FAILURE, body))).to.deep.equal(wanted);
  });

  it('R250: LINK_STATE_CHANGE', () => {
    const body = hex('56 00 0f 00  02 00 00 00 01 00  40 9c 00 00  20 4e 00 00  5a');
    const wanted = { kind: 'linkStateChange', adapter: ADAPTER, peer: AP, quality: 90 };
    expect(value(read(codes.LINK_STATE_CHANGE, body))).to.deep.equal(wanted);
  });

  it('R250: an indication without a reader is nothing', () => {
    expect(value(read(codes.ROAM_COMPLETE, hex(UNKNOWN)))).to.equal(undefined);
  });

  const samples: ReadonlyArray<readonly [number, Uint8Array]> = [
    [codes.DISASSOCIATION, hex(DEAUTHENTICATED + DEAUTH_FRAME)],
    [codes.ASSOCIATION_RESULT, hex(FAILURE + SUCCESS)],
    [codes.TKIP_MIC_FAILURE, hex('57 00 0b 00  01  02 00 00 00  02 00 00 00 01 00')],
    [codes.LINK_STATE_CHANGE, hex('56 00 0f 00  02 00 00 00 01 00  40 9c 00 00  20 4e 00 00  5a')],
  ];
  for (const [id, body] of samples) {
    it(`R90: ${WdiIndicationId.nameOf(id)} cut or changed anywhere is a value or an error inside the buffer`, () => {
      const harmless = (bytes: Uint8Array): void => {
        const result = read(id, bytes);
        if (result._tag === 'Left') expect(result.left.offset).to.be.within(0, bytes.length);
      };
      for (let length = 0; length < body.length; length++) harmless(body.subarray(0, length));
      fc.assert(
        fc.property(fc.nat(body.length - 1), fc.integer({ min: 0, max: 0xff }), (at, octet) => {
          const bytes = body.slice();
          bytes[at] = octet;
          harmless(bytes);
        }),
      );
      fc.assert(fc.property(fc.uint8Array({ maxLength: 120 }), harmless));
    });
  }
});
