import { join } from 'node:path';
import { expect } from 'chai';
import type { Netns } from '../Netns.js';
import type { Scene } from '../Scene.js';
import type { Running } from '../start.js';
import type { AuthServerOptions } from './AuthServer.js';
import { good } from './certificates.js';
import { startFreeradius } from './startFreeradius.js';
import { CONTROL_FOLDER, type SwitchChoices, startSwitch } from './startHostapd.js';
import { PORT, STATION } from './Wire.js';

/** A port of a switch that wants 802.1X. */
export interface SwitchPort extends Running {
  /** The FreeRADIUS behind it. */
  readonly authority?: Running;
  /** By the switch itself; a switch that has been killed authorises nobody. */
  readonly isAuthorised: () => Promise<boolean>;
  readonly hasBecomeAuthorised: () => Promise<void>;
  /** It is not, and it never was. */
  readonly expectNeverAuthorised: () => Promise<void>;
  /** Has it begin anew with the station, unless it rests itself after a refusal. */
  readonly asks: () => Promise<void>;
  /** It was, and is no longer. */
  readonly hasBecomeUnauthorised: () => Promise<void>;
}

const AUTHORISED = /(?<!un)authorizing port/;
const UNAUTHORISED = /(?<!un)authorizing port.*unauthorizing port/s;

export interface SwitchWish extends SwitchChoices, Partial<Pick<AuthServerOptions, 'certificate' | 'tls' | 'fragmentSize'>> {}

/** hostapd at a wire; with `asksRadius` there is a FreeRADIUS behind it. */
export const startSwitchPort = async (scene: Scene, netns: Netns, wish: SwitchWish = {}): Promise<SwitchPort> => {
  const options = { certificate: good, tls: '1.2' as const, ...wish, netns, folder: scene.folder };
  const authority = wish.asksRadius ? await startFreeradius(options) : undefined;
  const running = await startSwitch(options, wish);
  const control = ['hostapd_cli', '-p', join(scene.folder, CONTROL_FOLDER), '-i', PORT];
  const isAuthorised = async (): Promise<boolean> => (await netns.run([...control, 'all_sta'])).out.includes('[AUTHORIZED]');
  return {
    ...running,
    ...(authority && { authority }),
    isAuthorised,
    asks: async () => {
      await netns.run([...control, 'new_sta', STATION]);
    },
    hasBecomeAuthorised: () => running.says(AUTHORISED),
    hasBecomeUnauthorised: () => running.says(UNAUTHORISED),
    expectNeverAuthorised: async () => {
      expect(AUTHORISED.test(running.text()), 'whether the port was ever authorised').to.equal(false);
      expect(await isAuthorised(), 'whether the port is authorised').to.equal(false);
    },
  };
};
