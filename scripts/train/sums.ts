/** Writes the SHA-256 sums that the daemon checks a model against when it loads it. */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { sumsFile } from '../../daemon/vision/classify/checksum.js'

/** `<model>.sha256`, as sha256sum writes it, of the model and of what lies `beside` it. */
export const writeSums = (model: string, beside: readonly string[]): void => {
  const lines = [basename(model), ...beside].map(
    (name) =>
      `${createHash('sha256')
        .update(readFileSync(join(dirname(model), name)))
        .digest('hex')}  ${name}`,
  )
  writeFileSync(sumsFile(model), `${lines.join('\n')}\n`)
}
