/** The sidebar: places, topics, pages. */
export const places = {
  name: 'Places',
  all: 'All papers',
  starred: 'Starred',
  unread: 'Unread',
  topics: 'Topics',
  groups: 'Found groups',
  pages: {
    heading: 'This sheaf',
    add: 'Add papers',
    export: 'Export',
    model: 'Model',
    about: 'About and keys',
  },
  addTopic: {
    open: 'Add a topic',
    field: 'What the topic is about, in a sentence',
    placeholder: 'What is it about?',
    add: 'Add',
    empty: 'Type what it is about.',
    help: 'A sentence in your own words.',
  },
};
