import type { CredentialsRead } from './CredentialsRead.js';
import { createFindings } from './Findings.js';
import { isTableRow, readTableRow } from './keyTable.js';
import { createTlsKeyLog, isKeyLogLine } from './TlsKeyLog.js';
import { readCredential } from './wiresharkKey.js';

/** Lines of which each stands for itself: keys, rows of a table of keys, or a key log of TLS. */
export const readKeyLines = (lines: ReadonlyArray<string>, name: string): CredentialsRead => {
  const findings = createFindings(name);
  const log = createTlsKeyLog();
  lines.forEach((raw, index) => {
    const line = raw.trimStart();
    if (line === '' || line.startsWith('#')) return;
    if (isKeyLogLine(line)) {
      const problem = log.add(line);
      if (problem !== undefined) findings.fault(index + 1, problem);
    } else findings.take(index + 1, isTableRow(line) ? readTableRow(line) : readCredential(line));
  });
  if (log.size > 0) findings.add({ kind: 'tls', secrets: log });
  return findings.read();
};
