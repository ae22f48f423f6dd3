import { isLeft } from 'fp-ts/lib/Either.js';
import { quotedValue } from '../../configuration/quotedValue.js';
import { type Setting, supplicantBlocks } from '../../configuration/supplicantBlocks.js';
import type { CredentialsRead } from './CredentialsRead.js';
import { createFindings, type Findings } from './Findings.js';
import { addNetwork, type NetworkBlock } from './NetworkBlock.js';

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

const takeSetting = (findings: Findings, block: NetworkBlock, { name, value, line }: Setting): void => {
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
  for (const { name: kind, line, settings, isClosed } of supplicantBlocks(lines)) {
    const network: NetworkBlock = {};
    if (kind === 'network') for (const setting of settings) takeSetting(findings, network, setting);
    addNetwork(findings, network);
    if (!isClosed) findings.fault(line, 'the block that begins here has no end');
  }
  return findings.read();
};
