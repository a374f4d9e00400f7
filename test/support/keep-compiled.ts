import { cacheRoot, compiledIn } from '../../infra/local/synthesis/cache-root.ts';

/** Every worker, and every program that a test starts, finds compiled what another one has compiled. */
export function keepCompiled(): void {
  process.env['NODE_COMPILE_CACHE'] ??= compiledIn(cacheRoot(process.env));
}
