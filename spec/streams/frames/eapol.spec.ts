import { expect } from 'chai';
import fc from 'fast-check';
import { EapolType, readEapol, writeEapol } from '../../../streams/frames/index.js';
import { u8 } from './arbitraries.js';
import { decoded, expectBytes, expectSame, refusal } from './expectations.js';
import { hex } from './hex.js';

const START = hex('01 01 0000');
const IDENTITY = hex('02 00 0005  01 07 0005 01');

describe('EAPOL packet', () => {
  it('is a version, a type and a body', () => {
    expectSame(decoded(readEapol(START)), { version: 1, type: EapolType.codes.START, body: hex('') });
    expectSame(decoded(readEapol(IDENTITY)), { version: 2, type: EapolType.codes.EAP_PACKET, body: hex('01 07 0005 01') });
    expectBytes(writeEapol({ version: 2, type: 0, body: hex('01 07 0005 01') }), IDENTITY);
  });

  it('ends where it says, whatever padding the link adds', () => {
    expectSame(decoded(readEapol(hex('01 01 0000  00000000 00000000'))), decoded(readEapol(START)));
  });

  it('is refused without its header', () => {
    const error = refusal(readEapol(hex('02 03 00')));
    expect(error).to.include({ code: 'TRUNCATED', structure: 'EAPOL', offset: 3 });
    expect(error.message).to.equal('EAPOL.length at byte 3: expected at least 4 bytes, found 3');
  });

  it('is refused when it announces more than there is', () => {
    const error = refusal(readEapol(hex('02 03 ffff  00 00')));
    expect(error).to.include({ code: 'LENGTH', field: 'Packet Body Length', offset: 2 });
    expect(error.message).to.equal('EAPOL.Packet Body Length at byte 2: expected at most the 2 bytes that follow, found 65535');
  });

  it('of any bytes is a packet or an error inside them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const result = readEapol(bytes);
        if (result._tag === 'Left') expect(result.left.offset).to.be.within(0, bytes.length);
      }),
    );
  });

  it('reads as it was written, and keeps nothing of the buffer', () => {
    const packets = fc.record({ version: u8, type: u8, body: fc.uint8Array({ maxLength: 60 }) });
    fc.assert(
      fc.property(packets, (packet) => {
        const bytes = Buffer.from(writeEapol(packet));
        const back = decoded(readEapol(bytes));
        bytes.fill(0xff);
        expectSame(back, packet);
      }),
    );
  });

  it('has no room for a body of more than 65,535 octets', () => {
    const packet = writeEapol({ version: 2, type: 0, body: new Uint8Array(70_000).fill(1) });
    expect(decoded(readEapol(packet)).body).to.have.length(0xffff);
  });
});
