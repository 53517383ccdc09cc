/** The sidebar: places, topics, pages. */
export const places = {
  name: 'Places',
  all: 'All papers',
  starred: 'Starred',
  unread: 'Unread',
  map: 'Map',
  picked: { name: 'Picked', where: 'picked on the map' },
  topics: 'Topics',
  hiddenTopics: 'Hidden topics',
  topicMoved: (name: string, at: number, of: number) => `${name} is now ${at} of ${of}.`,
  topicLeftOut: (place: string, why: string) => `A topic of the site was left out. ${place}: ${why}`,
  groups: 'Found groups',
  pages: {
    heading: 'This sheaf',
    add: 'Add papers',
    export: 'Export',
    model: 'Model',
    about: 'About and keys',
  },
};
