/**
 * The list of the parts of packages (CycloneDX 1.5), made of what lies in them: tsx scripts/release/parts.ts PACKAGE.deb… > parts.json
 * npm's packages, Node.js and the models, which lie in them, and Debian's libraries, OpenCV's among them, which they want.
 * Why not npm's own list (npm sbom): it leaves out what the tools of development use too, and has what is not shipped.
 */
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { foundFrom, type NpmPackage } from '../shipped/npm.js'
import { type Contents, contentsOf } from './contents.js'

interface Part {
  'bom-ref': string
  type: string
  name: string
  version?: string
  purl?: string
  [more: string]: unknown
}
type Edges = Map<string, Set<string>>

const FROM_MEDIAPIPE = 'converted out of @mediapipe/face_detection by scripts/convert-detectors.ts'
// What is said of each file of weights; one that is not here must not be shipped unnoticed.
const models: Readonly<Record<string, string>> = {
  'models/eye-state.onnx': 'Open or closed; trained by npm run train (models/MODEL_CARD.md)',
  'models/eye-state-tfjs/weights.bin': 'The same network for TensorFlow.js',
  'models/blazeface-full-gray.onnx': `BlazeFace, full range, ${FROM_MEDIAPIPE}`,
  'models/blazeface-short-gray.onnx': `BlazeFace, short range, ${FROM_MEDIAPIPE}`,
}

const node: Part = {
  'bom-ref': `node@${process.versions.node}`,
  type: 'platform',
  name: 'node',
  version: process.versions.node,
  purl: `pkg:generic/node@${process.versions.node}`,
  licenses: [{ license: { id: 'MIT' } }],
}

const refOf = ({ name, version }: NpmPackage): string => `${name}@${version}`

/** SPDX's short names are ids, what is put together of them ("MIT OR WTFPL") an expression; "SEE LICENSE IN …" is a name. */
function licensesOf({ licence }: NpmPackage): object[] {
  if (licence === null) return []
  if (/ (OR|AND|WITH) /.test(licence)) return [{ expression: licence }]
  return [{ license: licence.includes(' ') ? { name: licence } : { id: licence } }]
}

function partOf(one: NpmPackage, type = 'library'): Part {
  const purl = `pkg:npm/${one.name.replace('@', '%40')}@${one.version}`
  return { 'bom-ref': refOf(one), type, name: one.name, version: one.version, purl, licenses: licensesOf(one) }
}

function modelPart({ file, sha256 }: Contents['models'][number]): Part {
  const description = models[file]
  if (description === undefined) throw new Error(`${file} is shipped, but scripts/release/parts.ts does not know what it is`)
  const licenses = [{ license: { id: 'Apache-2.0' } }]
  return {
    'bom-ref': file,
    type: 'machine-learning-model',
    name: file,
    description,
    hashes: [{ alg: 'SHA-256', content: sha256 }],
    licenses,
  }
}

/** What a package wants of Debian, a part each; the version that runs is the vehicle's own, so that only the least one is told. */
function wantedBy(file: string): Part[] {
  const field = (name: string) => execFileSync('dpkg-deb', ['-f', file, name], { encoding: 'utf8' }).trim()
  const debian = /\+deb(\d+)$/.exec(field('Version'))?.[1]
  if (debian === undefined) throw new Error(`${file} says not for which Debian it is: its version must end with +deb12 or the like`)
  const qualifiers = `arch=${field('Architecture')}&distro=debian-${debian}`
  return field('Depends')
    .split(/,\s*/)
    .map((wish) => {
      const [name = wish] = wish.split(' ')
      const purl = `pkg:deb/debian/${name}?${qualifiers}`
      return { 'bom-ref': purl, type: 'library', name, purl, properties: [{ name: 'debian:depends', value: wish }] }
    })
}

/** Draws the edges of one package's npm packages: each to those that Node.js finds from it. */
function draw(edges: Edges, { ours, npm }: Contents): void {
  const at = new Map(npm.map((one) => [one.folder, one]))
  for (const one of [ours, ...npm]) {
    const to = edges.get(refOf(one)) ?? new Set()
    edges.set(refOf(one), to)
    for (const name of [...one.wants, ...one.likes]) {
      const found = at.get(foundFrom(one.folder, name, (folder) => at.has(folder)) ?? '')
      if (found !== undefined) to.add(refOf(found))
    }
  }
}

const files = process.argv.slice(2)
const debian = files.flatMap(wantedBy)
const contents = files.map(contentsOf)
const [first] = contents
if (first === undefined) throw new Error('packages are wanted: parts.ts PACKAGE.deb…')

const edges: Edges = new Map()
for (const each of contents) draw(edges, each)
const rest = [node, ...contents.flatMap((each) => each.models.map(modelPart)), ...debian]
for (const part of rest) {
  edges.get(refOf(first.ours))?.add(part['bom-ref'])
  edges.set(part['bom-ref'], new Set())
}
// the packages for other machines hold the same again
const parts = new Map([...contents.flatMap((each) => each.npm.map((one) => partOf(one))), ...rest].map((part) => [part['bom-ref'], part]))
const list = {
  $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  serialNumber: `urn:uuid:${randomUUID()}`,
  version: 1,
  metadata: {
    timestamp: new Date().toISOString(),
    lifecycles: [{ phase: 'post-build' }],
    component: partOf(first.ours, 'application'),
  },
  components: [...parts.values()],
  dependencies: [...edges].map(([ref, to]) => ({ ref, dependsOn: [...to] })),
}
console.log(JSON.stringify(list, null, 2))
