import { afterEdit, editedContent } from '../../../client/conversations/edited-content.ts';
import type { MessageContent } from '../../../shared/protocol/messages/table.ts';

const media = { contentType: 'image/png', bytes: 9 };
const picture: MessageContent = { type: 'image', mediaId: 'm-1', media, caption: 'before' };
const text: MessageContent = { type: 'text', text: 'before' };

test('words are the text of a text, and the caption of media that is there', () => {
  expect(editedContent(text, 'now')).toEqual({ type: 'text', text: 'now' });
  expect(editedContent(undefined, 'now')).toEqual({ type: 'text', text: 'now' });
  expect(editedContent(picture, 'now')).toEqual({ type: 'image', mediaId: 'm-1', caption: 'now' });
  const whole = { type: 'custom', kind: 'poll', data: 1 } as const;
  expect(editedContent(text, whole)).toBe(whole);
});

test('media stays with another caption, or none; of what is not here nothing is made up', () => {
  const edited = { type: 'image', mediaId: 'm-1' } as const;
  expect(afterEdit(picture, { ...edited, caption: 'now' })).toEqual({ ...picture, caption: 'now' });
  expect(afterEdit(picture, edited)).toEqual({ type: 'image', mediaId: 'm-1', media });
  expect(afterEdit(undefined, edited)).toBeUndefined();
  expect(afterEdit(text, { type: 'text', text: 'now' })).toEqual({ type: 'text', text: 'now' });
});
