import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);
const exiftool = '/usr/bin/exiftool';
const ffprobe = '/usr/bin/ffprobe';
const mostBytes = 64 * 1024 * 1024;

/** Where there are none the tests that need them are left out; CI must have them: apt-get install libimage-exiftool-perl ffmpeg. */
export const withOutsideReaders =
  (existsSync(exiftool) && existsSync(ffprobe)) || process.env['CI'] !== undefined ? describe : describe.skip;

export type Tag = { readonly group: string; readonly name: string; readonly value: unknown };

/** All tags that ExifTool finds in each file, with the part of the format in which it has found them: one process for all files. */
export async function exiftoolTags(paths: readonly string[]): Promise<readonly (readonly Tag[])[]> {
  // It ends with 1 if it does not know one of the formats, and tells of the others all the same.
  const { stdout } = await run(exiftool, ['-a', '-G1', '-ee', '-j', ...paths], {
    maxBuffer: mostBytes,
  }).catch((error: { stdout: string }) => error);
  const found = new Map<string, Record<string, unknown>>();
  for (const file of JSON.parse(stdout)) found.set(file.SourceFile, file);
  return paths.map((path) => {
    const { SourceFile: _, ...tags } = found.get(path) ?? {};
    return Object.entries(tags).map(([key, value]) => {
      const [group = '', name = ''] = key.split(':');
      return { group, name, value };
    });
  });
}

/** All tags that FFmpeg finds in a file, its tracks, programs and chapters; undefined if it cannot open it. */
export async function ffprobeTags(path: string): Promise<readonly Tag[] | undefined> {
  const flags = [
    '-v',
    'quiet',
    '-of',
    'json',
    '-show_format',
    '-show_streams',
    '-show_programs',
    '-show_chapters',
  ];
  const output = await run(ffprobe, [...flags, path], { maxBuffer: mostBytes }).catch(() => undefined);
  if (output === undefined) return undefined;
  const { format, streams, programs, chapters } = JSON.parse(output.stdout);
  return [
    ...[format, ...streams, ...programs].flatMap(({ tags }) =>
      Object.entries(tags ?? {}).map(([name, value]) => ({ group: 'ffprobe', name, value })),
    ),
    ...[...streams, ...programs.flatMap((program: any) => program.streams)]
      .filter(({ codec_type }) => codec_type !== 'video' && codec_type !== 'audio')
      .map(({ codec_type }) => ({ group: 'ffprobe', name: 'a track', value: codec_type })),
    ...chapters.map(({ tags }: any) => ({ group: 'ffprobe', name: 'a chapter', value: tags?.title })),
  ];
}
