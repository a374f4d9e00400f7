import { type DataKind, dataKinds } from './declaration.ts';
import { type Flow, flowsOf } from './flows.ts';
import { functionsOf } from './functions.ts';
import { recipientsOf, type ToldRecipient } from './recipients.ts';
import { type Store, storesOf } from './stores.ts';
import { ofType, type System } from './system.ts';

/** A service of the cloud provider that personal data is with, for which kinds and to what end. */
export type SubProcessor = {
  readonly service: string;
  readonly regions: readonly string[];
  readonly kinds: readonly DataKind[];
  readonly does: string;
};

export type DataMap = {
  readonly stores: readonly Store[];
  readonly flows: readonly Flow[];
  readonly subProcessors: readonly SubProcessor[];
  readonly recipients: readonly ToldRecipient[];
};

export function dataMap(system: System): DataMap {
  const stores = storesOf(system);
  const flows = flowsOf(system);
  const subProcessors = [...holding(stores), ...computing(system, stores)];
  return { stores, flows, subProcessors, recipients: recipientsOf(system) };
}

const once = <Item>(items: readonly Item[]): readonly Item[] => [...new Set(items)];

const kindsOf = (stores: readonly Store[]): readonly DataKind[] =>
  dataKinds.filter((kind) => stores.some(({ kinds }) => kinds.includes(kind)));

function holding(stores: readonly Store[]): readonly SubProcessor[] {
  return once(stores.map(({ service }) => service)).map((service) => {
    const its = stores.filter((store) => store.service === service);
    const names = once(its.map(({ name }) => name.replace(/\/.*/, '')));
    return {
      service,
      regions: once(its.map(({ region }) => region)),
      kinds: kindsOf(its),
      does: `holds or carries ${names.join(', ')}`,
    };
  });
}

/** What holds nothing, yet sees what it works on: no resource of the template stands for it as a store. */
function computing(system: System, stores: readonly Store[]): readonly SubProcessor[] {
  const functions = functionsOf(system);
  if (functions.length === 0) return [];
  const regions = once(functions.map(({ resource }) => resource.region));
  const touched = stores.filter(({ access }) => access.length > 0);
  const keys = ofType(system, 'AWS::KMS::Key');
  return [
    {
      service: 'AWS Lambda',
      regions,
      kinds: kindsOf(touched),
      does: `runs ${functions.length} functions: data is in memory for as long as one runs`,
    },
    {
      service: 'Amazon CloudWatch metrics',
      regions,
      kinds: ['ids'],
      does: 'counts, ages and times without any id, kept by the service for 15 months',
    },
    ...(keys.length === 0
      ? []
      : [
          {
            service: 'AWS KMS',
            regions: once(keys.map(({ region }) => region)),
            kinds: [],
            does: 'holds the customer keys, no data',
          },
        ]),
  ];
}
