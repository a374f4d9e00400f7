import type { IncomingMessage } from 'node:http';

const nowhere = new URL('about:blank');

/** What is asked for; a request line may name what is no address at all, such as `//`. */
export const requestUrl = ({ url = '/' }: IncomingMessage): URL =>
  URL.parse(url, 'http://localhost') ?? nowhere;
