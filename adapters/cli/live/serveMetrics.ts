import { createServer, type Server } from 'node:http';
import { type Either, left, right } from 'fp-ts/lib/Either.js';
import type { MetricsPlace } from './LiveRequest.js';

export type Prometheus = typeof import('prom-client');
export type Registry = InstanceType<Prometheus['Registry']>;

/** What is served until it is closed. */
export interface ServedMetrics<I> {
  readonly instruments: I;
  readonly close: () => void;
}

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

/** Serves what instruments of Prometheus measure on an interface. */
export const serveMetrics = async <I>(
  place: MetricsPlace,
  name: string,
  make: (prometheus: Prometheus, registry: Registry) => I,
): Promise<Either<string, ServedMetrics<I>>> => {
  const prometheus = await loadPrometheus();
  if (prometheus === undefined)
    return left('--metrics needs the package prom-client: it is an optional dependency, and npm install prom-client adds it');
  const registry = new prometheus.Registry();
  registry.setDefaultLabels({ interface: name });
  const instruments = make(prometheus, registry);
  const server = serve(registry);
  const problem = await listening(server, place);
  if (problem !== undefined) return left(problem);
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return right({ instruments, close });
};
