/** Whether a request names this machine: under any other name it may be another site's page that asks. */
export const isLocalHost = (host: string | undefined): host is string =>
  /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host ?? '');
