import { createSignal } from 'solid-js';

/** The paper that is dragged. Its row must stay drawn however far the list scrolls: with it the drag would go. */
export const [draggedPaper, setDraggedPaper] = createSignal<string>();
