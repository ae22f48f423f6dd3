import type { Target } from '../target.js';
import { eapol } from './eapol.js';
import { elements } from './elements.js';
import { engine } from './engine.js';
import { machine } from './machine.js';
import { management } from './management.js';
import { native } from './native.js';
import { sae } from './sae.js';

export const targets: ReadonlyArray<Target> = [native, eapol, elements, management, machine, engine, sae];
