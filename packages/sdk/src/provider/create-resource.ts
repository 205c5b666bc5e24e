import {
  ATTR_DEPLOYMENT_ENVIRONMENT_NAME,
  ATTR_SERVICE_NAME,
  ATTR_SERVICE_VERSION,
  ATTR_TELEMETRY_SDK_LANGUAGE,
  ATTR_TELEMETRY_SDK_NAME,
  ATTR_TELEMETRY_SDK_VERSION,
} from '@clew/semconv/attributes'
import { resourceFromAttributes } from '@opentelemetry/resources'
import type { Resource } from '@opentelemetry/resources'

import type { Config } from '../config/config.ts'
import { sdkName, sdkVersion } from '../version.ts'

/** The resource that this process's spans are sent under. */
export function createResource(config: Config): Resource {
  return resourceFromAttributes({
    ...config.resourceAttributes,
    [ATTR_SERVICE_NAME]: config.serviceName,
    ...(config.serviceVersion === undefined ? {} : { [ATTR_SERVICE_VERSION]: config.serviceVersion }),
    ...(config.environment === undefined ? {} : { [ATTR_DEPLOYMENT_ENVIRONMENT_NAME]: config.environment }),
    [ATTR_TELEMETRY_SDK_LANGUAGE]: 'nodejs',
    [ATTR_TELEMETRY_SDK_NAME]: sdkName,
    [ATTR_TELEMETRY_SDK_VERSION]: sdkVersion,
  })
}

/**
 * Sends every span under our resource; what another provider knows beside it (host, process) is kept, and so
 * is its service name where nobody gave us one.
 */
export function createResourceMapper(args: {
  own: Resource
  isNamed: boolean
}): (resource: Resource) => Resource {
  const merged = new WeakMap<Resource, Resource>([[args.own, args.own]])
  return (resource) => {
    const known = merged.get(resource)
    if (known !== undefined) return known
    const theirs = resource.attributes[ATTR_SERVICE_NAME]
    const keepsTheirs = !args.isNamed && typeof theirs === 'string' && !theirs.startsWith('unknown_service')
    // By attributes alone: a resource of another version of OpenTelemetry doesn't take one of ours.
    const joined = resourceFromAttributes({
      ...resource.attributes,
      ...args.own.attributes,
      ...(keepsTheirs ? { [ATTR_SERVICE_NAME]: theirs } : {}),
    })
    merged.set(resource, joined)
    return joined
  }
}
