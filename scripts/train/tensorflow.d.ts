/**
 * The part of @tensorflow/tfjs-node that training uses, described by us: the package is optional, and the compile must not
 * need it. Merges with daemon/vision/classify/tensorflow.d.ts.
 */
declare module '@tensorflow/tfjs-node' {
  export type Attribute = { name: string; type: number; value: string | number | boolean }
  /** NodeJSKernelBackend: runs any of TensorFlow's own operations by name. */
  export interface Backend {
    readonly binding: {
      TF_ATTR_STRING: number
      TF_ATTR_FLOAT: number
      TF_ATTR_BOOL: number
      TF_ATTR_TYPE: number
      TF_FLOAT: number
    }
    executeSingleOutput(operation: string, attributes: readonly Attribute[], inputs: readonly Tensor[]): Tensor
    executeMultipleOutputs(operation: string, attributes: readonly Attribute[], inputs: readonly Tensor[], outputs: number): Tensor[]
  }
  export type Gradient = { value: Tensor; gradFunc: (upstream: Tensor, saved: Tensor[]) => Tensor | Tensor[] }
  /** A symbolic tensor of the layers API. */
  export interface Symbolic {
    readonly shape: readonly (number | null)[]
  }
  export interface Layer {
    apply(input: Symbolic | Symbolic[]): Symbolic
    setWeights(weights: Tensor[]): void
  }
  export interface Tf {
    backend(): Backend
    memory(): { numTensors: number; numBytes: number }
    keep<T extends Tensor>(tensor: T): T
    tensor1d(values: Float32Array): Tensor
    tensor(values: Float32Array, shape: readonly number[]): Tensor
    zeros(shape: readonly number[]): Tensor
    scalar(value: number): Tensor
    split(tensor: Tensor, sizes: readonly number[], axis: number): Tensor[]
    concat(tensors: readonly Tensor[], axis: number): Tensor
    reshape(tensor: Tensor, shape: readonly number[]): Tensor
    conv2d(x: Tensor, kernel: Tensor, stride: number, padding: 'same' | 'valid'): Tensor
    depthwiseConv2d(x: Tensor, kernel: Tensor, stride: number, padding: 'same' | 'valid'): Tensor
    matMul(a: Tensor, b: Tensor): Tensor
    add(a: Tensor, b: Tensor): Tensor
    sub(a: Tensor, b: Tensor): Tensor
    mul(a: Tensor, b: Tensor): Tensor
    neg(a: Tensor): Tensor
    abs(a: Tensor): Tensor
    exp(a: Tensor): Tensor
    log1p(a: Tensor): Tensor
    relu(a: Tensor): Tensor
    mean(a: Tensor, axes?: readonly number[]): Tensor
    sum(a: Tensor): Tensor
    customGrad(f: (...inputs: (Tensor | ((tensors: Tensor[]) => void))[]) => Gradient): (...inputs: Tensor[]) => Tensor
    valueAndGrad(f: (x: Tensor) => Tensor): (x: Tensor) => { value: Tensor; grad: Tensor }
    input(options: { shape: readonly number[]; name: string }): Symbolic
    model(options: { inputs: Symbolic; outputs: Symbolic; name: string }): LayersModel
    layers: Record<'conv2d' | 'depthwiseConv2d' | 'reLU' | 'add' | 'globalAveragePooling2d' | 'dense', (options: object) => Layer>
  }
}
