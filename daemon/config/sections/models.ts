import { z } from 'zod'
import { path } from './texts.js'

export const locate = z
  .strictObject({
    modelsDir: path().nullable().default(null).describe('Folder of the face models; null: the ones that came with the program.'),
  })
  .prefault({})
  .describe('Finding the face and the eyes.')

export const classifier = z
  .strictObject({
    kind: z.enum(['onnx', 'tfjs']).default('onnx').describe('What runs the network: onnx (fast), or tfjs (needs @tensorflow/tfjs-node).'),
    model: path()
      .nullable()
      .default(null)
      .describe('The network: an .onnx file, or for tfjs its model.json; null: the one that came with the program.'),
  })
  .prefault({})
  .describe('Telling open eyes from closed ones.')
