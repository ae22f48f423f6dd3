import type { EffectOf } from '../../../../streams/events/index.js';
import { remember } from '../world/memory.js';
import type { KeyTarget, Port } from '../world/Port.js';
import type { Line, World } from '../world/World.js';

export type KeyCall = EffectOf<'setKeyMappingKey' | 'setDefaultKey'>;

/** A port never sees as many keys while their repetition could still matter. */
const HISTORY = 256;

/** The indexes of beacon protection begin here; data keys end below it. */
const FIRST_BEACON_INDEX = 6;

export const targetOf = (call: KeyCall): KeyTarget => {
  if (call.kind === 'setKeyMappingKey') return 'pairwise';
  return call.material.form === 'bip' && call.keyIndex >= FIRST_BEACON_INDEX ? 'beacon' : 'group';
};

/** The link of a multi-link association, where the call names one. */
export const linkOf = (call: KeyCall): number | undefined => (call.kind === 'setDefaultKey' ? call.link : undefined);

const install = (port: Port, call: KeyCall, { n }: Line): void => {
  const { direction, material, call: number } = call;
  // A copy: whoever made the call may wipe the key once it is in hardware.
  const key = material.key.copy();
  const [oldest] = port.installed.length < HISTORY ? [] : port.installed;
  oldest?.key.zeroise();
  const kept = port.installed.filter((earlier) => earlier !== oldest);
  port.installed = [
    ...kept,
    { n, call: number, target: targetOf(call), link: linkOf(call), direction, form: material.form, key },
  ];
};

/** A key is accepted when its reply says so; where a log records no replies, at once. */
export const downloadKey = (world: World, call: KeyCall, line: Line): void => {
  const port = world.adapters.get(call.adapter)?.ports.get(call.session);
  if (port === undefined || call.delete) return;
  install(port, call, line);
  remember(world.calls, call.call, { kind: 'key', port, n: line.n });
  if (call.kind !== 'setKeyMappingKey') return;
  port.keyFrames = [];
  if (port.pairwise !== 'accepted') port.pairwise = world.showsReplies ? 'asked' : 'accepted';
};

const lastOf = (port: Port, call: number) => port.installed.findLast((key) => key.call === call);

export const answerKey = (port: Port, call: number, win32: number): void => {
  const key = lastOf(port, call);
  if (key === undefined) return;
  if (win32 === 0) {
    if (key.target === 'pairwise') port.pairwise = 'accepted';
    if (port.refusedKey?.target === key.target) port.refusedKey = undefined;
    return;
  }
  port.refusedKey = { n: key.n, target: key.target };
  port.installed = port.installed.filter((kept) => kept !== key);
  key.key.zeroise();
  if (key.target === 'pairwise' && !port.installed.some(({ target }) => target === 'pairwise')) port.pairwise = 'none';
};
