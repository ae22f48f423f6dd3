const BEGIN = /<Event(?=[\s>])/g;
const END = '</Event>';
/** A beginning may be cut at the very end. */
const CUT = '<Event '.length;
/** What a longer one holds is let go. */
const LONGEST = 2 ** 16;

/** The text of an event, or that there was one too long to be kept. */
export type EventText = string | { readonly tooLong: true };

const beginIn = (text: string): number | undefined => {
  BEGIN.lastIndex = 0;
  return BEGIN.exec(text)?.index;
};

/** Finds the events in the text of a log, however it is cut: one a line, all in one line, within a root element or without. */
export const createEventTexts = (): ((text: string) => Generator<EventText>) => {
  let rest = '';
  let isSkipping = false;

  /** The text from the next beginning on, or nothing before there is more of it. */
  const atBeginning = (): boolean => {
    const begin = isSkipping ? 0 : beginIn(rest);
    rest = begin === undefined ? rest.slice(-CUT) : rest.slice(begin);
    return begin !== undefined;
  };

  const next = (): EventText | undefined => {
    if (!atBeginning()) return undefined;
    const end = rest.indexOf(END);
    if (end === -1) {
      isSkipping ||= rest.length > LONGEST;
      if (isSkipping) rest = rest.slice(-END.length);
      return undefined;
    }
    const text = isSkipping || end > LONGEST ? ({ tooLong: true } as const) : rest.slice(0, end + END.length);
    isSkipping = false;
    rest = rest.slice(end + END.length);
    return text;
  };

  return function* (text) {
    rest += text;
    for (let found = next(); found !== undefined; found = next()) yield found;
  };
};
