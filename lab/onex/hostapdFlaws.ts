import { spawnSync } from 'node:child_process';
import type { AuthServerKind } from './AuthServer.js';

const [, version = 'of no known version'] = /v(\d+\.\d+)/.exec(spawnSync('hostapd', ['-v'], { encoding: 'utf8' }).stderr) ?? [];

export const hostapdVersion = version;

/** hostapd 2.10 derives the keys of PEAP's cryptobinding wrongly from TLS 1.3, which it calls experimental; its eapol_test does it well. */
export const bindsWrongly = (kind: AuthServerKind, tls: string, method: string): boolean =>
  kind === 'hostapd' && version === '2.10' && tls === '1.3' && method.startsWith('PEAP');
