import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import type { AuthServerKind, AuthServerSettings } from '../../lab/onex/AuthServer.js';
import { good } from '../../lab/onex/certificates.js';
import { writeFreeradius } from '../../lab/onex/startFreeradius.js';
import { writeHostapd } from '../../lab/onex/startHostapd.js';

export const SERVER_KINDS: ReadonlyArray<AuthServerKind> = ['hostapd', 'freeradius'];

/** A RADIUS server at a port of 127.0.0.1, which says no more than that it is ready. */
export interface Server {
  readonly kind: AuthServerKind;
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

interface Recipe {
  readonly command: ReadonlyArray<string>;
  readonly isReady: RegExp;
}

/** The servers of the lab, and nothing is resumed; they write down what they are told to alone. */
const RECIPES: Readonly<Record<AuthServerKind, (settings: AuthServerSettings) => Recipe>> = {
  hostapd: (settings) => ({ command: ['hostapd', '-K', writeHostapd(settings)], isReady: /AP-ENABLED/ }),
  freeradius: (settings) => {
    writeFreeradius(settings);
    return { command: ['freeradius', '-f', '-l', 'stdout', '-d', settings.folder], isReady: /Ready to process requests/ };
  },
};

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

export const startServer = async (kind: AuthServerKind, folder: string): Promise<Server> => {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const recipe = RECIPES[kind]({ folder, port, certificate: good, tls: '1.3' });
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
