/** The worker that turns texts into vectors: binds names to functions, nothing else. */
import { serve } from './call.ts';
import { createEncoder } from './encoder.ts';
import { allowOwnScripts } from './own-scripts.ts';
import { runtimeFiles } from './runtime-files.ts';

allowOwnScripts();
serve(self, createEncoder(runtimeFiles));
