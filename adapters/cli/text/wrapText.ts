/** The lines a text takes, none longer than the room there is, unless a single word is. */
export const wrapText = (text: string, room: number): ReadonlyArray<string> => {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > room) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
};

/** A text behind something that is said once; its further lines stand under its first. */
export const hanging = (lead: string, text: string, columns: number): string =>
  `${lead}${wrapText(text, columns - lead.length).join(`\n${' '.repeat(lead.length)}`)}`;
