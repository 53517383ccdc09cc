/** What Sheaf is, to somebody who has just come. */
export const about = {
  lead: 'A paper reader that thinks inside your browser. Ask in your own words and get the papers that mean that, ranked by topic; read them later without a network.',
  points: [
    'Search compares both words and meaning. Each result says why it is there: the left bar is meaning, the right bar words, and the nearest sentence stands below.',
    'Topics rank every paper and draw a line below which papers probably do not belong. Add your own by typing a sentence, and say of papers that they belong: the topic learns from them at once. What you say does not belong goes out.',
    'Groups are found in the papers themselves and named by their telling words.',
    'There is no server and no account. The model runs on this device, the papers are kept on this device, and nothing is sent unless you press a button that names a host.',
  ],

  welcome: {
    title: 'Papers, found by what they mean',
    try: 'Try',
    /** Each after its key; `and` stands between the two that walk. */
    keys: { search: ' searches, ', and: ' and ', walk: ' walk the list, ', all: ' shows all keys.' },
  },
  /** On a phone, above the list. */
  intro: {
    name: 'What this is',
    lead: 'A paper reader that thinks inside your browser. Ask in your own words and get the papers that mean that; nothing you read or ask is sent.',
    dismiss: 'Got it',
  },
};
