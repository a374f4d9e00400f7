import { compose } from '../../shared/composition/compose.ts';
import { downloadUrls } from '../../shared/composition/gateways.ts';
import { messageRetention } from '../../shared/composition/retention.ts';
import { now } from '../../shared/composition/settings.ts';
import { mediaPlaces, messages, readableRows } from '../../shared/composition/stores.ts';
import { storedMedia } from '../../shared/media/stored-media.ts';

/** What is stored ends with its message, whoever has received it. */
export function storedDownloads() {
  const deps = compose({
    conversations: readableRows,
    messages,
    locate: mediaPlaces,
    urls: downloadUrls,
    retention: messageRetention,
    now,
  });
  return {
    ...deps,
    findMedia: storedMedia(deps.messages, deps.retention, deps.locate, deps.now),
    noteReceived: async () => {},
  };
}
