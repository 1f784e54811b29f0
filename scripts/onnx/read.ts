/** Reads an ONNX file of ours back into the plain description of its graph. */
import { z } from 'zod'
import { attributeType, dataType, modelProto } from './messages.js'
import { type OnnxAttribute, type OnnxGraph, OnnxModelError, type OnnxTensor } from './model.js'

const value = z.object({
  name: z.string(),
  type: z.object({
    tensor_type: z.object({
      shape: z.object({ dim: z.array(z.object({ dim_value: z.number().optional(), dim_param: z.string().optional() })) }),
    }),
  }),
})

const schema = z.object({
  graph: z.object({
    name: z.string(),
    input: z.array(value),
    output: z.array(value),
    initializer: z.array(
      z.object({ name: z.string(), dims: z.array(z.number()).default([]), data_type: z.number(), raw_data: z.instanceof(Uint8Array) }),
    ),
    node: z.array(
      z.object({
        op_type: z.string(),
        input: z.array(z.string()).default([]),
        output: z.array(z.string()),
        attribute: z
          .array(
            z.object({
              name: z.string(),
              type: z.number(),
              i: z.number().optional(),
              f: z.number().optional(),
              ints: z.array(z.number()).optional(),
            }),
          )
          .default([]),
      }),
    ),
  }),
  metadata_props: z.array(z.object({ key: z.string(), value: z.string() })).default([]),
})

type Read = z.infer<typeof schema>['graph']

const tensorOf = ({ name, dims, data_type, raw_data }: Read['initializer'][number]): OnnxTensor => {
  // A copy, because numbers must begin at a multiple of their size.
  const { buffer } = Uint8Array.from(raw_data)
  if (data_type === dataType.float32) return { name, dims, data: new Float32Array(buffer) }
  if (data_type === dataType.int64) return { name, dims, data: new BigInt64Array(buffer) }
  throw new OnnxModelError(`tensor ${name} has type ${data_type}; only float32 and int64 are read`)
}

const attributeOf = ({ name, type, i, f, ints }: Read['node'][number]['attribute'][number]): OnnxAttribute => {
  if (type === attributeType.int) return { int: i ?? 0 }
  if (type === attributeType.ints) return { ints: ints ?? [] }
  if (type === attributeType.float) return { float: f ?? 0 }
  throw new OnnxModelError(`attribute ${name} has type ${type}, which is not read`)
}

const shapeOf = ({ name, type }: z.infer<typeof value>) => ({
  name,
  dims: type.tensor_type.shape.dim.map(({ dim_value, dim_param }) => dim_param ?? dim_value ?? 0),
})

/** @throws OnnxModelError, or ZodError, where the file is none that encodeModel wrote */
export const decodeModel = (bytes: Uint8Array): OnnxGraph => {
  const { graph, metadata_props } = schema.parse(modelProto.toObject(modelProto.decode(bytes), { longs: Number }))
  return {
    name: graph.name,
    inputs: graph.input.map(shapeOf),
    outputs: graph.output.map(shapeOf),
    initializers: graph.initializer.map(tensorOf),
    nodes: graph.node.map(({ op_type, input, output, attribute }) => ({
      op: op_type,
      inputs: input,
      outputs: output,
      attributes: Object.fromEntries(attribute.map((each) => [each.name, attributeOf(each)])),
    })),
    metadata: Object.fromEntries(metadata_props.map(({ key, value: text }) => [key, text])),
  }
}
