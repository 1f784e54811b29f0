/** The annotated default YAML and the table of the docs, out of the schema: what both must be. */
import { stringify } from 'yaml'
import { configKeys, type KeyInfo } from '../../daemon/config/keys.js'

const HEAD = `# yaml-language-server: $schema=kantukd.schema.json
# kantukd: the complete configuration. Every key is here with its default; what is not set keeps its default.
# Check it after each change:  kantukd check-config /etc/kantukd/kantukd.yaml
# then:                        sudo systemctl reload kantukd
# Names of files are taken from the folder of this file, unless they begin with "/".
# Short profiles for a Pi, a Jetson and a laptop lie beside this file. All keys: docs/configuration.md
`

const COLUMNS = 110

/** The annotated YAML of a file such as config/kantukd.yaml. */
export const renderYaml = (keys: readonly KeyInfo[] = configKeys()): string => `${HEAD}${keys.map(renderKey).join('')}`

/** The rows of the table of keys, in the order of the schema. */
export const renderTable = (keys: readonly KeyInfo[] = configKeys()): string[] =>
  keys
    .filter(({ section }) => !section)
    .map(({ path, default: value, range, description }) => `| \`${path}\` | ${range} | \`${JSON.stringify(value)}\` | ${description} |`)

const renderKey = ({ path, section, description, range, default: value }: KeyInfo): string => {
  const depth = path.split('.').length - 1
  const indent = '  '.repeat(depth)
  const name = path.split('.').at(-1) ?? path
  const comment = wrap(withRange(description, range), COLUMNS - indent.length - 2)
    .map((line) => `${indent}# ${line}\n`)
    .join('')
  const line = section ? `${name}:` : renderValue(name, value)
  return `${depth === 0 ? '\n' : ''}${comment}${indent}${line}\n`
}

/** Lists stand in one line. */
const renderValue = (name: string, value: unknown): string =>
  Array.isArray(value)
    ? `${name}: ${stringify(value, { collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0 }).trim()}`
    : stringify({ [name]: value }, { lineWidth: 0, singleQuote: true }).trim()

const withRange = (description: string, range: string): string => {
  if (range === '' || range.startsWith('text') || range === 'list of text' || range === 'true, false') return description
  const named = range.split(', ').every((choice) => description.includes(choice))
  return named ? description : `${description} [${range}]`
}

const wrap = (text: string, columns: number): string[] => {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length + 1 <= columns) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
