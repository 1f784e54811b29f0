import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { runningFiles, runningPackages } from '../../scripts/shipped/running.js'
import { manifest, program, write } from './made-up.js'

const root = path.join(import.meta.dirname, '../..')
const above = mkdtempSync(path.join(tmpdir(), 'kantukd-shipped-'))
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(above, 'program-'))
})
afterAll(() => rmSync(above, { recursive: true }))

describe('the copyright file', () => {
  const copyright = (): string =>
    execFileSync('node', ['--import', 'tsx', 'scripts/debian/copyright.ts', folder], { cwd: root, encoding: 'utf8', stdio: 'pipe' })

  it('names each npm package with the file that has its licence', () => {
    write(folder, program)
    expect(copyright()).toContain('debug 3.0.0: MIT, node_modules/mqtt/node_modules/debug/license.md\n')
    expect(copyright()).toContain('@scope/ws 8.0.0: ISC, node_modules/@scope/ws/LICENCE\n')
  })

  it('has the text itself, and whose it is, for one that comes without', () => {
    write(folder, { ...program, 'node_modules/onnxruntime-node/package.json': manifest('onnxruntime-node', '1.30.0') })
    expect(copyright()).toMatch(/onnxruntime-node 1\.30\.0\nCopyright \(c\) Microsoft Corporation\n\nPermission is hereby granted/)
  })

  it('is refused for one that has neither, by its folder', () => {
    write(folder, { ...program, 'node_modules/bare/package.json': manifest('bare', '1.0.0') })
    expect(copyright).toThrow(/node_modules\/bare has no licence file/)
  })

  it('is refused where the package has gone over to another licence', () => {
    write(folder, {
      ...program,
      'node_modules/onnxruntime-node/package.json': manifest('onnxruntime-node', '2.0.0', { license: 'BSD-3-Clause' }),
    })
    expect(copyright).toThrow(/under BSD-3-Clause by its package\.json/)
  })

  it("is refused without Node.js's own", () => {
    const { 'bin/node.LICENSE': _, ...without } = program
    write(folder, without)
    expect(copyright).toThrow(/node\.LICENSE is not there/)
  })
})

describe('what of node_modules runs on a vehicle', () => {
  const checkout = {
    'package.json': manifest('kantukd', '0.1.0', {
      dependencies: { 'better-sqlite3': '12', aedes: '1', 'onnxruntime-node': '1' },
      optionalDependencies: { '@tensorflow/tfjs-node': '4' },
      devDependencies: { vitest: '4' },
    }),
    'node_modules/better-sqlite3/package.json': manifest('better-sqlite3', '12.0.0', {
      dependencies: { bindings: '1', 'prebuild-install': '7' },
    }),
    'node_modules/bindings/package.json': manifest('bindings', '1.5.0'),
    'node_modules/prebuild-install/package.json': manifest('prebuild-install', '7.0.0'),
    'node_modules/aedes/package.json': manifest('aedes', '1.0.0'),
    'node_modules/onnxruntime-node/package.json': manifest('onnxruntime-node', '1.30.0', { dependencies: { 'adm-zip': '0.6' } }),
    'node_modules/@tensorflow/tfjs-node/package.json': manifest('@tensorflow/tfjs-node', '4.22.0'),
    'node_modules/vitest/package.json': manifest('vitest', '4.0.0'),
  }
  const names = (withOptional: boolean) => runningPackages(folder, withOptional).map(({ name }) => name)

  it('is what the program loads, without what compiles or downloads, and TensorFlow where it is asked for', () => {
    write(folder, checkout)
    expect(names(false)).toEqual(['better-sqlite3', 'bindings', 'onnxruntime-node'])
    expect(names(true)).toEqual(['@tensorflow/tfjs-node', 'better-sqlite3', 'bindings', 'onnxruntime-node'])
  })

  it('is refused where a package is not set up', () => {
    const { 'node_modules/bindings/package.json': _, ...without } = checkout
    write(folder, without)
    expect(() => names(false)).toThrow(/better-sqlite3 wants bindings.*scripts\/setup/)
  })

  it('is of each package the code and the licence: no types, maps, sources, tests, nor other processors’ libraries', () => {
    const files = [
      'package.json',
      'LICENSE.md',
      'README.md',
      'CHANGELOG.md',
      'dist/index.js',
      'dist/index.mjs',
      'dist/index.js.map',
      'dist/index.d.ts',
      'dist/test/of-the-code.js',
      'src/binding.cc',
      'test/test.js',
      '.github/work.yml',
      'node_modules/other/index.js',
      'bin/napi-v6/linux/x64/libonnxruntime.so.1',
      'bin/napi-v6/linux/arm64/libonnxruntime.so.1',
      'bin/napi-v6/win32/x64/onnxruntime.dll',
      'build/Release/it.node',
      'build/Release/obj.target/it.node',
    ]
    write(folder, checkout)
    write(path.join(folder, 'node_modules/onnxruntime-node'), Object.fromEntries(files.slice(1).map((file) => [file, 'x'])))
    const one = runningPackages(folder, false).find(({ name }) => name === 'onnxruntime-node')
    if (one === undefined) throw new Error('it was not found')
    expect(runningFiles(folder, one, 'arm64').map((file) => path.relative(one.folder, file))).toEqual([
      'LICENSE.md',
      'README.md',
      'bin/napi-v6/linux/arm64/libonnxruntime.so.1',
      'build/Release/it.node',
      'dist/index.js',
      'dist/index.mjs',
      'dist/test/of-the-code.js',
      'package.json',
    ])
  })
})
