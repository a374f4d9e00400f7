import type { DataMap } from './data-map.ts';

/** Where two data maps say something else, a line each; by the names of stores, flows and services. */
export function differences(map: DataMap, deployed: DataMap): readonly string[] {
  const said = facts(map);
  const found = facts(deployed);
  const names = [...new Set([...said.keys(), ...found.keys()])].toSorted();
  return names.flatMap((name) => {
    const [one, other] = [said.get(name), found.get(name)];
    if (one === other) return [];
    if (other === undefined) return [`${name}: on the map, not deployed`];
    if (one === undefined) return [`${name}: deployed, not on the map`];
    return [`${name}: the map says ${one}, deployed is ${other}`];
  });
}

function facts({ stores, flows, subProcessors, recipients }: DataMap): ReadonlyMap<string, string> {
  return new Map([
    ...stores.flatMap(({ name, ...rest }) => fieldsOf(`store ${name}`, rest)),
    ...flows.map(({ from, to, service }) => [`flow ${from} to ${to}`, service] as const),
    ...subProcessors.flatMap(({ service, ...rest }) => fieldsOf(`service ${service}`, rest)),
    ...recipients.flatMap(({ address, ...rest }) => fieldsOf(`recipient ${address}`, rest)),
  ]);
}

/** One entry for the thing itself, and one for each of its fields. */
function fieldsOf(name: string, fields: object): readonly (readonly [string, string])[] {
  return [
    [name, 'present'],
    ...Object.entries(fields).map(([field, value]) => [`${name} ${field}`, JSON.stringify(value)] as const),
  ];
}
