/** Where the shipped models lie. */
import { fileURLToPath } from 'node:url'

const models = new URL('../../models/', import.meta.url)
export const ONNX_MODEL = fileURLToPath(new URL('eye-state.onnx', models))
export const TFJS_MODEL = fileURLToPath(new URL('eye-state-tfjs/model.json', models))
