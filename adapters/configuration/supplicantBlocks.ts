import { withoutComment } from './quotedValue.js';

/** `name=value` as it stands in a block. */
export interface Setting {
  readonly name: string;
  readonly value: string;
  readonly line: number;
}

/** `network={ … }` or another block, in a configuration of wpa_supplicant. */
export interface SupplicantBlock {
  readonly name: string;
  readonly line: number;
  readonly settings: ReadonlyArray<Setting>;
  /** Whether its closing brace is there. */
  readonly isClosed: boolean;
}

const OPENING = /^(?<name>[\w-]+)\s*=\s*\{$/;
const SETTING = /^(?<name>\w+)\s*=\s*(?<value>.*)$/s;

export const isSupplicantConfig = (lines: ReadonlyArray<string>): boolean =>
  lines.some((line) => /^\s*network\s*=\s*\{/.test(line));

/** The blocks of a configuration of wpa_supplicant; what stands outside of them is passed over. */
export const supplicantBlocks = (lines: ReadonlyArray<string>): ReadonlyArray<SupplicantBlock> => {
  const blocks: SupplicantBlock[] = [];
  let open: { readonly name: string; readonly line: number; readonly settings: Setting[] } | undefined;
  lines.forEach((raw, index) => {
    const text = withoutComment(raw);
    const line = index + 1;
    if (open === undefined) {
      const name = OPENING.exec(text)?.groups?.['name'];
      if (name !== undefined) open = { name, line, settings: [] };
      return;
    }
    if (text === '}') {
      blocks.push({ ...open, isClosed: true });
      open = undefined;
      return;
    }
    const { name, value } = SETTING.exec(text)?.groups ?? {};
    if (name !== undefined && value !== undefined) open.settings.push({ name, value, line });
  });
  return open === undefined ? blocks : [...blocks, { ...open, isClosed: false }];
};
