/**
 * The part of @tensorflow/tfjs-node that training uses, described by us: the package is optional, and the compile must not
 * need it. Merges with daemon/vision/classify/tensorflow.d.ts.
 */
declare module '@tensorflow/tfjs-node' {
  /** A graph in the form that TensorFlow itself runs. */
  export interface SavedModel {
    predict(inputs: Readonly<Record<string, Tensor>>): Record<string, Tensor>
    dispose(): void
  }
  /** A symbolic tensor of the layers API. */
  export interface Symbolic {
    readonly shape: readonly (number | null)[]
  }
  export interface Layer {
    apply(input: Symbolic | Symbolic[]): Symbolic
    setWeights(weights: Tensor[]): void
  }
  export interface Tf {
    memory(): { numTensors: number; numBytes: number }
    node: { loadSavedModel(folder: string): Promise<SavedModel> }
    tensor1d(values: Float32Array): Tensor
    tensor(values: Float32Array, shape: readonly number[]): Tensor
    input(options: { shape: readonly number[]; name: string }): Symbolic
    model(options: { inputs: Symbolic; outputs: Symbolic; name: string }): LayersModel
    layers: Record<'conv2d' | 'depthwiseConv2d' | 'reLU' | 'add' | 'globalAveragePooling2d' | 'dense', (options: object) => Layer>
  }
}
