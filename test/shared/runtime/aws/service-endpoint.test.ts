import { partition } from '@aws-sdk/core/client';
import { serviceEndpoint } from '../../../../shared/runtime/aws/service-endpoint.ts';

const regions = [
  'eu-west-1',
  'us-east-1',
  'ap-southeast-7',
  'us-gov-west-1',
  'cn-north-1',
  'eusc-de-east-1',
  'us-iso-east-1',
  'us-isob-east-1',
  'eu-isoe-west-1',
  'us-isof-south-1',
];

test.each(regions)('the services of %s are where the SDK has them', (region) => {
  const { host } = serviceEndpoint('dynamodb', { AWS_REGION: region });
  expect(host).toBe(`dynamodb.${region}.${partition(region).dnsSuffix}`);
});

test('what the environment names goes first: for the service, then for all of them', () => {
  const all = { AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL: 'http://127.0.0.1:1' };
  const named = { ...all, AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:2/path' };
  expect(serviceEndpoint('dynamodb', all).href).toBe('http://127.0.0.1:1/');
  expect(serviceEndpoint('dynamodb', named).href).toBe('http://127.0.0.1:2/path');
});
