import type { Netns } from '../Netns.js';
import type { Scene } from '../Scene.js';
import { RADIUS_SECRET } from './identities.js';

let count = 0;

/** Whether the peer of wpa_supplicant authenticates, with the same configuration. */
export const eapolTest = async (scene: Scene, netns: Netns, network: string, yieldsKeys: boolean): Promise<boolean> => {
  count += 1;
  const file = scene.file(`eapol-test-${count}.conf`, network);
  const withoutKeys = yieldsKeys ? [] : ['-n'];
  const { out } = await netns.run([
    'eapol_test',
    '-c',
    file,
    '-a',
    '127.0.0.1',
    '-p',
    '1812',
    '-s',
    RADIUS_SECRET,
    '-t',
    '30',
    ...withoutKeys,
  ]);
  return /^SUCCESS$/m.test(out);
};
