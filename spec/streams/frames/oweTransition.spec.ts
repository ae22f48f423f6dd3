import { expect } from 'chai';
import * as fc from 'fast-check';
import type { MacAddress } from '../../../streams/events/index.js';
import { isOweTransition, leadingElements, readOweTransition, writeOweTransition } from '../../../streams/frames/index.js';
import { decoded, expectBytes, expectSame, refusal, written } from './expectations.js';
import { hex } from './hex.js';
import { roundTrips } from './roundTrips.js';

const BESIDE = '02:00:00:00:00:01' as MacAddress;

describe('OWE transition element', () => {
  // A beacon of hostapd 2.10, on whose radio the network beside has the name "lab-encrypted".
  const element = hex('dd18 506f9a1c 020000000001 0d 6c61622d656e63727970746564');
  const value = { bssid: BESIDE, ssid: hex('6c61622d656e63727970746564') };

  it('reads and writes what hostapd sends', () => {
    expectBytes(written(writeOweTransition(value)), element);
    expectSame(decoded(readOweTransition(element.subarray(2))), value);
    expect(leadingElements(element).map(isOweTransition)).to.deep.equal([true]);
    expect(leadingElements(hex('dd05 506f9a1d 00')).map(isOweTransition)).to.deep.equal([false]);
  });

  it('is refused where it is another element, or its name too long or cut off', () => {
    expect(refusal(readOweTransition(hex('506f9a1d 020000000001 00')))).to.include({ code: 'VALUE' });
    expect(refusal(readOweTransition(hex('506f9a1c 020000000001 21')))).to.include({ code: 'LENGTH' });
    expect(refusal(readOweTransition(hex('506f9a1c 020000000001 03 6c61')))).to.include({ code: 'TRUNCATED' });
    expect(refusal(readOweTransition(hex('506f9a1c 0200')))).to.include({ code: 'TRUNCATED' });
  });

  it('there and back', () => {
    const ssid = fc.uint8Array({ maxLength: 32 });
    const channel = fc.uint8Array({ minLength: 2, maxLength: 2 });
    const transitions = fc
      .record({ ssid, channel: fc.option(channel, { nil: undefined }) })
      .map((each) => ({ bssid: BESIDE, ssid: each.ssid, ...(each.channel && { channel: each.channel }) }));
    roundTrips(transitions, writeOweTransition, (bytes) => readOweTransition(bytes.subarray(2)));
  });
});
