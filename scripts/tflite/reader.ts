/**
 * Reads the part of a TensorFlow Lite file that the face detectors use: one graph, float tensors, no quantisation.
 * The numbers of fields and operators are the format's own (TensorFlow's schema.fbs).
 */
import { ByteBuffer } from 'flatbuffers'

/** `data` is the constant's bytes, or null for what the graph computes. */
export type TfliteTensor = { name: string; dims: number[]; type: 'float32' | 'float16' | 'int32'; data: Uint8Array | null }
/** Options of an operator by the number of their field; see `Options`. */
export type TfliteOperator = { code: number; inputs: number[]; outputs: number[]; options: Options }
export type TfliteGraph = { tensors: TfliteTensor[]; inputs: number[]; outputs: number[]; operators: TfliteOperator[] }

/** Reads one scalar field of an operator's options; a field that is left out has its default. */
export type Options = { byte: (field: number) => number; int: (field: number, otherwise?: number) => number }

/** The file is not what this reader understands. */
export class TfliteError extends Error {
  readonly code = 'tflite'
}

const TYPES: Readonly<Record<number, TfliteTensor['type']>> = { 0: 'float32', 1: 'float16', 2: 'int32' }

/** One FlatBuffers table: fields are found through its vtable. */
class Table {
  constructor(
    private readonly bytes: ByteBuffer,
    private readonly position: number,
  ) {}

  private field(number: number): number | null {
    const offset = this.bytes.__offset(this.position, 4 + 2 * number)
    return offset === 0 ? null : this.position + offset
  }

  byte(field: number): number {
    const at = this.field(field)
    return at === null ? 0 : this.bytes.readInt8(at)
  }

  int(field: number, otherwise = 0): number {
    const at = this.field(field)
    return at === null ? otherwise : this.bytes.readInt32(at)
  }

  table(field: number): Table | null {
    const at = this.field(field)
    return at === null ? null : new Table(this.bytes, this.bytes.__indirect(at))
  }

  private vector<T>(field: number, width: number, read: (at: number) => T): T[] {
    const at = this.field(field)
    if (at === null) return []
    const start = this.bytes.__vector(at)
    return Array.from({ length: this.bytes.__vector_len(at) }, (_, index) => read(start + index * width))
  }

  ints(field: number): number[] {
    return this.vector(field, 4, (at) => this.bytes.readInt32(at))
  }

  tables(field: number): Table[] {
    return this.vector(field, 4, (at) => new Table(this.bytes, this.bytes.__indirect(at)))
  }

  bytesOf(field: number): Uint8Array | null {
    const at = this.field(field)
    if (at === null) return null
    const start = this.bytes.__vector(at)
    return this.bytes.bytes().subarray(start, start + this.bytes.__vector_len(at))
  }

  text(field: number): string {
    return new TextDecoder().decode(this.bytesOf(field) ?? new Uint8Array())
  }
}

const NO_OPTIONS: Options = { byte: () => 0, int: (_, otherwise = 0) => otherwise }

const tensorOf = (table: Table, buffers: readonly Table[]): TfliteTensor => {
  const name = table.text(3)
  const type = TYPES[table.byte(1)]
  if (type === undefined) throw new TfliteError(`tensor ${name} has data type ${table.byte(1)}, which this reader does not know`)
  const data = buffers[table.int(2)]?.bytesOf(0) ?? null
  return { name, dims: table.ints(0), type, data: data?.length ? data : null }
}

/**
 * The one graph of a .tflite file.
 * @throws TfliteError when it is no such file, or holds what the reader does not know
 */
export const readTflite = (file: Uint8Array): TfliteGraph => {
  const bytes = new ByteBuffer(file)
  if (new TextDecoder().decode(file.subarray(4, 8)) !== 'TFL3') throw new TfliteError('this is not a TensorFlow Lite file (no TFL3 mark)')
  const model = new Table(bytes, bytes.readInt32(0))
  const codes = model.tables(1).map((code) => Math.max(code.byte(0), code.int(3)))
  const buffers = model.tables(4)
  const [graph, ...others] = model.tables(2)
  if (graph === undefined || others.length > 0) throw new TfliteError(`expected one graph, found ${graph ? 1 + others.length : 0}`)
  return {
    tensors: graph.tables(0).map((tensor) => tensorOf(tensor, buffers)),
    inputs: graph.ints(1),
    outputs: graph.ints(2),
    operators: graph.tables(3).map((operator) => ({
      code: codes[operator.int(0)] ?? -1,
      inputs: operator.ints(1),
      outputs: operator.ints(2),
      options: operator.table(4) ?? NO_OPTIONS,
    })),
  }
}
