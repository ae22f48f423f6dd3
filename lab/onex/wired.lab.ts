import { expect } from 'chai';
import { inScene } from '../Scene.js';
import { type Play, sideBySide } from '../sideBySide.js';
import type { AuthServerKind } from './AuthServer.js';
import { nameOf } from './authServers.js';
import { bindsWrongly } from './hostapdFlaws.js';
import { goLive } from './Live.js';
import { type Method, type MethodChoices, methods } from './methods.js';
import { startSwitchPort } from './SwitchPort.js';
import { layWire } from './Wire.js';

interface Tried {
  readonly kind: AuthServerKind;
  readonly tls: '1.2' | '1.3';
  readonly method: Method;
}

/** The port is open from the verdict until the logoff. */
const authenticates = ({ kind, tls, method }: Tried, choices: MethodChoices = {}): Promise<void> =>
  inScene(async (scene) => {
    const { switchSide, stationSide } = await layWire(scene);
    const port = await startSwitchPort(scene, switchSide, { tls, asksRadius: kind === 'freeradius' });
    const live = goLive(scene, stationSide, method.network({ tls, ...choices }));
    await Promise.all([live.says(/"state":"authorised"/), port.hasBecomeAuthorised()]);
    expect(await port.isAuthorised(), 'whether the port is authorised').to.equal(true);
    await live.endsWith(0, 'SIGINT');
    expect(live.verdicts()).to.deep.equal(['authenticated']);
    await port.says(/received EAPOL-Logoff from STA/);
    expect(await port.isAuthorised(), 'whether the port is authorised after the logoff').to.equal(false);
  });

const isRefused = ({ tls, method }: Tried): Promise<void> =>
  inScene(async (scene) => {
    const { switchSide, stationSide } = await layWire(scene);
    const port = await startSwitchPort(scene, switchSide, { tls });
    const live = goLive(scene, stationSide, method.network({ tls }), ['--once']);
    await live.endsWith(1);
    expect(live.verdicts()).to.deep.equal(['serverUnproven']);
    await port.expectNeverAuthorised();
  });

const scenariosOf = (tried: Tried): ReadonlyArray<readonly [string, Play]> => {
  const { kind, tls, method } = tried;
  if (!bindsWrongly(kind, tls, method.name))
    return [[`${method.name} opens the port, and a logoff closes it`, () => authenticates(tried)]];
  return [
    [`${method.name}: refused, as the cryptobinding of hostapd 2.10 is wrong with TLS 1.3`, () => isRefused(tried)],
    [`${method.name} without cryptobinding opens the port`, () => authenticates(tried, { cryptobinding: 'never' })],
  ];
};

const servers = [
  ['hostapd', '1.2'],
  ['hostapd', '1.3'],
  ['freeradius', '1.2'],
  ['freeradius', '1.3'],
] as const;

for (const [kind, tls] of servers)
  describe(`lab: every method on a wire, ${kind === 'hostapd' ? 'the server of the switch itself' : 'by way of'} ${nameOf[kind]}, TLS ${tls}`, () => {
    const tried = methods.filter(({ usesTls }) => usesTls || tls === '1.2');
    sideBySide(Object.fromEntries(tried.flatMap((method) => scenariosOf({ kind, tls, method }))));
  });
