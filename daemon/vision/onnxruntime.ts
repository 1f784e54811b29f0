import type * as Ort from 'onnxruntime-node'

/**
 * The only place that loads ONNX Runtime, on first use.
 *
 * From 1.30 on its build reports its use to its maker over the network, and keeps a device id and a database in the user's cache.
 * A vehicle tells nobody but its fleet: the runtime's own switch for that is thrown before it loads.
 */
export const onnxRuntime = async (): Promise<typeof Ort> => {
  process.env.ORT_DISABLE_TELEMETRY = '1'
  return import('onnxruntime-node')
}
