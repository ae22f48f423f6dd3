import { isLeft } from 'fp-ts/lib/Either.js';
import { quotedValue } from '../../configuration/quotedValue.js';
import type { CredentialsRead } from './CredentialsRead.js';
import { createFindings, type Findings } from './Findings.js';
import { addNetwork, type NetworkBlock, type Stated } from './NetworkBlock.js';

const SETTING = /^(?<name>\w+)=(?<value>.*)$/s;
const OF_HOSTAPD = /^\s*(?:interface|ssid2?|wpa_passphrase|wpa_psk|sae_password|hw_mode|wpa_key_mgmt|driver)=/;

export const isHostapdConfig = (lines: ReadonlyArray<string>): boolean => lines.some((line) => OF_HOSTAPD.test(line));

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** `password|mac=…|vlanid=…|pk=…|id=…`: a password that holds a bar of such a kind cannot be written. */
const saePassword = (value: string): string => value.split(/\|(?:mac|vlanid|pk|id)=/, 1)[0] ?? '';

type Take = (block: NetworkBlock, stated: Stated<string>, findings: Findings) => void;

const settings: Readonly<Record<string, Take>> = {
  // An SSID is as it stands, with whatever spaces.
  ssid: (block, { line, value }) => {
    block.ssid = { line, value: encode(value) };
  },
  ssid2: (block, { line, value }, findings) => {
    const bytes = quotedValue('ssid2', value);
    if (isLeft(bytes)) findings.fault(line, bytes.left);
    else block.ssid = { line, value: bytes.right };
  },
  wpa_passphrase: (block, { line, value }) => {
    block.passphrase = { line, value: encode(value) };
  },
  wpa_psk: (block, stated) => {
    block.pmk = stated;
  },
  sae_password: (block, { line, value }) => {
    block.saePassword ??= { line, value: encode(saePassword(value)) };
  },
};

/** The networks of a configuration of hostapd: one, and one more with each `bss=`. */
export const readHostapdConfig = (lines: ReadonlyArray<string>, name: string): CredentialsRead => {
  const findings = createFindings(name);
  let block: NetworkBlock = {};
  lines.forEach((raw, index) => {
    const { name: setting, value } = SETTING.exec(raw.trimStart())?.groups ?? {};
    if (setting === undefined || value === undefined) return;
    if (setting === 'bss') {
      addNetwork(findings, block);
      block = {};
    }
    const take = Object.hasOwn(settings, setting) ? settings[setting] : undefined;
    take?.(block, { line: index + 1, value }, findings);
  });
  addNetwork(findings, block);
  return findings.read();
};
