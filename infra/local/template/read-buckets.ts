import * as z from 'zod';
import type { LocalBucket } from '../model/system-model.ts';
import { ofType, readProperties, wholeNumber } from './read-properties.ts';
import type { ResolvedResource } from './resolved-resources.ts';

const names = z.array(z.string()).default([]);

const bucketShape = z.object({
  CorsConfiguration: z
    .object({
      CorsRules: z.array(
        z.object({
          AllowedOrigins: names,
          AllowedMethods: names,
          AllowedHeaders: names,
          ExposedHeaders: names,
          MaxAge: wholeNumber.default(0),
        }),
      ),
    })
    .default({ CorsRules: [] }),
});

export const readBuckets = (resources: readonly ResolvedResource[]): readonly LocalBucket[] =>
  ofType(resources, 'AWS::S3::Bucket').map((resource) => ({
    bucketName: resource.ref,
    corsRules: readProperties(resource, bucketShape).CorsConfiguration.CorsRules.map((rule) => ({
      allowedOrigins: rule.AllowedOrigins,
      allowedMethods: rule.AllowedMethods,
      allowedHeaders: rule.AllowedHeaders,
      exposedHeaders: rule.ExposedHeaders,
      maxAgeSeconds: rule.MaxAge,
    })),
  }));
