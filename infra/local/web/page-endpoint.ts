import type { OtherRequests } from '../gateway/http-requests.ts';
import { isLocalHost } from '../network/local-host.ts';
import { requestUrl } from '../network/request-url.ts';
import type { Page } from './bundle-page.ts';
import { pageHeaders } from './page-headers.ts';

/** Serves the web chat; leaves every other path to the gateway. `objectStore`: where its media is put and fetched. */
export function pageEndpoint(page: Page, objectStore: string): OtherRequests {
  return (request, response) => {
    const { method, headers } = request;
    const file = page.get(requestUrl(request).pathname);
    if (file === undefined) return false;
    const refuse = (status: number, text: string) =>
      response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(text);
    if (method !== 'GET' && method !== 'HEAD') refuse(405, 'only GET');
    else if (!isLocalHost(headers.host)) refuse(403, 'only http://127.0.0.1 and http://localhost');
    else {
      const { contentType, body } = file;
      response
        .writeHead(200, { 'content-type': contentType, ...pageHeaders(headers.host, objectStore) })
        .end(method === 'HEAD' ? undefined : body);
    }
    return true;
  };
}
