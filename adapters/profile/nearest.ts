/** How many letters have to be put in, taken out, or exchanged (Levenshtein). */
const distance = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const exchanged = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, exchanged));
    }
    row = next;
  }
  return row[other.length] ?? 0;
};

const LONGEST = 40;
const plain = (word: string): string => word.toLowerCase().replace(/[_\-\s]/g, '');

/** The known word that is probably meant. */
export const nearest = (word: string, known: ReadonlyArray<string>): string | undefined => {
  if (word.length > LONGEST) return undefined;
  const ranked = known.map((one) => ({ one, far: distance(plain(word), plain(one)) })).sort((a, b) => a.far - b.far);
  const [best] = ranked;
  return best !== undefined && best.far <= Math.max(1, Math.floor(best.one.length / 2)) ? best.one : undefined;
};
