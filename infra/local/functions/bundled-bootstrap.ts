/** The name of the bundled `bootstrap.ts`, beside the bundles of the functions. */
export const bundledBootstrap = '.bootstrap.mjs';
