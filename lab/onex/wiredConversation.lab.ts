import { expect } from 'chai';
import { inScene } from '../Scene.js';
import { sideBySide } from '../sideBySide.js';
import { good } from './certificates.js';
import { goLive, type Live } from './Live.js';
import { eapTls, type Method, peapMschapv2, pwd, ttlsPap } from './methods.js';
import { type SwitchPort, type SwitchWish, startSwitchPort } from './SwitchPort.js';
import { startFreeradius } from './startFreeradius.js';
import { layWire } from './Wire.js';

/** The station gets in; what either side has seen of it is looked at. */
const getsIn = (method: Method, wish: SwitchWish, look: (port: SwitchPort, live: Live) => unknown) => () =>
  inScene(async (scene) => {
    const { switchSide, stationSide } = await layWire(scene);
    const port = await startSwitchPort(scene, switchSide, wish);
    const live = goLive(scene, stationSide, method.network(), ['--once']);
    await live.endsWith(0);
    expect(live.verdicts()).to.deep.equal(['authenticated']);
    await look(port, live);
  });

/** As the example of hostapd has it: a text, and behind a zero what RFC 4284 is about. */
const GREETING = 'hello\\0networkid=netw,nasid=foo,portid=0,NAIRealms=example.com';
const HEADERS = 9;

const wasGreeted = (_: SwitchPort, live: Live): void => {
  const asked = live.items().find(({ words }) => words === 'Request Identity');
  expect(asked?.octets).to.equal(HEADERS + GREETING.replace('\\0', '.').length);
};

describe('lab: what a switch says before the method, on a wire', () => {
  sideBySide({
    'it asks who is there with a greeting and the realms it serves': getsIn(peapMschapv2, { greeting: GREETING }, wasGreeted),
    'the same, and a method without a tunnel': getsIn(pwd, { greeting: GREETING }, wasGreeted),
    'it offers PEAP, and takes TTLS after a Nak': getsIn(ttlsPap, {}, (port) => port.says(/EAP: processing NAK/)),
    'FreeRADIUS offers PEAP, and takes TLS after a Nak': getsIn(eapTls, { asksRadius: true }, ({ authority }) =>
      authority?.says(/Peer sent packet with method EAP NAK/),
    ),
  });
});

/** The switch begins anew and is not answered. */
const isNotShownAgain =
  (method: Method, wish: SwitchWish = {}) =>
  () =>
    inScene(async (scene) => {
      const { switchSide, stationSide } = await layWire(scene);
      const port = await startSwitchPort(scene, switchSide, wish);
      const live = goLive(scene, stationSide, method.network({ password: 'wrong' }));
      await live.hasVerdicts(1);
      const asking = setInterval(port.asks, 1000);
      await live.says(/not shown again so soon/, 30_000).finally(() => clearInterval(asking));
      await live.endsWith(1, 'SIGINT');
      expect(live.verdicts()).to.have.length(1);
    });

describe('lab: a password that was refused is not shown again when the switch asks, on a wire', () => {
  sideBySide({
    PWD: isNotShownAgain(pwd),
    'PEAP-MSCHAPv2': isNotShownAgain(peapMschapv2),
    'TTLS-PAP, by way of FreeRADIUS': isNotShownAgain(ttlsPap, { asksRadius: true }),
  });
});

describe('lab: a password that is changed while the port is open, on a wire', () => {
  sideBySide({
    'the switch authenticates anew by way of FreeRADIUS: the port closes, and the verdict says why': () =>
      inScene(async (scene) => {
        const { switchSide, stationSide } = await layWire(scene);
        const port = await startSwitchPort(scene, switchSide, { asksRadius: true, reauthenticates: 3 });
        const live = goLive(scene, stationSide, peapMschapv2.network());
        await Promise.all([live.hasVerdicts(1), port.hasBecomeAuthorised()]);
        await port.authority?.stop('SIGKILL');
        const options = { netns: switchSide, folder: scene.folder, certificate: good, tls: '1.2' as const };
        await startFreeradius({ ...options, innerPassword: 'another password' });
        await Promise.all([live.says(/"kind":"wrongPassword"/), port.hasBecomeUnauthorised()]);
        expect(await port.isAuthorised(), 'whether the port is authorised').to.equal(false);
        await live.endsWith(1, 'SIGINT');
        expect(new Set(live.verdicts())).to.deep.equal(new Set(['authenticated', 'wrongPassword']));
      }),
  });
});
