import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Running } from '../start.js';
import type { AuthServerOptions, AuthServerSettings, StartAuthServer } from './AuthServer.js';
import { CLIENT_CA, certificate } from './certificates.js';
import { holder, inner, outer, PASSWORD, RADIUS_SECRET, users } from './identities.js';
import { type KeptPassword, keptByHostapd } from './keptPassword.js';

export const CONTROL_FOLDER = 'control';
const INNER_METHODS = 'MSCHAPV2,GTC,MD5,TTLS-PAP,TTLS-CHAP,TTLS-MSCHAP,TTLS-MSCHAPV2';
const RESUMABLE_SECONDS = 3600;

const userFile = (pwdPassword: KeptPassword): string => `"${outer}" PEAP,TTLS
"${holder}" TLS
"${users.MD5}" MD5 "${PASSWORD}"
"${users.GTC}" GTC "${PASSWORD}"
"${users.MSCHAPv2}" MSCHAPV2 "${PASSWORD}"
"${users.PWD}" PWD ${keptByHostapd(pwdPassword)}
"${inner}" ${INNER_METHODS} "${PASSWORD}" [2]
"${holder}" TLS [2]
`;

const eapServer = (options: AuthServerSettings): string => {
  const { folder, certificate: shown, tls, fragmentSize, group = 19, resumes = false, staple } = options;
  const { file, hasRevocations = false } = options.clients ?? { file: certificate(CLIENT_CA) };
  const users = join(folder, 'eap_users');
  writeFileSync(users, userFile(options.pwdPassword ?? 'plain'));
  return `eap_server=1
eap_user_file=${users}
ca_cert=${file}
check_crl=${hasRevocations ? 1 : 0}
server_cert=${certificate(`${shown.name}.pem`)}
private_key=${certificate(`${shown.name}.key`)}
tls_flags=[${tls === '1.3' ? 'ENABLE' : 'DISABLE'}-TLSv1.3]
tls_session_lifetime=${resumes ? RESUMABLE_SECONDS : 0}
pwd_group=${group}
${staple === undefined ? '' : `ocsp_stapling_response=${staple}\n`}${fragmentSize === undefined ? '' : `fragment_size=${fragmentSize}\n`}`;
};

const run = async ({ netns }: AuthServerOptions, file: string): Promise<Running> => {
  const running = netns.start(['hostapd', '-dd', '-K', '-t', file]);
  await running.says(/Setup of interface done|AP-ENABLED/);
  return running;
};

const written = (folder: string, name: string, configuration: string): string => {
  const file = join(folder, name);
  writeFileSync(file, configuration);
  return file;
};

/** Writes the configuration of a RADIUS server with hostapd's own EAP server into its folder, and tells the file. */
export const writeHostapd = (settings: AuthServerSettings): string => {
  const { folder, isIpv6, port = 1812 } = settings;
  const clients = written(folder, 'clients', `${isIpv6 ? '::/0' : '0.0.0.0/0'} ${RADIUS_SECRET}\n`);
  const radius = `interface=lo
driver=none
radius_server_clients=${clients}
radius_server_auth_port=${port}
radius_server_ipv6=${isIpv6 ? 1 : 0}
${eapServer(settings)}`;
  return written(folder, 'radius.conf', radius);
};

/** hostapd as a RADIUS server with its own EAP server. */
export const startHostapd: StartAuthServer = async (options) => ({
  kind: 'hostapd',
  ...(await run(options, writeHostapd(options))),
});

/** What a switch does beside. */
export interface SwitchChoices {
  /** Its EAP server is not its own, but the RADIUS server at 127.0.0.1. */
  readonly asksRadius?: boolean;
  readonly radiusPort?: number;
  /** Seconds after which it authenticates anew. */
  readonly reauthenticates?: number;
  /** What it says to people when it asks who is there. */
  readonly greeting?: string;
}

/** hostapd as a switch, at `wire0`. */
export const startSwitch = (
  options: AuthServerOptions,
  { asksRadius, radiusPort = 1812, reauthenticates = 0, greeting }: SwitchChoices = {},
): Promise<Running> => {
  const authority = asksRadius
    ? `own_ip_addr=127.0.0.1
nas_identifier=lab-switch
auth_server_addr=127.0.0.1
auth_server_port=${radiusPort}
auth_server_shared_secret=${RADIUS_SECRET}
`
    : eapServer(options);
  const configuration = `interface=wire0
driver=wired
ctrl_interface=${join(options.folder, CONTROL_FOLDER)}
ieee8021x=1
eap_reauth_period=${reauthenticates}
use_pae_group_addr=1
${greeting === undefined ? '' : `eap_message=${greeting}\n`}${authority}`;
  return run(options, written(options.folder, 'switch.conf', configuration));
};
