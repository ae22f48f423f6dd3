import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dropFolder, freshFolder } from './leftovers.js';
import { type Netns, openNetns } from './Netns.js';

/** Where something is tried: namespaces, and a folder for files. All of it goes with the scene. */
export interface Scene {
  readonly folder: string;
  readonly file: (name: string, text: string) => string;
  readonly netns: () => Promise<Netns>;
  readonly close: () => Promise<void>;
}

export const openScene = (): Scene => {
  const folder = freshFolder();
  const opened: Netns[] = [];
  return {
    folder,
    file: (name, text) => {
      const path = join(folder, name);
      writeFileSync(path, text, { mode: 0o600 });
      return path;
    },
    netns: async () => {
      const netns = await openNetns();
      opened.push(netns);
      return netns;
    },
    close: async () => {
      await Promise.all(opened.map((netns) => netns.close()));
      dropFolder(folder);
    },
  };
};

/** Plays in a scene of its own. */
export const inScene = async <A>(play: (scene: Scene) => Promise<A>): Promise<A> => {
  const scene = openScene();
  try {
    return await play(scene);
  } finally {
    await scene.close();
  }
};
