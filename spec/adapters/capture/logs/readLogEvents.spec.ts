import { expect } from 'chai';
import fc from 'fast-check';
import { type LogCredential, readLogEvents } from '../../../../adapters/capture/logs/index.js';
import type { ByteSource } from '../../../../adapters/event-log/index.js';
import type { AirEvent } from '../../../../streams/air/index.js';
import { MSMSEC, ONEX, toHex } from '../../../../streams/events/index.js';
import { eventsOf, hasLabLogs, labFile, labLogs, readAll } from './labLogs.js';

const STATION = 0x020000000100;
const AP = 0x020000000000;
const OWN = 'wlan1: Own MAC address: 02:00:00:00:01:00';

/** An EAPOL-Start, as short as a packet can be. */
const START = '01 01 00 00';

const told = (events: ReadonlyArray<AirEvent>): ReadonlyArray<string> =>
  events.map((event) => {
    switch (event.kind) {
      case 'told':
        return `${event.frame} told ${event.phase} ${event.outcome}`;
      case 'farewell':
        return `${event.frame} farewell ${event.from} ${event.reason}`;
      default:
        return `${event.frame} ${event.kind}`;
    }
  });

const lines = (...texts: ReadonlyArray<string>): string => `${texts.join('\n')}\n`;

describe('a log of wpa_supplicant without its debug messages', () => {
  const wrongKey = lines(
    'Jan 14 00:24:40 arch wpa_supplicant[429]: wlan0: SME: Trying to authenticate with 02:00:00:00:00:00 (SSID=\'caf\\xc3\\xa9 "1"\' freq=2412 MHz)',
    'Jan 14 00:24:41 arch wpa_supplicant[429]: wlan0: Associated with 02:00:00:00:00:00',
    'Jan 14 00:24:47 arch wpa_supplicant[429]: wlan0: WPA: 4-Way Handshake failed - pre-shared key may be incorrect',
    'Jan 14 00:24:47 arch kernel: wlan0: deauthenticated from 02:00:00:00:00:00 (Reason: 15=4WAY_HANDSHAKE_TIMEOUT)',
    'Jan 14 00:24:47 arch wpa_supplicant[429]: wlan0: CTRL-EVENT-DISCONNECTED bssid=02:00:00:00:00:00 reason=15',
    'Jan 14 00:24:47 arch wpa_supplicant[429]: wlan0: CTRL-EVENT-SSID-TEMP-DISABLED id=0 ssid="x" auth_failures=1 duration=10 reason=WRONG_KEY',
  );

  it('tells what it tells: the network, the reason, the suspicion', () => {
    const { events, log } = readAll(new TextEncoder().encode(wrongKey));
    expect(told(events)).to.deep.equal([
      ...[
        '2 associationResponse',
        '3 told security failure',
        '5 farewell ap 15',
        '5 told connection ended',
        '6 told security failure',
      ],
    ]);
    expect(events[1]).to.include({ ap: AP, reason: MSMSEC.MSMSEC_PSK_MISMATCH_SUSPECTED });
    const last = events.at(-1);
    expect(last?.kind === 'told' && new TextDecoder().decode(last.ssid)).to.equal('café "1"');
    expect(log.account).to.deep.equal({ lines: 6, understood: 5, tooLong: 0, clock: 'yearless' });
    expect(events[1]?.time).to.equal(Date.UTC(1972, 0, 14, 0, 24, 47) * 1000);
  });

  it('tells of refusals, timeouts, EAP and certificates', () => {
    const events = eventsOf(
      lines(
        OWN,
        "wlan1: Trying to associate with 02:00:00:00:00:00 (SSID='lab' freq=2412 MHz)",
        'wlan1: CTRL-EVENT-ASSOC-REJECT bssid=02:00:00:00:00:00 status_code=17',
        'wlan1: CTRL-EVENT-EAP-STARTED EAP authentication started',
        "wlan1: CTRL-EVENT-EAP-TLS-CERT-ERROR reason=1 depth=0 subject='/CN=bob' err='unknown CA'",
        'wlan1: CTRL-EVENT-EAP-FAILURE EAP authentication failed',
        'wlan1: Authentication with 02:00:00:00:00:00 timed out.',
      ),
    );
    expect(told(events)).to.deep.equal([
      ...[
        '3 associationResponse',
        '3 told association failure',
        '5 told oneX failure',
        '6 told oneX failure',
        '7 told connection failure',
      ],
    ]);
    expect(events[0]).to.include({ station: STATION, ap: AP, status: 17 });
    expect(events[3]).to.include({ reason: ONEX.ONEX_EAP_FAILURE_RECEIVED });
    expect(JSON.stringify(events)).to.not.match(/bob/);
  });

  it('tells a leave of its own from one it was given, and one that nobody took', () => {
    const reasons = ['reason=3 locally_generated=1', 'reason=4 locally_generated=1', 'reason=7', 'reason=0'];
    const events = eventsOf(
      lines(...reasons.map((reason) => `wlan1: CTRL-EVENT-DISCONNECTED bssid=02:00:00:00:00:00 ${reason}`)),
    );
    expect(told(events).filter((each) => each.includes('farewell'))).to.deep.equal(['1 farewell station 3', '3 farewell ap 7']);
    expect(told(events).filter((each) => each.includes('told'))).to.deep.equal([
      ...['1 told connection ended', '2 told connection vanished', '3 told connection ended', '4 told connection ended'],
    ]);
  });
});

describe('hexdumps', () => {
  const received = (dump: string): ReadonlyArray<string> =>
    eventsOf(lines(OWN, 'wlan1: RX EAPOL from 02:00:00:00:00:00', dump, 'wlan1: x')).map((event) =>
      event.kind === 'eapol' ? toHex(event.packet) : event.kind,
    );

  it('are read in one line, and in several', () => {
    expect(received(`RX EAPOL - hexdump(len=4): ${START}`)).to.deep.equal(['01010000']);
    expect(received('RX EAPOL - hexdump(len=20):\n01 01 00 10 00 01 02 03 04 05 06 07 08 09 0a 0b \n0c 0d 0e 0f')).to.deep.equal([
      '01010010000102030405060708090a0b0c0d0e0f',
    ]);
  });

  it('that are removed, cut off, too long, or no octets make no packet', () => {
    for (const rest of [
      '(len=4): [REMOVED]',
      '(len=4): 01 01 00',
      '(len=4): 01 01 00 0',
      '(len=3): 01 01 00 00',
      '(len=4): 01 01 00 0g',
    ]) {
      expect(received(`RX EAPOL - hexdump${rest}`), rest).to.deep.equal([]);
    }
    expect(received('RX EAPOL - hexdump(len=999999): 01')).to.deep.equal([]);
  });

  it('of the same packet by its driver and its reader are one packet', () => {
    const both = [`RX EAPOL - hexdump(len=5): ${START} 00`, `WPA: RX EAPOL-Key - hexdump(len=4): ${START}`];
    expect(eventsOf(lines(OWN, 'wlan1: RX EAPOL from 02:00:00:00:00:00', ...both))).to.have.length(1);
    expect(eventsOf(lines(OWN, 'wlan1: RX EAPOL from 02:00:00:00:00:00', ...both.slice(1)))).to.have.length(1);
  });

  it('wait for the addresses an ESP32 tells later', () => {
    const [event] = eventsOf(
      lines(
        '\x1b[0;33mD (4240) wpa: WPA: RX EAPOL-Key - hexdump(len=4):\x1b[0m',
        `D (4240) wpa: ${START} `,
        'D (4290) wpa: WPA: PTK derivation - A1=02:00:00:00:01:00 A2=02:00:00:00:00:00',
      ),
    );
    expect(event).to.include({ kind: 'eapol', frame: 1, time: 4_240_000, station: STATION, ap: AP, from: 'ap', medium: 'log' });
  });

  it('are told without addresses where the log never tells them, and not kept for ever', () => {
    const dumps = Array.from({ length: 100 }, () => `TX EAPOL - hexdump(len=4): ${START}`);
    const events = eventsOf(lines('wlan1: State: ASSOCIATED -> 4WAY_HANDSHAKE', ...dumps));
    expect(events).to.have.length(100);
    expect(events[0]).to.include({ station: 0, ap: 0 });
    const late = eventsOf(
      lines(...dumps, 'WPA: PTK derivation - A1=02:00:00:00:01:00 A2=02:00:00:00:00:00', 'wlan1: State: A -> B'),
    );
    expect(late.filter((event) => 'ap' in event && event.ap === 0)).to.have.length(64);
  });
});

describe('a log of an ESP32', () => {
  it('tells how its station rose and fell', () => {
    const events = eventsOf(
      lines(
        'I (528) wifi:mode : sta (02:00:00:00:01:00)',
        '[15:38:25:932] D (346275) wifi:ap found, mac=02:00:00:00:00:00',
        '[15:38:25:975] I (346335) wifi:state: assoc -> run (10)',
        'I (346400) wifi:state: run -> init (fc0)',
        'I (347400) wifi: state: auth -> init (200)',
      ),
    );
    expect(told(events)).to.deep.equal([
      ...['3 told association success', '4 farewell ap 15', '4 told connection ended', '5 told association failure'],
    ]);
    expect(events[0]).to.include({ station: STATION, ap: AP, time: 346_335_000 });
  });
});

describe('a log of hostapd', () => {
  it('has several stations in it, each for itself', () => {
    const events = eventsOf(
      lines(
        'Using interface wlan0 with hwaddr 02:00:00:00:00:00 and ssid "lab"',
        'Sun Jul 17 04:26:06 2016 daemon.info hostapd: wlan0: STA 02:00:00:00:01:00 IEEE 802.11: associated (aid 1)',
        'Sun Jul 17 04:26:06 2016 daemon.info hostapd: wlan0: STA 02:00:00:00:02:00 IEEE 802.11: associated (aid 2)',
        'wlan0: STA 02:00:00:00:01:00 WPA: invalid MIC in msg 2/4 of 4-Way Handshake',
        'wlan0: AP-STA-POSSIBLE-PSK-MISMATCH 02:00:00:00:01:00',
        'wlan0: STA 02:00:00:00:02:00 WPA: pairwise key handshake completed (RSN)',
        'wlan0: AP-STA-CONNECTED 02:00:00:00:02:00',
        'wlan0: deauthentication: STA=02:00:00:00:02:00 reason_code=3',
        'Sun Jul 17 04:31:46 2016 daemon.info hostapd: wlan0: STA 02:00:00:00:02:00 IEEE 802.11: deauthenticated due to inactivity (timer DEAUTH/REMOVE)',
        'wlan0: ap_sta_disconnect addr 02:00:00:00:01:00 reason=15',
        'wlan0: AP-STA-DISCONNECTED 02:00:00:00:01:00',
      ),
    );
    expect(told(events)).to.deep.equal([
      ...['2 told association success', '3 told association success', '4 told security failure', '5 told security failure'],
      ...['6 told security success', '7 told connection success', '8 farewell station 3', '9 told connection ended'],
      ...['10 farewell ap 15', '11 told connection ended'],
    ]);
    expect(events.map((event) => 'station' in event && (event.station % 2 ** 16) >> 8)).to.deep.equal([
      1, 2, 1, 1, 2, 2, 2, 2, 1, 1,
    ]);
    for (const event of events) expect(event).to.include({ ap: AP });
    expect(events[2]).to.include({ reason: MSMSEC.MSMSEC_PSK_MISMATCH_SUSPECTED });
  });

  it('forgets the station it met first where there are too many', () => {
    const many = Array.from(
      { length: 5000 },
      (_, i) =>
        `wlan0: AP-STA-CONNECTED 02:00:00:00:${(i >> 8).toString(16).padStart(2, '0')}:${(i & 255).toString(16).padStart(2, '0')}`,
    );
    expect(eventsOf(lines(...many))).to.have.length(5000);
  });
});

describe('secrets in a log', () => {
  const secret = lines(
    OWN,
    'Line: 2 - start of a new network block',
    'ssid - hexdump_ascii(len=3):',
    '     6c 61 62                                          lab             ',
    'PSK (ASCII passphrase) - hexdump_ascii(len=18):',
    '     63 6f 72 72 65 63 74 20 68 6f 72 73 65 20 62 61   correct horse ba',
    '     64 64                                             ad              ',
    `PSK (from passphrase) - hexdump(len=32): ${'0a '.repeat(32)}`,
    `WPA: PMK - hexdump(len=32): ${'0a '.repeat(32)}`,
    `WPA: TK - hexdump(len=16): ${'0b '.repeat(16)}`,
    `EAP-TLS: Derived key - hexdump(len=64): ${'0c '.repeat(64)}`,
    'WPA: PMK - hexdump(len=32): [REMOVED]',
    'EAP: using real identity - hexdump_ascii(len=3):',
    '     62 6f 62                                          bob             ',
    'wlan1: CTRL-EVENT-EAP-SUCCESS EAP authentication completed successfully',
  );

  it('are credentials for whoever asks, each once', () => {
    const credentials: LogCredential[] = [];
    readAll(new TextEncoder().encode(secret), { onCredential: (credential) => credentials.push(credential) });
    expect(credentials.map(({ kind }) => kind)).to.deep.equal(['passphrase', 'pmk', 'tk', 'msk']);
    const [first] = credentials;
    expect(first?.kind === 'passphrase' && new TextDecoder().decode(first.passphrase.reveal())).to.equal('correct horse badd');
    expect(first?.kind === 'passphrase' && first.ssid && new TextDecoder().decode(first.ssid)).to.equal('lab');
    expect(JSON.stringify(credentials)).to.not.match(/correct|0a0a/);
  });

  it('are nowhere in its events', () => {
    const shown = JSON.stringify(eventsOf(secret), (_, value: unknown) => (value instanceof Uint8Array ? toHex(value) : value));
    expect(shown).to.not.match(/correct|bob|0a0a0a|0b0b0b|0c0c0c|636f7272/);
  });

  it('are those of the lab', () => {
    if (!hasLabLogs) return;
    const kinds = new Set<string>();
    for (const [name, file] of labLogs('station')) {
      readAll(labFile(name, file), { onCredential: ({ kind }) => kinds.add(kind) });
    }
    expect([...kinds].sort()).to.deep.equal(['msk', 'passphrase', 'pmk', 'tk']);
  });
});

/** A source that gives no more than so many bytes at a time, and takes note of how much of a buffer it is offered. */
const dripping = (bytes: Uint8Array, most: number): ByteSource & { isClosed: boolean } => {
  let at = 0;
  return {
    isClosed: false,
    read: (into) => {
      const size = Math.min(most, into.length, bytes.length - at);
      into.set(bytes.subarray(at, at + size));
      at += size;
      return size;
    },
    close() {
      this.isClosed = true;
    },
  };
};

describe('readLogEvents', () => {
  const log = lines(
    OWN,
    "wlan1: Trying to associate with 02:00:00:00:00:00 (SSID='lab' freq=2412 MHz)",
    'WPA: set AP RSN IE - hexdump(len=22): 30 14 01 00 00 0f ac 04 01 00 00 0f ac 04 01 00 00 0f ac 02 00 00',
    'WPA: set own WPA/RSN IE - hexdump(len=22): 30 14 01 00 00 0f ac 04 01 00 00 0f ac 04 01 00 00 0f ac 02 00 00',
    'wlan1: Associated with 02:00:00:00:00:00',
    'wlan1: RX EAPOL from 02:00:00:00:00:00',
    `RX EAPOL - hexdump(len=4): ${START}`,
    'wlan1: CTRL-EVENT-DISCONNECTED bssid=02:00:00:00:00:00 reason=15',
  );
  const bytes = new TextEncoder().encode(log);

  it('gives the same however its source is cut, and closes it', () => {
    const whole = readAll(bytes).events;
    expect(told(whole)).to.deep.equal([
      ...[
        '2 announcement',
        '2 associationRequest',
        '5 associationResponse',
        '7 eapol',
        '8 farewell ap 15',
        '8 told connection ended',
      ],
    ]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), fc.boolean(), (most, isWide) => {
        const wide = Uint8Array.of(0xff, 0xfe, ...[...bytes].flatMap((byte) => [byte, 0]));
        const source = dripping(isWide ? wide : bytes, most);
        expect([...readLogEvents(source)].flat()).to.deep.equal(whole);
        expect(source.isClosed).to.equal(true);
      }),
      { numRuns: 40 },
    );
  });

  it('closes its source when whoever reads stops', () => {
    const source = dripping(bytes, 10_000);
    for (const events of readLogEvents(source)) if (events.length > 0) break;
    expect(source.isClosed).to.equal(true);
  });

  it('takes a log that ends anywhere, with any garbage in it', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length), fc.uint8Array({ maxLength: 64 }), fc.nat(bytes.length), (cut, garbage, at) => {
        const torn = Uint8Array.of(...bytes.subarray(0, at), ...garbage, ...bytes.subarray(at, cut));
        for (const format of ['wpa_supplicant', 'hostapd', 'esp-idf', 'windows-events'] as const) readAll(torn, { format });
      }),
    );
  });

  it('yields nothing of what it does not recognise', () => {
    const { events, log: unknown } = readAll(new TextEncoder().encode('hello\nworld\n'));
    expect(events).to.deep.equal([]);
    expect(unknown.format).to.equal(undefined);
  });

  it('lets go a line of 100 MB, and goes on', () => {
    const chunk = new Uint8Array(2 ** 17).fill(0x41);
    let left = 800;
    const tail = dripping(new TextEncoder().encode('\nwlan0: AP-STA-CONNECTED 02:00:00:00:01:00\n'), 1000);
    const source: ByteSource = {
      read: (into) => {
        if (left-- <= 0) return tail.read(into);
        into.set(chunk.subarray(0, into.length));
        return Math.min(chunk.length, into.length);
      },
      close: () => {},
    };
    const before = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
    const read = readLogEvents(source, { format: 'hostapd' });
    expect([...read].flat()).to.have.length(1);
    expect(read.account).to.include({ lines: 2, tooLong: 1, understood: 1 });
    expect(process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers - before).to.be.lessThan(2 ** 25);
  });
});
