import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const root = path.join(import.meta.dirname, '../..')
const folder = mkdtempSync(path.join(tmpdir(), 'kantukd-release-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A real package with nothing in it but its control file. */
function packageOf(version: string): string {
  const tree = path.join(folder, version)
  const control = `Package: kantukd\nVersion: ${version}\nArchitecture: arm64\nMaintainer: k <k@example.org>\nDescription: watch\nDepends: libopencv-core406 (>= 4.6.0+dfsg), gpiod\n`
  mkdirSync(path.join(tree, 'DEBIAN'), { recursive: true })
  writeFileSync(path.join(tree, 'DEBIAN/control'), control)
  execFileSync('dpkg-deb', ['--root-owner-group', '--build', tree, `${tree}.deb`])
  return `${tree}.deb`
}

const fromNpm = {
  bomFormat: 'CycloneDX',
  metadata: { component: { 'bom-ref': 'kantukd@0.1.0', type: 'library', name: 'checkout', version: '0.1.0' } },
  components: [{ 'bom-ref': 'mqtt@5.16.0', type: 'library', name: 'mqtt', version: '5.16.0' }],
  dependencies: [{ ref: 'kantukd@0.1.0', dependsOn: ['mqtt@5.16.0'] }],
}
const listOf = (...packages: string[]) =>
  execFileSync('node', ['--import', 'tsx', 'scripts/release/parts.ts', ...packages], {
    cwd: root,
    input: JSON.stringify(fromNpm),
    encoding: 'utf8',
    stdio: 'pipe',
  })

describe('the list of parts of a release', () => {
  it('has npm’s packages, Node.js, the model as it is shipped, and what the packages want of Debian', () => {
    const { metadata, components, dependencies } = JSON.parse(listOf(packageOf('1.0+deb12')))
    const names = components.map(({ name }: { name: string }) => name)
    expect(metadata.component.name).toBe('kantukd')
    expect(names).toEqual(expect.arrayContaining(['mqtt', 'node', 'models/eye-state.onnx', 'libopencv-core406', 'gpiod']))
    const model = components.find(({ name }: { name: string }) => name === 'models/eye-state.onnx')
    expect(readFileSync(path.join(root, 'models/eye-state.onnx.sha256'), 'utf8')).toContain(model.hashes[0].content)
    const opencv = components.find(({ name }: { name: string }) => name === 'libopencv-core406')
    expect(opencv.purl).toBe('pkg:deb/debian/libopencv-core406?arch=arm64&distro=debian-12')
    // every part hangs on kantukd, each once
    const parts = components.map((part: { 'bom-ref': string }) => part['bom-ref'])
    expect([...dependencies[0].dependsOn].sort()).toEqual([...parts].sort())
  })

  it('is refused for a package that says not for which Debian it is', () => {
    expect(() => listOf(packageOf('1.0'))).toThrow(/\+deb12/)
  })
})

describe('the changelog', () => {
  it('has the version that package.json has', () => {
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
    expect(readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8')).toContain(`\n## ${version}\n`)
  })
})
