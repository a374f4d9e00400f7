/** Ctrl-C, a terminal that closes, or the end of the npm that runs this. The second signal ends the process at once. */
export const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    let signals = 0;
    const onSignal = () => {
      signals += 1;
      if (signals > 1) process.exit(130);
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal);
    onParentGone(resolve);
  });

/** npm hands on what it can catch; `kill -9` it cannot. Started in another way the system may outlive its parent. */
function onParentGone(gone: () => void): void {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    gone();
  }, 500);
  timer.unref();
}
