import type { AuthServerKind, StartAuthServer } from './AuthServer.js';
import { hostapdVersion } from './hostapdFlaws.js';
import { startFreeradius } from './startFreeradius.js';
import { startHostapd } from './startHostapd.js';

export const authServers: Readonly<Record<AuthServerKind, StartAuthServer>> = {
  hostapd: startHostapd,
  freeradius: startFreeradius,
};

export const nameOf: Readonly<Record<AuthServerKind, string>> = {
  hostapd: `hostapd ${hostapdVersion}`,
  freeradius: 'FreeRADIUS',
};
