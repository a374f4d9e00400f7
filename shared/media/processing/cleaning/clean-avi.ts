import { asBuffer } from '../as-buffer.ts';
import { refuseUnless } from '../refuse-unless.ts';

type Chunk = { readonly type: string; readonly start: number; readonly body: number; readonly end: number };

/** A list is known by its kind, any other chunk by its own name. Microsoft, AVI RIFF File Reference; OpenDML 1.02. */
const kept: Readonly<Record<string, ReadonlySet<string>>> = {
  'AVI ': new Set(['hdrl', 'movi', 'idx1']),
  AVIX: new Set(['movi', 'idx1']),
  hdrl: new Set(['avih', 'strl', 'odml']),
  strl: new Set(['strh', 'strf', 'indx', 'vprp']),
  odml: new Set(['dmlh']),
};
/** Samples of a stream: two digits, then what they are; `tx` is text. `ix` and two digits is their index. */
const samples = /^(\d\d)(?:d[bc]|wb|pc|__|iv)$/;
const index = /^ix\d\d$/;
const junk = 'JUNK';

function* chunksIn(bytes: Buffer, from: number, to: number): Generator<Chunk> {
  for (let start = from; start + 8 <= to; ) {
    const length = bytes.readUInt32LE(start + 4);
    const end = start + 8 + length;
    refuseUnless(end <= to);
    const type = bytes.toString('latin1', start, start + 4);
    const isList = type === 'LIST' || type === 'RIFF';
    refuseUnless(!isList || length >= 4);
    yield isList
      ? { type: bytes.toString('latin1', start + 8, start + 12), start, body: start + 12, end }
      : { type, start, body: start + 8, end };
    start = end + (length % 2);
  }
}

/** Of the same length: indexes count in bytes. */
function forget(bytes: Buffer, { start, end }: Chunk): void {
  bytes.write(junk, start, 'latin1');
  bytes.fill(0, start + 8, end);
}

/** Whether this stream is pictures or sound, and not texts or anything else. */
const isShown = (bytes: Buffer, streams: Chunk): boolean => {
  const [header] = [...chunksIn(bytes, streams.body, streams.end)].filter(({ type }) => type === 'strh');
  return (
    header !== undefined &&
    /^(?:vids|auds|iavs)$/.test(bytes.toString('latin1', header.body, header.body + 4))
  );
};

function cleanSamples(bytes: Buffer, list: Chunk, shown: readonly boolean[]): void {
  for (const chunk of chunksIn(bytes, list.body, list.end)) {
    if (chunk.type === 'rec ') cleanSamples(bytes, chunk, shown);
    else if (shown[Number(samples.exec(chunk.type)?.[1] ?? -1)] !== true && !index.test(chunk.type))
      forget(bytes, chunk);
  }
}

function cleanList(bytes: Buffer, list: Chunk, shown: boolean[]): void {
  if (list.type === 'movi') {
    cleanSamples(bytes, list, shown);
    return;
  }
  if (list.type === 'strl') shown.push(isShown(bytes, list));
  for (const chunk of chunksIn(bytes, list.body, list.end)) {
    if (kept[list.type]?.has(chunk.type) !== true) forget(bytes, chunk);
    else if (kept[chunk.type] !== undefined || chunk.type === 'movi') cleanList(bytes, chunk, shown);
    else if (chunk.type === 'strf' && shown.at(-1) === false) bytes.fill(0, chunk.body, chunk.end);
  }
}

/**
 * Without titles, dates, names of streams, data of a camera's driver and streams of text: all turned into junk of the same
 * length. Pictures and sound as they were; what follows the file is dropped.
 */
export function cleanAvi(source: Uint8Array): Uint8Array {
  const bytes = asBuffer(source);
  const shown: boolean[] = [];
  let end = 0;
  while (bytes.toString('latin1', end, end + 4) === 'RIFF') {
    const length = bytes.readUInt32LE(end + 4);
    const to = Math.min(bytes.length, end + 8 + length);
    refuseUnless(length >= 4);
    const list = { type: bytes.toString('latin1', end + 8, end + 12), start: end, body: end + 12, end: to };
    if (kept[list.type] === undefined) break;
    cleanList(bytes, list, shown);
    end = Math.min(bytes.length, to + (length % 2));
  }
  refuseUnless(end > 0);
  return bytes.subarray(0, end);
}
