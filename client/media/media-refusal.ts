import type { MediaKind } from '../../shared/protocol/media/frames.ts';
import type { HelloResult } from '../../shared/protocol/session/table.ts';
import { mediaNames, size } from '../words/content-text.ts';

/** Whether media can be sent at all: where messages are not stored it only can be handed over. */
export const takesMedia = ({ retention: { messages } }: HelloResult): boolean =>
  messages.stored || messages.handoverSeconds !== undefined;

type Candidate = { readonly name: string; readonly kind: MediaKind; readonly bytes: number };

/** What to say about a file that need not be uploaded to be refused; nothing about another. */
export function fileRefusal({ name, kind, bytes }: Candidate, { limits }: HelloResult): string | undefined {
  if (bytes === 0) return `${name} is empty`;
  const most = limits[`${kind}Bytes`];
  if (bytes <= most) return undefined;
  return `${name} is too large: a ${mediaNames[kind]} may have at most ${size(most)}`;
}
