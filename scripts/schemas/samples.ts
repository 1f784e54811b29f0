/** The payload samples of the tests, which the documents show too. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

export type Sample = { name: string; payload: unknown }

/**
 * @param root of the checkout
 * @param kind `newer`: with a field that this version does not know; a consumer lets it pass
 * @returns the samples of a topic, by file name; the name is the file's, as a sentence
 */
export const samplesOf = (root: string, kind: 'valid' | 'invalid' | 'newer', topic: string): Sample[] => {
  const folder = join(root, 'tests/fleet/samples', kind, topic)
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({ name: basename(file, '.json').replaceAll('-', ' '), payload: JSON.parse(readFileSync(join(folder, file), 'utf8')) }))
}
