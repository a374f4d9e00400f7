import type { MediaView } from '../../model/media/media-view.ts';
import { fileCard } from './file-card.ts';
import { film } from './film.ts';
import type { MediaActions, MediaElement } from './media-actions.ts';
import { picture } from './picture.ts';
import { sound } from './sound.ts';

const elements = { image: picture, audio: sound, video: film, file: fileCard } as const;

export const mediaElement = ({ type }: MediaView, id: string, actions: MediaActions): MediaElement =>
  elements[type](id, actions);
