/** The same under another name: only the model's worker may ask other hosts. */
import './model.worker.ts';
