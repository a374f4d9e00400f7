/** What the data of a release is written and read under: nothing in it ends before anybody reads it. */
export const lastingConfiguration = {
  messages: { store: true, retention: '36500d' },
  profiles: { store: true, retention: '36500d' },
};
