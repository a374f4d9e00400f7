import { environmentNamePlaces } from './environment-names.ts';
import { type KeyFormat, keyFormats } from './key-formats.ts';
import { sourcesOf } from './sources.ts';

/** Its records are read together by an export, whose store repeats their keys. */
const repeating = 'shared/stores/privacy/';

/** What stands in a second place, a line for each. */
export function structureProblems(root: string): readonly string[] {
  const sources = sourcesOf(root);
  const names = [...environmentNamePlaces(sources)].flatMap(([name, places]) =>
    places.map(
      (place) => `${place}  ${name}: an environment name stands in shared/runtime/environment.ts only`,
    ),
  );
  return [...names, ...keyProblems(keyFormats(sources))];
}

function keyProblems(formats: readonly KeyFormat[]): readonly string[] {
  return formats.flatMap(({ format, path, place }, index) => {
    if (!path.startsWith('shared/stores/'))
      return [`${place}  ${format}: a key's format stands in its store, in shared/stores/`];
    const first = formats.findIndex((each) => each.format === format);
    return first === index || path.startsWith(repeating)
      ? []
      : [`${place}  ${format}: stands in ${formats[first]?.place} already`];
  });
}
