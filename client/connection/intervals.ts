export const intervals = {
  /** Fan-out reads the connections eventually consistently: what it missed shows in a second hello. */
  secondHelloMs: 3_000,
  /** API Gateway closes an idle socket after 10 minutes. A ping: a push that got lost shows by the next message, or when the session is renewed. */
  keepAliveMs: 9 * 60_000,
  /** How often it is looked whether time has jumped, and what counts as a jump: browsers slow the timers of hidden pages. */
  watchMs: 30_000,
  lateMs: 90_000,
  /** Whoever was answered so lately need not ask whether the connection still stands. */
  freshMs: 10_000,
  /** API Gateway closes every socket after 2 hours; what connected together shall not come back together. */
  renewMs: 110 * 60_000,
  renewJitterMs: 5 * 60_000,
} as const;
