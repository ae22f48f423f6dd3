import type { Target } from '../target.js';
import { air } from './air.js';
import { certificates } from './certificates.js';
import { credentials } from './credentials.js';
import { eapMethods } from './eap/methods.js';
import { pae } from './eap/pae.js';
import { eapPeer } from './eap/peer.js';
import { eap } from './eap.js';
import { eapol } from './eapol.js';
import { elements } from './elements.js';
import { engine } from './engine.js';
import { fils } from './fils.js';
import { keyWatch } from './keyWatch.js';
import { machine } from './machine.js';
import { management } from './management.js';
import { native } from './native.js';
import { profile } from './profile.js';
import { radius } from './radius.js';
import { sae } from './sae.js';

export const targets: ReadonlyArray<Target> = [
  native,
  eapol,
  elements,
  management,
  air,
  machine,
  engine,
  sae,
  fils,
  keyWatch,
  eap,
  credentials,
  eapMethods,
  eapPeer,
  pae,
  certificates,
  radius,
  profile,
];
