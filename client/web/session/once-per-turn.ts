/** However often it is asked for in one turn of the event loop, it runs once, after that turn. */
export function oncePerTurn(run: () => void): () => void {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    queueMicrotask(() => {
      asked = false;
      run();
    });
  };
}
