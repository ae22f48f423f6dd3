import { type Either, right } from 'fp-ts/lib/Either.js';
import type { WifiEvent } from '../../../linux/index.js';
import type { MetricsPlace } from '../LiveRequest.js';
import { type Prometheus, type Registry, serveMetrics } from '../serveMetrics.js';
import { notMeasuring, type WifiMeasure, wifiMeasures } from './wifiMeasures.js';

/** Measures what happens to a station, and serves the measures until it is closed; times are in microseconds. */
export interface WifiMetrics {
  readonly event: (at: number, event: WifiEvent) => void;
  readonly close: () => void;
}

/** Seconds: from a handshake next door to an access point that is waited for. */
const BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

const instruments = ({ Gauge, Counter, Histogram }: Prometheus, registry: Registry): ((measure: WifiMeasure) => void) => {
  const registers = [registry];
  const gauges = {
    on: new Gauge({ registers, name: 'postassoc_interface_on', help: 'Whether the interface is switched on.' }),
    authorised: new Gauge({ registers, name: 'postassoc_port_authorised', help: 'Whether the port is authorised.' }),
  };
  const connections = new Counter({
    ...{ registers, name: 'postassoc_connections_total', help: 'Connections that came up.', labelNames: ['akm'] },
  });
  const failures = new Counter({
    ...{ registers, name: 'postassoc_failures_total', help: 'Attempts that failed, and connections that ended.' },
    labelNames: ['cause'],
  });
  const seconds = new Histogram({
    ...{ registers, name: 'postassoc_connection_seconds', help: 'From the choice of an access point to the open port.' },
    ...{ labelNames: ['akm'], buckets: BUCKETS },
  });
  const handshake = new Histogram({
    ...{ registers, name: 'postassoc_handshake_seconds', help: 'From the association to the open port.' },
    ...{ labelNames: ['akm'], buckets: BUCKETS },
  });
  const rekeys = new Counter({
    ...{ registers, name: 'postassoc_rekeys_total', help: 'Keys that replaced others within a connection.', labelNames: ['of'] },
  });
  const packets = new Counter({
    ...{ registers, name: 'postassoc_eapol_packets_total', help: 'EAPOL packets.', labelNames: ['direction'] },
  });
  gauges.on.set(1);
  gauges.authorised.set(0);
  return (measure) => {
    switch (measure.kind) {
      case 'connection': {
        const { akm } = measure;
        connections.inc({ akm });
        seconds.observe({ akm }, measure.seconds);
        handshake.observe({ akm }, measure.handshake);
        break;
      }
      case 'failure':
        failures.inc({ cause: measure.cause });
        break;
      case 'rekey':
        rekeys.inc({ of: measure.of });
        break;
      case 'packet':
        packets.inc({ direction: measure.dir });
        break;
      default:
        gauges[measure.kind].set(measure.is ? 1 : 0);
    }
  };
};

/** Serves metrics for Prometheus, of the one interface there is. */
export const wifiMetrics = async (place: MetricsPlace, name: string): Promise<Either<string, WifiMetrics>> => {
  const served = await serveMetrics(place, name, instruments);
  if (served._tag === 'Left') return served;
  const { instruments: measure, close } = served.right;
  let state = notMeasuring;
  const event = (at: number, seen: WifiEvent): void => {
    const step = wifiMeasures(state, at, seen);
    state = step.state;
    for (const each of step.effects) measure(each);
  };
  return right({ event, close });
};
