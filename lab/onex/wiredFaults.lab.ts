import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import { inScene } from '../Scene.js';
import { sideBySide } from '../sideBySide.js';
import { long } from './certificates.js';
import { goLive, type Live } from './Live.js';
import { eapTls, type Method, peapMschapv2, pwd, ttlsPap } from './methods.js';
import { startRelay } from './relay/startRelay.js';
import type { Rule, Way } from './relay/Traffic.js';
import { type SwitchPort, type SwitchWish, startSwitchPort } from './SwitchPort.js';
import { layRelayedWire, layWire, PORT, type RelayedWire, STATION_END, setLink, type Wire } from './Wire.js';

interface Outlet {
  readonly wire: Wire;
  readonly port: SwitchPort;
  readonly live: (network: string, ...more: ReadonlyArray<string>) => Live;
}

interface RelayedOutlet extends Outlet {
  readonly wire: RelayedWire;
}

const atAnOutlet =
  (play: (outlet: Outlet) => Promise<void>, wish: SwitchWish = {}) =>
  () =>
    inScene(async (scene) => {
      const wire = await layWire(scene);
      const port = await startSwitchPort(scene, wire.switchSide, wish);
      await play({ wire, port, live: (network, ...more) => goLive(scene, wire.stationSide, network, more) });
    });

const throughARelay =
  (play: (outlet: RelayedOutlet) => Promise<void>, wish: SwitchWish = {}) =>
  () =>
    inScene(async (scene) => {
      const wire = await layRelayedWire(scene);
      const port = await startSwitchPort(scene, wire.switchSide, wish);
      await play({ wire, port, live: (network, ...more) => goLive(scene, wire.stationSide, network, more) });
    });

/** Plays when the handshake of PEAP has come to its nth packet from the switch, and stands still. */
const inTheMiddle = (nth: number, play: (outlet: RelayedOutlet, live: Live) => Promise<void>) =>
  throughARelay(async (outlet) => {
    const relay = await outlet.wire.relay([{ way: 'toStation', nth, does: 'freeze' }]);
    const live = outlet.live(peapMschapv2.network());
    await relay.says(/^frozen$/m);
    await play(outlet, live);
    await outlet.port.expectNeverAuthorised();
  });

const linkGoesDown = (live: Live): Promise<void> => live.says(/"kind":"link"[^\n]*"isUp":false/);
const portIsGone = (live: Live): Promise<void> => live.says(/"kind":"port","state":"deleted"/);

describe('lab: a switch or a server that dies, on a wire', () => {
  sideBySide({
    'the switch dies in the middle of a handshake': inTheMiddle(5, async ({ port }, live) => {
      await port.stop('SIGKILL');
      await live.hasVerdicts(1);
      await live.endsWith(1, 'SIGINT');
      expect(live.verdicts()).to.deep.equal(['noAnswer']);
    }),
    'nobody is there': () =>
      inScene(async (scene) => {
        const { stationSide } = await layWire(scene);
        const live = goLive(scene, stationSide, pwd.network(), ['--once']);
        await live.endsWith(1);
        expect(live.verdicts()).to.deep.equal(['noAnswer']);
        expect(live.items().filter(({ words }) => words === 'EAPOL-Start')).to.have.length(3);
      }),
    'the RADIUS server behind the switch is killed in the middle of a handshake': () =>
      inScene(async (scene) => {
        const { switchSide, stationSide } = await layWire(scene);
        const relay = await startRelay(switchSide, 'udp', [{ way: 'toServer', nth: 4, does: 'freeze' }]);
        const port = await startSwitchPort(scene, switchSide, { asksRadius: true, radiusPort: 1899 });
        const live = goLive(scene, stationSide, peapMschapv2.network(), ['--once']);
        await relay.says(/^frozen$/m);
        await port.authority?.stop('SIGKILL');
        await live.endsWith(1);
        expect(live.verdicts()).to.have.length(1).and.to.not.include('authenticated');
        await port.expectNeverAuthorised();
      }),
    'the station is killed, and begins again': atAnOutlet(async ({ wire, port, live }) => {
      const first = live(peapMschapv2.network());
      await first.hasVerdicts(1);
      const { status } = await first.stop('SIGKILL');
      expect(status).to.equal(-1);
      expect(wire.stationSide.processes()).to.deep.equal([]);
      const second = live(peapMschapv2.network(), '--once');
      await second.endsWith(0);
      expect(second.verdicts()).to.deep.equal(['authenticated']);
      await port.says(/received EAPOL-Logoff from STA/);
    }),
  });
});

describe('lab: a wire that is cut, in the middle of a handshake', () => {
  sideBySide({
    'the link goes down at the end of the station': inTheMiddle(3, async ({ wire }, live) => {
      await setLink(wire.stationSide, PORT, 'down');
      await Promise.all([linkGoesDown(live), portIsGone(live)]);
      await live.endsWith(1, 'SIGINT');
    }),
    'the link goes down at the other end': inTheMiddle(6, async ({ wire }, live) => {
      await setLink(wire.middle, STATION_END, 'down');
      await Promise.all([linkGoesDown(live), portIsGone(live)]);
      await live.endsWith(1, 'SIGINT');
    }),
    'the interface is deleted': inTheMiddle(4, async ({ wire }, live) => {
      await wire.stationSide.ip('link', 'del', PORT);
      await Promise.all([live.says(/"kind":"removed"/), portIsGone(live)]);
      await live.endsWith(1, 'SIGINT');
    }),
    'the interface is deleted and comes back: it authenticates anew': throughARelay(async ({ wire, port, live: goes }) => {
      const relay = await wire.relay([{ way: 'toStation', nth: 5, does: 'freeze' }]);
      const live = goes(ttlsPap.network());
      await relay.says(/^frozen$/m);
      await relay.stop();
      await wire.stationSide.ip('link', 'del', PORT);
      await live.says(/"kind":"removed"/);
      await wire.layStationEnd();
      await wire.relay([]);
      await setLink(wire.stationSide, PORT, 'up');
      await Promise.all([live.hasVerdicts(1), port.hasBecomeAuthorised()]);
      await live.endsWith(0, 'SIGINT');
      expect(live.verdicts()).to.deep.equal(['authenticated']);
    }),
    'the link goes down and comes back: it authenticates anew': throughARelay(async ({ wire, port, live: goes }) => {
      const relay = await wire.relay([{ way: 'toStation', nth: 4, does: 'freeze' }]);
      const live = goes(pwd.network());
      await relay.says(/^frozen$/m);
      await relay.stop();
      await setLink(wire.middle, STATION_END, 'down');
      await portIsGone(live);
      await wire.relay([]);
      await setLink(wire.middle, STATION_END, 'up');
      await Promise.all([live.hasVerdicts(1), port.hasBecomeAuthorised()]);
      await live.endsWith(0, 'SIGINT');
      expect(live.verdicts()).to.deep.equal(['authenticated']);
    }),
    'Ctrl-C in the middle: it logs off, and the port stays closed': inTheMiddle(5, async (_, live) => {
      await live.endsWith(1, 'SIGINT');
      expect(live.items().at(-2)?.words).to.equal('EAPOL-Logoff');
    }),
  });
});

describe('lab: a wire that loses, repeats and reorders', () => {
  const rules = (does: Rule['does'], ...places: ReadonlyArray<readonly [Way, number]>): ReadonlyArray<Rule> =>
    places.map(([way, nth]) => ({ way, nth, does }));
  const through = (method: Method, traffic: ReadonlyArray<Rule>, wish: SwitchWish = {}) =>
    throughARelay(async ({ wire, port, live: goes }) => {
      await wire.relay(traffic);
      const choices = wish.certificate ? { trusts: wish.certificate, more: ['fragment_size=200'] } : {};
      const live = goes(method.network(choices));
      await Promise.all([live.hasVerdicts(1), port.hasBecomeAuthorised()]);
      await live.endsWith(0, 'SIGINT');
      expect(live.verdicts()).to.deep.equal(['authenticated']);
    }, wish);
  const fragments: SwitchWish = { certificate: long, fragmentSize: 200 };

  sideBySide({
    'the EAPOL-Start is lost': through(pwd, rules('drop', ['toServer', 1])),
    'packets of PEAP are lost, of either side': through(
      peapMschapv2,
      rules('drop', ['toStation', 2], ['toServer', 4], ['toStation', 7]),
    ),
    'fragments of TLS are lost, of either side': through(eapTls, rules('drop', ['toStation', 6], ['toServer', 20]), fragments),
    'packets of PEAP come twice': through(
      peapMschapv2,
      rules(
        'duplicate',
        ['toServer', 1],
        ['toStation', 2],
        ['toServer', 3],
        ['toStation', 6],
        ['toServer', 8],
        ['toStation', 10],
      ),
    ),
    'fragments of TTLS come twice': through(
      ttlsPap,
      rules('duplicate', ['toStation', 4], ['toServer', 5], ['toStation', 9], ['toServer', 12]),
      fragments,
    ),
    'packets of PEAP come late, behind others': through(peapMschapv2, rules('delay', ['toStation', 3], ['toServer', 6])),
    'fragments of TLS come late, behind others': through(eapTls, rules('delay', ['toStation', 7], ['toServer', 19]), fragments),
  });
});

describe('lab: a port that stays open', () => {
  const descriptors = ({ pid }: Live): number => readdirSync(`/proc/${pid}/fd`).length;

  sideBySide({
    'the switch authenticates anew, three times, and the port is open all the while': atAnOutlet(
      async ({ port, live: goes }) => {
        const live = goes(pwd.network());
        await live.hasVerdicts(4);
        expect(await port.isAuthorised()).to.equal(true);
        await live.endsWith(0, 'SIGINT');
        expect(new Set(live.verdicts())).to.deep.equal(new Set(['authenticated']));
        await port.says(/received EAPOL-Logoff from STA/);
        expect(await port.isAuthorised()).to.equal(false);
      },
      { reauthenticates: 2 },
    ),
    'hostapd looks for the inner name of PEAP when it authenticates anew, and fails: the station begins again by itself':
      atAnOutlet(
        async ({ port, live: goes }) => {
          // After that hostapd is deaf for five seconds.
          const live = goes(peapMschapv2.network(), '--start-period', '4');
          await live.hasVerdicts(3);
          await port.says(/user not found from database -> FAILURE/);
          await live.endsWith(0, 'SIGINT');
          expect(new Set(live.verdicts())).to.deep.equal(new Set(['authenticated']));
        },
        { reauthenticates: 2 },
      ),
    'the same by way of FreeRADIUS': atAnOutlet(
      async ({ port, live: goes }) => {
        const live = goes(eapTls.network());
        await live.hasVerdicts(4);
        expect(await port.isAuthorised()).to.equal(true);
        await live.endsWith(0, 'SIGINT');
        expect(new Set(live.verdicts())).to.deep.equal(new Set(['authenticated']));
      },
      { reauthenticates: 2, asksRadius: true },
    ),
    'the link goes down and up five times, and no descriptor is left open': atAnOutlet(async ({ wire, live: goes }) => {
      const live = goes(pwd.network());
      await live.hasVerdicts(1);
      const before = descriptors(live);
      for (const nth of [2, 3, 4, 5, 6]) {
        await setLink(wire.switchSide, PORT, 'down');
        await live.says(new RegExp(`(?:"state":"deleted"[^]*){${nth - 1}}`));
        await setLink(wire.switchSide, PORT, 'up');
        await live.hasVerdicts(nth);
      }
      expect(descriptors(live)).to.equal(before);
      await live.endsWith(0, 'SIGINT');
      expect(live.verdicts()).to.deep.equal(Array(6).fill('authenticated'));
    }),
  });
});
