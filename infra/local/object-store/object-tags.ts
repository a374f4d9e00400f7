import { noSuchKey, refused, type S3Reply } from './s3-refusal.ts';

/** The tags of objects, which the engine does not know. In memory: S3's lifecycle alone acts on them. */
export type ObjectTags = {
  /** After an object was written or deleted; `tagging` as the request header has it. */
  note(path: string, tagging: string | undefined): void;
  /** What `?tagging` asks for, of an object that exists or does not. */
  answer(method: string, path: string, body: Uint8Array, exists: boolean): S3Reply;
};

type Tag = readonly [key: string, value: string];

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const xmlOf = (tags: readonly Tag[]): string => {
  const set = tags.map(
    ([key, value]) => `<Tag><Key>${escaped(key)}</Key><Value>${escaped(value)}</Value></Tag>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Tagging><TagSet>${set.join('')}</TagSet></Tagging>`;
};

const tagsIn = (xml: string): readonly Tag[] =>
  [...xml.matchAll(/<Tag><Key>([^<]*)<\/Key><Value>([^<]*)<\/Value><\/Tag>/g)].map(
    ([, key = '', value = '']) => [key, value],
  );

export function objectTags(): ObjectTags {
  const tags = new Map<string, readonly Tag[]>();
  return {
    note(path, tagging) {
      if (tagging === undefined) tags.delete(path);
      else tags.set(path, [...new URLSearchParams(tagging)]);
    },
    answer(method, path, body, exists) {
      if (!exists) return refused(noSuchKey);
      if (method === 'GET') return { status: 200, xml: xmlOf(tags.get(path) ?? []) };
      if (method === 'DELETE') {
        tags.delete(path);
        return { status: 204, xml: '' };
      }
      tags.set(path, tagsIn(Buffer.from(body).toString()));
      return { status: 200, xml: '' };
    },
  };
}
