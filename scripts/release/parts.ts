/**
 * Completes npm's list of parts (CycloneDX) by what is not npm's: npm sbom … | tsx scripts/release/parts.ts PACKAGE.deb… > parts.json
 * Node.js and the models, which lie in the packages, and Debian's libraries, OpenCV's among them, which the packages want.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { z } from 'zod'

const Part = z.looseObject({ 'bom-ref': z.string(), type: z.string(), name: z.string(), version: z.string().optional() })
const List = z.looseObject({
  metadata: z.looseObject({ component: Part }),
  components: z.array(Part),
  dependencies: z.array(z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()).optional() })),
})
type Part = z.infer<typeof Part>

const node: Part = {
  'bom-ref': `node@${process.versions.node}`,
  type: 'platform',
  name: 'node',
  version: process.versions.node,
  purl: `pkg:generic/node@${process.versions.node}`,
  licenses: [{ license: { id: 'MIT' } }],
}

/** @param file path below the checkout; @param from where it comes from, in a sentence */
function model(file: string, from: string): Part {
  const content = createHash('sha256').update(readFileSync(file)).digest('hex')
  return {
    'bom-ref': file,
    type: 'machine-learning-model',
    name: file,
    description: from,
    hashes: [{ alg: 'SHA-256', content }],
    licenses: [{ license: { id: 'Apache-2.0' } }],
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

const list = List.parse(JSON.parse(await text(process.stdin)))
const more = [
  node,
  model('models/eye-state.onnx', 'Open or closed; trained by npm run train (models/MODEL_CARD.md)'),
  model(
    'models/blazeface-full-gray.onnx',
    'BlazeFace, full range, converted out of @mediapipe/face_detection by scripts/convert-detectors.ts',
  ),
  model(
    'models/blazeface-short-gray.onnx',
    'BlazeFace, short range, converted out of @mediapipe/face_detection by scripts/convert-detectors.ts',
  ),
  ...process.argv.slice(2).flatMap(wantedBy),
]
const ours = list.metadata.component
ours.name = 'kantukd'
ours.type = 'application'
list.components.push(...more)
const edges = list.dependencies.find(({ ref }) => ref === ours['bom-ref'])
if (edges === undefined) throw new Error('npm lists no dependencies of kantukd itself')
edges.dependsOn = [...(edges.dependsOn ?? []), ...more.map((part) => part['bom-ref'])]
list.dependencies.push(...more.map((part) => ({ ref: part['bom-ref'], dependsOn: [] })))
console.log(JSON.stringify(list, null, 2))
