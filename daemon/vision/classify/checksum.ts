/** Whether a model is the one that was shipped: its files against the SHA-256 sums that lie beside it. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { firstLine, isCode } from '../../reason-of.js'
import { ClassifierError } from './errors.js'

/** Name of the sums of a model: lines as `sha256sum` writes them, file names relative to the model's folder. */
export const sumsFile = (model: string): string => `${model}.sha256`

const readSums = async (model: string): Promise<string | null> => {
  try {
    return await readFile(sumsFile(model), 'utf8')
  } catch (cause) {
    if (isCode(cause, 'ENOENT')) return null
    throw new ClassifierError('model-damaged', `${sumsFile(model)} cannot be read (${firstLine(cause)})`, cause)
  }
}

const damaged = (why: string, cause?: unknown): ClassifierError =>
  new ClassifierError(
    'model-damaged',
    `${why}; install the program again, or remove the .sha256 file if the model was changed on purpose`,
    {
      cause,
    },
  )

/**
 * Compares the files that `<model>.sha256` lists; a model of one's own without such a file passes.
 * Throws ClassifierError `model-damaged`, naming the file that differs.
 */
export const checkSums = async (model: string): Promise<void> => {
  const sums = await readSums(model)
  if (sums === null) return
  for (const line of sums.trim().split('\n')) {
    const [, wanted, name] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? []
    if (wanted === undefined || name === undefined) throw damaged(`${sumsFile(model)} has a line that is no SHA-256 sum: "${line}"`)
    const file = join(dirname(model), name)
    const bytes = await readFile(file).catch((cause: unknown) => {
      throw damaged(`${file}, which belongs to the eye-state model, cannot be read (${firstLine(cause)})`, cause)
    })
    const found = createHash('sha256').update(bytes).digest('hex')
    if (found !== wanted) throw damaged(`${file} is damaged: its SHA-256 is ${found}, and ${sumsFile(model)} states ${wanted}`)
  }
}
