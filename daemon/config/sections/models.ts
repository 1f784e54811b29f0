import { z } from 'zod'
import { path } from './texts.js'

const share = (least: number) => z.number().min(least).max(1)

const region = z
  .strictObject({
    leftShare: share(0).default(0).describe('Where it begins from the left, in shares of the width: 0.5 is the middle.'),
    topShare: share(0).default(0).describe('Where it begins from the top, in shares of the height.'),
    // Own: a tenth of 640 px is the least in which a face and its surroundings can be found.
    widthShare: share(0.1).default(1).describe('How wide it is, in shares of the width.'),
    heightShare: share(0.1).default(1).describe('How high it is, in shares of the height.'),
  })
  .prefault({})
  .describe('The only part of the picture in which a face is looked for; by default, all of it.')

export const locate = z
  .strictObject({
    modelsDir: path().nullable().default(null).describe('Folder of the face models; null: the ones that came with the program.'),
    driverSide: z
      .enum(['auto', 'left', 'right'])
      .default('auto')
      .describe(
        'Half of the picture in which the driver sits, as the camera sees it: left, right, or auto to learn it in the first two minutes.',
      ),
    region,
    recorded: path()
      .nullable()
      .default(null)
      .describe(
        'Observations recorded by run --record or replay --observations, told again and again in place of looking at the pictures; null: none. Runs only with --simulated.',
      ),
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
    provider: z
      .enum(['cpu', 'cuda', 'tensorrt'])
      .default('cpu')
      .describe(
        'What onnx computes with: cpu; cuda or tensorrt need an ONNX Runtime built for them, and where it has them not, cpu is used.',
      ),
  })
  .prefault({})
  .describe('Telling open eyes from closed ones.')
