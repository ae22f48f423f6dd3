import { harmless } from './showEntry.js';

/** Marks of direction and the like: invisible, and they can turn a line around. */
const INVISIBLE = /[\p{Cf}\u2028\u2029]/gu;

const escaped = (mark: string): string => `\\u{${mark.codePointAt(0)?.toString(16)}}`;

/** What strangers wrote, e.g. the name of a network, so that all of it is seen and none of it is obeyed. */
export const visible = (text: string): string => harmless(text).replace(INVISIBLE, escaped);
