import { compose } from '../../shared/composition/compose.ts';
import { downloadUrls } from '../../shared/composition/gateways.ts';
import { messageRetention } from '../../shared/composition/retention.ts';
import { now } from '../../shared/composition/settings.ts';
import { messages, readableRows } from '../../shared/composition/stores.ts';
import { storedMedia } from '../../shared/media/stored-media.ts';

/** What is stored ends with its message, whoever has received it. */
export function storedDownloads() {
  const deps = compose({
    conversations: readableRows,
    messages,
    urls: downloadUrls,
    retention: messageRetention,
    now,
  });
  return {
    ...deps,
    findMedia: storedMedia(deps.messages, deps.retention),
    noteReceived: async () => {},
  };
}
