import { notConnected } from '../../wire/lapse-error.ts';
import type { ChatSession } from './chat-session.ts';

/** The session of whoever is signed in at this tab. */
export type CurrentSession = {
  /** Undefined while nobody is. */
  get(): ChatSession | undefined;
  /** Throws while nobody is. */
  required(): ChatSession;
  /** In place of another, which ends. */
  set(session: ChatSession | undefined): void;
  /** Which conversation is open. */
  openId(): string | undefined;
};

export function currentSession(): CurrentSession {
  let current: ChatSession | undefined;
  return {
    get: () => current,
    required() {
      if (current === undefined) throw notConnected();
      return current;
    },
    set(session) {
      current?.close();
      current = session;
    },
    openId: () => current?.openId(),
  };
}
