import { personName } from './person-name.ts';

/** What calls everybody, behind `@`. */
export const everybody = 'all';

/** As many as one message may name. */
const most = 32;

/** A piece of a text, and the name that it calls. */
export type MentionPart = { readonly text: string; readonly name?: string };

const inName = /[\p{L}\p{M}\p{N}_]/u;

/** Where a text calls one of these names: `@` before a whole name. Of names that begin alike the longest counts. */
export function mentionParts(text: string, names: readonly string[]): readonly MentionPart[] {
  const longestFirst = names.toSorted((one, other) => other.length - one.length);
  const parts: MentionPart[] = [];
  let end = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    if (at < end || inName.test(text.charAt(at - 1))) continue;
    const name = longestFirst.find(
      (each) => text.startsWith(each, at + 1) && !inName.test(text.charAt(at + 1 + each.length)),
    );
    if (name === undefined) continue;
    if (at > end) parts.push({ text: text.slice(end, at) });
    end = at + 1 + name.length;
    parts.push({ text: text.slice(at, end), name });
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

export type Mentions = { readonly mentions?: string[]; readonly mentionsAll?: true };

/** Whom a text calls, of those who may be: as `send` takes it. A person who is called `all` is meant by that name, if all may not be. */
export function mentionsIn(text: string, userIds: readonly string[], mayAll: boolean): Mentions {
  if (!text.includes('@')) return {};
  const byName = new Map(userIds.map((userId) => [personName(userId), userId]));
  const called = new Set(
    mentionParts(text, [...byName.keys(), ...(mayAll ? [everybody] : [])]).flatMap(({ name }) => name ?? []),
  );
  const isAll = mayAll && called.delete(everybody);
  const mentions = [...called].flatMap((name) => byName.get(name) ?? []).slice(0, most);
  return { ...(mentions.length > 0 && { mentions }), ...(isAll && { mentionsAll: true }) };
}
