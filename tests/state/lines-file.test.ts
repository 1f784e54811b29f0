/** Lines in a file: safe once they are said to be, torn ones passed over, never more than they may be. */
import { appendFileSync, mkdtempSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { openLinesFile } from '../../daemon/state/lines-file.js'

const record = z.strictObject({ n: z.number() })
const place = () => path.join(mkdtempSync(path.join(tmpdir(), 'kantukd-lines-')), 'state', 'lines.jsonl')

const opened = (file: string, { mostLines = 1000, newest = 10 } = {}) => {
  const warnings: string[] = []
  const all: { n: number }[] = []
  const lines = openLinesFile({
    ...{ file, schema: record, name: 'The numbers', mostLines },
    current: () => all.slice(-newest),
    warn: (message) => void warnings.push(message),
  })
  all.push(...lines.records)
  const add = (n: number) => {
    all.push({ n })
    return lines.add({ n })
  }
  return { add, warnings, numbers: lines.records.map(({ n }) => n) }
}
const numbersIn = (file: string) => opened(file).numbers

it('many at once are all there, in their order, and the file is not for others', async () => {
  const file = place()
  const { add } = opened(file)
  const numbers = Array.from({ length: 200 }, (_, n) => n)
  await Promise.all(numbers.map(add))
  expect(numbersIn(file)).toEqual(numbers)
  expect(statSync(file).mode & 0o007).toBe(0)
})

it('cut at any byte of its last line, the lines before it are there, and those that come after', async () => {
  const file = place()
  await opened(file).add(1)
  const whole = statSync(file).size
  await opened(file).add(2)
  const end = statSync(file).size
  for (let size = whole; size < end; size++) {
    truncateSync(file, size)
    const found = numbersIn(file)
    // The line feed alone may be missing.
    expect(found, `${size} of ${end} bytes`).toEqual(size === end - 1 ? [1, 2] : [1])
    await opened(file).add(3)
    expect(numbersIn(file)).toEqual([...found, 3])
    writeFileSync(file, '{"n":1}\n{"n":2}\n')
  }
})

it('passes over what is no such line', async () => {
  const file = place()
  await opened(file).add(1)
  appendFileSync(file, '{"n":"2"}\nfalse\n\n{"n":3}\n')
  expect(numbersIn(file)).toEqual([1, 3])
})

it('is made shorter while it is used, and when it is opened', async () => {
  const file = place()
  const { add } = opened(file, { mostLines: 50, newest: 10 })
  for (let n = 0; n < 120; n++) await add(n)
  expect(readFileSync(file, 'utf8').split('\n').length).toBeLessThan(70)
  expect(numbersIn(file).slice(-10)).toEqual(Array.from({ length: 10 }, (_, n) => 110 + n))
  await opened(file, { mostLines: 5, newest: 3 }).add(120)
  expect(numbersIn(file)).toHaveLength(4)
})

it('says when it cannot be read, holds nothing, and rejects what cannot be written', async () => {
  const { add, warnings, numbers } = opened('/proc/nowhere/lines.jsonl')
  expect(numbers).toEqual([])
  expect(warnings).toEqual([expect.stringMatching(/^The numbers in \/proc\/nowhere\/lines.jsonl cannot be read: /)])
  await expect(add(1)).rejects.toThrow('/proc/nowhere')
  await expect(add(2)).rejects.toThrow('/proc/nowhere')
})
