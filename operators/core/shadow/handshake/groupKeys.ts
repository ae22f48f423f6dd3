import type { Mark } from '../../../../streams/air/index.js';
import { equalBytes, type KeyMaterial, Secret } from '../../../../streams/events/index.js';
import type { KeyDownload } from '../../method/commands.js';
import { joined } from '../../rsn/keys/joined.js';
import type { GroupKeySeen } from '../Connection.js';
import { leaving, type Watch, withOne } from './Watch.js';

const PURPOSES = { group: 'gtk', management: 'igtk', beacon: 'bigtk' } as const;

/** As it was handed out, taken over: TKIP's with its two Michael keys behind it. */
const wholeKey = (material: KeyMaterial): Secret => {
  if (material.form !== 'tkip') return material.key;
  const whole = joined(material.key.reveal(), material.mic.reveal());
  const secret = Secret.of(whole);
  whole.fill(0);
  material.key.zeroise();
  material.mic.zeroise();
  return secret;
};

const isKnown = (keys: ReadonlyArray<GroupKeySeen>, purpose: GroupKeySeen['purpose'], index: number, key: Secret): boolean =>
  keys.some((each) => each.purpose === purpose && each.index === index && equalBytes(each.key.reveal(), key.reveal()));

const keep = (watch: Watch, seen: GroupKeySeen): void => {
  const left = leaving(watch.groupKeys);
  watch.groupKeys = withOne(watch.groupKeys, seen);
  if (left === undefined) return;
  watch.groupUses?.delete(left);
  left.key.zeroise();
};

/** Takes over a key that came otherwise than in a key handshake. */
export const adoptGroupKey = (watch: Watch, seen: GroupKeySeen): void => {
  if (isKnown(watch.groupKeys, seen.purpose, seen.index, seen.key)) seen.key.zeroise();
  else keep(watch, seen);
};

/** Takes over the keys a message delivers; those that were delivered before are not noted twice. */
export const keepGroupKeys = (
  watch: Watch,
  downloads: ReadonlyArray<KeyDownload>,
  { frame, time }: Mark,
  via: GroupKeySeen['via'],
): void => {
  for (const download of downloads) {
    if (download.slot !== 'group' && download.slot !== 'management' && download.slot !== 'beacon') continue;
    const purpose = PURPOSES[download.slot];
    adoptGroupKey(watch, { purpose, index: download.keyIndex, key: wholeKey(download.material), via, frame, time });
  }
};
