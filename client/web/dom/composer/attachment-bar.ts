import { size } from '../../../words/content-text.ts';
import type { Attachment } from '../../model/media/attachment.ts';
import { mediaOfAttachment } from '../../model/media/media-view.ts';
import { byId, make } from '../elements/elements.ts';
import { fileBadge } from '../media/file-badge.ts';

/** What is about to be sent, above the text that becomes its caption. */
export type AttachmentBar = {
  add(chosen: readonly Attachment[]): void;
  /** Shows these in place of what it held, which it returns. */
  swap(next: readonly Attachment[]): readonly Attachment[];
  isEmpty(): boolean;
};

export function attachmentBar(onChange: () => void): AttachmentBar {
  const list = byId('attachments');
  const items = new Map<Attachment, HTMLElement>();

  function remove(attachment: Attachment): void {
    const item = items.get(attachment);
    const next = item?.nextElementSibling ?? item?.previousElementSibling;
    items.delete(attachment);
    item?.remove();
    changed();
    if (next === null || next === undefined) byId('text').focus();
    else next.querySelector('button')?.focus();
  }

  function itemOf(attachment: Attachment): HTMLElement {
    const { name, bytes, kind } = attachment;
    const removeButton = make('button', 'remove', '×');
    removeButton.type = 'button';
    removeButton.ariaLabel = `Do not send ${name}`;
    removeButton.addEventListener('click', () => remove(attachment));
    const about = make(
      'span',
      'attachment-words',
      make('bdi', 'file-name', name),
      make('span', 'quiet', size(bytes)),
    );
    const item = make('li', 'attachment', about, removeButton);
    item.prepend(kind === 'image' ? previewOf(attachment) : badgeOf(attachment));
    return item;
  }

  function changed(): void {
    list.hidden = items.size === 0;
    onChange();
  }

  function add(chosen: readonly Attachment[]): void {
    for (const attachment of chosen) {
      if (items.has(attachment)) continue;
      const item = itemOf(attachment);
      items.set(attachment, item);
      list.append(item);
    }
    changed();
  }

  return {
    add,
    swap(next) {
      const held = [...items.keys()];
      items.clear();
      list.replaceChildren();
      add(next);
      return held;
    },
    isEmpty: () => items.size === 0,
  };
}

const badgeOf = (attachment: Attachment): HTMLElement => fileBadge(mediaOfAttachment(attachment));

function previewOf(attachment: Attachment): HTMLImageElement {
  const image = make('img');
  image.alt = '';
  const url = URL.createObjectURL(attachment.file);
  const done = () => URL.revokeObjectURL(url);
  image.addEventListener('load', done);
  image.addEventListener('error', () => {
    done();
    // Such as HEIC: its name has to do.
    image.replaceWith(badgeOf(attachment));
  });
  image.src = url;
  return image;
}
