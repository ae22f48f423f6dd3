import { createServer, type Server } from 'node:http';
import { type Either, left, right } from 'fp-ts/lib/Either.js';
import type { LiveItem } from './LiveItem.js';
import type { MetricsPlace } from './LiveRequest.js';

/** Counts what there is to see, and serves the counts until it is closed. */
export interface LiveMetrics {
  readonly item: (item: LiveItem) => void;
  readonly close: () => void;
}

type Prometheus = typeof import('prom-client');

/** Seconds: from a method without TLS next door to three EAPOL-Starts nobody answered. */
const BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

const instruments = ({ Registry, Gauge, Counter, Histogram }: Prometheus, name: string) => {
  const registry = new Registry();
  const registers = [registry];
  registry.setDefaultLabels({ interface: name });
  const isUp = new Gauge({ registers, name: 'postassoc_link_up', help: 'Whether the link is up.' });
  const isOpen = new Gauge({ registers, name: 'postassoc_port_authorised', help: 'Whether the port is authorised.' });
  const count = new Counter({
    registers,
    name: 'postassoc_authentications_total',
    help: 'Authentications that came to an end.',
    labelNames: ['result', 'method', 'verdict'],
  });
  const duration = new Histogram({
    registers,
    name: 'postassoc_authentication_seconds',
    help: 'How long authentications took.',
    labelNames: ['result', 'method'],
    buckets: BUCKETS,
  });
  const packets = new Counter({
    registers,
    name: 'postassoc_eapol_packets_total',
    help: 'EAPOL packets.',
    labelNames: ['direction', 'type'],
  });
  const observe = (item: LiveItem): void => {
    switch (item.kind) {
      case 'link':
        isUp.set(item.link.isUp ? 1 : 0);
        break;
      case 'removed':
        isUp.set(0);
        break;
      case 'port':
        isOpen.set(item.state === 'authorised' ? 1 : 0);
        break;
      case 'packet':
        packets.inc({ direction: item.dir, type: item.type });
        break;
      case 'verdict': {
        const { kind, method = 'none' } = item.verdict;
        const result = kind === 'authenticated' ? 'success' : 'failure';
        count.inc({ result, method, verdict: kind });
        duration.observe({ result, method }, item.ms / 1000);
        break;
      }
      default:
    }
  };
  isUp.set(0);
  isOpen.set(0);
  return { registry, item: observe };
};

type Registry = ReturnType<typeof instruments>['registry'];

const serve = (registry: Registry): Server =>
  createServer((request, response) => {
    const [path] = (request.url ?? '').split('?');
    if (path !== '/metrics') {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('the metrics are at /metrics\n');
      return;
    }
    registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });

const WORDS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'somebody else listens there already',
  EADDRNOTAVAIL: 'this machine has no such address',
  EACCES: 'a port below 1024 takes privileges',
  ENOTFOUND: 'there is no such host',
};

const listening = (server: Server, { host, port }: MetricsPlace): Promise<string | undefined> =>
  new Promise((resolve) => {
    server.once('error', (error) => {
      const code = 'code' in error ? String(error.code) : error.message;
      resolve(`--metrics: cannot listen on ${host}, port ${port}: ${WORDS[code] ?? code}`);
    });
    server.listen(port, host, () => resolve(undefined));
  });

const loadPrometheus = async (): Promise<Prometheus | undefined> => {
  try {
    const { default: prometheus } = await import('prom-client');
    return prometheus;
  } catch {
    return undefined;
  }
};

/** Serves metrics for Prometheus, of the one interface there is. */
export const liveMetrics = async (place: MetricsPlace, name: string): Promise<Either<string, LiveMetrics>> => {
  const prometheus = await loadPrometheus();
  if (prometheus === undefined)
    return left('--metrics needs the package prom-client: it is an optional dependency, and npm install prom-client adds it');
  const { registry, item } = instruments(prometheus, name);
  const server = serve(registry);
  const problem = await listening(server, place);
  if (problem !== undefined) return left(problem);
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return right({ item, close });
};
