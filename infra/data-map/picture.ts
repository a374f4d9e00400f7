import type { DataMap } from './data-map.ts';
import type { DataKind } from './declaration.ts';
import { type Row, rowsOf } from './rows.ts';
import type { Store } from './stores.ts';
import { arrow, box, document, dot, label, wrapped } from './svg.ts';

/** By the most personal kind that it holds. */
const groups = [
  { style: 'content', title: 'what people write and show', kinds: ['message', 'profile'] },
  { style: 'people', title: 'who is with whom, and who agreed', kinds: ['membership', 'consent', 'account'] },
  { style: 'ids', title: 'ids, times, counts and sizes', kinds: ['ids'] },
] as const satisfies readonly { style: string; title: string; kinds: readonly DataKind[] }[];

type Group = (typeof groups)[number];

const isIn = ({ kinds }: Store, group: Group): boolean =>
  groups.find((each) => kinds.some((kind) => each.kinds.some((one) => one === kind))) === group;

const style = `
text { font: 12px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2933 }
.name { font-weight: 600; font-size: 14px } .small { font-size: 11px; fill: #52606d }
.heading { font-weight: 600; font-size: 12px; fill: #52606d; letter-spacing: .02em }
.paper { fill: #fff } .account { fill: #f7f9fb; stroke: #9aa5b1; stroke-dasharray: 5 4 }
.card { fill: #fff; stroke: #cbd2d9 } .arrow { fill: none; stroke: #7b8794; stroke-width: 1.5 } .head { fill: #7b8794 }
.content { fill: #d64545 } .people { fill: #2b6cb0 } .ids { fill: #8a94a0 }`;

const card = { width: 244, height: 78, gap: 12 };
const columns = { client: 24, api: 168, functions: 416, stores: 710 };
const width = columns.stores + 2 * card.width + card.gap + 44;
const top = 76;

/** The way of the data from left to right: client, API, functions, stores by what they hold. */
export function pictureOf({ stores }: DataMap): string {
  const frames = stores.filter(({ service }) => service === 'Amazon API Gateway');
  const kept = rowsOf(stores.filter((store) => !frames.includes(store)));
  const placed = placeGroups(kept);
  const functions = [...touchedBy(stores)].toSorted(([one], [other]) => (one < other ? -1 : 1));
  const below = Math.max(placed.bottom, top + 52 + functions.length * 17) + 20;
  const middle = (top + below) / 2;
  const regions = [...new Set(stores.map(({ region }) => region))].join(', ');
  const spacing = Math.min(30, (below - top - 92) / functions.length);
  const functionsBox = { x: columns.functions, y: top, width: 224, height: below - top - 20 };
  return document({ width, height: below + 60 }, 'Where personal data is, and for how long', style, [
    box({ x: 0, y: 0, width, height: below + 60 }, 'paper'),
    box({ x: columns.api - 24, y: 24, width: width - columns.api + 8, height: below - 10 }, 'account'),
    label({ x: columns.api - 8, y: 48 }, `the operator's account, ${regions}`, 'heading'),
    ...clientAndApi(frames, middle),
    box(functionsBox, 'card'),
    label({ x: functionsBox.x + 14, y: top + 24 }, 'functions', 'name'),
    label({ x: functionsBox.x + 14, y: top + 40 }, 'AWS Lambda; what each may touch', 'small'),
    ...functions.flatMap(([name, touched], at) => functionLine(name, touched, top + 68 + at * spacing)),
    ...placed.elements,
    ...placed.middles.map((y) =>
      arrow({ x: functionsBox.x + functionsBox.width, y: middle }, { x: columns.stores - 6, y }),
    ),
    ...legend(below + 42),
  ]);
}

function clientAndApi(frames: readonly Store[], middle: number): readonly string[] {
  const api = { x: columns.api, y: middle - 66, width: 190, height: 132 };
  const kept = frames.flatMap(({ retention }) => wrapped(retention, 29, 4));
  return [
    box({ x: columns.client, y: middle - 26, width: 84, height: 52 }, 'card'),
    label({ x: columns.client + 24, y: middle + 5 }, 'client', 'name'),
    arrow({ x: columns.client + 84, y: middle }, { x: api.x, y: middle }, true),
    box(api, 'card'),
    label({ x: api.x + 14, y: api.y + 24 }, 'frames', 'name'),
    label({ x: api.x + 14, y: api.y + 42 }, 'Amazon API Gateway', 'small'),
    ...kept.map((line, at) => label({ x: api.x + 14, y: api.y + 64 + at * 15 }, line)),
    arrow({ x: api.x + api.width, y: middle }, { x: columns.functions, y: middle }, true),
  ];
}

/** Which groups of data each function may touch. */
function touchedBy(stores: readonly Store[]): ReadonlyMap<string, readonly Group[]> {
  const names = new Set(
    stores
      .flatMap(({ access, indexes = [] }) => [access, ...indexes.map((index) => index.access)].flat())
      .map(({ by }) => by),
  );
  for (const { name } of stores)
    if (name.startsWith('logs/') && name !== 'logs/access') names.add(name.slice(5));
  return new Map(
    [...names].map((name) => [
      name,
      groups.filter((group) =>
        stores.some(
          (store) => store.service !== 'Amazon API Gateway' && isIn(store, group) && mayTouch(store, name),
        ),
      ),
    ]),
  );
}

const mayTouch = ({ access, indexes = [] }: Store, name: string): boolean =>
  [access, ...indexes.map((index) => index.access)].flat().some(({ by }) => by === name);

function functionLine(name: string, touched: readonly Group[], y: number): readonly string[] {
  return [
    ...groups.flatMap((group, at) =>
      touched.includes(group) ? [dot({ x: columns.functions + 18 + at * 12, y: y - 4 }, group.style)] : [],
    ),
    label({ x: columns.functions + 56, y }, name),
  ];
}

function placeGroups(rows: readonly Row[]) {
  const elements: string[] = [];
  const middles: number[] = [];
  let y = top;
  for (const group of groups) {
    const its = rows.filter(({ store }) => isIn(store, group));
    if (its.length === 0) continue;
    elements.push(label({ x: columns.stores, y: y + 2 }, group.title, 'heading'));
    for (const [at, each] of its.entries()) {
      const x = columns.stores + (at % 2) * (card.width + card.gap);
      elements.push(...storeCard(each, group, x, y + 12 + Math.floor(at / 2) * (card.height + card.gap)));
    }
    const lines = Math.ceil(its.length / 2) * (card.height + card.gap);
    middles.push(y + 12 + (lines - card.gap) / 2);
    y += 34 + lines;
  }
  return { elements, middles, bottom: y - 16 };
}

function storeCard({ title, store }: Row, group: Group, x: number, y: number): readonly string[] {
  return [
    box({ x, y, ...card }, 'card'),
    `<rect x="${x}" y="${y + 8}" width="4" height="${card.height - 16}" rx="2" class="${group.style}"/>`,
    label({ x: x + 14, y: y + 21 }, title, 'name'),
    label({ x: x + 14, y: y + 37 }, `${store.service} · key ${store.key.split(' ')[0]}`, 'small'),
    ...wrapped(store.retention, 35, 2).map((line, at) => label({ x: x + 14, y: y + 54 + at * 15 }, line)),
  ];
}

const legend = (y: number): readonly string[] =>
  groups.flatMap((group, at) => [
    dot({ x: columns.api + at * 260, y: y - 4 }, group.style),
    label({ x: columns.api + 12 + at * 260, y }, group.title, 'small'),
  ]);
