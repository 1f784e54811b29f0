/**
 * Holds a list of parts against packages: tsx scripts/release/check-parts.ts PARTS.json PACKAGE.deb…
 * Ends with 1 where an npm package lies in one of them and is not listed, or is listed and lies in none.
 */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { contentsOf } from './contents.js'

const List = z.object({ components: z.array(z.object({ name: z.string(), version: z.string().optional(), purl: z.string().optional() })) })

const [list, ...files] = process.argv.slice(2)
if (list === undefined || files.length === 0) throw new Error('a list and packages are wanted: check-parts.ts PARTS.json PACKAGE.deb…')
const { components } = List.parse(JSON.parse(readFileSync(list, 'utf8')))
const listed = new Set(components.filter(({ purl }) => purl?.startsWith('pkg:npm/')).map(({ name, version }) => `${name} ${version}`))
const shipped = new Map(files.flatMap((file) => contentsOf(file).npm.map(({ name, version }) => [`${name} ${version}`, file])))

const faults = [
  ...[...shipped].filter(([one]) => !listed.has(one)).map(([one, file]) => `${one} lies in ${file}, but is not listed`),
  ...[...listed].filter((one) => !shipped.has(one)).map((one) => `${one} is listed, but lies in no package`),
]
for (const fault of faults) console.error(`check-parts: ${fault}`)
if (faults.length > 0) process.exitCode = 1
else console.log(`${list}: ${components.length} parts, the ${listed.size} of npm's as they lie in ${files.length} packages`)
