import { savedName } from '../media/file-name.ts';
import { notConnected } from '../wire/lapse-error.ts';
import type { MediaActions } from './dom/media/media-actions.ts';
import { saveAs } from './dom/media/save-as.ts';
import type { CurrentSession } from './session/current-session.ts';

/** What can be done with media, by the session of whoever is signed in. */
export function sessionMediaActions(session: CurrentSession, open: MediaActions['open']): MediaActions {
  const url: MediaActions['url'] = (media, variant) =>
    session.get()?.media.get(media, variant) ?? Promise.reject(notConnected());
  return {
    url,
    open,
    fileOf: (id) => session.get()?.chat.pending.fileOf(id),
    async save(media) {
      const { name, place, facts } = media;
      if (place === undefined) return;
      saveAs(await url(media), savedName({ name, seq: place.seq, contentType: facts.contentType }));
    },
  };
}
