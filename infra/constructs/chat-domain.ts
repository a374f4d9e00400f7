import { ApiMapping, DomainName, type IStage, type WebSocketApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { ApiGatewayv2DomainProperties } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import { ConfigurationError } from '../configuration/configuration-error.ts';
import { type Domain, regionOfCertificate } from '../configuration/deployment.ts';

export type ChatDomainProps = Domain & {
  readonly api: WebSocketApi;
  readonly stage: IStage;
  readonly region: string;
};

/** The operator's own name for the API, which goes on answering under AWS's name too: the functions push through that. */
export class ChatDomain extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, { api, stage, region, ...domain }: ChatDomainProps) {
    super(scope, id);
    const { name, certificateArn, hostedZoneId } = domain;
    const certificateRegion = regionOfCertificate(domain);
    if (certificateRegion !== region) {
      throw new ConfigurationError([
        `domain.certificateArn: the certificate is in ${certificateRegion}; allowed: one in ${region}, where the API is`,
      ]);
    }
    const domainName = new DomainName(this, 'Name', {
      domainName: name,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
    });
    new ApiMapping(this, 'Mapping', { api, domainName, stage });
    this.url = `wss://${name}`;
    if (hostedZoneId === undefined) return;
    new ARecord(this, 'Record', {
      zone: HostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId, zoneName: name }),
      // The zone is the name's or one above it: a dot at the end says that nothing is to be added.
      recordName: `${name}.`,
      target: RecordTarget.fromAlias(
        new ApiGatewayv2DomainProperties(domainName.regionalDomainName, domainName.regionalHostedZoneId),
      ),
    });
  }
}
