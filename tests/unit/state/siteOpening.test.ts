import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeModel, EngineError, type ModelOffer, type ModelOrigin } from '../../../src/engine/engine.ts';
import { QUICK_MODEL, SITE_MODEL } from '../../../src/engine/origin.ts';
import { createSiteOpening, type SiteModels } from '../../../src/state/siteOpening.ts';
import { readContractFile } from '../engine/fixtures.ts';

let server: Server;
let siteModels: SiteModels;
let quick: ModelOffer;
let best: ModelOffer;
/** What the site says of its models; away without a network. */
let online = true;

beforeAll(async () => {
  server = createServer((request, response) => {
    const model = [QUICK_MODEL, SITE_MODEL].find((name) => request.url === `/${name}/sheaf.json`);
    if (!online || !model) return void response.destroy();
    response.end(JSON.stringify(readContractFile(model)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = (model: string): ModelOrigin => ({
    kind: 'site',
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${model}/`,
  });
  siteModels = { quick: at(QUICK_MODEL), best: at(SITE_MODEL) };
  quick = await describeModel(siteModels.quick);
  best = await describeModel(siteModels.best);
});
afterAll(() => server.close());
beforeEach(() => {
  online = true;
});

interface Given {
  readonly last?: ModelOffer;
  /** Models of which all files are here, and those of which an older build's are. */
  readonly here?: readonly ModelOffer[];
  readonly was?: readonly ModelOffer[];
  readonly wanted?: boolean;
  /** Models that do not open. */
  readonly broken?: readonly ModelOffer[];
}

async function open({ last, here = [], was = here, wanted = true, broken = [] }: Given) {
  const opened: [name: string, keep: boolean][] = [];
  let returning: string | undefined;
  const has = (models: readonly ModelOffer[]) => async (offer: ModelOffer) =>
    models.some(({ contract }) => contract.id === offer.contract.id);
  await createSiteOpening({
    siteModels,
    offers: { isHere: has(here), wasHere: has(was) },
    wanted: () => wanted,
    returns: (better) => {
      returning = better?.contract.name;
    },
    async open(offer, { keep } = { keep: true }) {
      if (broken.some(({ contract }) => contract.id === offer.contract.id))
        throw new EngineError('unreadable', 'It is broken.');
      opened.push([offer.contract.id, keep]);
    },
  })(last);
  return { opened, returning };
}

const older = (offer: ModelOffer): ModelOffer => ({
  ...offer,
  contract: { ...offer.contract, id: `${offer.contract.id.split('#')[0]}#older` },
});

it('opens the quick model at a first visit', async () => {
  expect(await open({})).toEqual({ opened: [[quick.contract.id, true]], returning: undefined });
});

it('opens the quick one and has the better one come back where both are here', async () => {
  expect(await open({ last: best, here: [quick, best] })).toEqual({
    opened: [[quick.contract.id, false]],
    returning: best.contract.name,
  });
});

it('fetches a newer build of the quick one, but not one that the reader has removed', async () => {
  expect((await open({ last: best, here: [best], was: [quick, best] })).opened).toEqual([
    [quick.contract.id, false],
  ]);
  expect((await open({ last: best, here: [best] })).opened).toEqual([[best.contract.id, true]]);
});

it('opens the quick one for who wants no other, and fetches it for that', async () => {
  const given = { last: best, here: [best], wanted: false };
  expect(await open(given)).toEqual({ opened: [[quick.contract.id, true]], returning: undefined });
});

it('does not put an older build of the better one before what the site has', async () => {
  const last = older(best);
  expect((await open({ last, here: [last] })).opened).toEqual([[quick.contract.id, true]]);
});

it('opens the quick one where the better one is broken, and the other way round', async () => {
  expect((await open({ last: best, here: [best], broken: [best] })).opened).toEqual([
    [quick.contract.id, true],
  ]);
  expect((await open({ last: best, here: [best, quick], broken: [quick] })).opened).toEqual([
    [best.contract.id, true],
  ]);
  await expect(open({ broken: [quick] })).rejects.toThrow('It is broken.');
});

it('opens without a network what answered last', async () => {
  online = false;
  expect((await open({ last: best, here: [best] })).opened).toEqual([[best.contract.id, true]]);
  expect((await open({ last: best, here: [best], wanted: false })).opened).toEqual([
    [best.contract.id, true],
  ]);
  expect((await open({ last: quick, here: [quick] })).opened).toEqual([[quick.contract.id, true]]);
  await expect(open({})).rejects.toThrow(EngineError);
});
