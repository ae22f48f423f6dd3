import { createHexdumps, type Hexdump } from '../Hexdump.js';
import type { LineReader, LogLine } from '../LogLine.js';
import type { ReadKeys } from './credentials.js';

/** What one side makes of its log; each says whether it understood. */
interface Side {
  readonly takeText: (line: LogLine) => boolean;
  readonly takeDump: (dump: Hexdump) => boolean;
}

/** Hands a line on as text, or as the dump that it completes; both may tell of keys besides. */
export const lineTaker = ({ takeText, takeDump }: Side, readKeys: ReadKeys | undefined): LineReader['take'] => {
  const dumps = createHexdumps();
  return (line) => {
    const dump = dumps(line);
    if (dump === undefined) {
      readKeys?.line(line);
      return takeText(line);
    }
    if (dump === 'part') return false;
    const isKey = readKeys?.dump(dump) ?? false;
    return takeDump(dump) || isKey;
  };
};
