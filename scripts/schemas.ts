/**
 * Writes docs/schemas/*.schema.json, docs/asyncapi.yaml and config/kantukd.schema.json from the code, so that what is documented is what is sent,
 * and an editor knows every key.
 * `tsx scripts/schemas.ts` writes; with `--check` it compares only and exits with 1 when a file is out of date.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { asyncApiYaml } from './schemas/asyncapi.js'
import { configJsonSchema } from './schemas/config.js'
import { jsonSchemas } from './schemas/json-schemas.js'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Every generated file: path from the root of the checkout → content. */
export const generated = (): ReadonlyMap<string, string> => {
  const files = new Map<string, string>()
  for (const [topic, schema] of jsonSchemas()) files.set(`docs/schemas/${topic}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`)
  files.set('config/kantukd.schema.json', `${JSON.stringify(configJsonSchema(), null, 2)}\n`)
  files.set('docs/asyncapi.yaml', asyncApiYaml(ROOT))
  return files
}

const onDisk = (file: string): string | null => {
  try {
    return readFileSync(join(ROOT, file), 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

const main = (isCheck: boolean): number => {
  const stale = [...generated()].filter(([file, content]) => onDisk(file) !== content)
  for (const [file, content] of stale) {
    if (isCheck) {
      console.error(`${file} is out of date: run "npx tsx scripts/schemas.ts" and commit what it writes.`)
    } else {
      mkdirSync(dirname(join(ROOT, file)), { recursive: true })
      writeFileSync(join(ROOT, file), content)
      console.log(`wrote ${file}`)
    }
  }
  return isCheck && stale.length > 0 ? 1 : 0
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main(process.argv.includes('--check'))
