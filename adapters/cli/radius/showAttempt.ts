import { toHex } from '../../../streams/events/index.js';
import { type Attempt, type Provision, serverWords } from '../../radius/index.js';
import type { Colours } from '../colours.js';
import { visible } from '../text/visible.js';
import { certificateWords } from './showEvent.js';

type Row = readonly [title: string, text: string];

const provisionRows = ({
  vlans,
  filters,
  messages,
  sessionTimeout,
  idleTimeout,
  terminationAction,
  errorCause,
}: Provision): ReadonlyArray<Row> => [
  ...vlans.map((vlan): Row => ['VLAN', visible(vlan)]),
  ...filters.map((filter): Row => ['filter', visible(filter)]),
  ...(sessionTimeout === undefined
    ? []
    : [['session', `${sessionTimeout} s${terminationAction === 'reauthenticate' ? ', then again' : ''}`] as const]),
  ...(idleTimeout === undefined ? [] : [['idle', `${idleTimeout} s`] as const]),
  ...messages.map((message): Row => ['message', visible(message)]),
  ...(errorCause === undefined ? [] : [['cause', `${errorCause} (RFC 5176 3.6)`] as const]),
];

const stepWords = (steps: Attempt['steps']): string => [...steps].map(([name, ms]) => `${name} ${ms.toFixed(1)}`).join(', ');

const secretRows = ({ msk, mppe }: Attempt['result']): ReadonlyArray<Row> => [
  ...(msk === undefined ? [] : [['MSK', toHex(msk.reveal())] as const]),
  ...(mppe?.receive === undefined ? [] : [['Recv-Key', toHex(mppe.receive.reveal())] as const]),
  ...(mppe?.send === undefined ? [] : [['Send-Key', toHex(mppe.send.reveal())] as const]),
];

const WIDTH = 12;

/** The verdict on one authentication: what happened first, then what to do, then what is known. */
export const showAttempt = (attempt: Attempt, showsSecrets: boolean, { good, bad, strong }: Colours): string => {
  const { result, ms, steps, serverMs, rounds, repetitions } = attempt;
  const { verdict, server, trail, provision } = result;
  const { tls } = trail;
  const certificate = verdict.certificate ?? tls?.certificate;
  const [subject, ...more] = certificate === undefined ? [] : certificateWords(certificate);
  const again = repetitions === 0 ? '' : `, ${repetitions} repeated`;
  const rows: ReadonlyArray<Row> = [
    ...(verdict.advice === undefined ? [] : [['what to do', verdict.advice] as const]),
    ['server', visible(serverWords(server))],
    ...(tls === undefined ? [] : [['TLS', `${tls.version}, ${tls.cipher}${tls.isResumed ? ', resumed' : ''}`] as const]),
    ...(subject === undefined ? [] : [['certificate', subject] as const, ...more.map((line): Row => ['', line])]),
    ...(verdict.certificateError === undefined ? [] : [['', `OpenSSL calls it ${verdict.certificateError}`] as const]),
    ...(provision === undefined ? [] : provisionRows(provision)),
    ...(showsSecrets ? secretRows(result) : []),
    ['time', `${ms.toFixed(1)} ms, of which ${serverMs.toFixed(1)} waiting for the server, in ${rounds} rounds${again}`],
    ['steps', `${stepWords(steps)} (ms)`],
  ];
  const kind = verdict.kind === 'authenticated' ? good(verdict.kind) : bad(verdict.kind);
  const lines = rows.map(([title, text]) => `  ${title.padEnd(WIDTH)}${text}`);
  return `${[`${strong(kind)}: ${visible(verdict.message)}`, ...lines].join('\n')}\n`;
};
