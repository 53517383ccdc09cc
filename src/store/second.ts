/* What opening and reading do not need: in the second file of the page's code. See `loadSecond.ts`. */

export { mergeEdits } from '../paper/note.ts';
export { mergeSnapshot, readSnapshot } from './backup.ts';
export { restoreLibrary } from './restore.ts';
export { changeTopics } from './topic-change.ts';
export { noteChanges, undoChanges } from './undo.ts';
