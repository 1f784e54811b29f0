import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { manifest, packageOf, program } from './made-up.js'

const root = path.join(import.meta.dirname, '../..')
const folder = mkdtempSync(path.join(tmpdir(), 'kantukd-release-'))
afterAll(() => rmSync(folder, { recursive: true }))

const run = (script: string, ...args: string[]) =>
  execFileSync('node', ['--import', 'tsx', `scripts/release/${script}.ts`, ...args], { cwd: root, encoding: 'utf8', stdio: 'pipe' })

const List = z.looseObject({
  metadata: z.looseObject({ component: z.looseObject({ 'bom-ref': z.string(), name: z.string() }) }),
  components: z.array(
    z.looseObject({
      'bom-ref': z.string(),
      name: z.string(),
      purl: z.string().optional(),
      licenses: z.array(z.unknown()).optional(),
      hashes: z.array(z.object({ content: z.string() })).optional(),
    }),
  ),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()) })),
})
const listOf = (...packages: string[]) => List.parse(JSON.parse(run('parts', ...packages)))

const whole = packageOf(folder, '1.0+deb12')

describe('the list of parts of a release', () => {
  const { metadata, components, dependencies } = listOf(whole)
  const part = (ref: string) => components.find((one) => one['bom-ref'] === ref)
  const edgesOf = (ref: string) => dependencies.find((one) => one.ref === ref)?.dependsOn

  it('has each npm package that lies in the Debian package, nested ones too, and no package.json of an example', () => {
    const npm = components.filter(({ purl }) => purl?.startsWith('pkg:npm/')).map((one) => one['bom-ref'])
    expect(npm.sort()).toEqual(['@scope/ws@8.0.0', 'debug@3.0.0', 'debug@4.4.3', 'mqtt@5.16.0'])
    expect(part('@scope/ws@8.0.0')).toMatchObject({ purl: 'pkg:npm/%40scope/ws@8.0.0', licenses: [{ license: { id: 'ISC' } }] })
    expect(part('mqtt@5.16.0')?.licenses).toEqual([{ expression: '(MIT OR CC0-1.0)' }])
  })

  it('has Node.js, the model as it is shipped, and what the package wants of Debian', () => {
    expect(metadata.component.name).toBe('kantukd')
    expect(part(`node@${process.versions.node}`)).toBeDefined()
    expect(part('models/eye-state.onnx')?.hashes?.[0]?.content).toBe(createHash('sha256').update('weights').digest('hex'))
    expect(part('pkg:deb/debian/libopencv-core406?arch=arm64&distro=debian-12')?.name).toBe('libopencv-core406')
  })

  it('says what wants what, as Node.js finds it: the nested version first, and what is not shipped not at all', () => {
    expect(edgesOf('mqtt@5.16.0')).toEqual(['debug@3.0.0'])
    expect(edgesOf('debug@4.4.3')).toEqual(['@scope/ws@8.0.0'])
    expect(edgesOf('kantukd@0.1.0')).toEqual(expect.arrayContaining(['mqtt@5.16.0', 'debug@4.4.3', 'models/eye-state.onnx']))
    // an entry for each part, once
    expect(dependencies.map(({ ref }) => ref).sort()).toEqual(['kantukd@0.1.0', ...components.map((one) => one['bom-ref'])].sort())
  })

  it('has what the packages for two Debians share once', () => {
    const two = listOf(whole, packageOf(folder, '1.0+deb13'))
    expect(two.components.filter(({ name }) => name === 'mqtt')).toHaveLength(1)
    expect(two.components.filter(({ name }) => name === 'gpiod')).toHaveLength(2)
  })

  it('is refused for a package that says not for which Debian it is, and for a model that nobody describes', () => {
    expect(() => listOf(packageOf(folder, '1.0'))).toThrow(/\+deb12/)
    expect(() => listOf(packageOf(folder, '1.1+deb12', { ...program, 'models/other.onnx': 'weights' }))).toThrow(/models\/other\.onnx/)
  })
})

describe('the list held against the packages', () => {
  const file = path.join(folder, 'parts.json')
  const other = packageOf(folder, '2.0+deb12', { ...program, 'node_modules/zod/package.json': manifest('zod', '4.6.7') })

  it('holds where both have the same', () => {
    writeFileSync(file, run('parts', whole))
    expect(run('check-parts', file, whole)).toContain("the 4 of npm's")
  })

  it('ends with 1 and names a package that is shipped and not listed', () => {
    writeFileSync(file, run('parts', whole))
    expect(() => run('check-parts', file, whole, other)).toThrow(/zod 4\.6\.7 lies in .*2\.0\+deb12\.deb, but is not listed/)
  })

  it('ends with 1 and names a package that is listed and not shipped', () => {
    writeFileSync(file, run('parts', other))
    expect(() => run('check-parts', file, whole)).toThrow(/zod 4\.6\.7 is listed, but lies in no package/)
  })
})

describe('the changelog', () => {
  it('has the version that package.json has', () => {
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
    expect(readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8')).toContain(`\n## ${version}\n`)
  })
})
