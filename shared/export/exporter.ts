import type { EpochMillis, EpochSeconds } from '../time.ts';
import type { FileContent } from './zip-archive.ts';

/** A piece of a file of the zip; without one the exporter says how far it has looked and found nothing to write. */
export type Chunk = {
  /** What tells the exporter to go on behind this chunk. */
  readonly after: string;
  /** Of what is in it: from then on nobody may read it. */
  readonly earliestEnd?: EpochSeconds | undefined;
  /** Of the messages in it: a shorter policy ends them before that. */
  readonly earliestSent?: EpochMillis | undefined;
} & (
  | {
      readonly file: string;
      readonly data: FileContent;
      /** The chunk is all of the file: in whichever zip, it lies at the same place, where pages of others look for it. */
      readonly isWhole?: true;
    }
  | { readonly file?: undefined; readonly data?: undefined }
);

export type Exported = {
  readonly userId: string;
  /** When the zip goes: what ends before then is not put into it. */
  readonly until: EpochMillis;
};

/**
 * All that a store holds about the user, a chunk at a time, from behind `after` on. The time is looked at behind each chunk, so
 * that between two there is one page of reads at most, or one media file.
 */
export type Exporter = (exported: Exported, after: string | undefined) => AsyncIterable<Chunk>;

/** An exporter of one small file; undefined: there is nothing, and no file. */
export function oneFile<Content extends object>(
  file: string,
  read: (exported: Exported) => Promise<Content | undefined>,
  endOf?: (content: Content) => EpochSeconds | undefined,
): Exporter {
  return async function* whole(exported, after) {
    if (after !== undefined) return;
    const content = await read(exported);
    if (content === undefined) return;
    yield {
      ...{ file, data: [`${JSON.stringify(content, null, 2)}\n`], after: 'all' },
      ...(endOf !== undefined && { earliestEnd: endOf(content) }),
    };
  };
}

/** JSON Lines: a file of any length can be written, and read, a line at a time. */
export function lines(items: readonly object[]): readonly string[] {
  return items.map((item) => `${JSON.stringify(item)}\n`);
}

export const earliestOf = <Time extends number>(times: readonly Time[]): Time | undefined =>
  times.toSorted((one, other) => one - other)[0];
