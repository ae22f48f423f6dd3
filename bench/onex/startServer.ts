import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { certificate, IDENTITIES, PASSWORD, RADIUS_SECRET } from './credentials.js';

export const SERVER_KINDS = ['hostapd', 'freeradius'] as const;
export type ServerKind = (typeof SERVER_KINDS)[number];

/** A RADIUS server at a port of 127.0.0.1, which says no more than that it is ready. */
export interface Server {
  readonly kind: ServerKind;
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

interface Recipe {
  readonly command: ReadonlyArray<string>;
  readonly isReady: RegExp;
}

const { outer, inner, holder, mschapv2, pwd } = IDENTITIES;

const hostapdUsers = `"${outer}" PEAP,TTLS
"${holder}" TLS
"${mschapv2}" MSCHAPV2 "${PASSWORD}"
"${pwd}" PWD "${PASSWORD}"
"${inner}" MSCHAPV2,TTLS-PAP "${PASSWORD}" [2]
`;

const hostapd = (folder: string, port: number): Recipe => {
  const [users, clients, file] = [join(folder, 'users'), join(folder, 'clients'), join(folder, 'hostapd.conf')];
  writeFileSync(users, hostapdUsers);
  writeFileSync(clients, `0.0.0.0/0 ${RADIUS_SECRET}\n`);
  writeFileSync(
    file,
    `interface=lo
driver=none
radius_server_clients=${clients}
radius_server_auth_port=${port}
eap_server=1
eap_user_file=${users}
ca_cert=${certificate('rsa-ca.pem')}
server_cert=${certificate('server-rsa.pem')}
private_key=${certificate('server-rsa.key')}
tls_flags=[ENABLE-TLSv1.3]
pwd_group=19
`,
  );
  return { command: ['hostapd', '-K', file], isReady: /AP-ENABLED/ };
};

const sections = `
  authorize {
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
    Auth-Type MS-CHAP {
      mschap
    }
    eap
  }`;

const eapModule = `
  eap {
    default_eap_type = peap
    timer_expire = 60
    max_sessions = 4096
    tls-config bench {
      private_key_file = ${certificate('server-rsa.key')}
      certificate_file = ${certificate('server-rsa.pem')}
      ca_file = ${certificate('rsa-ca.pem')}
      tls_min_version = "1.2"
      tls_max_version = "1.3"
      cipher_list = "DEFAULT"
      ecdh_curve = ""
    }
    mschapv2 { }
    pwd {
      group = 19
      server_id = bench@example.org
      fragment_size = 1020
      virtual_server = "inner"
    }
    tls { tls = bench }
    peap {
      tls = bench
      default_eap_type = mschapv2
      virtual_server = "inner"
    }
    ttls {
      tls = bench
      default_eap_type = mschapv2
      virtual_server = "inner"
    }
  }`;

const radiusd = (folder: string, port: number): string => `prefix = /usr
logdir = ${folder}
run_dir = ${folder}
db_dir = ${folder}
libdir = /usr/lib/freeradius
log { destination = stdout }
security { allow_vulnerable_openssl = yes }
max_requests = 65536
thread pool {
  start_servers = 4
  max_servers = 8
}
client bench {
  ipaddr = 127.0.0.1
  secret = ${RADIUS_SECRET}
  require_message_authenticator = yes
}
modules {
  mschap { }
  pap { }
  files { usersfile = ${join(folder, 'users')} }
${eapModule}
}
server bench {
  listen {
    type = auth
    ipaddr = 127.0.0.1
    port = ${port}
  }
${sections}
}
server inner {
${sections}
}
`;

const freeradius = (folder: string, port: number): Recipe => {
  const accounts = [inner, mschapv2, pwd].map((name) => `"${name}" Cleartext-Password := "${PASSWORD}"\n`);
  writeFileSync(join(folder, 'users'), `${accounts.join('')}"${holder}" Auth-Type := eap\n`);
  writeFileSync(join(folder, 'radiusd.conf'), radiusd(folder, port));
  return { command: ['freeradius', '-f', '-l', 'stdout', '-d', folder], isReady: /Ready to process requests/ };
};

const RECIPES: Readonly<Record<ServerKind, (folder: string, port: number) => Recipe>> = { hostapd, freeradius };

const freePort = async (): Promise<number> => {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
};

const ready = (child: ChildProcess, { command, isReady }: Recipe): Promise<void> =>
  new Promise((resolve, reject) => {
    let said = '';
    const listen = (text: Buffer): void => {
      if (said.length < 64_000) said += text.toString();
      if (isReady.test(said)) resolve();
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`${command.join(' ')} ended:\n${said}`)));
  });

export const startServer = async (kind: ServerKind, folder: string): Promise<Server> => {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const recipe = RECIPES[kind](folder, port);
  const [program = '', ...args] = recipe.command;
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  await ready(child, recipe);
  const stop = async (): Promise<void> => {
    child.removeAllListeners('exit');
    const gone = once(child, 'exit');
    child.kill();
    await gone;
  };
  return { kind, port, pid: child.pid ?? 0, stop };
};
