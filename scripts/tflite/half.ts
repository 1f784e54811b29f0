/** IEEE 754 half precision, which JavaScript has no array for in Node 20. */

/** Sign 1 bit, exponent 5 bits (bias 15), fraction 10 bits. */
const halfFloat = (bits: number): number => {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

/** The values of half precision numbers given as their 16 bits. */
export const halfFloats = (halves: Uint16Array): Float32Array => Float32Array.from(halves, halfFloat)
