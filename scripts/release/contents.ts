/** What lies in a Debian package of kantukd, as far as the list of parts tells it. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type NpmPackage, npmPackage, npmPackagesIn } from '../shipped/npm.js'

const PROGRAM = 'usr/lib/kantukd'

export interface Contents {
  ours: NpmPackage
  npm: NpmPackage[]
  /** The files with weights, below the program, with their SHA-256. */
  models: Array<{ file: string; sha256: string }>
}

/** @param file a .deb. Throws where it cannot be unpacked or has no program in it. */
export function contentsOf(file: string): Contents {
  const folder = mkdtempSync(path.join(tmpdir(), 'kantukd-contents-'))
  try {
    execFileSync('dpkg-deb', ['--extract', file, folder], { stdio: 'pipe' })
    const program = path.join(folder, PROGRAM)
    const models = readdirSync(path.join(program, 'models'), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(onnx|bin)$/.test(name))
      .map((name) => path.join('models', name))
      .sort()
    return {
      ours: npmPackage(program, ''),
      npm: npmPackagesIn(program),
      models: models.map((name) => ({
        file: name,
        sha256: createHash('sha256')
          .update(readFileSync(path.join(program, name)))
          .digest('hex'),
      })),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
