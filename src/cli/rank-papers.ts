import type { Connection } from '../engine/call.ts';
import { createProgress } from '../engine/progress.ts';
import type { Paper } from '../paper/paper.ts';
import { embeddedText } from '../paper/text.ts';
import type { Ranked } from './ask.ts';
import { embedTexts } from './embed-texts.ts';
import type { ModelFolder } from './model-folder.ts';
import type { Question } from './questions.ts';
import { createReporter } from './reporter.ts';
import type { Share } from './share.ts';
import { handOut, planShares, putPapers, startShares } from './shares.ts';

const PAPERS = ['paper', 'papers'] as const;
const QUERIES = ['query', 'queries'] as const;

/** Takes an answer, best first; the next is told when it has. */
export type OnAnswer = (question: Question, answer: readonly Ranked[]) => void | Promise<void>;

export interface RankRequest {
  readonly papers: readonly Paper[];
  readonly questions: readonly Question[];
  /** Undefined where only words count. */
  readonly model: ModelFolder | undefined;
  /** Most papers in an answer. */
  readonly top: number;
  /** Processes; by default as many as the work is worth. */
  readonly cores?: number | undefined;
}

/**
 * Ranks papers for questions as the site does, in processes that share the work; tells on stderr how far it is.
 * @param onAnswer called once a question, in their order.
 */
export async function rankPapers(
  { papers, questions, model, top, cores }: RankRequest,
  signal: AbortSignal,
  onAnswer: OnAnswer,
): Promise<void> {
  const work = { papers: papers.length, queries: questions.length, embeds: model !== undefined };
  const plan = planShares(work);
  const embedding = cores ?? plan.embedding;
  const ranking = cores ?? plan.ranking;
  // A stop while the papers were read: the listener below would not hear of it.
  signal.throwIfAborted();
  const shares = startShares(Math.max(embedding, ranking));
  const end = (): void => shares.close();
  signal.addEventListener('abort', end);
  try {
    const embedders = shares.connections.slice(0, embedding);
    const rankers = shares.connections.slice(0, ranking);
    if (model) await Promise.all(shares.connections.map((share) => share.call('openModel', model, signal)));
    const texts = papers.map(embeddedText);
    const embedded = model && (await embedTexts(embedders, texts, model.contract, signal));
    await indexAll(rankers, papers);
    if (model) {
      const ids = papers.map(({ id }) => id);
      const { dimensions } = model.contract;
      await Promise.all(
        rankers.map((ranker) =>
          ranker.call('setVectors', ids, embedded?.vectors as Float32Array, dimensions),
        ),
      );
    }
    await askAll(rankers, questions, top, onAnswer, signal);
  } finally {
    signal.removeEventListener('abort', end);
    shares.close();
  }
}

/** Every share that ranks has all the papers. */
async function indexAll(rankers: readonly Connection<Share>[], papers: readonly Paper[]): Promise<void> {
  const tell = createProgress(papers.map(embeddedText), createReporter('Indexed', PAPERS));
  await putPapers(rankers, papers, tell);
}

/** Answers in the order of the queries, each told as soon as those before it are. */
async function askAll(
  rankers: readonly Connection<Share>[],
  questions: readonly Question[],
  top: number,
  onAnswer: OnAnswer,
  signal: AbortSignal,
): Promise<void> {
  const answers = new Map<number, Ranked[]>();
  const texts = questions.map((question) => (question.kind === 'text' ? question.text : question.id));
  const tell = createProgress(texts, createReporter('Ranked for', QUERIES));
  let written = 0;
  let done = 0;
  let writing = Promise.resolve();
  await handOut(rankers, questions, async (ranker, question, index) => {
    answers.set(index, await ranker.call('ask', question, top, signal));
    tell(++done);
    for (let answer = answers.get(written); answer; answer = answers.get(written)) {
      const next = questions[written] as Question;
      const ranked = answer;
      answers.delete(written++);
      writing = writing.then(() => onAnswer(next, ranked));
    }
    await writing;
  });
}
