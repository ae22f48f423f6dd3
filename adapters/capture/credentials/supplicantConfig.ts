import { isLeft } from 'fp-ts/lib/Either.js';
import type { CredentialsRead } from './CredentialsRead.js';
import { createFindings, type Findings } from './Findings.js';
import { addNetwork, type NetworkBlock } from './NetworkBlock.js';
import { quotedValue, withoutComment } from './quotedValue.js';

const OPENING = /^(?<name>[\w-]+)\s*=\s*\{$/;
const SETTING = /^(?<name>\w+)\s*=\s*(?<value>.*)$/s;

export const isSupplicantConfig = (lines: ReadonlyArray<string>): boolean =>
  lines.some((line) => /^\s*network\s*=\s*\{/.test(line));

type Field = 'ssid' | 'passphrase' | 'saePassword';

const quoted = (
  findings: Findings,
  block: NetworkBlock,
  field: Field,
  name: string,
  stated: { line: number; value: string },
): void => {
  const bytes = quotedValue(name, stated.value);
  if (isLeft(bytes)) findings.fault(stated.line, bytes.left);
  else block[field] = { line: stated.line, value: bytes.right };
};

const takeSetting = (findings: Findings, block: NetworkBlock, text: string, line: number): void => {
  const { name, value } = SETTING.exec(text)?.groups ?? {};
  if (name === undefined || value === undefined) return;
  if (name === 'ssid') quoted(findings, block, 'ssid', 'ssid', { line, value });
  if (name === 'sae_password') quoted(findings, block, 'saePassword', 'sae_password', { line, value });
  if (name !== 'psk') return;
  if (value.startsWith('ext:')) findings.fault(line, 'psk: it is kept elsewhere and not in this file');
  else if (value.startsWith('"')) quoted(findings, block, 'passphrase', 'psk', { line, value });
  else block.pmk = { line, value };
};

/** The networks of a configuration of wpa_supplicant; its other blocks and settings are passed over. */
export const readSupplicantConfig = (lines: ReadonlyArray<string>, name: string): CredentialsRead => {
  const findings = createFindings(name);
  let block: { readonly line: number; readonly network: NetworkBlock | undefined } | undefined;
  lines.forEach((raw, index) => {
    const text = withoutComment(raw);
    const opened = block === undefined ? OPENING.exec(text)?.groups?.['name'] : undefined;
    if (opened !== undefined) block = { line: index + 1, network: opened === 'network' ? {} : undefined };
    else if (text === '}' && block !== undefined) {
      addNetwork(findings, block.network ?? {});
      block = undefined;
    } else if (block?.network !== undefined) takeSetting(findings, block.network, text, index + 1);
  });
  if (block !== undefined) {
    addNetwork(findings, block.network ?? {});
    findings.fault(block.line, 'the block that begins here has no end');
  }
  return findings.read();
};
