import { dataKind } from './data-kind.ts';
import { section } from './section.ts';

export const profiles = section(dataKind)
  .prefault({})
  .transform(({ store, retention }) => ({ stored: store, retentionSeconds: retention }));
