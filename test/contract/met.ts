/** What the suite has met in this process: actions that were acked, and pushes that came. */
export const met = { actions: new Set<string>(), pushes: new Set<string>() };
