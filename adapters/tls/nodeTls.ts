import {
  type EapFault,
  eapFault,
  type OpenTls,
  type TlsCommand,
  type TlsSession,
  type TlsTurn,
} from '../../operators/core/index.js';
import { knownCertificates } from './knownCertificates.js';
import { secureContexts } from './secureContexts.js';
import { sessionStore } from './sessionStore.js';
import { settingsProblems } from './settingsProblems.js';
import { TlsClient, type TlsHousehold } from './TlsClient.js';
import type { TlsSettings } from './TlsSettings.js';

/** TLS for the sessions of one profile. */
export interface NodeTls extends OpenTls {
  /** Lets go of all sessions that could be resumed. After a failure of what was resumed that happens by itself. */
  forget(): void;
}

/**
 * How many turns of the event loop without anything new make a quiet. OpenSSL works within a call; node:tls puts off by one turn what
 * follows a write; the second is for good measure.
 */
const QUIET_TURNS = 2;

const over = (fault: EapFault): TlsTurn => ({ records: new Uint8Array(0), plain: new Uint8Array(0), fault });

/** RFC 9427 4: a session is not resumed by another method, which shows in what it exports. */
const purposeOf = (name: string, { presentsCertificate, exports }: TlsCommand & { readonly do: 'open' }): string =>
  JSON.stringify([
    name,
    presentsCertificate,
    ...[exports.upTo12, exports.from13].map((wanted) =>
      Object.values(wanted).map(({ label, context }) => [label, context && Buffer.from(context).toString('hex')]),
    ),
  ]);

class NodeTlsSession implements TlsSession {
  readonly #household: TlsHousehold;
  readonly #name: string;
  #client: TlsClient | undefined;
  #waiting: NodeJS.Immediate | undefined;
  #isOver = false;

  constructor(household: TlsHousehold, name: string) {
    this.#household = household;
    this.#name = name;
  }

  turn(command: TlsCommand): Promise<TlsTurn> {
    const fault = this.#isOver ? eapFault('tls', 'the TLS session is over') : this.#begin(command);
    return fault === undefined ? this.#quiet() : Promise.resolve(over(fault));
  }

  keep(): void {
    this.#client?.keep();
  }

  close(): void {
    this.#isOver = true;
    clearImmediate(this.#waiting);
    this.#client?.close();
    this.#client = undefined;
  }

  #begin(command: TlsCommand): EapFault | undefined {
    if (command.do === 'open') return this.#open(command);
    if (this.#client === undefined) return eapFault('tls', 'the TLS session has not been opened');
    if (command.do === 'receive') this.#client.receive(command.records);
    else this.#client.write(command.plain);
    return undefined;
  }

  #open(command: TlsCommand & { readonly do: 'open' }): EapFault | undefined {
    const { presentsCertificate, exports } = command;
    if (presentsCertificate && this.#household.settings.client === undefined) {
      return eapFault('noCredential', 'the method shows a certificate, and none is given; name a certificate and its key');
    }
    try {
      this.#client = new TlsClient(this.#household, { presentsCertificate, exports, purpose: purposeOf(this.#name, command) });
      return undefined;
    } catch {
      const problems = settingsProblems(this.#household.settings);
      return eapFault('tls', `TLS cannot begin: ${problems.join('; ') || 'OpenSSL refuses the settings'}`);
    }
  }

  #quiet(): Promise<TlsTurn> {
    return new Promise((resolve) => {
      let [seen, quiet] = [this.#client?.activity, 0];
      const look = (): void => {
        const activity = this.#client?.activity;
        quiet = activity === seen ? quiet + 1 : 0;
        seen = activity;
        if (quiet < QUIET_TURNS) this.#waiting = setImmediate(look);
        else if (this.#client !== undefined) resolve(this.#concluded(this.#client.turn()));
      };
      this.#waiting = setImmediate(look);
    });
  }

  #concluded(turn: TlsTurn): TlsTurn {
    if (turn.fault !== undefined) this.close();
    return turn;
  }
}

/**
 * TLS by node:tls and OpenSSL, in memory: no socket, no timer. A turn is over when the event loop has gone round without anything new
 * to see, however long that takes.
 *
 * @example
 * const openTls = nodeTls({ trust: { kind: 'system' }, names: [{ kind: 'dns', value: 'radius.example.org' }] });
 * const session = openTls('tls');
 * session.close();
 *
 * @since 0.2.0
 */
export const nodeTls = (settings: TlsSettings): NodeTls => {
  const household: TlsHousehold = {
    settings,
    contexts: secureContexts(settings),
    sessions: sessionStore(),
    certificates: knownCertificates(),
  };
  const open = (name: string): TlsSession => new NodeTlsSession(household, name);
  return Object.assign(open, { forget: () => household.sessions.forget() });
};
