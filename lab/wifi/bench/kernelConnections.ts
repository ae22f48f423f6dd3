/** What the kernel was asked for in one connection, in microseconds. */
export interface KernelConnection {
  /** From the last EAPOL packet of the handshake, message 4, until its pairwise key is asked for. */
  readonly key?: number;
  /** From message 4 until the port is asked to be opened. */
  readonly opened?: number;
  /** Once the port is open: from each EAPOL packet received, encrypted ones too, to the next that is sent. */
  readonly answers: ReadonlyArray<number>;
}

interface Call {
  readonly time: number;
  readonly name: string;
  readonly rest: string;
}

const LINE = /^\s*.+-\d+\s+\[\d+\]\s+\S+\s+([\d.]+): (\w+): (.*)$/;
const MARK = 'tracing_mark_write';
const MICROSECONDS = 1e6;

/** The interface of the station, and the phy below it. */
const isOurs = ({ name, rest }: Call): boolean =>
  name.startsWith('rdev_') ? rest.startsWith('phy1,') : rest.startsWith('netdev:wlan1(');

const callOf = (line: string): Call | undefined => {
  const [, time, name, rest] = LINE.exec(line) ?? [];
  return time === undefined || name === undefined || rest === undefined
    ? undefined
    : { time: Number(time) * MICROSECONDS, name, rest };
};

const isOpening = ({ name, rest }: Call): boolean => name === 'rdev_change_station' && rest.includes('station flags set: 2,');
const isPairwise = ({ name, rest }: Call): boolean => name === 'rdev_add_key' && rest.includes('pairwise: true');
const isSending = ({ name }: Call): boolean => name === 'rdev_tx_control_port';

const answersIn = (calls: ReadonlyArray<Call>): ReadonlyArray<number> => {
  const answers: number[] = [];
  let asked: number | undefined;
  for (const call of calls) {
    if (call.name === 'cfg80211_rx_control_port') asked ??= call.time;
    if (!isSending(call) || asked === undefined) continue;
    answers.push(call.time - asked);
    asked = undefined;
  }
  return answers;
};

const connectionOf = (calls: ReadonlyArray<Call>): KernelConnection => {
  const opening = calls.findIndex(isOpening);
  if (opening < 0) return { answers: [] };
  const [before, after] = [calls.slice(0, opening), calls.slice(opening + 1)];
  const message4 = before.findLast(isSending)?.time;
  if (message4 === undefined) return { answers: answersIn(after) };
  // Who asks for the key before he sends message 4 has asked for it in no time.
  const key = before.findLast(isPairwise)?.time;
  const opened = calls[opening]?.time;
  return {
    ...(key !== undefined && { key: Math.max(0, key - message4) }),
    ...(opened !== undefined && { opened: opened - message4 }),
    answers: answersIn(after),
  };
};

/** What the kernel's trace tells of each run: a run begins with a mark, whose text is its name. */
export const kernelConnections = (trace: string): ReadonlyMap<string, KernelConnection> => {
  const runs = new Map<string, Call[]>();
  let run: Call[] = [];
  for (const line of trace.split('\n')) {
    const call = callOf(line);
    if (call?.name === MARK) {
      run = [];
      runs.set(call.rest.trim(), run);
    } else if (call !== undefined && isOurs(call)) run.push(call);
  }
  return new Map([...runs].map(([name, calls]) => [name, connectionOf(calls)]));
};
