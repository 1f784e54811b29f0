/** Compares large vectors: expect().toEqual looks at every element by itself, which takes minutes here. */
export const sameNumbers = (a: Float32Array, b: Float32Array): boolean =>
  Buffer.from(a.buffer, a.byteOffset, a.byteLength).equals(Buffer.from(b.buffer, b.byteOffset, b.byteLength))
