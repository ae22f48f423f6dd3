import type { Io } from './Io.js';

/** What decides about colours. */
export type Terminal = Pick<Io, 'isTerminal' | 'env'>;

type Colour = (text: string) => string;

/** The few colours that are used; they are the text itself where there are none. */
export interface Colours {
  readonly bad: Colour;
  readonly good: Colour;
  readonly strong: Colour;
  readonly faint: Colour;
}

/** Select Graphic Rendition, ECMA-48 section 8.3.117. */
const rendition =
  (on: number, off: number): Colour =>
  (text) =>
    `\u001b[${on}m${text}\u001b[${off}m`;

const plain: Colour = (text) => text;

const none: Colours = { bad: plain, good: plain, strong: plain, faint: plain };

const some: Colours = { bad: rendition(31, 39), good: rendition(32, 39), strong: rendition(1, 22), faint: rendition(2, 22) };

/** Colour on a terminal, unless `NO_COLOR` says otherwise. */
export const coloursOf = ({ isTerminal, env }: Terminal): Colours =>
  isTerminal && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb' ? some : none;
