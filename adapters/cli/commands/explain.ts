import type { Explanation } from '../../../operators/core/index.js';
import { type Arguments, type Command, ExitStatus, isSet } from '../Command.js';
import type { Answer } from '../explain/Answer.js';
import { annotate } from '../explain/annotate.js';
import { credentialsOf } from '../explain/credentialsOf.js';
import { type ExplainRequest, explainRequest, type ReportRequest, reportRequest } from '../explain/ExplainRequest.js';
import { type AnswerForm, explainFile } from '../explain/explainFile.js';
import { type End, explainInShares } from '../explain/inShares.js';
import { openInput } from '../explain/openInput.js';
import { type Progress, progressOf } from '../explain/progress.js';
import { jsonReport, type Report, statusOf, textReport } from '../explain/Report.js';
import { type Remarks, remarks } from '../explain/remarks.js';
import type { Io } from '../Io.js';

/** What all files of a run have in common. */
interface Run {
  readonly io: Io;
  readonly request: ExplainRequest;
  readonly form: ReportRequest;
  readonly report: Report;
  readonly remarks: Remarks | undefined;
}

const nameOf = (path: string): string => (path === '-' ? 'standard input' : path);

const explanationOf = (answer: Answer): Explanation | undefined =>
  answer.form === 'line' ? answer.explanation : answer.form === 'explanation' ? answer.of : undefined;

const takeAnswers = ({ report, remarks: noted }: Run, progress: Progress, answers: ReadonlyArray<Answer>): boolean => {
  if (answers.length === 0) return true;
  progress.clear();
  for (const answer of answers) {
    const explanation = explanationOf(answer);
    if (explanation !== undefined) noted?.add(explanation);
  }
  return report.take(answers);
};

const inThisThread = (run: Run, path: string): End | string => {
  const { io, request, form } = run;
  const input = openInput(path, io);
  if (input._tag === 'Left') return input.left;
  const { credentials } = credentialsOf(request);
  const progress = progressOf(io, nameOf(path), input.right.size);
  const alone = { index: 0, count: 1 };
  const frames = explainFile(input.right, { request, credentials, form: answerForm(form), share: alone }, (answers) => {
    progress.at(input.right.octets());
    return takeAnswers(run, progress, answers);
  });
  progress.clear();
  return { kind: 'end', frames, damages: input.right.damages(), damageCount: input.right.damageCount() };
};

const answerForm = ({ isJson, annotate: out }: ReportRequest): AnswerForm => ({ isJson, keepsExplanations: out !== undefined });

const inSeveralThreads = async (run: Run, path: string): Promise<End | string> => {
  const { io, request, form } = run;
  const input = openInput(path, io);
  if (input._tag === 'Left') return input.left;
  const progress = progressOf(io, nameOf(path), input.right.size);
  try {
    const shared = { path, request, jobs: form.jobs, form: answerForm(form) };
    const end = await explainInShares(shared, (answers, octets) => {
      progress.at(octets);
      return takeAnswers(run, progress, answers);
    });
    progress.clear();
    return end;
  } catch (error) {
    progress.clear();
    return error instanceof Error ? error.message : String(error);
  }
};

const explainOne = async (run: Run, path: string): Promise<'good' | 'damaged' | 'unreadable'> => {
  const { io, report, form } = run;
  report.begin(nameOf(path));
  const end = form.jobs > 1 ? await inSeveralThreads(run, path) : inThisThread(run, path);
  if (typeof end === 'string') {
    io.err(`postassoc: ${end}\n`);
    return 'unreadable';
  }
  report.end(end.frames, end.damages, end.damageCount);
  return end.damageCount > 0 ? 'damaged' : 'good';
};

const fail = (io: Io, problems: ReadonlyArray<string>): number => {
  for (const problem of problems) io.err(`postassoc: ${problem}\n`);
  return ExitStatus.unreadable;
};

const run = async (args: Arguments, io: Io): Promise<number> => {
  const [request, form] = [explainRequest(args), reportRequest(args)];
  const { complaints } = credentialsOf(request);
  if (complaints.length > 0) return fail(io, complaints);
  const isOneOfMany = request.files.length > 1;
  const report = (isSet(args, 'json') ? jsonReport : textReport)(io, isOneOfMany);
  const noted = form.annotate === undefined ? undefined : remarks();
  let [isUnreadable, isDamaged] = [false, false];
  for (const path of request.files) {
    const came = await explainOne({ io, request, form, report, remarks: noted }, path);
    isUnreadable ||= came === 'unreadable';
    isDamaged ||= came === 'damaged';
  }
  const [file = ''] = request.files;
  const problem = noted === undefined || form.annotate === undefined ? undefined : annotate(io, file, form.annotate, noted);
  if (problem !== undefined) return fail(io, [problem]);
  return statusOf(isUnreadable, isDamaged);
};

/** `postassoc explain`: what happened in a capture or a log, and why. */
export const explain: Command = {
  usage: 'FILE... [--keys FILE]... [--json] [--sta ADDRESS] [--bssid ADDRESS] [--ssid NAME] [--since TIME]',
  options: {
    keys: { type: 'string', multiple: true },
    key: { type: 'string', multiple: true },
    json: { type: 'boolean' },
    sta: { type: 'string' },
    bssid: { type: 'string' },
    ssid: { type: 'string' },
    since: { type: 'string' },
    'show-secrets': { type: 'boolean' },
    annotate: { type: 'string' },
    events: { type: 'string' },
    jobs: { type: 'string' },
  },
  details: `FILE is a capture (pcap or pcapng, also compressed by gzip or zstd; of Wi-Fi or of a wire), a debug log of wpa_supplicant or hostapd,
or an event export of Windows (WLAN AutoConfig, XML); or - for standard input. Its content tells which. It may be of any size.

Without keys everything is said that can be said: who waited for whom, what was repeated, refused, or lost. With them every message
is checked, and what is encrypted is read.

Options:
  --keys FILE       passphrases and keys: lines as Wireshark takes them (wpa-pwd:PASSPHRASE:SSID, wpa-psk:HEX, msk:HEX, tk:HEX),
                    pmk:HEX, Wireshark's 80211_keys, a TLS key log, or the configuration of wpa_supplicant or hostapd
  --key KEY         one such line. Others on this machine can see it
  --sta ADDRESS     only this station
  --bssid ADDRESS   only this access point
  --ssid NAME       only this network
  --since TIME      only connections that began at this time or later: 2026-11-21T14:05:00Z, or seconds since 1970
  --json            one object a line: a connection each, damages, and a summary; docs/explain-json.md describes them
  --show-secrets    show keys and identities
  --annotate OUT    copy the capture as pcapng, with what was found as comments on its frames
  --events OUT      write the event log of the engine that stood in for the stations; postassoc replay OUT --method rsn repeats it
  --jobs N          use N threads, or auto: as many as there are processors. The answers are the same

Exit status:
  0  explained
  2  a file could not be read, or the keys
  3  a capture is damaged: what could be read was explained

Examples:
  postassoc explain air.pcapng
  postassoc explain air.pcapng --keys office.keys --sta 02:00:00:00:01:00
  postassoc explain *.pcap.gz --json | jq 'select(.outcome == "failed")'
  tcpdump -i wlan0mon -w - | postassoc explain -`,
  run,
};
