/** A disk on which every flush takes 2 s, for the programs that are started with it. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const source = fileURLToPath(new URL('./slow-disk.c', import.meta.url))

/** @param folder where the compiled library is kept. @returns what the environment of a program must hold */
export const slowDisk = (folder: string): { LD_PRELOAD: string } => {
  const library = path.join(folder, 'slow-disk.so')
  if (!existsSync(library)) {
    mkdirSync(folder, { recursive: true })
    execFileSync('gcc', ['-shared', '-fPIC', '-O2', '-o', library, source, '-ldl'])
  }
  return { LD_PRELOAD: library }
}
