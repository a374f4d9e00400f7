import { personalStores } from '../protocol/personal-stores.ts';
import type { ExportRequest, Place } from '../stores/privacy/export-request.ts';
import type { EpochMillis, EpochSeconds } from '../time.ts';
import type { Exported } from './exporter.ts';
import type { Exporters } from './exporters.ts';
import type { ZipArchive } from './zip-archive.ts';

export type WriteZipOptions = {
  readonly exporters: Exporters;
  readonly until: EpochMillis;
  /** True when there is no time left for another chunk. Asked behind each, written or not. */
  readonly isOver: () => boolean;
};

export type WrittenZip = {
  /** Where the next zip goes on; undefined: this was the last. */
  readonly place: Place | undefined;
  /** Of the messages in this one; undefined where there are none. */
  readonly earliestEnd: EpochSeconds | undefined;
  readonly earliestSent: EpochMillis | undefined;
};

/** What each program for zips can read: beyond 4 GiB or 65,535 files some cannot, and a disc for exchange takes no such file. */
const mostBytes = 2_000_000_000;
const mostFiles = 50_000;

/** Writes from the request's place on, at least a chunk. */
export async function writeZip(
  zip: Pick<ZipArchive, 'write'>,
  request: ExportRequest,
  { exporters, until, isOver }: WriteZipOptions,
): Promise<WrittenZip> {
  const { userId, requestId, requestedAt, parts } = request;
  const part = parts + 1;
  // Files that go on in a further zip must not overwrite their beginnings when all are unpacked in one folder.
  const folder = part === 1 ? '' : `part-${part}/`;
  const about = {
    userId,
    requestId,
    requestedAt,
    part,
    holdsWhatEndsAfter: until,
    notExported: reasons(exporters),
  };
  await zip.write(`${folder}about.json`, [`${JSON.stringify(about, null, 2)}\n`]);
  let earliestEnd: EpochSeconds | undefined;
  let earliestSent: EpochMillis | undefined;
  let bytes = 0;
  const files = new Set<string>();
  for await (const chunk of chunks(exporters, { userId, until }, request.place)) {
    const { place } = chunk;
    if (chunk.file !== undefined) {
      bytes += await zip.write((chunk.isWhole ? '' : folder) + chunk.file, chunk.data);
      files.add(chunk.file);
    }
    earliestEnd = earlierOf(chunk.earliestEnd, earliestEnd);
    earliestSent = earlierOf(chunk.earliestSent, earliestSent);
    if (isOver() || bytes >= mostBytes || files.size >= mostFiles)
      return { place, earliestEnd, earliestSent };
  }
  return { place: undefined, earliestEnd, earliestSent };
}

function earlierOf<Time extends number>(one: Time | undefined, other: Time | undefined): Time | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one < other ? one : other;
}

async function* chunks(exporters: Exporters, exported: Exported, from: Place | undefined) {
  const begun = from === undefined ? 0 : personalStores.indexOf(from.store);
  for (const store of personalStores.slice(begun)) {
    const exporter = exporters[store];
    if (typeof exporter !== 'function') continue;
    const after = store === from?.store ? from.after : undefined;
    for await (const chunk of exporter(exported, after)) {
      yield { ...chunk, place: { store, after: chunk.after } };
    }
  }
}

function reasons(exporters: Exporters): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(exporters).flatMap(([store, each]) =>
      typeof each === 'function' ? [] : [[store, each.notExported]],
    ),
  );
}
