import { expect } from 'chai';
import { inScene } from '../Scene.js';
import { sideBySide } from '../sideBySide.js';
import { bad } from './certificates.js';
import { users } from './identities.js';
import { goLive } from './Live.js';
import { md5, methods, peapMschapv2, ttlsPap } from './methods.js';
import { type SwitchWish, startSwitchPort } from './SwitchPort.js';
import { layWire } from './Wire.js';

/** The verdict is this one, and the port has stayed closed. */
const isRefused = (network: string, expected: ReadonlyArray<string>, wish: SwitchWish = {}): Promise<void> =>
  inScene(async (scene) => {
    const { switchSide, stationSide } = await layWire(scene);
    const port = await startSwitchPort(scene, switchSide, wish);
    const live = goLive(scene, stationSide, network, ['--once']);
    await live.endsWith(1);
    const verdicts = live.items().flatMap(({ verdict }) => verdict ?? []);
    expect(verdicts.map(({ kind, certificateError }) => certificateError ?? kind)).to.deep.equal(expected);
    await port.expectNeverAuthorised();
  });

const ofWrongPassword = (name: string): string => {
  const isTold = name === 'PWD' || (name.includes('MSCHAPv2') && name !== 'TTLS-MSCHAPv2');
  return isTold ? 'wrongPassword' : 'rejectedCredentials';
};

describe('lab: a wrong password on a wire leaves the port closed', () => {
  sideBySide(
    Object.fromEntries(
      methods
        .filter(({ name }) => !name.endsWith('TLS'))
        .map(({ name, network }) => [name, () => isRefused(network({ password: 'wrong' }), [ofWrongPassword(name)])]),
    ),
  );
});

describe('lab: a server that cannot be trusted, on a wire, leaves the port closed', () => {
  const expectedName = ['domain_match="radius.example.org"'];
  sideBySide(
    Object.fromEntries(
      bad.map(({ what, shown, error }) => [
        `its certificate ${what}`,
        () => isRefused(peapMschapv2.network({ trusts: shown, more: expectedName }), [error], { certificate: shown }),
      ]),
    ),
  );
});

describe('lab: other refusals on a wire leave the port closed', () => {
  sideBySide({
    'somebody unknown': () => isRefused(md5.network({ identity: 'nobody' }), ['rejectedIdentity']),
    'somebody unknown inside of TTLS': () => isRefused(ttlsPap.network({ identity: 'nobody' }), ['rejectedCredentials']),
    'the switch wants a method that the profile does not allow': () =>
      isRefused(md5.network({ identity: users.GTC }), ['methodRefused']),
    'FreeRADIUS wants a method that the profile does not allow': () =>
      isRefused(md5.network({ identity: users.GTC }), ['methodRefused'], { asksRadius: true }),
    'a wrong password, to FreeRADIUS': () =>
      isRefused(ttlsPap.network({ password: 'wrong' }), ['rejectedCredentials'], { asksRadius: true }),
  });
});
