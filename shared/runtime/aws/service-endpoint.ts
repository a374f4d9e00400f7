/** By the beginning of a region's name: where its partition's services are, other than at `amazonaws.com`. */
const suffixes: readonly (readonly [regions: string, suffix: string])[] = [
  ['cn-', 'amazonaws.com.cn'],
  ['eusc-', 'amazonaws.eu'],
  ['us-iso-', 'c2s.ic.gov'],
  ['us-isob-', 'sc2s.sgov.gov'],
  ['eu-isoe-', 'cloud.adc-e.uk'],
  ['us-isof-', 'csp.hci.ic.gov'],
];

type Variables = Readonly<Record<string, string | undefined>>;

/** As the SDK finds it: what the environment names for this service or for all, otherwise the region's own. */
export function serviceEndpoint(service: string, variables: Variables): URL {
  const { AWS_REGION: region = '', AWS_ENDPOINT_URL: all } = variables;
  const named = variables[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ?? all;
  if (named !== undefined) return new URL(named);
  const [, suffix] = suffixes.find(([beginning]) => region.startsWith(beginning)) ?? [];
  return new URL(`https://${service}.${region}.${suffix ?? 'amazonaws.com'}`);
}
