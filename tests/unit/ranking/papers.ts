import type { Paper } from '../../../src/paper/paper.ts';
import { createRandom } from '../../../src/vector/random.ts';

export function paper(id: string, title: string, abstract = '', more: Partial<Paper> = {}): Paper {
  return { id, title, abstract, ...more };
}

/** A little library about four things. */
export const LIBRARY: readonly Paper[] = [
  paper(
    'splat',
    'Compact 3D Gaussian Splatting',
    'We prune Gaussians and quantize them. 3DGS scenes need storage.',
    {
      arxivId: '2311.13681',
    },
  ),
  paper('nerf', 'NeRF: Neural Radiance Fields', 'A multi-layer perceptron renders new views of a scene.', {
    authors: ['Ben Mildenhall', 'Søren Ångström'],
  }),
  paper(
    'mixer',
    'MLP-Mixer: An all-MLP Architecture',
    'Token mixing and channel mixing with multilayer perceptrons.',
  ),
  paper(
    'prune',
    'Pruning Large Language Models',
    'Pruned networks keep their accuracy. Pre-training is not repeated.',
  ),
  paper(
    'distil',
    'Distillation of Language Models',
    'A small student learns from GPT-4 through knowledge distillation.',
    {
      organization: 'Example Labs',
    },
  ),
  paper('vision', 'Attention for Images', 'Transformers and transformer blocks classify pictures.'),
];

const STEMS =
  'splat prune mixer token field scene radiance student teacher layer render view graph cache kernel'.split(
    ' ',
  );

/** Words that are their own stems and no prefix of one another, so that only exact matches occur. */
export function syntheticWord(index: number): string {
  return `${STEMS[index % STEMS.length]}q${'zxwvkj'[index % 6]}${Math.floor(index / STEMS.length)}q`;
}

/** Papers of made-up words with a long tail, as in real text. */
export function syntheticPapers(count: number, words: number, seed: number): Paper[] {
  const random = createRandom(seed);
  const draw = () => syntheticWord(Math.floor(words * random() ** 3));
  const text = (length: number) => Array.from({ length }, draw).join(' ');
  return Array.from({ length: count }, (_, index) =>
    paper(`p${index}`, text(1 + Math.floor(random() * 6)), text(Math.floor(random() * 40))),
  );
}
