/** What networks are described by: convolutions with the batch norm behind each, in blocks. */

/** `kernel` and `norm` are tensor names; those of MobileNetV2 are Keras', so that its pretrained weights are found. */
export type Unit = {
  kernel: string
  norm: string
  kind: 'full' | 'depthwise'
  /** Side of the kernel, px. */
  side: 1 | 3
  stride: 1 | 2
  inputs: number
  outputs: number
  relu6: boolean
}

/** Units one after another; `residual` adds the block's input to its output. */
export type Block = { name: string; units: readonly Unit[]; residual: boolean }

/** A unit named `name` in Keras' way. */
export const unit = (name: string, norm: string, rest: Omit<Unit, 'kernel' | 'norm'>): Unit => ({
  kernel: `${name}/${rest.kind === 'depthwise' ? 'depthwise_kernel' : 'kernel'}`,
  norm,
  ...rest,
})
