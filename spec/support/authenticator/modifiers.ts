import type { KeyDataItem, KeyInformation } from '../../../streams/frames/index.js';
import type { Draft, Modifier } from './draft.js';

/** A modifier that changes bits of the key information. */
export const withInformation =
  (changes: Partial<KeyInformation>): Modifier =>
  (draft) => ({ ...draft, information: { ...draft.information, ...changes } });

export const withoutSecure = withInformation({ secure: false });
export const withoutInstall = withInformation({ install: false });
export const withoutAck = withInformation({ ack: false });
export const withoutMic = withInformation({ mic: false });
/** The bit alone: the key data stays encrypted. */
export const withoutEncrypted = withInformation({ encrypted: false });

/** The key data in the clear, and the key information says so. */
export const inTheClear: Modifier = (draft) => ({
  ...withoutEncrypted(draft),
  isWrapped: false,
});

/** A modifier that changes fields. */
export const withFields =
  (changes: Partial<Draft>): Modifier =>
  (draft) => ({ ...draft, ...changes });

/** A modifier that leaves every item of these kinds out. */
export const withoutItems =
  (...kinds: ReadonlyArray<KeyDataItem['kind']>): Modifier =>
  (draft) => ({ ...draft, items: draft.items.filter(({ kind }) => !kinds.includes(kind)) });

/** A modifier that leaves an element out. */
export const withoutElement =
  (id: number): Modifier =>
  (draft) => ({ ...draft, items: draft.items.filter((item) => item.kind !== 'element' || item.element.id !== id) });

/** A modifier that changes items one by one. */
export const withItems =
  (change: (item: KeyDataItem) => KeyDataItem | undefined): Modifier =>
  (draft) => ({ ...draft, items: draft.items.flatMap((item) => change(item) ?? []) });

/** A modifier that adds items behind all others. */
export const withMore =
  (...more: ReadonlyArray<KeyDataItem>): Modifier =>
  (draft) => ({ ...draft, items: [...draft.items, ...more] });

/** One bit of the MIC is another. */
export const withBadMic: Modifier = (draft) => ({
  ...draft,
  touch: (packet) => packet.with(81, (packet[81] ?? 0) ^ 1),
});

/** One modifier after the other. */
export const all =
  (...modifiers: ReadonlyArray<Modifier>): Modifier =>
  (draft) =>
    modifiers.reduce((so_far, modifier) => modifier(so_far), draft);
