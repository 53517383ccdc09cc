/** The worker that holds vectors and the keyword index: binds names to functions, nothing else. */
import { serve } from './call.ts';
import { createRankingTable } from './ranking.ts';

serve(self, createRankingTable());
