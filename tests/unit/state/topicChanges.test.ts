import { createRoot, createSignal } from 'solid-js';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createTopicChanges, type TopicChanges } from '../../../src/state/topicChanges.ts';
import { joinTopics } from '../../../src/state/topicList.ts';
import { type Opinion, openStore, type Store, type StoredTopic } from '../../../src/store/store.ts';

vi.mock('solid-js', () => vi.importActual('solid-js/dist/solid.js'));

const SITE = [
  { id: 'small', name: 'Small', sentence: 'Small models.' },
  { id: 'mlps', name: 'MLPs', sentence: 'Perceptrons.' },
];

let store: Store;
let change: TopicChanges;
let topics: () => string[];
let said: () => Promise<string[]>;
const [stored, setStored] = createSignal<readonly StoredTopic[]>([]);
const [opinions, setOpinions] = createSignal<readonly Opinion[]>([]);

beforeEach(async () => {
  store = await openStore();
  const reload = async () => {
    setStored(await store.topics());
    setOpinions(await store.opinions());
  };
  await reload();
  const lists = () => joinTopics(SITE, stored());
  const of = (id: string, kind: Opinion['said']) =>
    opinions().flatMap((one) => (one.topic === id && one.said === kind ? [one.paper] : []));
  const examples = (id: string) => ({ liked: of(id, 'liked'), disliked: of(id, 'disliked') });
  change = createRoot(() =>
    createTopicChanges({ store: Promise.resolve(store), site: () => SITE, stored, lists, examples, reload }),
  );
  topics = () => lists().shown.map(({ name, color }) => `${name} ${color}`);
  said = async () =>
    (await store.opinions())
      .map((one) => `${one.topic.replace(/-....$/, '')} ${one.paper} ${one.said}`)
      .sort();
});

describe('changes of topics', () => {
  it('a new one stands last, in a colour of its own', async () => {
    const { made, undo } = await change.make([{ sentence: 'Agents.', liked: ['p'], disliked: ['q'] }]);
    expect(topics()).toEqual(['Small 0', 'MLPs 1', 'Agents. 2']);
    expect(await said()).toEqual(['agents p liked', 'agents q disliked']);
    expect(made).toHaveLength(1);
    await undo();
    expect(topics()).toEqual(['Small 0', 'MLPs 1']);
    expect(await said()).toEqual([]);
  });

  it('what goes recolours nothing, not even topics from before colours were kept', async () => {
    const old = (id: string, order: number) => ({ id, name: id, sentence: id, order, createdAt: '' });
    await store.putTopic(old('a', 1));
    await store.putTopic(old('b', 2));
    setStored(await store.topics());
    await change.make([{ sentence: 'x' }]);
    const { id } = (await store.topics()).find(({ name }) => name === 'a') as StoredTopic;
    expect(topics()).toEqual(['Small 0', 'MLPs 1', 'a 2', 'b 3', 'x 4']);
    await change.merge(id, 'mlps', 'Perceptrons.');
    expect(topics()).toEqual(['Small 0', 'MLPs 1', 'b 3', 'x 4']);
  });

  it('a merge keeps what was said in the one that stays; a topic of the site is hidden, with the way back', async () => {
    await store.putOpinions([
      { topic: 'small', paper: 'p', said: 'liked' },
      { topic: 'small', paper: 'q', said: 'liked' },
      { topic: 'mlps', paper: 'q', said: 'disliked' },
    ]);
    setOpinions(await store.opinions());
    const undo = await change.merge('small', 'mlps', 'Both.');
    expect(topics()).toEqual(['MLPs 1']);
    expect(await said()).toEqual(['mlps p liked', 'mlps q disliked']);
    expect(stored().find(({ id }) => id === 'mlps')?.sentence).toBe('Both.');
    await undo();
    expect(topics()).toEqual(['Small 0', 'MLPs 1']);
    expect(await said()).toEqual(['mlps q disliked', 'small p liked', 'small q liked']);
  });

  it('a split puts two in the place of one', async () => {
    const { undo } = await change.split('small', [
      { name: 'A', sentence: 'a', liked: ['p'] },
      { name: 'B', sentence: 'b' },
    ]);
    expect(topics()).toEqual(['A 2', 'B 3', 'MLPs 1']);
    await undo();
    expect(topics()).toEqual(['Small 0', 'MLPs 1']);
  });

  it('words that are the site’s again are no words of the reader', async () => {
    await change.reword('mlps', 'Mixers', 'Mixing.');
    expect(topics()).toEqual(['Small 0', 'Mixers 1']);
    await change.reword('mlps', 'MLPs', 'Perceptrons.');
    expect(stored()[0]?.wordsOfSite).toBe(true);
    await change.asOfSite('mlps');
    expect(topics()).toEqual(['Small 0', 'MLPs 1']);
    await expect(Promise.resolve().then(() => change.asOfSite('gone'))).rejects.toThrow('no such topic');
  });

  describe('while another tab changes them, too', () => {
    const row = async (id: string) => (await store.topics()).find((topic) => topic.id === id);
    const inOtherTab = async (id: string, fields: Partial<StoredTopic>) =>
      store.putTopic({ ...((await row(id)) as StoredTopic), ...fields });
    const make = async (...sentences: string[]) =>
      (await change.make(sentences.map((sentence) => ({ sentence })))).made as [string, string];

    it('what this tab does not touch stays as the other left it', async () => {
      const [a] = await make('A.', 'B.');
      await inOtherTab(a, { name: 'Other' });
      const undo = await change.move(a, 1);
      expect(topics()).toEqual(['Small 0', 'MLPs 1', 'B. 3', 'Other 2']);
      await inOtherTab(a, { sentence: 'Since.' });
      await undo?.();
      expect(topics()).toEqual(['Small 0', 'MLPs 1', 'Other 2', 'B. 3']);
      expect((await row(a))?.sentence).toBe('Since.');
    });

    it('an undo leaves what was done after the change', async () => {
      const [a] = await make('A.', 'B.');
      const undo = await change.reword(a, 'New', 'A.');
      await change.move(a, 1);
      await undo();
      expect(topics()).toEqual(['Small 0', 'MLPs 1', 'B. 3', 'A. 2']);
    });

    it('a topic of the site keeps the words that it was given since, and its row with them', async () => {
      const undo = await change.hide('small');
      await change.reword('small', 'Other', 'Small models.');
      await undo();
      expect(topics()).toEqual(['Other 0', 'MLPs 1']);
      const back = await change.reword('small', 'Mine', 'Of mine.');
      await inOtherTab('small', { name: 'Theirs' });
      await back();
      expect(topics()).toEqual(['Theirs 0', 'MLPs 1']);
    });

    it('one that was deleted there does not come back, and nothing is said in it', async () => {
      const [a, b] = await make('A.', 'B.');
      const undo = await change.reword(a, 'New', 'A.');
      await store.deleteTopic(a);
      await change.move(b, -1);
      await undo();
      expect(topics()).toEqual(['Small 0', 'MLPs 1', 'B. 3']);
      await store.putOpinions([{ topic: 'small', paper: 'p', said: 'liked' }]);
      setOpinions(await store.opinions());
      await store.deleteTopic(b);
      await expect(change.merge('small', b, 'Both.')).rejects.toThrow('not here any more');
      expect(await said()).toEqual(['small p liked']);
      expect(await row('small')).toBeUndefined();
    });

    it('colours are filled in of the rows that are there', async () => {
      const old = (id: string, order: number) => ({ id, name: id, sentence: id, order, createdAt: '' });
      await store.putTopic(old('a', 1));
      await store.putTopic(old('b', 2));
      setStored(await store.topics());
      await inOtherTab('a', { name: 'Other' });
      await store.deleteTopic('b');
      await change.hide('small');
      expect(await row('a')).toMatchObject({ name: 'Other', color: 2 });
      expect(await row('b')).toBeUndefined();
    });

    it('what was said in new topics goes with them, and stays with one that stays', async () => {
      const { made, undo } = await change.make([
        { sentence: 'A.', liked: ['p'] },
        { sentence: 'B.', liked: ['q'] },
      ]);
      const [a, b] = made as [string, string];
      await store.putOpinions([
        { topic: a, paper: 'since', said: 'liked' },
        { topic: 'small', paper: 's', said: 'liked' },
      ]);
      await inOtherTab(b, { name: 'Named' });
      await undo();
      expect(topics()).toEqual(['Small 0', 'MLPs 1', 'Named 3']);
      expect(await said()).toEqual(['b q liked', 'small s liked']);
    });
  });
});
