import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readNpy } from '../../scripts/train/data/npy.js'
import { kernelShape, networkOf } from '../../scripts/train/network.js'
import { view } from '../../scripts/train/parameters.js'
import { pretrainedByGluon } from '../../scripts/train/start-gluon.js'

/** As numpy.save writes float32 numbers. */
const npy = (shape: readonly number[], values: Float32Array): Buffer => {
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }\n`
  const head = Buffer.alloc(10)
  head.write('\x93NUMPY\x01\x00', 'latin1')
  head.writeUInt16LE(header.length, 8)
  return Buffer.concat([head, Buffer.from(header, 'latin1'), Buffer.from(values.buffer)])
}

describe('an array as NumPy stores it', () => {
  it('is read with its shape', () => {
    expect(readNpy('a.npy', npy([2, 3], Float32Array.of(1, 2, 3, 4, 5, 6)))).toEqual({
      shape: [2, 3],
      values: Float32Array.of(1, 2, 3, 4, 5, 6),
    })
  })

  it('is refused by name when it is cut off, of other numbers, or nothing of the kind', () => {
    const whole = npy([4], new Float32Array(4))
    expect(() => readNpy('cut.npy', whole.subarray(0, -4))).toThrow(/cut.npy holds 12 bytes, its header asks for 16/)
    expect(() => readNpy('other.npy', Buffer.from(whole.toString('latin1').replace('<f4', '<f8'), 'latin1'))).toThrow(
      /other.npy is no .npy file of float32/,
    )
    expect(() => readNpy('empty.npy', Buffer.alloc(0))).toThrow(/empty.npy is no .npy file/)
  })
})

describe("GluonCV's weights", () => {
  const network = networkOf({ kind: 'expanding-mobilenet-v2', width: 1, side: 64, channels: 1 })
  const data = mkdtempSync(join(tmpdir(), 'gluon-'))
  const folder = join(data, 'weights', 'mobilenetv2-1.0-224-imagenet-npy')
  afterAll(() => rmSync(data, { recursive: true }))

  /** Every file of the archive, by GluonCV's own names: three convolutions in each of 17 bottlenecks between a first and a last. */
  const names = ['', ...Array.from({ length: 17 }, (_, at) => `linearbottleneck${at}_`), 'last'].flatMap((block) => {
    if (block === '') return ['0']
    return block === 'last' ? ['1'] : [0, 1, 2].map((at) => `${block}${at}`)
  })
  const fileOf = (name: string, what: string): string => {
    const [, block = '', at = ''] = /^(.*?)(\d)$/.exec(name) ?? []
    return `mobilenetv20_features_${block}${what}${at}`
  }
  const pack = (left: string | null): void => {
    rmSync(folder, { recursive: true, force: true })
    const inner = join(folder, 'mobilenetv2_batchnorm_nchw', 'weights')
    mkdirSync(inner, { recursive: true })
    network.units.forEach((unit, at) => {
      const [rows, columns, inputs] = kernelShape(unit)
      const maps = unit.kind === 'depthwise' ? 1 : at === 0 ? 3 : inputs
      const shape = [unit.outputs, maps, rows, columns]
      const size = shape.reduce((product, dim) => product * dim, 1)
      const name = names[at] ?? ''
      const write = (file: string, dims: readonly number[], values: Float32Array): void => {
        if (file !== left) writeFileSync(join(inner, `${file}.npy`), npy(dims, values))
      }
      write(
        `${fileOf(name, 'conv')}_weight`,
        shape,
        Float32Array.from({ length: size }, (_, place) => place + at / 100),
      )
      for (const [part, value] of [
        ['gamma', 2],
        ['beta', 3],
        ['running_mean', 4],
        ['running_var', 0.00099],
      ] as const)
        write(
          `${fileOf(name, 'batchnorm')}_${part}`,
          [unit.outputs],
          new Float32Array(unit.outputs).fill(value + (part === 'running_mean' ? at : 0)),
        )
    })
    execFileSync('tar', ['--format=gnu', '-C', folder, '-cf', join(folder, 'weights.tar'), 'mobilenetv2_batchnorm_nchw'])
  }

  it('are put where the network wants them, one after another', () => {
    pack(null)
    const parameters = pretrainedByGluon(network, data, 1)
    network.units.forEach((unit, at) => {
      expect(view(parameters, `${unit.norm}/moving_mean`)[0]).toBe(4 + at)
      expect(view(parameters, `${unit.norm}/beta`)[0]).toBe(3)
    })
    // Output 1, input 2 of a 1×1 kernel with 32 inputs: the 34th number there, the 33rd row's second here.
    const [, expand] = network.units
    if (expand === undefined) throw new Error('no units')
    expect(view(parameters, expand.kernel)[2 * 32 + 1]).toBeCloseTo(1 * 32 + 2 + 0.01, 4)
    // The first kernel: three colours summed. Output 0, row 0, column 1 stands at 1, 10 and 19.
    const [stem] = network.units
    if (stem === undefined) throw new Error('no units')
    expect(view(parameters, stem.kernel)[1 * 32]).toBeCloseTo(1 + 10 + 19, 4)
    // A depthwise one: channel 3, row 0, column 2.
    const depthwise = network.units[2]
    if (depthwise === undefined) throw new Error('no units')
    expect(view(parameters, depthwise.kernel)[2 * 32 + 3]).toBeCloseTo(3 * 9 + 2 + 0.02, 4)
    // What is divided by the deviation comes out as it did: 2 / √(0.00099 + 0.00001) there, γ / √(0.00099 + 0.001) here.
    expect((view(parameters, `${stem.norm}/gamma`)[0] ?? 0) / Math.sqrt(0.00099 + 0.001)).toBeCloseTo(2 / Math.sqrt(0.001), 3)
  })

  it('are refused when one is missing, by its name', () => {
    pack('mobilenetv20_features_linearbottleneck3_conv1_weight')
    expect(() => pretrainedByGluon(network, data, 1)).toThrow(/has no mobilenetv20_features_linearbottleneck3_conv1_weight.npy/)
  })

  it('are refused by a network that they do not fit', () => {
    pack(null)
    const narrow = networkOf({ kind: 'expanding-mobilenet-v2', width: 0.5, side: 64, channels: 1 })
    expect(() => pretrainedByGluon(narrow, data, 1)).toThrow(/864 numbers stored, 3×3×1×16 wanted/)
  })
})
