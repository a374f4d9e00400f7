export type Listener<Event> = (event: Event) => void;

export type Emitter<Events> = {
  on<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): () => void;
  emit<Name extends keyof Events>(name: Name, event: Events[Name]): void;
};

export function emitter<Events>(): Emitter<Events> {
  const listeners: { [Name in keyof Events]?: Set<Listener<Events[Name]>> } = {};
  return {
    on(name, listener) {
      const set = listeners[name] ?? new Set();
      listeners[name] = set;
      set.add(listener);
      return () => {
        set.delete(listener);
      };
    },
    emit(name, event) {
      // A copy: a listener may take itself away while it is called.
      for (const listener of [...(listeners[name] ?? [])]) {
        try {
          listener(event);
        } catch (error) {
          // The app's fault is reported as an uncaught one: it must neither be hidden nor break the client.
          queueMicrotask(() => {
            throw error;
          });
        }
      }
    },
  };
}
