// OpenTelemetry core names that agents need.

/** Name of the service. */
export const ATTR_SERVICE_NAME = 'service.name'
/** Version of the service. */
export const ATTR_SERVICE_VERSION = 'service.version'
/** Instance of the service. */
export const ATTR_SERVICE_INSTANCE_ID = 'service.instance.id'
/** Environment that the service runs in. */
export const ATTR_DEPLOYMENT_ENVIRONMENT_NAME = 'deployment.environment.name'
/** SDK that sends. */
export const ATTR_TELEMETRY_SDK_NAME = 'telemetry.sdk.name'
/** Version of the SDK that sends. */
export const ATTR_TELEMETRY_SDK_VERSION = 'telemetry.sdk.version'
/** Language of the SDK that sends. */
export const ATTR_TELEMETRY_SDK_LANGUAGE = 'telemetry.sdk.language'
/** Class of the error. */
export const ATTR_ERROR_TYPE = 'error.type'
/** Class of the exception. */
export const ATTR_EXCEPTION_TYPE = 'exception.type'
/** Message of the exception. */
export const ATTR_EXCEPTION_MESSAGE = 'exception.message'
/** Stack trace of the exception. */
export const ATTR_EXCEPTION_STACKTRACE = 'exception.stacktrace'
/** HTTP status of the reply. */
export const ATTR_HTTP_RESPONSE_STATUS_CODE = 'http.response.status_code'
/** Name of a log record's event. */
export const ATTR_EVENT_NAME = 'event.name'
/** Older name of the user. */
export const ATTR_ENDUSER_ID = 'enduser.id'
