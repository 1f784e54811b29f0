/** The npm packages that lie in a folder with node_modules: a program as it is shipped, or a set-up checkout. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const Wishes = z.record(z.string(), z.string()).default({})
const Manifest = z.object({
  name: z.string(),
  version: z.string(),
  license: z.union([z.string(), z.object({ type: z.string() })]).optional(),
  dependencies: Wishes,
  optionalDependencies: Wishes,
  peerDependencies: Wishes,
  peerDependenciesMeta: z.record(z.string(), z.looseObject({ optional: z.boolean().optional() })).default({}),
})

export interface NpmPackage {
  /** Below the program: node_modules/pino, node_modules/a/node_modules/b; '' is the program itself. */
  folder: string
  name: string
  version: string
  /** As its package.json says it, in SPDX's words or not; null where it says nothing. */
  licence: string | null
  /** The names it cannot do without, as it looks for them. */
  wants: string[]
  /** Those it is content without. */
  likes: string[]
}

/** @param folder of the package, below the program. Throws where it has no package.json with a name and a version. */
export function npmPackage(program: string, folder: string): NpmPackage {
  const file = path.join(program, folder, 'package.json')
  const read = Manifest.safeParse(JSON.parse(readFileSync(file, 'utf8')))
  if (!read.success) throw new Error(`${file} is no package's: ${z.prettifyError(read.error)}`)
  const { name, version, license, dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = read.data
  const peers = Object.keys(peerDependencies).filter((peer) => peerDependenciesMeta[peer]?.optional !== true)
  const likes = Object.keys(optionalDependencies)
  const wants = [...Object.keys(dependencies), ...peers].filter((wish) => !likes.includes(wish))
  return { folder, name, version, licence: typeof license === 'object' ? license.type : (license ?? null), wants, likes }
}

/** Every package below the program, nested ones too, sorted by folder. What lies in a package's own folders (examples, tests) is none. */
export function npmPackagesIn(program: string, below = ''): NpmPackage[] {
  const store = path.join(below, 'node_modules')
  if (!existsSync(path.join(program, store))) return []
  const folders = (at: string): string[] =>
    readdirSync(path.join(program, at), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map((entry) => path.join(at, entry.name))
      .sort()
  return folders(store)
    .flatMap((folder) => (path.basename(folder).startsWith('@') ? folders(folder) : [folder]))
    .flatMap((folder) => [npmPackage(program, folder), ...npmPackagesIn(program, folder)])
}

/** Where Node.js finds `name` from a package: beside it or further up; undefined where it is not. @param there whether a folder is */
export function foundFrom(folder: string, name: string, there: (folder: string) => boolean): string | undefined {
  for (let at = folder; ; at = path.dirname(at)) {
    if (at === '.') at = ''
    const candidate = path.join(at, 'node_modules', name)
    if (path.basename(at) !== 'node_modules' && there(candidate)) return candidate
    if (at === '') return undefined
  }
}
