/** A piece of work: an invocation that is not done by then goes back into the queue. */
export const erasureSeconds = 60;
