/** As long as one invocation may follow a hold: the next goes on. Its second look comes later than that. */
export const holdSeconds = 120;

/** Every how many minutes unfinished work on holds is taken up again. */
export const holdPeriodMinutes = 5;
