/** How program.ts is started; see there for the ways in which it can end. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

export type Way = 'exit' | 'error' | 'stay' | 'hang' | 'nobody' | 'try'

/** Command and arguments. */
export const start = (way: Way): string[] => [
  process.execPath,
  '--import',
  createRequire(import.meta.url).resolve('tsx'),
  fileURLToPath(new URL('program.ts', import.meta.url)),
  way,
]

/** Resolves when the alarm sounds. */
export const sounding = async (way: Way): Promise<{ child: ChildProcess; ended: Promise<unknown> }> => {
  const [command = '', ...args] = start(way)
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  if (child.stdout === null) throw new Error('no stdout')
  await Promise.race([once(child.stdout, 'data'), ended.then(() => Promise.reject(new Error('ended before the alarm')))])
  return { child, ended }
}
