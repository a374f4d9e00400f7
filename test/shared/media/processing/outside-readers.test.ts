import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { marker } from '../../../support/media/fixture.ts';
import { hiddenPlaces } from '../../../support/media/hidden-places.ts';
import { madeSource } from '../../../support/media/made-source.ts';
import {
  exiftoolTags,
  ffprobeTags,
  type Tag,
  withOutsideReaders,
} from '../../../support/media/outside-readers.ts';
import { processed } from '../../../support/media/process.ts';
import { isTechnical } from '../../../support/media/technical-tags.ts';

const folder = mkdtempSync(join(tmpdir(), 'lapse-readers-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** FFmpeg opens some of these only in later versions. */
const unreadByFfprobe = new Set(['picture.heic', 'picture.avif', 'picture.jxl']);
const names = Object.keys(hiddenPlaces);

/** By a name that others can read its kind from, each content once: what was hidden has mostly left the same bytes. */
function write(name: string, bytes: Uint8Array): string {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  const path = join(folder, `${hash}-${name.includes('.') ? name : `picture.${name}`}`);
  writeFileSync(path, bytes);
  return path;
}

async function cleanedFiles(name: string): Promise<{ path: string; name: string }[]> {
  const plain = await madeSource(name);
  const sources = [plain, ...Object.values(hiddenPlaces[name] ?? {}).map((hide) => hide(plain))];
  const paths = new Set<string>();
  for (const source of sources)
    paths.add(write(name, (await processed(source, 'file', 'application/octet-stream')).bytes));
  return [...paths].map((path) => ({ path, name }));
}

async function inTurn<T, R>(values: readonly T[], work: (value: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const next = values.entries();
  const worker = async (): Promise<void> => {
    for (const [index, value] of next) results[index] = await work(value);
  };
  await Promise.all([worker(), worker(), worker()]);
  return results;
}

const bearsMarker = ({ value }: Tag): boolean => JSON.stringify(value ?? '').includes(marker);
const findings = (tags: readonly Tag[]): readonly string[] =>
  tags
    .filter((tag) => bearsMarker(tag) || !isTechnical(tag.group, tag.name, tag.value))
    .map(({ group, name, value }) => `${group}:${name} = ${JSON.stringify(value)}`);

withOutsideReaders('readers that others have written', () => {
  test('ExifTool and FFmpeg find in the sources what is to go', async () => {
    const paths = await Promise.all(names.map(async (name) => write(name, await madeSource(name))));
    const seen = await exiftoolTags(paths);
    expect(seen.filter((tags) => tags.some(bearsMarker)).length).toBeGreaterThan(15);
    const tagged = ['film.mp4', 'film.mkv', 'film.ogv', 'tone.mp3'];
    const probed = await inTurn(
      paths.filter((path) => tagged.some((name) => path.endsWith(name))),
      ffprobeTags,
    );
    expect(probed.filter((tags) => tags?.some(bearsMarker))).toHaveLength(tagged.length);
  });

  test('of every cleaned file they find how to decode it, and nothing else', async () => {
    const files: { path: string; name: string }[] = [];
    for (const name of names) files.push(...(await cleanedFiles(name)));
    expect(new Set(files.map(({ name }) => name)).size).toBe(names.length);
    const paths = files.map(({ path }) => path);
    const seen = await exiftoolTags(paths);
    const probed = await inTurn(paths, ffprobeTags);
    const left = files.flatMap(({ name }, index) => {
      const tags = probed[index];
      if (tags === undefined && !unreadByFfprobe.has(name)) return [`${name}: cannot be opened`];
      return [...(seen[index] ?? []), ...(tags ?? [])].length < 5
        ? [`${name}: nothing is read`]
        : findings([...(seen[index] ?? []), ...(tags ?? [])]).map((finding) => `${name}: ${finding}`);
    });
    expect(left).toEqual([]);
  });
});
