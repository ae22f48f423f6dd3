import type { Explanation } from '../../../operators/core/index.js';
import type { Colours } from '../colours.js';
import { microsecondsOf, showConnectionTimeline } from './showConnectionTimeline.js';
import { visible } from './visible.js';
import { hanging } from './wrapText.js';

const MARKS = { authorized: '✓', failed: '✗', interrupted: '!', incomplete: '?' } as const;
const SIGNS = { error: '✗', warning: '!', info: '·' } as const;

const STEPS: Readonly<Record<Explanation['step'], string>> = {
  authentication: 'the authentication',
  association: 'the association',
  eap: '802.1X',
  fourWay: 'the 4-way handshake',
  group: 'the group key handshake',
  none: 'no particular step',
};

const TITLE_WIDTH = 14;

const titled = (title: string, text: string, columns: number): string =>
  hanging(`  ${title}`.padEnd(TITLE_WIDTH), visible(text), columns);

const durationOf = ({ began, ended }: Explanation): string => {
  const [from, to] = [microsecondsOf(began.time), microsecondsOf(ended.time)];
  return from === undefined || to === undefined ? '' : `, ${((to - from) / 1e6).toFixed(3)} s`;
};

const whenOf = (explanation: Explanation): string => {
  const { began, ended, medium } = explanation;
  const time = began.time === null ? '' : `${began.time.replace('T', ' ').replace('Z', ' UTC')}${durationOf(explanation)}, `;
  return `${time}${medium === 'log' ? 'lines' : 'frames'} ${began.frame} to ${ended.frame}`;
};

const PMF = { none: 'no PMF', capable: 'PMF', required: 'PMF required' } as const;

const securityOf = ({ security: { proto, akm, akmName, pairwise, group, pmf } }: Explanation): string =>
  [
    proto ?? 'not known',
    ...(akm === null ? [] : [`${akmName} (${akm})`]),
    ...(pairwise === null ? [] : [pairwise === group || group === null ? pairwise : `${pairwise}, group ${group}`]),
    ...(pmf === null || proto === null || proto === 'open' || proto === 'WEP' ? [] : [PMF[pmf]]),
  ].join(', ');

/** The names of the others say what they have instead. */
const WITH_PASSPHRASE = /PSK|SAE/;

/** Of a network that has none it is not worth saying that it is not wrong. */
const passphraseOf = ({ security: { proto, akmName }, passphrase }: Explanation): string => {
  const hasNone = akmName === null ? proto === 'open' || proto === 'WEP' : !WITH_PASSPHRASE.test(akmName);
  return hasNone && (passphrase === 'excluded' || passphrase === 'unknown') ? '' : `; passphrase: ${passphrase}`;
};

const judgedOf = (explanation: Explanation): string => {
  const { outcome, step, cause } = explanation;
  const words = [outcome, ...(step === 'none' ? [] : [`at ${STEPS[step]}`]), ...(cause === 'none' ? [] : [`cause: ${cause}`])];
  return `${words.join(', ')}${passphraseOf(explanation)}`;
};

const turnOf = ({ timing: { steps } }: Explanation): string | undefined => {
  const last = steps.at(-1);
  if (last === undefined || last.turn === null) return undefined;
  return `${last.turn === 'ap' ? 'the access point’s' : 'the station’s'}, in ${STEPS[last.step]}`;
};

const roamOf = ({ roam }: Explanation): string | undefined => {
  if (roam === null) return undefined;
  const kind = roam.kind === 'fastTransition' ? 'fast BSS transition' : 'reassociation';
  return `${kind}${roam.from === null ? '' : ` from ${roam.from}`}${roam.ms === null ? '' : `, ${roam.ms.toFixed(1)} ms`}`;
};

const eapOf = ({ eap }: Explanation): string | undefined => {
  if (eap === null) return undefined;
  const method = eap.method === null ? 'no method' : `EAP ${eap.method} (${eap.methodType})`;
  const who = [
    ...(eap.identity === null ? [] : [`identity ${eap.identity}`]),
    ...(eap.realm === null ? [] : [`realm ${eap.realm}`]),
  ];
  return [method, ...who, `result: ${eap.result}`, `${eap.packets} packets`].join(', ');
};

const keysOf = ({ keys }: Explanation): ReadonlyArray<string> => [
  ...keys.tk.map((key) => `TK ${key}`),
  ...keys.gtk.map(({ index, key }) => `GTK ${index} ${key}`),
  ...keys.igtk.map(({ index, key }) => `IGTK ${index} ${key}`),
  ...keys.bigtk.map(({ index, key }) => `BIGTK ${index} ${key}`),
];

const facts = (explanation: Explanation, columns: number): ReadonlyArray<string> => {
  const { windows } = explanation;
  const rows: ReadonlyArray<readonly [string, string | undefined]> = [
    ['when', whenOf(explanation)],
    ['security', securityOf(explanation)],
    ['802.1X', eapOf(explanation)],
    ['roam', roamOf(explanation)],
    ['judged', judgedOf(explanation)],
    ['turn', explanation.outcome === 'authorized' ? undefined : turnOf(explanation)],
    ['Windows', windows === null || windows.reason === 0 ? undefined : `${windows.name} (${windows.hex})`],
    ['keys', keysOf(explanation).join('; ') || undefined],
  ];
  return rows.flatMap(([title, text]) => (text === undefined ? [] : [titled(title, text, columns)]));
};

const MOST_FRAMES = 8;

const framesOf = (frames: ReadonlyArray<number>, medium: Explanation['medium']): string => {
  if (frames.length === 0) return '';
  const more = frames.length > MOST_FRAMES ? ', …' : '';
  const what = medium === 'log' ? 'line' : 'frame';
  return ` [${what}${frames.length === 1 ? '' : 's'} ${frames.slice(0, MOST_FRAMES).join(', ')}${more}]`;
};

const RANKS = { error: 0, warning: 1, info: 2 } as const;

const findings = ({ findings: found, medium }: Explanation, columns: number, { bad, faint }: Colours): ReadonlyArray<string> =>
  [...found]
    .sort((a, b) => RANKS[a.severity] - RANKS[b.severity])
    .map(({ severity, text, frames }) => {
      const shown = hanging(`    ${SIGNS[severity]} `, `${visible(text)}${framesOf(frames, medium)}`, columns);
      return severity === 'error' ? bad(shown) : severity === 'info' ? faint(shown) : shown;
    });

const section = (title: string, lines: ReadonlyArray<string>, { strong }: Colours): ReadonlyArray<string> =>
  lines.length === 0 ? [] : ['', `  ${strong(title)}`, ...lines];

const COLUMNS = 100;

/**
 * A connection for a person: the verdict first, then why, what to do, and what was said. What strangers wrote is shown and never
 * obeyed.
 */
export const showConnection = (explanation: Explanation, colours: Colours, columns = COLUMNS): string => {
  const { outcome, verdict, advice } = explanation;
  const paint = outcome === 'authorized' ? colours.good : colours.bad;
  const headline = paint(colours.strong(hanging(`${MARKS[outcome]} `, visible(verdict), columns)));
  const todo = advice.map((text, at) => hanging(`    ${at + 1}. `, text, columns));
  return [
    headline,
    '',
    ...facts(explanation, columns),
    ...section('Why', findings(explanation, columns, colours), colours),
    ...section('What to do', todo, colours),
    ...section('What was said', showConnectionTimeline(explanation, colours, columns), colours),
    '',
    '',
  ].join('\n');
};
