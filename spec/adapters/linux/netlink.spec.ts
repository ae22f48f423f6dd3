import { expect } from 'chai';
import * as fc from 'fast-check';
import { readLinkChange } from '../../../adapters/linux/netlink/Link.js';
import {
  isFromKernel,
  netlinkAddress,
  readNetlinkAttributes,
  readNetlinkMessages,
  writeNetlinkMessage,
} from '../../../adapters/linux/netlink/netlinkMessage.js';
import { fromHex, toHex } from '../../../streams/events/index.js';

const bytes = (hex: string): Uint8Array => fromHex(hex.replace(/\s/g, '')) ?? new Uint8Array(0);

const NEW_LINK = 16;
const DELETE_LINK = 17;
const message = (type: number, body: Uint8Array) => ({ type, flags: 0, sequence: 0, body });

/** struct ifinfomsg of an Ethernet interface with the number 4: family, type, index, flags, change. */
const header = (flags: string, family = '00', type = '0100'): string => `${family} 00 ${type} 04000000 ${flags} 00000000`;
const NAME = '09000300 65746830 00 000000';
const ADDRESS = '0a000100 02aa00000002 0000';
const MTU = '08000400 dc050000';
const UP = '03100100';
const NO_CARRIER = '03100000';

const changeOf = (type: number, hex: string) => readLinkChange(message(type, bytes(hex)));

describe('messages of netlink', () => {
  it('asks for every link: RTM_GETLINK, a request for a dump', () => {
    const written = writeNetlinkMessage({ type: 18, flags: 0x301, sequence: 1, body: new Uint8Array(16) });
    expect(toHex(written)).to.equal(`20000000120001030100000000000000${'00'.repeat(16)}`);
  });

  it('reads several out of one datagram, each from a multiple of four', () => {
    const two = bytes('13000000 1000 0200 07000000 00000000 aabbcc 00  10000000 0300 0200 07000000 00000000');
    expect(readNetlinkMessages(two)).to.deep.equal([
      { type: 16, flags: 2, sequence: 7, body: bytes('aabbcc') },
      { type: 3, flags: 2, sequence: 7, body: new Uint8Array(0) },
    ]);
  });

  it('reads what it writes', () => {
    const number = fc.nat(0xffff);
    const property = fc.property(number, number, fc.nat(), fc.uint8Array({ maxLength: 40 }), (type, flags, sequence, body) => {
      const one = { type, flags, sequence, body };
      expect(readNetlinkMessages(writeNetlinkMessage(one))).to.deep.equal([one]);
    });
    fc.assert(property);
  });

  it('stops at a length that cannot be', () => {
    for (const length of ['00000000', '0f000000', '11000000', 'ffffffff'])
      expect(readNetlinkMessages(bytes(`${length} 1000 0000 00000000 00000000`)), length).to.deep.equal([]);
    expect(readNetlinkAttributes(bytes('03000100 05000200'), 0)).to.deep.equal([]);
  });

  it('comes to an end whatever it is given', () => {
    const property = fc.property(fc.uint8Array({ maxLength: 200 }), (any) => {
      const messages = readNetlinkMessages(any);
      for (const one of [...messages, message(NEW_LINK, any)]) readLinkChange(one);
      expect(messages.reduce((sum, { body }) => sum + 16 + body.length, 0)).to.be.at.most(any.length);
    });
    fc.assert(property, { numRuns: 500 });
  });

  it('knows the kernel by its port 0', () => {
    expect(toHex(netlinkAddress(1))).to.equal('100000000000000001000000');
    expect(isFromKernel(netlinkAddress(1))).to.equal(true);
    expect(isFromKernel(bytes('10000000 e8030000 01000000'))).to.equal(false);
    expect(isFromKernel(bytes('0200'))).to.equal(false);
  });
});

describe('what rtnetlink says of a link', () => {
  const eth0 = { index: 4, name: 'eth0', isEthernet: true, address: '02:aa:00:00:00:02', mtu: 1500 };

  it('is up', () => {
    expect(changeOf(NEW_LINK, `${header(UP)} ${NAME} ${ADDRESS} ${MTU}`)).to.deep.equal({
      kind: 'link',
      link: { ...eth0, isEnabled: true, hasCarrier: true },
    });
  });

  it('has lost its carrier, or is switched off', () => {
    const linkOf = (flags: string) => changeOf(NEW_LINK, `${header(flags)} ${NAME}`);
    expect(linkOf(NO_CARRIER)).to.deep.nested.include({ 'link.isEnabled': true, 'link.hasCarrier': false });
    expect(linkOf('02100000')).to.deep.nested.include({ 'link.isEnabled': false, 'link.hasCarrier': false });
  });

  it('may leave out the address and the length', () => {
    expect(changeOf(NEW_LINK, `${header(UP)} ${NAME}`)).to.deep.equal({
      kind: 'link',
      link: { index: 4, name: 'eth0', isEthernet: true, isEnabled: true, hasCarrier: true },
    });
  });

  it('is not of Ethernet’s kind', () => {
    expect(changeOf(NEW_LINK, `${header(UP, '00', '0403')} ${NAME}`)).to.deep.nested.include({ 'link.isEthernet': false });
  });

  it('is gone', () => {
    expect(changeOf(DELETE_LINK, `${header(UP)} ${NAME}`)).to.deep.equal({ kind: 'gone', index: 4 });
  });

  it('is none of a bridge, whose ports leave it by the same words', () => {
    expect(changeOf(DELETE_LINK, `${header(UP, '07')} ${NAME}`)).to.equal(undefined);
    expect(changeOf(NEW_LINK, `${header(UP, '07')} ${NAME}`)).to.equal(undefined);
  });

  it('is nothing where the message is of another kind, too short, or names nobody', () => {
    expect(changeOf(20, `${header(UP)} ${NAME}`)).to.equal(undefined);
    expect(changeOf(NEW_LINK, '00 00 0100 04000000')).to.equal(undefined);
    expect(changeOf(NEW_LINK, `${header(UP)} ${ADDRESS}`)).to.equal(undefined);
  });
});
