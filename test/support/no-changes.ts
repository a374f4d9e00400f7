/** Where nobody is away, and no hold keeps what a message said before. */
export const noChanges = {
  versions: { removeVersions: async () => undefined },
  note: async () => undefined,
} as const;

/** Likewise, of the messages that a hold walks through. */
export const noVersions = {
  removeVersions: async () => undefined,
  forgetVersions: async () => undefined,
} as const;
