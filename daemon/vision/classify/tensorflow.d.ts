/**
 * The part of @tensorflow/tfjs-node that the daemon uses, described by us: the package is optional, and the compile must not
 * need it. scripts/train/tensorflow.d.ts adds what training uses.
 */
declare module '@tensorflow/tfjs-node' {
  export interface Tensor {
    readonly shape: readonly number[]
    dataSync(): Float32Array
    data(): Promise<Float32Array>
    dispose(): void
  }
  export interface LayersModel {
    readonly inputs: readonly { readonly shape: readonly (number | null)[] }[]
    readonly outputs: readonly { readonly shape: readonly (number | null)[] }[]
    predict(x: Tensor): Tensor | Tensor[]
    save(url: string): Promise<object>
    dispose(): object
  }
  export interface Tf {
    ready(): Promise<void>
    tidy<T>(f: () => T): T
    tensor4d(values: Float32Array, shape: readonly [number, number, number, number]): Tensor
    /** A URL, or something that gives topology and weights. */
    loadLayersModel(source: string | { load(): Promise<object> }): Promise<LayersModel>
  }
  const tf: Tf
  // CommonJS: its whole export is the default.
  export default tf
}
