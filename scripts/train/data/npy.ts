/** Reads an array as NumPy stores it. */

// Source: NumPy's format description, version 1.0: magic, version at 6, length of the header at 8 (16 bits), the header at 10, then the numbers.
const HEADER_AT = 10

/** The float32 numbers of an .npy file, in C order, and their shape. Throws, naming `name`, when it holds anything else. */
export const readNpy = (name: string, file: Buffer): { shape: number[]; values: Float32Array } => {
  const end = HEADER_AT + (file.length > HEADER_AT ? file.readUInt16LE(8) : 0)
  const header = file.toString('latin1', HEADER_AT, end)
  const dims = /'shape': \(([^)]*)\)/.exec(header)?.[1]
  if (!header.includes("'descr': '<f4'") || !header.includes("'fortran_order': False") || dims === undefined)
    throw new Error(`${name} is no .npy file of float32 numbers in C order (its header: "${header.trim().slice(0, 80)}")`)
  const shape = dims.split(',').flatMap((dim) => (dim.trim() === '' ? [] : [Number(dim)]))
  const count = shape.reduce((product, dim) => product * dim, 1)
  if (file.length !== end + count * 4) throw new Error(`${name} holds ${file.length - end} bytes, its header asks for ${count * 4}`)
  return { shape, values: Float32Array.from({ length: count }, (_, at) => file.readFloatLE(end + at * 4)) }
}
