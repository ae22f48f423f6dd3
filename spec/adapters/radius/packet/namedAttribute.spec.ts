import { expect } from 'chai';
import fc from 'fast-check';
import { namedAttribute } from '../../../../adapters/radius/index.js';
import { ipAddress } from '../../../../adapters/radius/packet/ipAddress.js';
import { toHex } from '../../../../streams/events/index.js';

const read = (written: string): string => {
  const attribute = namedAttribute(written);
  return attribute._tag === 'Left' ? attribute.left : `${attribute.right.type} ${toHex(attribute.right.value)}`;
};

describe('an attribute as a person writes it', () => {
  const good: Readonly<Record<string, string>> = {
    'NAS-Port-Id=eth7': '87 65746837',
    'NAS-Port-Id=a=b': '87 613d62',
    'NAS-Port=7': '5 00000007',
    'NAS-Port=4294967295': '5 ffffffff',
    'NAS-IP-Address=192.0.2.7': '4 c0000207',
    'NAS-IPv6-Address=2001:db8::7': '95 20010db8000000000000000000000007',
    '126=0x3142': '126 3142',
    'Vendor-Specific=0x00000137': '26 00000137',
  };
  for (const [written, expected] of Object.entries(good)) it(`${written}`, () => expect(read(written)).to.equal(expected));

  const wrong: Readonly<Record<string, RegExp>> = {
    nothing: /"nothing" is no NAME=VALUE/,
    'No-Such=1': /there is no attribute "No-Such" here/,
    '256=1': /there is no attribute "256"/,
    '0=1': /there is no attribute "0"/,
    'NAS-Port=x': /NAS-Port is a number, not "x"/,
    'NAS-Port=4294967296': /NAS-Port is a number/,
    'NAS-IP-Address=::1': /NAS-IP-Address is an IPv4 address/,
    'NAS-IPv6-Address=1.2.3.4': /NAS-IPv6-Address is an IPv6 address/,
    'Class=0xabc': /Class is a text, or 0x and hex/,
    'Class=': /Class has no value/,
    [`Class=${'x'.repeat(254)}`]: /Class has 254 octets; an attribute holds at most 253/,
    'EAP-Message=1': /EAP-Message is written by the tester itself/,
    '80=1': /80 is written by the tester itself/,
    'User-Name=me': /User-Name is written by the tester itself/,
  };
  for (const [written, expected] of Object.entries(wrong)) {
    it(`refuses ${written.slice(0, 30)}`, () => expect(read(written)).to.match(expected));
  }
});

describe('the octets of an address', () => {
  it('of IPv4 and IPv6 in every form', () => {
    expect(toHex(ipAddress('255.0.10.1'))).to.equal('ff000a01');
    expect(toHex(ipAddress('::'))).to.equal('0'.repeat(32));
    expect(toHex(ipAddress('fe80::1%eth0'))).to.equal('fe800000000000000000000000000001');
    expect(toHex(ipAddress('::ffff:192.0.2.1'))).to.equal('00000000000000000000ffffc0000201');
    expect(toHex(ipAddress('1:2:3:4:5:6:7:8'))).to.equal('00010002000300040005000600070008');
    expect(toHex(ipAddress('1::8'))).to.equal('00010000000000000000000000000008');
  });

  it('of any IPv6 address come back', () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const url = new URL(`http://[${text}]/`).hostname;
        const groups = toHex(ipAddress(text)).match(/.{4}/g) ?? [];
        expect(new URL(`http://[${groups.join(':')}]/`).hostname).to.equal(url);
      }),
    );
  });
});
