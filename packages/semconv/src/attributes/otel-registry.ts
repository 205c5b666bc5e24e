import * as names from './otel-names.ts'
import type { AttributeRow } from './attribute-definition.ts'

export const otelAttributes: readonly AttributeRow[] = [
  [names.ATTR_SERVICE_NAME, 'string', 'metadata', 'Name of the service.'],
  [names.ATTR_SERVICE_VERSION, 'string', 'metadata', 'Version of the service.'],
  [names.ATTR_SERVICE_INSTANCE_ID, 'string', 'identifier', 'Instance of the service.'],
  [names.ATTR_DEPLOYMENT_ENVIRONMENT_NAME, 'string', 'metadata', 'Environment that the service runs in.'],
  [names.ATTR_TELEMETRY_SDK_NAME, 'string', 'metadata', 'SDK that sends.'],
  [names.ATTR_TELEMETRY_SDK_VERSION, 'string', 'metadata', 'Version of the SDK that sends.'],
  [names.ATTR_TELEMETRY_SDK_LANGUAGE, 'string', 'metadata', 'Language of the SDK that sends.'],
  [names.ATTR_ERROR_TYPE, 'string', 'metadata', 'Class of the error.'],
  [names.ATTR_EXCEPTION_TYPE, 'string', 'metadata', 'Class of the exception.'],
  [names.ATTR_EXCEPTION_MESSAGE, 'string', 'content', 'Message of the exception.'],
  [names.ATTR_EXCEPTION_STACKTRACE, 'string', 'content', 'Stack trace of the exception.'],
  [names.ATTR_HTTP_RESPONSE_STATUS_CODE, 'int', 'metadata', 'HTTP status of the reply.'],
  [names.ATTR_EVENT_NAME, 'string', 'metadata', "Name of a log record's event."],
  [names.ATTR_ENDUSER_ID, 'string', 'identifier', 'Older name of the user.'],
]
