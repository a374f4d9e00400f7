import { posix } from 'node:path';
import { unzipSync } from 'fflate';
import { cleanFileName } from '../../../../shared/protocol/media/file-name.ts';
import { ask, texts, unpacked, work } from '../../../support/export-acts.ts';
import { attack, sampleExport } from '../../../support/export-sample.ts';
import { exportWorld } from '../../../support/export-world.ts';

let files: ReadonlyMap<string, string>;
beforeAll(async () => {
  files = unpacked(await sampleExport());
});

const pagesOf = (all: ReadonlyMap<string, string>) =>
  [...all].filter(([name]) => /^(?!media\/).*\.html$/.test(name));
const addressesIn = (page: string) =>
  [...page.matchAll(/ (?:href|src)="([^"]*)"/g)].map(([, address = '']) => address);

test('every page has a name and a place, and leads to files of the zip alone', () => {
  const pages = pagesOf(files);
  expect(pages.map(([name]) => name).toSorted()).toEqual([
    'index.html',
    'messages/d-ab/1.html',
    'messages/d-ab/101.html',
    'messages/g-band/1.html',
    'messages/g-title/1.html',
  ]);
  for (const [name, page] of pages)
    for (const address of addressesIn(page)) {
      const [path = '', anchor] = address.split('#');
      const target = path === '' ? name : posix.join(posix.dirname(name), path);
      expect(files.has(target) ? 'there' : target).toBe('there');
      if (anchor !== undefined) expect(files.get(target)).toContain(` id="${anchor}"`);
    }
});

test('a page runs nothing and asks for nothing from elsewhere, and what people wrote is text', () => {
  for (const [, page] of pagesOf(files)) {
    expect(page).toContain('default-src &#39;none&#39;; style-src &#39;sha256-');
    expect(page).not.toMatch(/<script|<link|<iframe|<object|@import|url\(|https?:|onerror="/);
  }
  const escaped = attack
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
  for (const name of ['index.html', 'messages/d-ab/1.html', 'messages/g-title/1.html'])
    expect(files.get(name)).toContain(escaped);
});

test('a page shows media beside their messages, and gives no link to what would run in the folder', () => {
  const page = files.get('messages/d-ab/1.html') ?? '';
  expect(page).toContain(
    '<img src="../../media/d-ab/3.jpg" alt="The harbour at six" loading="lazy" width="640" height="480">',
  );
  expect(page).toContain('<audio controls preload="none" src="../../media/d-ab/5.mp3" aria-label="5.mp3">');
  expect(files.has('media/d-ab/7.html')).toBe(true);
  expect(page).toContain('<code>media/d-ab/7.html</code>');
  expect(addressesIn(page)).not.toContain('../../media/d-ab/7.html');
  expect(page).toContain('href="../../media/d-ab/8.pdf"');
  expect(page).toContain('in reply to <a href="#m1">');
});

test('a page says what has been done with a message, and nothing of one with which nothing has', () => {
  const page = files.get('messages/d-ab/1.html') ?? '';
  const entries = page.split('<li id="m').slice(1);
  expect(entries[0]).toContain('<p class="about">pinned · 👍 2</p>');
  expect(entries[1]).toContain('<p class="about">forwarded · edited</p>');
  expect(entries[3]).not.toMatch(/pinned|edited|forwarded/);
});

test('a file has a name that every system takes, also where letters of both sizes are the same', () => {
  for (const name of files.keys()) {
    expect(name.length).toBeLessThan(150);
    for (const each of name.split('/')) expect(cleanFileName(each)).toBe(each);
  }
  const folded = [...files.keys()].map((name) => name.toLowerCase());
  expect(new Set(folded).size).toBe(folded.length);
});

test('in an export of many zips pages and media lie where the others look for them', async () => {
  const world = await sampleExport(() => true);
  expect(world.objects.size).toBeGreaterThan(10);
  const all = unpacked(world);
  const same = (name: string) =>
    !name.startsWith('part-') && name !== 'about.json' && !name.endsWith('.json') && !name.endsWith('.jsonl');
  expect([...all.keys()].filter(same).toSorted()).toEqual([...files.keys()].filter(same).toSorted());
  for (const [name, page] of pagesOf(files)) expect(all.get(name)).toBe(page);
  const names = [...world.objects.values()].flatMap((zip) => Object.keys(unzipSync(zip)));
  expect(new Set(names).size).toBe(names.length);
});

test('a conversation whose last page is full says on the next that these were all', async () => {
  const world = exportWorld();
  world.talk('d-ab', ['alice', 'bob'], texts(100));
  world.state.fullPageHasMore = true;
  await ask(world);
  await work(world);
  const all = unpacked(world);
  expect(all.get('messages/d-ab/1.html')).toContain('<a rel="next" href="101.html">');
  expect(all.get('messages/d-ab/101.html')).toContain('These were all.');
});

test('a hundred conversations a page, and a page more', async () => {
  const world = exportWorld({ stored: false });
  for (let n = 0; n < 101; n += 1) world.talk(`d-${n}`, ['alice', 'bob'], texts(1));
  await ask(world);
  await work(world);
  const all = unpacked(world);
  expect(pagesOf(all).map(([name]) => name)).toEqual(['index.html', 'conversations-2.html']);
  expect(all.get('index.html')).toContain('href="conversations-2.html"');
  // Where messages are not stored there is nothing to lead to.
  expect(addressesIn(all.get('index.html') ?? '').filter((each) => each.startsWith('messages'))).toEqual([]);
  expect((all.get('index.html')?.match(/<li>/g) ?? []).length).toBe(100 + 1);
});
