import { afterAll, describe, expect, it } from 'vitest';
import { createBench, runCommand } from './command.ts';

const bench = createBench();
afterAll(() => bench.remove());

const qrels = bench.write('qrels', 'q1 0 a 1\nq1 0 b 0\nq2 0 c 2\nq3 0 d 0\n');
// Equal scores of q1: the rank decides, so that a is second.
const run = bench.write('run', 'q1 Q0 x 1 2 s\nq1 Q0 a 2 2 s\nq1 Q0 b 3 1 s\nq9 Q0 a 1 1 s\n');
const better = bench.write('better', 'q1 Q0 a 1 2 s\nq1 Q0 b 2 1 s\nq2 Q0 c 1 1e-3 s\n');

const judge = (...argv: string[]) => runCommand('judge', argv);

describe('npm run judge', () => {
  it('counts a query without a line as 0, and says what does not fit together', async () => {
    const { status, stdout } = await judge('--run', run, '--qrels', qrels);
    expect(status).toBe(0);
    // q1: a at rank 2, so 1/2; q2: 0. Mean of the two 0.25. q3 has no relevant paper.
    expect(stdout).toMatch(/^MRR +25\.00$/m);
    // q1: 1 / log2(3) = 0.630930; mean with 0: 0.315465.
    expect(stdout).toMatch(/^nDCG@10 +31\.55$/m);
    // q1: without x, which nobody judged, a is first of two: 1; mean with 0: 0.5.
    expect(stdout).toMatch(/^nDCG%20 +50\.00$/m);
    expect(stdout).toContain('2 queries.\n1 more have no relevant paper');
    expect(stdout).toContain('run has nothing for 1 of them, which count as 0.');
    expect(stdout).toContain('run has 1 without judgements');
  });

  it('compares two runs, the same at each call', async () => {
    const { status, stdout } = await judge('--run', better, '--qrels', qrels, '--against', run);
    expect(status).toBe(0);
    // Differences of the reciprocal rank: q1 1 - 1/2, q2 1 - 0. A resample of two has mean 0.5, 0.75 or 1.
    expect(stdout).toMatch(/^MRR +100\.00 +25\.00 +\+75\.00 +\+50\.00 to \+100\.00$/m);
    expect(stdout).toContain('paired bootstrap');
    expect((await judge('--run', better, '--qrels', qrels, '--against', run)).stdout).toBe(stdout);
  });

  it.each<[sentence: string, argv: string[]]>([
    ['qrels, line 1: it has 4 columns and not the 6 of “query Q0 paper', ['--run', qrels, '--qrels', qrels]],
    ['run, line 1: it has 6 columns and not the 4 of “query 0 paper grade”.', ['--run', run, '--qrels', run]],
    [
      'r1, line 2: q has a twice.',
      ['--run', bench.write('r1', 'q Q0 a 1 1 s\nq Q0 a 2 0 s\n'), '--qrels', qrels],
    ],
    [
      'r2, line 1: the score “best” is not',
      ['--run', bench.write('r2', 'q Q0 a 1 best s\n'), '--qrels', qrels],
    ],
    [
      'j1, line 2: q has two grades for a.',
      ['--run', run, '--qrels', bench.write('j1', 'q 0 a 1\nq 0 a 2\n')],
    ],
    ['The judgements have no grade above 0.', ['--run', run, '--qrels', bench.write('j2', 'q 0 a 0\n')]],
    ['j3 has no judgement.', ['--run', run, '--qrels', bench.write('j3', '\n')]],
    ['--run and --qrels are needed. Usage:', ['--run', run]],
  ])('says in one sentence what is wrong, and where: %s', async (sentence, argv) => {
    const { status, stderr } = await judge(...argv);
    expect(stderr).toContain(sentence);
    expect(stderr.trimEnd().split('\n').length).toBe(1);
    expect(status).toBe(1);
  });
});
