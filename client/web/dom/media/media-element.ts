import type { MediaView } from '../../model/media/media-view.ts';
import { fileCard } from './file-card.ts';
import { film } from './film.ts';
import type { MediaDesk, MediaElement } from './media-desk.ts';
import { picture } from './picture.ts';
import { sound } from './sound.ts';

const elements = { image: picture, audio: sound, video: film, file: fileCard } as const;

export const mediaElement = ({ type }: MediaView, id: string, desk: MediaDesk): MediaElement =>
  elements[type](id, desk);
