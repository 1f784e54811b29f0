/** Where the models lie that come with the program: in models/ beside the compiled code's folder. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config } from '../config/schema.js'

/** The folder of the shipped models. */
export const shippedModels = (): string => fileURLToPath(new URL('../../models', import.meta.url))

const files: Record<Config['classifier']['kind'], string> = {
  onnx: 'eye-state.onnx',
  tfjs: 'eye-state-tfjs/model.json',
}

/** What a model must answer on this machine, as a file beside it. */
export const goldenFile = (model: string): string => `${model}.golden.json`

/** The shipped eye-state model for a runtime. */
export const shippedModel = (kind: Config['classifier']['kind']): string => path.join(shippedModels(), files[kind])

/** Whether a model is one of those that came with the program to be run by it. In models/evaluation lie those that only figures come from. */
export const isShipped = (model: string): boolean => {
  const [top] = path.relative(shippedModels(), path.resolve(model)).split(path.sep)
  return top !== '..' && top !== 'evaluation'
}

/** The model that a configuration asks for: the one it names, else the shipped one. */
export const modelOf = ({ kind, model }: Config['classifier']): string => model ?? shippedModel(kind)

/** The same, or the shipped one where that is not there: what the vision process then takes. */
export const modelThere = (classifier: Config['classifier']): string => {
  const wanted = modelOf(classifier)
  return existsSync(wanted) ? wanted : shippedModel('onnx')
}
