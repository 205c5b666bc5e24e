import protobuf from 'protobufjs'

/**
 * The part of OTLP 1.x that the ingest reads, for protobufjs: the judge that our own decoder is held against.
 * Text is not verified as UTF-8 on purpose; see `decodeTracesProtobuf`.
 */
const source = `
  syntax = "proto2";
  message AnyValue {
    oneof value {
      string string_value = 1; bool bool_value = 2; int64 int_value = 3; double double_value = 4;
      ArrayValue array_value = 5; KeyValueList kvlist_value = 6; bytes bytes_value = 7;
    }
  }
  message ArrayValue { repeated AnyValue values = 1; }
  message KeyValueList { repeated KeyValue values = 1; }
  message KeyValue { optional string key = 1; optional AnyValue value = 2; }
  message Scope {
    optional string name = 1; optional string version = 2; repeated KeyValue attributes = 3;
    optional uint32 dropped_attributes_count = 4;
  }
  message Resource { repeated KeyValue attributes = 1; optional uint32 dropped_attributes_count = 2; }
  message Event {
    optional fixed64 time_unix_nano = 1; optional string name = 2; repeated KeyValue attributes = 3;
    optional uint32 dropped_attributes_count = 4;
  }
  message Link {
    optional bytes trace_id = 1; optional bytes span_id = 2; optional string trace_state = 3;
    repeated KeyValue attributes = 4; optional uint32 dropped_attributes_count = 5; optional fixed32 flags = 6;
  }
  message Status { optional string message = 2; optional int32 code = 3; }
  message Span {
    optional bytes trace_id = 1; optional bytes span_id = 2; optional string trace_state = 3;
    optional bytes parent_span_id = 4; optional string name = 5; optional int32 kind = 6;
    optional fixed64 start_time_unix_nano = 7; optional fixed64 end_time_unix_nano = 8;
    repeated KeyValue attributes = 9; optional uint32 dropped_attributes_count = 10;
    repeated Event events = 11; optional uint32 dropped_events_count = 12;
    repeated Link links = 13; optional uint32 dropped_links_count = 14;
    optional Status status = 15; optional fixed32 flags = 16;
  }
  message ScopeSpans { optional Scope scope = 1; repeated Span spans = 2; optional string schema_url = 3; }
  message ResourceSpans {
    optional Resource resource = 1; repeated ScopeSpans scope_spans = 2; optional string schema_url = 3;
  }
  message ExportTraceServiceRequest { repeated ResourceSpans resource_spans = 1; }
  message LogRecord {
    optional fixed64 time_unix_nano = 1; optional int32 severity_number = 2; optional string severity_text = 3;
    optional AnyValue body = 5; repeated KeyValue attributes = 6; optional uint32 dropped_attributes_count = 7;
    optional fixed32 flags = 8; optional bytes trace_id = 9; optional bytes span_id = 10;
    optional fixed64 observed_time_unix_nano = 11; optional string event_name = 12;
  }
  message ScopeLogs { optional Scope scope = 1; repeated LogRecord log_records = 2; optional string schema_url = 3; }
  message ResourceLogs {
    optional Resource resource = 1; repeated ScopeLogs scope_logs = 2; optional string schema_url = 3;
  }
  message ExportLogsServiceRequest { repeated ResourceLogs resource_logs = 1; }
  message PartialSuccess { optional int64 rejected = 1; optional string error_message = 2; }
  message ExportResponse { optional PartialSuccess partial_success = 1; }
  message RpcStatus { optional int32 code = 1; optional string message = 2; }
`

const { root } = protobuf.parse(source, { keepCase: false })

export const otlpTypes = {
  traces: root.lookupType('ExportTraceServiceRequest'),
  logs: root.lookupType('ExportLogsServiceRequest'),
  response: root.lookupType('ExportResponse'),
  status: root.lookupType('RpcStatus'),
}
