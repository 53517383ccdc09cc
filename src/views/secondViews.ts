/* What the first list does not need: one file of code, which comes once the list is drawn. See `onDemand.ts`. */

export { AddTopic } from './AddTopic.tsx';
export { Bars, BelongsBar } from './Bars.tsx';
export { EmptyPlace } from './EmptyPlace.tsx';
export { Filters } from './Filters.tsx';
export { FollowTopic } from './FollowTopic.tsx';
export { GroupActions } from './GroupActions.tsx';
export { InNote } from './InNote.tsx';
export { KeyTable } from './KeyTable.tsx';
export { PaperView } from './PaperView.tsx';
export { PeriodHeading } from './PeriodHeading.tsx';
export { PlaceActions } from './PlaceActions.tsx';
export { PrintedList } from './PrintedList.tsx';
export { ReorderTools } from './ReorderTools.tsx';
export { SelectBar } from './SelectBar.tsx';
export { SelectBox } from './SelectBox.tsx';
export { Status } from './Status.tsx';
export { TopicActions } from './TopicActions.tsx';
export { Versions } from './Versions.tsx';
