import { type Either, right } from 'fp-ts/lib/Either.js';
import type { LiveItem } from './LiveItem.js';
import type { MetricsPlace } from './LiveRequest.js';
import { type Prometheus, type Registry, serveMetrics } from './serveMetrics.js';

/** Counts what there is to see, and serves the counts until it is closed. */
export interface LiveMetrics {
  readonly item: (item: LiveItem) => void;
  readonly close: () => void;
}

/** Seconds: from a method without TLS next door to three EAPOL-Starts nobody answered. */
const BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

const instruments = ({ Gauge, Counter, Histogram }: Prometheus, registry: Registry): ((item: LiveItem) => void) => {
  const registers = [registry];
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
  return observe;
};

/** Serves metrics for Prometheus, of the one interface there is. */
export const liveMetrics = async (place: MetricsPlace, name: string): Promise<Either<string, LiveMetrics>> => {
  const served = await serveMetrics(place, name, instruments);
  return served._tag === 'Left' ? served : right({ item: served.right.instruments, close: served.right.close });
};
