import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { cacheRoot, compiledIn } from './cache-root.ts';
import { contentCache } from './content-cache.ts';
import { contentKey, sourceKey } from './content-key.ts';
import { decidingEnvironment } from './synthesis-environment.ts';
import { bundleFunctions, projectRoot, synthesize } from './synthesize.ts';

export type KeptAssemblyOptions = {
  /** An operator configuration other than ./lapse.config.json. */
  readonly configFile?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((line: string) => void) | undefined;
  /** Where it is kept. */
  readonly root?: string;
  /** Whose sources it is made from. */
  readonly project?: string;
};

/** The cloud assembly of the working tree under an operator configuration, made once for each content of both. */
export async function keptAssembly(options: KeptAssemblyOptions = {}): Promise<string> {
  const { root = cacheRoot(process.env), project = projectRoot, signal, configFile } = options;
  const [functions, assemblies] = ['functions', 'assemblies'].map((name) => contentCache(join(root, name)));
  const compiled = compiledIn(root);
  const config = configFile === undefined ? join(project, 'lapse.config.json') : resolve(configFile);
  const keysNow = async () => {
    const sources = sourceKey(project);
    return { sources, all: contentKey(root, sources, decidingEnvironment(), await textOf(config)) };
  };
  for (;;) {
    const keys = await keysNow();
    const bundles = await functions?.folder(
      keys.sources,
      async (folder) => {
        options.onProgress?.('bundling the functions');
        await bundleFunctions({ folder, project, signal, compiled });
        return (await keysNow()).sources === keys.sources;
      },
      signal,
    );
    if (bundles === undefined) continue;
    const assembly = await assemblies?.folder(
      keys.all,
      async (folder) => {
        options.onProgress?.('synthesizing the stacks');
        await synthesize({ folder, project, signal, compiled, configFile, bundles });
        return (await keysNow()).all === keys.all;
      },
      signal,
    );
    // Otherwise somebody changed a source meanwhile: again, with the new ones.
    if (assembly !== undefined) return assembly;
  }
}

/** What cannot be read is complained of by the synthesis. */
const textOf = (file: string): Promise<string> => readFile(file, 'utf8').catch(() => '');
