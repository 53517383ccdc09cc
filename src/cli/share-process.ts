/** The process that takes a share of the work: binds names to functions, nothing else. */
import { serve } from '../engine/call.ts';
import { type Channel, portOf } from './channel.ts';
import { createShare } from './share.ts';

// Nobody is left to work for.
process.on('disconnect', () => process.exit());
serve(portOf(process as Channel), createShare());
