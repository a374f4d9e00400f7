import * as clients from './aws-clients.ts';

/** One of each per execution environment, made when it is first needed. */
export const database = once(clients.databaseClient);
export const objects = once(clients.objectClient);
export const queues = once(clients.queueClient);
export const functions = once(clients.functionClient);

/* @__NO_SIDE_EFFECTS__ */
function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
