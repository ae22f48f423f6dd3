import type { Credential, Explanation } from '../../../operators/core/index.js';
import type { StandIn } from '../../capture/index.js';
import { type LogFile, openLogFile } from '../../event-log/openLogFile.js';
import { type Arguments, ExitStatus, isSet } from '../Command.js';
import type { Io } from '../Io.js';
import type { Answer } from './Answer.js';
import { annotate } from './annotate.js';
import { credentialsOf } from './credentialsOf.js';
import { type ExplainRequest, explainRequest, isNarrowed, type ReportRequest, reportRequest } from './ExplainRequest.js';
import { type AnswerForm, explainFile } from './explainFile.js';
import { type End, explainInShares } from './inShares.js';
import { keepHeapLean } from './leanHeap.js';
import { type Input, openInput } from './openInput.js';
import { type Progress, progressOf } from './progress.js';
import { jsonReport, type Report, statusOf, textReport } from './Report.js';
import { type Remarks, remarks } from './remarks.js';

/** What all files of a run have in common. */
interface Run {
  readonly io: Io;
  readonly request: ExplainRequest;
  readonly form: ReportRequest;
  readonly report: Report;
  readonly remarks: Remarks | undefined;
  readonly events: LogFile | undefined;
  readonly tendHeap: () => void;
}

const ALONE = { index: 0, count: 1 };

const nameOf = (path: string): string => (path === '-' ? 'standard input' : path);

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const answerForm = ({ isJson, annotate: out }: ReportRequest, { isTerminal, env }: Io): AnswerForm => ({
  isJson,
  terminal: { isTerminal, env: { ...env } },
  keepsExplanations: out !== undefined,
});

const explanationOf = (answer: Answer): Explanation | undefined => {
  if (answer.form === 'line') return answer.explanation;
  return answer.form === 'explanation' ? answer.of : undefined;
};

const takeAnswers = ({ report, remarks: noted, tendHeap }: Run, progress: Progress, answers: ReadonlyArray<Answer>): boolean => {
  tendHeap();
  if (answers.length === 0) return true;
  progress.clear();
  for (const answer of answers) {
    const explanation = explanationOf(answer);
    if (explanation !== undefined) noted?.add(explanation);
  }
  return report.take(answers);
};

/** An engine to stand in for stations comes with all of rxjs, so it is loaded only where it is asked for. */
const standInFor = async (events: LogFile | undefined, credentials: ReadonlyArray<Credential>): Promise<StandIn | undefined> => {
  if (events === undefined) return undefined;
  const { standIn } = await import('../../capture/standIn/standIn.js');
  return standIn({ write: events.write, secrets: 'reveal', credentials });
};

const inThisThread = async (run: Run, input: Input, progress: Progress): Promise<End> => {
  const { io, request, form, events } = run;
  const { credentials } = credentialsOf(request);
  const engine = await standInFor(events, [...credentials, ...input.credentials]);
  const task = { request, credentials, form: answerForm(form, io), share: ALONE, ...(engine && { attend: engine.play }) };
  const frames = explainFile(input, task, (answers) => {
    progress.at(input.octets());
    return takeAnswers(run, progress, answers);
  });
  engine?.end();
  return { kind: 'end', frames, damages: input.damages(), damageCount: input.damageCount() };
};

const inSeveralThreads = (run: Run, path: string, input: Input, progress: Progress): Promise<End> => {
  const { io, request, form } = run;
  return explainInShares({ path, request, jobs: form.jobs, form: answerForm(form, io) }, input, (answers, octets) => {
    progress.at(octets);
    return takeAnswers(run, progress, answers);
  });
};

type Came = 'good' | 'damaged' | 'unreadable';

const explainOne = async (run: Run, path: string): Promise<Came> => {
  const { io, report, form } = run;
  const input = openInput(path, io);
  if (input._tag === 'Left') {
    io.err(`postassoc: ${input.left}\n`);
    return 'unreadable';
  }
  const progress = progressOf(io, nameOf(path), input.right.size);
  report.begin(nameOf(path));
  try {
    const end = await (form.jobs > 1
      ? inSeveralThreads(run, path, input.right, progress)
      : inThisThread(run, input.right, progress));
    progress.clear();
    report.end(end.frames, end.damages, end.damageCount);
    return end.damageCount > 0 ? 'damaged' : 'good';
  } catch (error) {
    progress.clear();
    io.err(`postassoc: ${sentenceOf(error)}\n`);
    return 'unreadable';
  }
};

const fail = (io: Io, problems: ReadonlyArray<string>): number => {
  for (const problem of problems) io.err(`postassoc: ${problem}\n`);
  return ExitStatus.unreadable;
};

/** What stands in the way, before anything is read. */
const openEvents = (path: string | undefined): LogFile | string | undefined => {
  if (path === undefined) return undefined;
  try {
    return openLogFile(path);
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    return `cannot write ${path}: ${isThere ? 'it is there already, and is not overwritten' : sentenceOf(error)}`;
  }
};

const explainAll = async (run: Run): Promise<ReadonlySet<Came>> => {
  const came = new Set<Came>();
  for (const path of run.request.files) came.add(await explainOne(run, path));
  return came;
};

/** Does what `postassoc explain` was called for. */
export const run = async (args: Arguments, io: Io): Promise<number> => {
  const [request, form] = [explainRequest(args), reportRequest(args)];
  const tendHeap = keepHeapLean();
  const { complaints } = credentialsOf(request);
  if (complaints.length > 0) return fail(io, complaints);
  const events = openEvents(form.events);
  if (typeof events === 'string') return fail(io, [events]);
  const report = (isSet(args, 'json') ? jsonReport : textReport)(io, request.files.length > 1, isNarrowed(request));
  const noted = form.annotate === undefined ? undefined : remarks();
  const came = await explainAll({ io, request, form, report, remarks: noted, events, tendHeap });
  events?.close();
  const [file = ''] = request.files;
  const problem = noted === undefined || form.annotate === undefined ? undefined : annotate(io, file, form.annotate, noted);
  return problem === undefined ? statusOf(came.has('unreadable'), came.has('damaged')) : fail(io, [problem]);
};
