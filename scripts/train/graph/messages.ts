/** The part of TensorFlow's Protocol Buffers schema that our graphs need; names and field numbers are TensorFlow's own (saved_model.proto, graph.proto). */
import protobuf from 'protobufjs'

const schema = `
syntax = "proto3";
message SavedModel { int64 saved_model_schema_version = 1; repeated MetaGraphDef meta_graphs = 2; }
message MetaGraphDef { MetaInfoDef meta_info_def = 1; GraphDef graph_def = 2; map<string, SignatureDef> signature_def = 5; }
message MetaInfoDef { repeated string tags = 4; }
message SignatureDef { map<string, TensorInfo> inputs = 1; map<string, TensorInfo> outputs = 2; string method_name = 3; }
message TensorInfo { string name = 1; int32 dtype = 2; TensorShape tensor_shape = 3; }
message GraphDef { repeated NodeDef node = 1; VersionDef versions = 4; }
message VersionDef { int32 producer = 1; }
message NodeDef { string name = 1; string op = 2; repeated string input = 3; map<string, AttrValue> attr = 5; }
message AttrValue {
  oneof value { ListValue list = 1; bytes s = 2; int64 i = 3; float f = 4; bool b = 5; int32 type = 6; TensorShape shape = 7; TensorProto tensor = 8; }
}
message ListValue { repeated int64 i = 3; }
message TensorProto { int32 dtype = 1; TensorShape tensor_shape = 2; bytes tensor_content = 4; }
message TensorShape { repeated Dim dim = 2; bool unknown_rank = 3; }
message Dim { int64 size = 1; }
`

/** The whole of saved_model.pb. */
export const savedModelProto = protobuf.parse(schema, { keepCase: true }).root.lookupType('SavedModel')

/** DataType of types.proto. */
export const dataType = { float32: 1, int32: 3 } as const
export type DataType = (typeof dataType)[keyof typeof dataType]
