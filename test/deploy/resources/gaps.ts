/** What MiniStack does not support or answers wrongly. Each is looked at: one that is none any more fails the test. */
export type Gap = {
  readonly type: string;
  /** Without one the type as such: it is left out of what is deployed. */
  readonly property?: string;
  readonly why: string;
};

export const gaps: readonly Gap[] = [
  {
    type: 'AWS::ApiGatewayV2::RouteResponse',
    why: 'its CloudFormation does not know the type; on AWS a route without one answers no frame',
  },
  {
    type: 'AWS::ApiGatewayV2::Stage',
    property: 'DefaultRouteSettings',
    why: 'stored, but answered under names that no SDK reads; nothing is throttled',
  },
  {
    type: 'AWS::DynamoDB::Table',
    property: 'TimeToLiveSpecification',
    why: 'its CloudFormation does not switch it on',
  },
  {
    type: 'AWS::Lambda::EventSourceMapping',
    property: 'Tags',
    why: 'its CloudFormation drops them',
  },
  {
    type: 'AWS::Lambda::EventSourceMapping',
    property: 'ScalingConfig',
    why: 'its CloudFormation drops it',
  },
  {
    type: 'AWS::Lambda::Function',
    property: 'RecursiveLoop',
    why: 'it knows no such setting; loops are not detected there',
  },
  {
    type: 'AWS::S3::Bucket',
    property: 'LifecycleConfiguration',
    why: 'its CloudFormation does not set it',
  },
  {
    type: 'AWS::S3::Bucket',
    property: 'Tags',
    why: 'its CloudFormation sets none',
  },
];

/** The types that are taken out of the templates before they are deployed. */
export const unknownTypes: ReadonlySet<string> = new Set(
  gaps.filter(({ property }) => property === undefined).map(({ type }) => type),
);
