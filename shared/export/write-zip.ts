import { personalStores } from '../protocol/personal-stores.ts';
import type { ExportRequest, Place } from '../stores/privacy/export-request.ts';
import type { EpochMillis, EpochSeconds } from '../time.ts';
import type { Exported } from './exporter.ts';
import type { Exporters } from './exporters.ts';
import type { ZipArchive } from './zip-archive.ts';

export type WriteZipOptions = {
  readonly exporters: Exporters;
  readonly until: EpochMillis;
  /** True when there is no time left for another chunk. */
  readonly isOver: () => boolean;
};

export type WrittenZip = {
  /** Where the next zip goes on; undefined: this was the last. */
  readonly place: Place | undefined;
  /** Of the messages in this one; undefined where there are none. */
  readonly earliestEnd: EpochSeconds | undefined;
};

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
  for await (const { file, data, place, earliestEnd: end } of chunks(
    exporters,
    { userId, until },
    request.place,
  )) {
    await zip.write(folder + file, data);
    if (end !== undefined) earliestEnd = Math.min(end, earliestEnd ?? end) as EpochSeconds;
    if (isOver()) return { place, earliestEnd };
  }
  return { place: undefined, earliestEnd };
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
