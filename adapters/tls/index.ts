export { clientRemarks } from './clientRemarks.js';
export { type NodeTls, nodeTls } from './nodeTls.js';
export { settingsProblems } from './settingsProblems.js';
export { type SystemTrust, systemTrust } from './systemTrust.js';
export type { ClientCredential, ServerName, ServerTrust, TlsSettings, TlsVersionName } from './TlsSettings.js';
