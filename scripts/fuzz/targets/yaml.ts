/** Damaged configurations: each is refused with findings that lie within the file, or gives a configuration that is wholly valid. */
import { readdirSync, readFileSync } from 'node:fs'
import { checkConfigText } from '../../../daemon/config/check.js'
import { configSchema } from '../../../daemon/config/schema.js'
import { damaged, pick } from '../mutate.js'
import { checkTime, FuzzFault, type Target, trying } from './types.js'

const folder = new URL('../../../config/', import.meta.url)
// The annotated default is long, and comments are dull: without them more of the damage falls on what matters.
const withoutComments = (text: string): string => text.replace(/^\s*#.*\n/gm, '').replace(/ +#.*$/gm, '')

export const yaml: Target = async (random, inputs, mayGoOn) => {
  const sources = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => withoutComments(readFileSync(new URL(name, folder), 'utf8')))
  let right = 0
  for (let n = 0; n < inputs; n++) {
    checkTime(n, mayGoOn)
    const whole = pick(random, sources)
    const lines = whole.split('\n')
    const from = random.below(lines.length)
    const text = damaged(random.chance(0.2) ? whole : lines.slice(from, from + 12).join('\n'), random)
    right += await trying(text, () => {
      const { config, findings } = checkConfigText(text, 'fuzz.yaml')
      if (config === null && findings.length === 0) throw new FuzzFault('refused without a word')
      const count = text.split(/\r\n|\r|\n/).length
      const outside = findings.find(({ line }) => line !== null && (line < 1 || line > count))
      if (outside !== undefined) throw new FuzzFault(`line ${outside.line} of ${count}: ${outside.message}`)
      if (config === null) return 0
      configSchema.parse(config)
      return 1
    })
  }
  return right
}
