/* What the first list does not need: one file of code, which comes once the list is drawn. See `onDemand.ts`. */

export { EmptyPlace } from './EmptyPlace.tsx';
export { FollowTopic } from './FollowTopic.tsx';
export { GroupActions } from './GroupActions.tsx';
export { PaperView } from './PaperView.tsx';
export { PeriodHeading } from './PeriodHeading.tsx';
export { PlaceActions } from './PlaceActions.tsx';
export { ReorderTools } from './ReorderTools.tsx';
export { SelectBar } from './SelectBar.tsx';
export { Versions } from './Versions.tsx';
