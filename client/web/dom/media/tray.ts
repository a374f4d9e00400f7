import { size } from '../../../content-text.ts';
import type { Attachment } from '../../model/media/attachment.ts';
import { byId, make } from '../elements.ts';

/** What is about to be sent, above the text that becomes its caption. */
export type Tray = {
  add(chosen: readonly Attachment[]): void;
  /** Shows these in place of what it held, which it returns. */
  swap(next: readonly Attachment[]): readonly Attachment[];
  isEmpty(): boolean;
};

export function tray(onChange: () => void): Tray {
  const list = byId('tray', HTMLElement);
  const items = new Map<Attachment, HTMLElement>();

  function remove(attachment: Attachment): void {
    const item = items.get(attachment);
    const next = item?.nextElementSibling ?? item?.previousElementSibling;
    items.delete(attachment);
    item?.remove();
    changed();
    if (next === null || next === undefined) byId('text', HTMLElement).focus();
    else next.querySelector('button')?.focus();
  }

  function itemOf(attachment: Attachment): HTMLElement {
    const { name, bytes, kind, file } = attachment;
    const off = make('button', 'off', '×');
    off.type = 'button';
    off.ariaLabel = `Do not send ${name}`;
    off.addEventListener('click', () => remove(attachment));
    const about = make(
      'span',
      'tray-words',
      make('bdi', 'file-name', name),
      make('span', 'quiet', size(bytes)),
    );
    const item = make('li', 'tray-item', about, off);
    if (kind === 'image') item.prepend(previewOf(file));
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

function previewOf(file: Blob): HTMLImageElement {
  const image = make('img');
  image.alt = '';
  const url = URL.createObjectURL(file);
  const done = () => URL.revokeObjectURL(url);
  image.addEventListener('load', done);
  image.addEventListener('error', () => {
    done();
    // Such as HEIC: its name has to do.
    image.remove();
  });
  image.src = url;
  return image;
}
