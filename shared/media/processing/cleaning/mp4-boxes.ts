import { freeBox, type IsoBox, isoBoxes } from './iso-boxes.ts';
import { cleanSampleDescriptions } from './mp4-sample-entries.ts';
import { handlerOf } from './mp4-tracks.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** What a player reads in each box that holds others: ISO/IEC 14496-12:2015, table 1, and Apple's QuickTime File Format. */
const kept: Readonly<Record<string, ReadonlySet<string>>> = {
  moov: words('mvhd trak mvex'),
  mvex: words('mehd trex leva'),
  trak: words('tkhd tapt edts mdia tref'),
  edts: words('elst'),
  tapt: words('clef prof enof'),
  tref: words('auxl vdep vplx dpnd'),
  mdia: words('mdhd hdlr minf'),
  minf: words('vmhd smhd nmhd hdlr dinf stbl'),
  dinf: words('dref'),
  stbl: words(
    'stsd stts ctts cslg stsc stsz stz2 stco co64 stss stps stsh sdtp sbgp sgpd subs padb stdp saiz saio',
  ),
  moof: words('mfhd traf'),
  traf: words('tfhd tfdt trun sdtp sbgp sgpd subs saiz saio'),
  mfra: words('tfra mfro'),
};

/** An empty list of tags, as FFmpeg writes it into every file: nothing has to go, so nothing is touched. */
const noTags = Buffer.from(
  'udta\0\0\0\u0035meta\0\0\0\0\0\0\0\u0021hdlr\0\0\0\0\0\0\0\0mdirappl\0\0\0\0\0\0\0\0\0\0\0\0\u0008ilst',
  'latin1',
);
const isEmpty = (bytes: Buffer, { start, end }: IsoBox): boolean =>
  bytes.subarray(start + 4, end).equals(noTags);

/** When it was recorded: sections 8.2.2, 8.3.2 and 8.4.2. */
function forgetTimes(bytes: Buffer, { body }: IsoBox): void {
  bytes.fill(0, body + 4, body + 4 + (bytes.readUInt8(body) === 1 ? 16 : 8));
}

/** Names that every file of FFmpeg or a browser has: they say no more than the type does. */
const commonNames = new Set(['', 'VideoHandler', 'SoundHandler', 'DataHandler']);

/** The name of a handler is free text: section 8.4.3, in QuickTime's files behind a length. */
export function forgetName(bytes: Buffer, { body, end }: IsoBox): void {
  const from = Math.min(body + 24, end);
  const text = bytes.toString('latin1', from + (from < end && bytes.readUInt8(from) < 32 ? 1 : 0), end);
  if (!commonNames.has(text.replaceAll('\0', ''))) bytes.fill(0, from, end);
}

/** Where the samples are: in this very file. A path or an alias in its place would name a folder of its author's. */
function forgetPaths(bytes: Buffer, { body, end }: IsoBox): void {
  for (const entry of isoBoxes(bytes, body + 8, end)) {
    bytes.fill(0, entry.body, entry.end);
    if (entry.end - entry.body >= 4) bytes.writeUInt8(1, entry.body + 3);
  }
}

const menders: Readonly<Record<string, (bytes: Buffer, box: IsoBox, isSound: boolean) => void>> = {
  mvhd: forgetTimes,
  tkhd: forgetTimes,
  mdhd: forgetTimes,
  hdlr: forgetName,
  dref: forgetPaths,
  stsd: cleanSampleDescriptions,
};

/** Frees in a box, and in those that it holds, everything that is not listed. */
export function keepListed(bytes: Buffer, parent: IsoBox, isSound = false): void {
  const allowed = kept[parent.type];
  if (allowed === undefined) return;
  let at = parent.body;
  for (const box of isoBoxes(bytes, parent.body, parent.end)) {
    at = box.end;
    if (isEmpty(bytes, box)) continue;
    if (!allowed.has(box.type)) freeBox(bytes, box);
    else if (kept[box.type] !== undefined)
      keepListed(bytes, box, box.type === 'trak' ? handlerOf(bytes, box) === 'soun' : isSound);
    else menders[box.type]?.(bytes, box, isSound);
  }
  bytes.fill(0, at, parent.end);
}
