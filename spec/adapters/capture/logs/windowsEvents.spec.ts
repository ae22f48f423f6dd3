import { expect } from 'chai';
import { MSMSEC, ONEX } from '../../../../streams/events/index.js';
import { eventsOf, readAll } from './labLogs.js';

const SCHEMA = 'http://schemas.microsoft.com/win/2004/08/events/event';

type Fields = Readonly<Record<string, string>>;

const GUID = '{a7d8885d-10c1-43d4-9e1e-0a7b2678f020}';

const event = (id: number, second: string, fields: Fields, provider = 'Microsoft-Windows-WLAN-AutoConfig'): string => {
  const data = Object.entries(fields).map(([name, value]) => `<Data Name='${name}'>${value}</Data>`);
  return (
    `<Event xmlns='${SCHEMA}'><System><Provider Name='${provider}' Guid='{9580d7dd-0379-4658-9870-d5be7d52d6de}'/>` +
    `<EventID>${id}</EventID><Version>0</Version><TimeCreated SystemTime='2026-11-21T05:28:${second}Z'/><EventRecordID>7</EventRecordID>` +
    '<Correlation/><Channel>Microsoft-Windows-WLAN-AutoConfig/Operational</Channel><Computer>HLPC01</Computer></System>' +
    `<EventData>${data.join('')}</EventData></Event>`
  );
};

const both: Fields = { DeviceGuid: GUID, LocalMac: '02:00:00:00:01:00', SSID: 'lab &amp; more', PeerMac: '02:00:00:00:00:00' };
const story = [
  event(8000, '20.0000001', { InterfaceGuid: GUID, SSID: 'lab &amp; more' }),
  event(11000, '20.1', { DeviceGuid: GUID, LocalMac: '02:00:00:00:01:00', SSID: 'lab &amp; more' }),
  event(11001, '20.2', both),
  event(11010, '20.3', both),
  event(11006, '25.4', { ...both, ReasonText: 'bob@lab.example', ReasonCode: '0x48014', ErrorCode: '0x525' }),
  event(8002, '25.5', { InterfaceGuid: GUID, SSID: 'lab &amp; more', FailureReason: 'secret of bob', ReasonCode: '294932' }),
];
const root = (events: ReadonlyArray<string>): string =>
  `<?xml version="1.0" encoding="utf-8" standalone="yes"?>\r\n<Events>${events.join('')}</Events>`;

const shown = (text: string) =>
  eventsOf(text).map((each) => (each.kind === 'told' ? `${each.frame} ${each.phase} ${each.outcome} ${each.text}` : each.kind));

const TOLD = [
  '3 association success associated',
  '5 security failure security failed: MSMSEC_PSK_MISMATCH_SUSPECTED (0x00048014)',
  '6 connection failure failed to connect: MSMSEC_PSK_MISMATCH_SUSPECTED (0x00048014)',
];

describe('events of WLAN AutoConfig', () => {
  it('are read as Event Viewer saves them, and as wevtutil prints them', () => {
    expect(shown(root(story))).to.deep.equal(TOLD);
    expect(shown(story.join('\r\n'))).to.deep.equal(TOLD);
    expect(shown(story.join('\n').replaceAll("'", '"').replaceAll('><', '>\r\n  <'))).to.deep.equal(TOLD);
  });

  it('tell the time, the reason, the network, and whom an earlier event named', () => {
    expect(eventsOf(root(story)).at(-1)).to.deep.equal({
      kind: 'told',
      frame: 6,
      time: Date.UTC(2026, 10, 21, 5, 28, 25, 500) * 1000,
      station: 0x020000000100,
      ap: 0x020000000000,
      ssid: new TextEncoder().encode('lab & more'),
      phase: 'connection',
      outcome: 'failure',
      reason: MSMSEC.MSMSEC_PSK_MISMATCH_SUSPECTED,
      text: 'failed to connect: MSMSEC_PSK_MISMATCH_SUSPECTED (0x00048014)',
    });
  });

  it('are read under UTF-16 too', () => {
    const bytes = Uint8Array.of(0xff, 0xfe, ...Buffer.from(root(story), 'utf16le'));
    const { events, log } = readAll(bytes);
    expect(events.map(({ kind }) => kind)).to.deep.equal(['told', 'told', 'told']);
    expect({ format: log.format, ...log.account }).to.deep.equal({
      ...{ format: 'windows-events', lines: 6, understood: 6, tooLong: 0, clock: 'absolute' },
    });
  });

  it('are put into the order of their times where the newest comes first', () => {
    expect(shown(root(story.toReversed())).map((each) => each.slice(2))).to.deep.equal(TOLD.map((each) => each.slice(2)));
  });

  it('name 802.1X reasons, hosted networks the other way round, and what the security log says of 802.1X', () => {
    const failed = { ...both, Identity: 'bob', User: 'bob', ReasonText: 'no', ReasonCode: '0x50005', EAPRootCauseString: 'bob' };
    const [first, second] = eventsOf(
      root([
        event(12013, '30', failed),
        event(
          5632,
          '31',
          { ...both, IntfGuid: GUID, Identity: 'host/bob', ReasonCode: '0x0' },
          'Microsoft-Windows-Security-Auditing',
        ),
        event(20019, '32', { InterfaceGuid: GUID, LocalMAC: '02:00:00:00:00:00', PeerMAC: '02:00:00:00:01:00' }),
      ]),
    );
    expect(first).to.include({ phase: 'oneX', outcome: 'failure', reason: ONEX.ONEX_EAP_FAILURE_RECEIVED });
    expect(second).to.include({ phase: 'oneX', outcome: 'success', text: '802.1X succeeded' });
  });

  it('forget the access point when the next association starts', () => {
    const next = [
      event(11000, '50', { DeviceGuid: GUID, LocalMac: '02:00:00:00:01:00', SSID: 'lab' }),
      event(11002, '51', {
        DeviceGuid: GUID,
        LocalMac: '02:00:00:00:01:00',
        SSID: 'lab',
        ReasonCode: '229378',
        Dot11StatusCode: '17',
      }),
    ];
    const last = eventsOf(root([...story, ...next])).at(-1);
    expect(last).to.include({ station: 0x020000000100, ap: 0, reason: 229_378 });
    expect(last).to.include({ text: 'failed to associate: DOT11_MSM+32770 (0x00038002), status 17 of IEEE 802.11' });
  });

  it('say nothing of who it was', () => {
    expect(JSON.stringify(eventsOf(root(story)))).to.not.match(/bob|secret/);
  });

  it('that are not well formed, or want something expanded, are counted and left out', () => {
    const good = event(8001, '40', { InterfaceGuid: GUID, SSID: 'lab' });
    const bad = [
      good.replace('</System>', ''),
      good.replace('>lab<', '>&own;<'),
      good.replace('<System>', '<!-- --><System>'),
      good.replace('>lab<', '><![CDATA[lab]]><'),
      good.replace('>lab<', '>&#x110000;<'),
      good.replace('>lab<', '>a & b<'),
      good.replace('8001', '8001x'),
      good.replace('<System>', '<a>'.repeat(20)),
    ];
    const text = `<!DOCTYPE Events [<!ENTITY own "owned">]>${bad.join('')}${good}`;
    const { events, log } = readAll(new TextEncoder().encode(text), { format: 'windows-events' });
    expect(events).to.have.length(1);
    expect(log.account).to.include({ lines: 9, understood: 1 });
  });

  it('of any length are passed in constant memory', () => {
    const endless = `<Event>${'x'.repeat(1000)}`.repeat(500);
    const { events, log } = readAll(new TextEncoder().encode(`${endless}</Event>${story[2]}`), { format: 'windows-events' });
    expect(log.account).to.include({ lines: 2, tooLong: 1, understood: 1 });
    expect(events).to.have.length(1);
  });
});
