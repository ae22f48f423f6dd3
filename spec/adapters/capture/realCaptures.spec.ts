import { expect } from 'chai';
import { readAll } from '../../support/captureBytes.js';
import { captureFile, captureNames, captureOrigins, hasCaptures } from '../../support/captures.js';
import { readCapture } from '../../support/pcap.js';

/** Files that were cut off when they were made, or made to be broken. */
const damaged = new Map<string, ReadonlyArray<string>>([
  ['aircrack-ng__pmkid-not-recognized.cap', ['the capture ends in frame 20057: 179 of 411 octets are there']],
  ['scapy__bad_rsn_parsing_overrides_ssid.pcap', ['the capture ends in the header of frame 2: 1 of 16 octets are there']],
]);

describe('captures of the real world', () => {
  if (!hasCaptures) {
    it('are not beside this checkout, so this is skipped: ../shared/captures', function () {
      this.skip();
    });
    return;
  }

  const origins = new Map(
    captureOrigins().map((origin) => [origin.file, origin as typeof origin & { readonly frames?: number }]),
  );

  for (const name of captureNames) {
    it(name, () => {
      const file = captureFile(name);
      const { frames, damages } = readAll(file);
      const expected = [...readCapture(file)];
      const frameCount = origins.get(name)?.frames;
      expect(damages.map(({ message }) => message)).to.deep.equal(damaged.get(name) ?? []);
      if (frameCount !== undefined) expect(frames.length).to.equal(frameCount);
      expect(frames.map(({ number, linkType, hex }) => ({ number, linkType, hex }))).to.deep.equal(
        expected.map(({ number, linkType, bytes }) => ({ number, linkType, hex: Buffer.from(bytes).toString('hex') })),
      );
      // Seconds in a double are exact to a quarter of a microsecond.
      const late = frames.filter(({ time }, i) => Math.abs(time - (expected[i]?.time ?? 0) * 1e6) > 0.5);
      expect(late).to.deep.equal([]);
    });
  }
});
