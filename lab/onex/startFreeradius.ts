import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AuthServerSettings, StartAuthServer } from './AuthServer.js';
import { CLIENT_CA, certificate } from './certificates.js';
import { holder, inner, PASSWORD, RADIUS_SECRET, users } from './identities.js';
import { keptByFreeradius } from './keptPassword.js';

/** Where Debian keeps the modules, whatever the machine. */
const LIBRARIES = '/usr/lib/freeradius';

const account = (name: string, password: string): string => `"${name}" Cleartext-Password := "${password}"\n`;
/** Who may do one method only, by its number. */
const only = (name: string, method: number): string => `"${name}" Cleartext-Password := "${PASSWORD}", EAP-Type := ${method}\n`;
const { MD5, GTC, MSCHAPv2, PWD } = users;
const accounts = ({ innerPassword = PASSWORD, pwdPassword = 'plain' }: AuthServerSettings): string =>
  `${account(inner, innerPassword)}${only(MD5, 4)}${only(GTC, 6)}${only(MSCHAPv2, 26)}"${PWD}" ${keptByFreeradius(pwdPassword)}, EAP-Type := 52
"${holder}" Auth-Type := eap
`;

const NO_PREPARATION = 0;
/** Which it has to look up before it begins, so that it refuses whom it does not know at once. */
const PREPARATION_OF_THE_USER = -1;

const eapModule = ({
  certificate: { name },
  tls,
  group = 19,
  fragmentSize,
  folder,
  resumes = false,
  clients = { file: certificate(CLIENT_CA) },
  pwdPassword = 'plain',
}: AuthServerSettings): string => `
  eap {
    default_eap_type = peap
    timer_expire = 60
    max_sessions = 4096
    tls-config lab {
      private_key_file = ${certificate(`${name}.key`)}
      certificate_file = ${certificate(`${name}.pem`)}
      ca_file = ${clients.file}
      check_crl = ${clients.hasRevocations ? 'yes' : 'no'}
      tls_min_version = "1.2"
      tls_max_version = "${tls}"
      cipher_list = "DEFAULT"
      ecdh_curve = ""
      ${fragmentSize === undefined ? '' : `fragment_size = ${fragmentSize}`}
      cache {
        enable = ${resumes ? 'yes' : 'no'}
        name = "lab"
        persist_dir = "${folder}"
      }
    }
    md5 { }
    gtc { auth_type = PAP }
    mschapv2 { send_error = yes }
    pwd {
      group = ${group}
      server_id = lab@example.org
      prep = ${pwdPassword === 'plain' ? NO_PREPARATION : PREPARATION_OF_THE_USER}
      fragment_size = 1020
      virtual_server = "inner"
    }
    tls { tls = lab }
    peap {
      tls = lab
      default_eap_type = mschapv2
      virtual_server = "inner"
    }
    ttls {
      tls = lab
      default_eap_type = mschapv2
      virtual_server = "inner"
    }
  }`;

/** It keeps a session only where there is something to keep with it. */
const sections = `
  authorize {
    update reply {
      &User-Name := "%{User-Name}"
    }
    chap
    mschap
    eap {
      ok = return
    }
    files
    pap
  }
  authenticate {
    Auth-Type PAP {
      pap
    }
    Auth-Type CHAP {
      chap
    }
    Auth-Type MS-CHAP {
      mschap
    }
    eap
  }`;

/** RADIUS over TLS (RFC 6614), by the same certificates. */
const radsec = `
  listen {
    type = auth
    proto = tcp
    ipaddr = 127.0.0.1
    port = 2083
    clients = radsec
    limit {
      max_connections = 16
      lifetime = 0
      idle_timeout = 60
    }
    tls {
      private_key_file = ${certificate('server-rsa.key')}
      certificate_file = ${certificate('server-rsa.pem')}
      ca_file = ${certificate(CLIENT_CA)}
      require_client_cert = yes
      tls_min_version = "1.2"
      tls_max_version = "1.3"
    }
  }`;

const radsecClients = `
clients radsec {
  client lab-over-tls {
    ipaddr = 127.0.0.1
    proto = tls
    secret = radsec
  }
}`;

const configuration = (options: AuthServerSettings): string => {
  const { folder, isIpv6 = false, isRadsec = false, port = 1812 } = options;
  const address = isIpv6 ? 'ipv6addr = ::1' : 'ipaddr = 127.0.0.1';
  return `prefix = /usr
logdir = ${folder}
run_dir = ${folder}
db_dir = ${folder}
libdir = ${LIBRARIES}
log { destination = stdout }
security {
  allow_vulnerable_openssl = yes
  reject_delay = 0
}
max_requests = 65536
thread pool {
  start_servers = 4
  max_servers = 8
}
client lab {
  ${address}
  secret = ${RADIUS_SECRET}
  require_message_authenticator = yes
}
${isRadsec ? radsecClients : ''}
modules {
  chap { }
  mschap { }
  pap { }
  files { usersfile = ${join(folder, 'users')} }
${eapModule(options)}
}
server lab {
  listen {
    type = auth
    ${address}
    port = ${port}
  }
${isRadsec ? radsec : ''}
${sections}
}
server inner {
${sections}
}
`;
};

/** It writes down everything; RADIUS over TLS takes threads. */
const THREADED = ['-f', '-xx', '-l', 'stdout'];

/** Writes a configuration from the ground up into its folder. */
export const writeFreeradius = (settings: AuthServerSettings): void => {
  writeFileSync(join(settings.folder, 'radiusd.conf'), configuration(settings));
  writeFileSync(join(settings.folder, 'users'), accounts(settings));
};

export const startFreeradius: StartAuthServer = async (options) => {
  writeFreeradius(options);
  const running = options.netns.start(['freeradius', ...(options.isRadsec ? THREADED : ['-X']), '-d', options.folder]);
  await running.says(/Ready to process requests/);
  return { kind: 'freeradius', ...running };
};
