export type PageAttention = {
  /** Somebody looks at the page again, or there is a network again: nobody waits for the client's own next try. */
  readonly onReturn: () => void;
  readonly onChange: () => void;
};

/** Whether somebody is looking at the page, and whether the browser has a network. */
export function watchPageAttention({ onReturn, onChange }: PageAttention, signal: AbortSignal): void {
  const returned = () => {
    if (isWatched()) onReturn();
    onChange();
  };
  document.addEventListener('visibilitychange', returned, { signal });
  window.addEventListener('online', returned, { signal });
  window.addEventListener('offline', onChange, { signal });
}

export const isWatched = (): boolean => document.visibilityState === 'visible';
