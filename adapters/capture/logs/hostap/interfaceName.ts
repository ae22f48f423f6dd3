/** Network interfaces have a number in their names; what else hostap puts before a colon has none, but for its driver. */
const NAMED = /^(?<name>(?:p2p-dev-)?[a-z][\w.-]{0,31}): (?<text>.*)$/;
const HAS_DIGIT = /\d/;
const MODULES: ReadonlyArray<string> = ['nl80211', 'l2_packet_receive'];

/** A line, and the interface that it is about, where it says so. */
export interface Addressed {
  readonly name?: string;
  readonly text: string;
}

export const addressedLine = (text: string): Addressed => {
  const groups = NAMED.exec(text)?.groups;
  const name = groups?.['name'];
  if (name === undefined || !HAS_DIGIT.test(name) || MODULES.includes(name)) return { text };
  return { name, text: groups?.['text'] ?? '' };
};

/** The management interface of Wi-Fi Direct is no station. */
export const isPeerToPeerDevice = (name: string): boolean => name.startsWith('p2p-dev-');
