import { mediaTitle } from '../../model/media/media-view.ts';
import { make } from '../elements/elements.ts';
import { linkButton } from '../elements/link-button.ts';
import type { MessagePart } from './message-part.ts';

/** How far an attachment has come, while it can be called off. */
export function uploadProgress(cancel: () => void): MessagePart {
  const progress = make('progress');
  const element = make('p', 'upload', progress, linkButton('Cancel', cancel));
  return {
    element,
    update({ upload, media }) {
      element.hidden = upload === undefined;
      if (upload === undefined || media === undefined) return;
      progress.ariaLabel = `Uploading ${mediaTitle(media)}`;
      // Nobody can tell how far the one part of a small file has come.
      if (upload.parts > 1) progress.value = upload.done / upload.parts;
      else progress.removeAttribute('value');
    },
  };
}
