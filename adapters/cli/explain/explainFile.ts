import {
  type AirBatch,
  type CaptureOptions,
  type Connection,
  type Credential,
  conclusionOf,
  explainConnection,
  keyFingerprints,
  readConnections,
} from '../../../operators/core/index.js';
import { bulkCrypto } from '../../crypto/bulkCrypto.js';
import { rememberingPassphrases } from '../../crypto/portable/rememberingPassphrases.js';
import { type Colours, coloursOf, type Terminal } from '../colours.js';
import { showSummaryRow } from '../text/showSummaryTable.js';
import { type Answer, FEW } from './Answer.js';
import type { ExplainRequest } from './ExplainRequest.js';
import type { Input } from './openInput.js';

/** Of several threads each explains some of the stations. */
export type Share = NonNullable<CaptureOptions['share']>;

/** In which form answers are wanted. */
export interface AnswerForm {
  readonly isJson: boolean;
  /** Where text will be shown. */
  readonly terminal: Terminal;
  /** Every explanation is wanted whole, for whatever else is made of it. */
  readonly keepsExplanations: boolean;
}

/** Takes what ended with a batch; `false` if nobody wants to know any more. */
export type Tell = (answers: ReadonlyArray<Answer>) => boolean;

/** What is asked of one thread. */
export interface Task {
  readonly request: ExplainRequest;
  readonly credentials: ReadonlyArray<Credential>;
  readonly form: AnswerForm;
  readonly share: Share;
  /** Sees each connection as it is, with what was said in it, before its keys are destroyed. */
  readonly attend?: (connection: Connection) => void;
}

const crypto = rememberingPassphrases(bulkCrypto);
const fingerprint = keyFingerprints(crypto);

/** The text itself: it takes a fraction of the memory of what it tells, and of the time to hand it to another thread. */
const rowOf = (connection: Connection, colours: Colours): Answer => {
  const conclusion = conclusionOf(connection);
  const { station, began, outcome } = conclusion;
  return { form: 'row', of: { station, began, outcome }, row: showSummaryRow(conclusion, colours) };
};

const answering = ({ isJson, terminal, keepsExplanations }: AnswerForm, showSecrets: boolean) => {
  const colours = coloursOf(terminal);
  return (connection: Connection, nth: number): Answer => {
    if (!isJson && !keepsExplanations && nth >= FEW) return rowOf(connection, colours);
    const explanation = explainConnection(connection, { showSecrets, fingerprint });
    if (!isJson) return { form: 'explanation', of: explanation };
    const { station, began, outcome } = explanation;
    const line: Answer = { form: 'line', of: { station, began, outcome }, line: JSON.stringify(explanation) };
    return keepsExplanations ? { ...line, explanation } : line;
  };
};

/** The number of the last frame, or line. */
const lastOf = (batch: AirBatch): number => ('count' in batch ? batch.first + batch.count - 1 : (batch.at(-1)?.frame ?? 0));

const optionsOf = ({ request, credentials, share, attend }: Task, input: Input): CaptureOptions => {
  const { station, ap, ssid, since } = request;
  return {
    ...{ crypto, credentials: [...credentials, ...input.credentials], readsAtOnce: attend === undefined },
    ...(share.count > 1 && { share }),
    ...(attend && { isTaped: true }),
    ...(station !== undefined && { station }),
    ...(ap !== undefined && { ap }),
    ...(ssid !== undefined && { ssid }),
    ...(since !== undefined && { since }),
  };
};

/** What ended with a batch, and how many frames there were up to its end. */
export interface Ended {
  readonly answers: ReadonlyArray<Answer>;
  readonly frames: number;
}

/** Explains an input batch by batch: each is read when it is asked for. */
export function* explainBatches(input: Input, task: Task): Generator<Ended, void, void> {
  const answer = answering(task.form, task.request.showSecrets);
  const reader = readConnections(optionsOf(task, input), (connection, nth) => {
    task.attend?.(connection);
    return answer(connection, nth);
  });
  let frames = 0;
  try {
    for (const batch of input.batches) {
      frames = Math.max(frames, lastOf(batch));
      yield { answers: reader.take(batch), frames };
    }
    yield { answers: reader.finish(), frames };
  } finally {
    reader.release();
  }
}

/** Explains an input, and answers how many frames there were. */
export const explainFile = (input: Input, task: Task, tell: Tell): number => {
  let read = 0;
  for (const { answers, frames } of explainBatches(input, task)) {
    read = frames;
    if (!tell(answers)) break;
  }
  return read;
};
