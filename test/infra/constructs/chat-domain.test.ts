import { readable } from '../support/readable.ts';
import { templates } from '../support/templates.ts';

const certificateArn = 'arn:aws:acm:ap-northeast-2:123456789012:certificate/abc-1';
const domain = { name: 'chat.example.com', certificateArn };
const named = templates({ domain });

test('the API answers under the name, with the certificate, at the top', () => {
  named.chat.hasResourceProperties('AWS::ApiGatewayV2::DomainName', {
    DomainName: 'chat.example.com',
    DomainNameConfigurations: [{ CertificateArn: certificateArn, EndpointType: 'REGIONAL' }],
  });
  const [mapping] = Object.values(named.chat.findResources('AWS::ApiGatewayV2::ApiMapping'));
  expect(mapping?.['Properties']).not.toHaveProperty('ApiMappingKey');
  expect(readable(named)(mapping?.['Properties'].ApiId)).toBe('ChatApi');
  expect(named.chat.findOutputs('WebSocketUrl')['WebSocketUrl']).toMatchObject({
    Value: 'wss://chat.example.com',
  });
});

test('the functions push under the name of AWS, whatever the clients call it', () => {
  const callback = JSON.stringify(named.chat.findResources('AWS::Lambda::Function'));
  expect(callback).not.toContain('chat.example.com');
});

test('the DNS record is made where the zone is named, and only there', () => {
  named.chat.resourceCountIs('AWS::Route53::RecordSet', 0);
  templates({ domain: { ...domain, hostedZoneId: 'Z0123456789' } }).chat.hasResourceProperties(
    'AWS::Route53::RecordSet',
    { Name: 'chat.example.com.', Type: 'A', HostedZoneId: 'Z0123456789' },
  );
});

test('a certificate of another region is refused at synth', () => {
  const elsewhere = { ...domain, certificateArn: certificateArn.replace('ap-northeast-2', 'us-east-1') };
  expect(() => templates({ domain: elsewhere })).toThrow(
    'domain.certificateArn: the certificate is in us-east-1; allowed: one in ap-northeast-2, where the API is',
  );
});
