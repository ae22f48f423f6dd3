import { expect } from 'chai';
import * as fc from 'fast-check';
import { readLinkAddress, writeLinkAddress } from '../../../adapters/linux/packet/linkAddress.js';
import { writePacketMembership } from '../../../adapters/linux/packet/packetMembership.js';
import { fromHex, type MacAddress, macFromBytes, toHex } from '../../../streams/events/index.js';

const GROUP = '01:80:c2:00:00:03' as MacAddress;

describe('the address of a packet socket (packet(7), struct sockaddr_ll)', () => {
  it('is bound to an EtherType and an interface', () => {
    expect(toHex(writeLinkAddress({ etherType: 0x888e, index: 2 }))).to.equal('1100888e02000000000000000000000000000000');
  });

  it('names whom a packet is for', () => {
    const written = writeLinkAddress({ etherType: 0x888e, index: 0x1234, address: GROUP });
    expect(toHex(written)).to.equal('1100888e34120000000000060180c20000030000');
  });

  it('tells who sent a packet, and to whom', () => {
    const fromKernel = fromHex('1100888e020000000100020602aa000000010000') ?? new Uint8Array(0);
    expect(readLinkAddress(fromKernel)).to.deep.equal({
      etherType: 0x888e,
      index: 2,
      packetType: 2,
      address: '02:aa:00:00:00:01',
    });
  });

  it('reads what it writes', () => {
    const octets = fc.uint8Array({ minLength: 6, maxLength: 6 });
    const property = fc.property(fc.nat(0xffff), fc.nat(0x7fffffff), octets, (etherType, index, bytes) => {
      const address = macFromBytes(bytes);
      expect(readLinkAddress(writeLinkAddress({ etherType, index, address }))).to.deep.equal({
        etherType,
        index,
        address,
        packetType: 0,
      });
    });
    fc.assert(property);
  });

  it('is none where the family is another, the address has another length, or bytes are missing', () => {
    const good = writeLinkAddress({ etherType: 0x888e, index: 2, address: GROUP });
    const changed = (at: number, value: number): Uint8Array => good.map((octet, i) => (i === at ? value : octet));
    expect(readLinkAddress(good)).to.not.equal(undefined);
    expect(readLinkAddress(changed(0, 10))).to.equal(undefined);
    expect(readLinkAddress(changed(11, 8))).to.equal(undefined);
    expect(readLinkAddress(good.subarray(0, 17))).to.equal(undefined);
    expect(readLinkAddress(new Uint8Array(0))).to.equal(undefined);
  });
});

describe('what an interface lets in (struct packet_mreq)', () => {
  it('is a group', () => {
    expect(toHex(writePacketMembership({ index: 2, group: GROUP }))).to.equal('02000000000006000180c20000030000');
  });

  it('is everything', () => {
    expect(toHex(writePacketMembership({ index: 2, group: 'all' }))).to.equal('02000000010000000000000000000000');
  });
});
