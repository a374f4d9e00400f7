/** Ctrl-C, a terminal or a pipe that closes, or the end of the npm that runs this. A second signal ends the process at once. */
export const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    let first: number | undefined;
    const onSignal = () => {
      first ??= Date.now();
      // A terminal sends Ctrl-C to npm too, which hands it on: what comes with the first is no second.
      if (Date.now() - first > 500) process.exit(130);
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal);
    // What is said to the end has no reader either, and must not end in an error of its own.
    for (const output of [process.stdout, process.stderr]) output.on('error', () => resolve());
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
