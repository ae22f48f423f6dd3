import { expect } from 'chai';
import { hex } from '../streams/frames/hex.js';
import { airFrames } from '../support/airFrames.js';
import { captureFile, hasCaptures } from '../support/captures.js';
import { requestSaying } from '../support/shadow/association.js';
import { type CaptureRun, captureRuns } from '../support/shadow/captureRuns.js';
import { type Exchange, exchangeOf } from '../support/shadow/exchange.js';
import { installedKeys, reinstalled } from '../support/shadow/installedKeys.js';
import { recordingsIn } from '../support/shadow/recording.js';
import { confirmedKeys, dialectOf } from '../support/shadow/report.js';
import { runExchange } from '../support/shadow/run.js';

const nameOf = ({ files, ordinal }: CaptureRun): string => (ordinal === 1 ? `${files[0]}` : `${files[0]} ${ordinal}`);

/** Where a station of the wild says otherwise what means the same. */
const DIALECTS: Readonly<Record<string, ReadonlyArray<string>>> = {
  'wireshark__wpa-Induction.pcap': ['M2: key length 16 where we send 0', 'M4: key length 16 where we send 0'],
  'john-samples__wpa-Induction.pcapng': ['M2: key length 16 where we send 0', 'M4: key length 16 where we send 0'],
  'aircrack-ng__wpa2.eapol.cap': ['M2: key length 16 where we send 0', 'M4: key length 16 where we send 0'],
  'aircrack-ng__wpa.cap': ['M4: a nonce where we send none'],
  'aircrack-ng__wpa-psk-linksys.cap': [
    'M2: key length 0 where we send 32',
    'M4: key length 0 where we send 32',
    'G2: key information 0x0301 where we send 0x0311',
    'G2: key length 0 where we send 32',
  ],
  'aircrack-ng__wpa2-psk-linksys.cap 2': ['M2: key information 0x030a where we send 0x010a'],
  'pyrit__wpa2psk-2WIRE972.dump': ['M2: key length 0 where we send 16'],
};

/** What the station sent and we do not. */
const UNANSWERED: Readonly<Record<string, ReadonlyArray<string>>> = {
  // Their messages 1 and 3 were not captured.
  'aircrack-ng__MOM1.cap': ['11', '12', '16', '0']
    .map((counter) => `message 2 of ${counter}`)
    .concat('message 4 of 16', 'message 4 of 1'),
  // The forged message 1, which came in the clear when there were keys.
  'krackattacks__example-tptk-attack.pcapng': ['message 2 of 3'],
};

/** What we send and the capture does not have. */
const UNHEARD: Readonly<Record<string, ReadonlyArray<string>>> = {
  // The capture ends there.
  'wireshark__wpa-eap-tls.pcap': ['group message 2 of 11'],
  'aircrack-ng__test23.pcap': ['message 4 of 2'],
  // The message 1 in it is of an earlier association.
  'aircrack-ng__testm1m2m3.pcap': ['message 2 of 1', 'message 4 of 2'],
  'john-samples__DeJong-1a.cap': ['message 4 of 14'],
  'pyrit__wpa2psk-2WIRE972.dump': ['message 4 of 1'],
  // The access point repeated it until the station had its key.
  'aircrack-ng__wpa-psk-linksys.cap': ['group message 2 of 3'],
  // The station had installed a key of zeros and was lost to the access point.
  'krackattacks__example-tptk-attack.pcapng': ['4', '5', '6', '7'].map((counter) => `group message 2 of ${counter}`),
};

/** Captures that end before a key could be installed. */
const KEYLESS = ['aircrack-ng__MOM1.cap', 'john-samples__greased.cap'];

/** Keys of group handshakes that no analyser opened. */
const UNCONFIRMED: Readonly<Record<string, ReadonlyArray<string>>> = {
  'aircrack-ng__wpa.cap': ['group 1'],
  'krackattacks__example-tptk-attack.pcapng': ['group 1'],
};

describe('in the place of stations of the wild', () => {
  before(function () {
    if (!hasCaptures) this.skip();
  });

  const runs = (): ReadonlyArray<CaptureRun> => captureRuns().runs;

  it('every message octet for octet, or what is different by name, and always under the same key', () => {
    for (const each of runs()) {
      const { compared } = each.run.comparison;
      expect(dialectOf(each.run.comparison), nameOf(each)).to.deep.equal(DIALECTS[nameOf(each)] ?? []);
      for (const { isSame, isSameKey, differences } of compared) {
        expect(isSameKey, nameOf(each)).to.equal(true);
        expect(isSame, nameOf(each)).to.equal(differences.length === 0);
      }
    }
    expect(runs().reduce((sum, { run }) => sum + run.comparison.compared.length, 0)).to.be.at.least(60);
  });

  it('no message too many, and none too few', () => {
    for (const each of runs()) {
      const { onlyOurs, onlyTheirs } = each.run.comparison;
      expect([...onlyTheirs].sort(), nameOf(each)).to.deep.equal([...(UNANSWERED[nameOf(each)] ?? [])].sort());
      expect(onlyOurs, nameOf(each)).to.deep.equal(UNHEARD[nameOf(each)] ?? []);
    }
  });

  it('the keys that independent analysers found, none of them twice', () => {
    for (const each of runs()) {
      const keys = installedKeys(each.run.shadow.installed);
      const confirmed = confirmedKeys(each);
      expect(reinstalled(keys), nameOf(each)).to.deep.equal([]);
      expect(keys.length === 0, nameOf(each)).to.equal(KEYLESS.includes(nameOf(each)));
      const strangers = keys.filter((_, i) => confirmed[i] === false).map(({ place }) => place);
      expect(strangers, nameOf(each)).to.deep.equal(UNCONFIRMED[nameOf(each)] ?? []);
    }
  });

  it('these keys open every frame there was', () => {
    for (const each of runs()) expect(each.run.shadow.openedFrames, nameOf(each)).to.equal(each.run.shadow.protectedFrames);
    expect(runs().reduce((sum, { run }) => sum + run.shadow.openedFrames, 0)).to.be.at.least(750);
  });

  it('nothing secret is left', () => {
    for (const each of runs()) expect(each.run.shadow.isWiped, nameOf(each)).to.equal(true);
  });

  it('a message 1 that was forged to have a key of zeros installed is dropped, and message 3 again installs nothing', () => {
    const attacked = runs().find((each) => nameOf(each) === 'krackattacks__example-tptk-attack.pcapng');
    const keys = installedKeys(attacked?.run.shadow.installed ?? []);
    expect(keys.filter(({ key }) => /^0+$/.test(key))).to.deep.equal([]);
    expect(keys.filter(({ place }) => place === 'pairwise')).to.have.length(1);
    expect(attacked?.run.shadow.remarks).to.deep.equal([
      'message 1: it came in the clear, and there are keys',
      'message 3 came again: it is answered, and no key is installed twice',
    ]);
  });
});

describe('the PMKID in a message 1 of the wild', () => {
  before(function () {
    if (!hasCaptures) this.skip();
  });

  /** Group cipher TKIP, pairwise cipher CCMP, PSK: of what the access point offers the one its message 1 is for. */
  const RSNE = '30140100000fac020100000fac040100000fac020000';

  /** The one message 1 that was captured, as often as an access point sends it that takes no message 2. */
  const unanswered = (): Exchange => {
    const [recording] = recordingsIn(airFrames(captureFile('aircrack-ng__test-pmkid.pcap')));
    if (recording === undefined) throw new Error('no message 1 was captured');
    const exchange = exchangeOf({ ...recording, request: requestSaying(new TextEncoder().encode('WLAN-771698'), hex(RSNE)) });
    const repeated = [0, 1, 2, 3].flatMap((second) =>
      exchange.happenings.map((happening) => ({ ...happening, time: happening.time + second })),
    );
    return { ...exchange, happenings: repeated, until: exchange.until + 4 };
  };

  const suspicion = (credential: string): string | undefined =>
    runExchange(unanswered(), { credential })?.shadow.verdict.wrongSecret;

  it('is that of the passphrase, so nothing is proven', () => {
    expect(suspicion('SP-91862D361')).to.equal('likely');
  });

  it('is not that of another one, which proves it wrong', () => {
    expect(suspicion('SP-91862D362')).to.equal('proven');
  });
});
