import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Writes files below a folder. @param files by path, with their text */
export function write(folder: string, files: Record<string, string>): void {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
}

/** A package.json. @param more dependencies and what else it says */
export const manifest = (name: string, version: string, more: object = {}): string =>
  JSON.stringify({ name, version, license: 'MIT', ...more })

/** A tiny program: two direct packages, one of which has another version of the other below it, and a package.json that is no package. */
export const program: Readonly<Record<string, string>> = {
  'package.json': manifest('kantukd', '0.1.0', { license: 'Apache-2.0', dependencies: { mqtt: '5', debug: '4' } }),
  NOTICE: 'kantukd\n',
  'bin/node.LICENSE': 'Node.js is licensed for use as follows',
  'models/eye-state.onnx': 'weights',
  'node_modules/mqtt/package.json': manifest('mqtt', '5.16.0', { dependencies: { debug: '3', ws: '8' }, license: '(MIT OR CC0-1.0)' }),
  'node_modules/mqtt/LICENSE': 'MIT',
  'node_modules/mqtt/example/package.json': manifest('an-example', '1.0.0'),
  'node_modules/mqtt/node_modules/debug/package.json': manifest('debug', '3.0.0'),
  'node_modules/mqtt/node_modules/debug/license.md': 'MIT',
  'node_modules/@scope/ws/package.json': manifest('@scope/ws', '8.0.0', { license: 'ISC' }),
  'node_modules/@scope/ws/LICENCE': 'ISC',
  'node_modules/debug/package.json': manifest('debug', '4.4.3', { dependencies: { '@scope/ws': '8' } }),
  'node_modules/debug/LICENSE': 'MIT',
}

/** A real Debian package with such a program in it. @returns its file, in the folder */
export function packageOf(folder: string, version: string, files = program): string {
  const tree = path.join(folder, version)
  const control = `Package: kantukd\nVersion: ${version}\nArchitecture: arm64\nMaintainer: k <k@example.org>\nDescription: watch\nDepends: libopencv-core406 (>= 4.6.0+dfsg), gpiod\n`
  write(tree, { 'DEBIAN/control': control })
  write(path.join(tree, 'usr/lib/kantukd'), files)
  execFileSync('dpkg-deb', ['--root-owner-group', '-Znone', '--build', tree, `${tree}.deb`])
  return `${tree}.deb`
}
