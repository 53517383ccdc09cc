/** The sidebar: places, topics, pages. */
export const places = {
  addTopic: {
    open: 'Add a topic',
    field: 'What the topic is about, in a sentence',
    placeholder: 'What is it about?',
    add: 'Add',
    empty: 'Type what it is about.',
    help: 'A sentence in your own words.',
  },
};
